import { crc32 } from 'node:zlib';
import { isOpenAt, type OfficeHours } from './office-hours.js';
import { BREAKER, GAP_SPREAD, paceOf } from './pace.js';

const LARGEST_CRC = 0xff_ff_ff_ff;
/** Of a step: times are kept to the microsecond. */
const STEP_ROUNDING = 0.001;

/** An office by the way its letters take, and what holds them up. Times are by the business clock. */
export interface Lane {
  readonly lane: string;
  readonly lettersPerHour: number;
  /** When the next letter may go by the pace, in milliseconds since 1970; long ago where it was idle. */
  readonly nextAtMs: number;
  readonly hours: OfficeHours | undefined;
  /** Since when the office does not answer, and when it is tried again. */
  readonly breaker: { readonly openedAt: Date; readonly probeAt: Date } | undefined;
  /** When it answered after it had not for a time. */
  readonly answeredAt: Date | undefined;
}

/** How many letters may go at this moment. */
export function roomOf(lane: Lane, now: Date): number {
  if (lane.hours !== undefined && !isOpenAt(lane.hours, now)) return 0;
  if (lane.breaker !== undefined) return isProbeDue(lane.breaker.probeAt, now) ? 1 : 0;
  if (now.getTime() < notBefore(lane, now)) return 0;
  const steps = (now.getTime() - paceFrom(lane, now)) / paceOf(lane.lettersPerHour).gapMs;
  return 1 + Math.floor(steps + STEP_ROUNDING);
}

/** When the next letter may go by the pace, once so many more have gone; in milliseconds since 1970. */
export function nextAfter(lane: Lane, letters: number, now: Date): number {
  return paceFrom(lane, now) + letters * paceOf(lane.lettersPerHour).gapMs;
}

/** From when on the pace counts: an idle lane has saved up its burst, and no more. */
export function paceFrom(lane: Lane, now: Date): number {
  const { burst, gapMs } = paceOf(lane.lettersPerHour);
  const idle = now.getTime() - (burst - 1) * gapMs;
  return isOfAnotherClock(lane, now) ? idle : Math.max(lane.nextAtMs, idle);
}

// The steps of the pace are even, so that no hour has too many; each letter waits a part of a step longer, by chance,
// but the same in every process.
function notBefore(lane: Lane, now: Date): number {
  if (isOfAnotherClock(lane, now)) return now.getTime();
  const share = crc32(`${lane.nextAtMs} ${lane.lane}`) / LARGEST_CRC;
  return lane.nextAtMs + share * GAP_SPREAD * paceOf(lane.lettersPerHour).gapMs;
}

// A time that lies far ahead was written before the clock was set back, or under a slower pace.
function isOfAnotherClock({ nextAtMs, lettersPerHour }: Lane, now: Date): boolean {
  return nextAtMs > now.getTime() + 2 * paceOf(lettersPerHour).gapMs;
}

// A time further ahead comes from a clock that was set back.
function isProbeDue(probeAt: Date, now: Date): boolean {
  const ahead = probeAt.getTime() - now.getTime();
  return ahead <= 0 || ahead > BREAKER.probeEveryMs;
}
