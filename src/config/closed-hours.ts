import { AppError } from '../errors.js';

const WEEKDAYS: readonly string[] = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const MINUTES_PER_HOUR = 60;
const MINUTES_PER_DAY = 24 * MINUTES_PER_HOUR;
const SPAN = /^([a-z]{3}) (\d{2}):(\d{2})-(\d{2}):(\d{2})$/;

/** Hours of each week in which a system is closed, in its own time zone. */
export interface ClosedHours {
  /** Of the beginning; 0 is Sunday. */
  readonly weekday: number;
  /** Minutes since midnight. */
  readonly from: number;
  /** Minutes since the same midnight; more than a day's where it ends on the next day. */
  readonly to: number;
}

/**
 * Reads `sun 00:00-06:00, wed 05:00-07:00`, or `none`.
 * @throws AppError `invalid_configuration`
 */
export function readClosedHours(variable: string, text: string): readonly ClosedHours[] {
  if (text === 'none') return [];
  return text.split(',').map((span) => readSpan(span.trim().toLowerCase()) ?? refuse(variable, text));
}

function readSpan(text: string): ClosedHours | undefined {
  const [, day, fromHour, fromMinute, toHour, toMinute] = SPAN.exec(text) ?? [];
  const weekday = WEEKDAYS.indexOf(day ?? '');
  const from = Number(fromHour) * MINUTES_PER_HOUR + Number(fromMinute);
  const to = Number(toHour) * MINUTES_PER_HOUR + Number(toMinute);
  const fits = weekday >= 0 && from < MINUTES_PER_DAY && to <= MINUTES_PER_DAY && from !== to;
  if (!fits || Number(fromMinute) >= MINUTES_PER_HOUR || Number(toMinute) >= MINUTES_PER_HOUR)
    return undefined;
  return { weekday, from, to: to > from ? to : to + MINUTES_PER_DAY };
}

function refuse(variable: string, text: string): never {
  throw new AppError('invalid_configuration', {
    detail: `${variable} is "${text}". Give hours of the week in Washington's time, like "sun 00:00-06:00, wed 05:00-07:00", or none.`,
  });
}
