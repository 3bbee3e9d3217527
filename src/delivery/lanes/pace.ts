import type { Config } from '../../config/index.js';
import type { SendingChannel } from '../office.js';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
/** By a legislature's own mail system. */
export const CWC_PER_SECOND = 5;

/**
 * How many letters a lane that was idle may take at once: a minute's, at most so many, or those of so many seconds;
 * two where that is less, so that a letter that waited a part of a step longer delays none after it.
 */
const BURST = { letters: 10, seconds: 2, least: 2 } as const;

/** The gaps between letters are longer or shorter by up to this share, so that no office is hit in step. */
export const GAP_SPREAD = 0.2;

/** How many connections of one worker may be busy with one office. */
export const PARALLEL_PER_LANE = 2;

/** The breaker: it opens after so many failures of an office within the window, and lets one letter through at a time. */
export const BREAKER = { failures: 5, windowMs: 10 * MINUTE_MS, probeEveryMs: 30 * MINUTE_MS } as const;

/** How many letters an hour one office gets by this channel, where staff set no other pace. */
export function lettersPerHour({ mailsPerOfficeAndHour }: Config, channel: SendingChannel): number {
  return channel === 'smtp' ? mailsPerOfficeAndHour : (CWC_PER_SECOND * HOUR_MS) / SECOND_MS;
}

/** The pace of a lane: at most so many letters at once, and one more after each gap. */
export interface Pace {
  readonly burst: number;
  readonly gapMs: number;
}

/** The pace by which no hour, wherever it begins, has more than this many letters: the burst is in it. */
export function paceOf(perHour: number): Pace {
  const ofAMinute = (perHour * MINUTE_MS) / HOUR_MS;
  const ofSeconds = (perHour * BURST.seconds * SECOND_MS) / HOUR_MS;
  const least = Math.min(BURST.least, perHour);
  const burst = Math.floor(Math.max(least, Math.min(BURST.letters, ofAMinute), ofSeconds));
  return { burst, gapMs: HOUR_MS / (perHour - burst + 1) };
}
