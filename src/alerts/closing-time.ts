const DAY = /^\d{4}-\d{2}-\d{2}$/;
// Where a day ends last: UTC-12.
const ANYWHERE_ON_EARTH = 'T23:59:59-12:00';

/**
 * When an ask ends. A bare day lasts until it has ended everywhere on Earth (noon of the next day, UTC), so
 * that nobody is shut out on a day on which the page says "until". Undefined for what is no day or instant.
 */
export function closingTime(until: string): Date | undefined {
  if (DAY.test(until))
    return isDay(until) ? new Date(Date.parse(`${until}${ANYWHERE_ON_EARTH}`) + 1000) : undefined;
  const moment = new Date(until);
  return isDay(until.slice(0, 10)) && !Number.isNaN(moment.getTime()) ? moment : undefined;
}

/** What a page shows as the end: the day that was written, or the instant. Show it in UTC. */
export function shownEnd(until: string | null): Date | undefined {
  if (until === null) return undefined;
  return DAY.test(until) ? new Date(`${until}T00:00:00Z`) : closingTime(until);
}

/** Whether `YYYY-MM-DD` is in the calendar: the 30th of February is not. */
export function isDay(text: string): boolean {
  const moment = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().slice(0, 10) === text;
}
