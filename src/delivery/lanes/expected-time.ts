import { type Lane, paceFrom } from './lane.js';
import { nextClosing, nextOpening } from './office-hours.js';
import { BREAKER, paceOf } from './pace.js';

/** So many days of an office's hours are looked through; what lies behind is only said to be later. */
const MOST_WINDOWS = 30;

/** When something is expected to go. */
export interface ExpectedTime {
  readonly at: Date;
  /** It lies at `at` or later: further on was not looked. */
  readonly orLater: boolean;
}

interface Question {
  /** How many letters go before it. */
  readonly before: number;
  /** When it is due itself, which may be after its turn. */
  readonly dueAt: Date;
  readonly now: Date;
}

/**
 * When a letter goes, by its lane's pace and hours, behind those before it. Of an office that does not answer: when
 * it is tried again. About: how long the tries take, and how busy the workers are, nobody knows.
 */
export function expectedTime(lane: Lane, { before, dueAt, now }: Question): ExpectedTime {
  if (lane.breaker !== undefined) return { at: nextProbe(lane.breaker.probeAt, now), orLater: false };
  const turn = turnOf(lane, before + 1, now);
  if (turn.at >= dueAt) return turn;
  return { at: lane.hours === undefined ? dueAt : nextOpening(lane.hours, dueAt), orLater: turn.orLater };
}

// A time further ahead was written before the clock was set back.
function nextProbe(probeAt: Date, now: Date): Date {
  const ahead = probeAt.getTime() - now.getTime();
  return ahead > 0 && ahead <= BREAKER.probeEveryMs ? probeAt : now;
}

/** When the first, second, … letter from now on goes. */
function turnOf(lane: Lane, number: number, now: Date): ExpectedTime {
  if (lane.hours === undefined) return { at: turnWithin(lane, number, now), orLater: false };
  let [left, next, opening] = [number, lane.nextAtMs, nextOpening(lane.hours, now)];
  for (let window = 0; window < MOST_WINDOWS; window += 1) {
    const closing = nextClosing(lane.hours, opening);
    const here = { ...lane, nextAtMs: next };
    const at = turnWithin(here, left, opening);
    if (at < closing) return { at, orLater: false };
    const { gapMs } = paceOf(lane.lettersPerHour);
    const from = paceFrom(here, opening);
    const gone = Math.ceil((closing.getTime() - from) / gapMs);
    left -= gone;
    next = from + gone * gapMs;
    opening = nextOpening(lane.hours, closing);
  }
  return { at: opening, orLater: true };
}

function turnWithin(lane: Lane, number: number, from: Date): Date {
  const turn = paceFrom(lane, from) + (number - 1) * paceOf(lane.lettersPerHour).gapMs;
  return new Date(Math.max(from.getTime(), Math.ceil(turn)));
}
