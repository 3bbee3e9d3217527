import type { ClosedHours } from '../../../config/index.js';

const TIME_ZONE = 'America/New_York';
const MINUTE_MS = 60_000;
const HOUR_MINUTES = 60;
const DAY_MINUTES = 24 * HOUR_MINUTES;
const DAY_MS = DAY_MINUTES * MINUTE_MS;
const WEEK_DAYS = 7;

const clock = new Intl.DateTimeFormat('en-US', {
  timeZone: TIME_ZONE,
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
});

/** The day in Washington, as CWC writes it: `YYYYMMDD`. */
export function washingtonDay(at: Date): string {
  return new Date(wallClock(at.getTime())).toISOString().slice(0, 10).replaceAll('-', '');
}

/** The end of the closed hours that this moment lies in; `undefined` where it lies in none. */
export function closedUntil(closed: readonly ClosedHours[], now: Date): Date | undefined {
  const wall = wallClock(now.getTime());
  const midnight = Math.floor(wall / DAY_MS) * DAY_MS;
  const minutes = (wall - midnight) / MINUTE_MS;
  const weekday = new Date(midnight).getUTCDay();
  for (const span of closed) {
    const days = (weekday - span.weekday + WEEK_DAYS) % WEEK_DAYS;
    const since = days * DAY_MINUTES + minutes;
    if (since >= span.from && since < span.to)
      return new Date(instantOf(midnight - days * DAY_MS + span.to * MINUTE_MS));
  }
  return undefined;
}

/** What the clock on the wall shows, as if it were UTC; all in milliseconds since 1970. */
function wallClock(instant: number): number {
  const parts = Object.fromEntries(
    clock.formatToParts(instant).map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

// Twice, since the first guess may lie on the other side of a change of the clocks.
function instantOf(wall: number): number {
  const guess = wall - (wallClock(wall) - wall);
  return wall - (wallClock(guess) - guess);
}
