const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** The wait after the first, second, … failed try. */
export const FIRST_WAITS_MS: readonly number[] = [
  1 * MINUTE_MS,
  5 * MINUTE_MS,
  15 * MINUTE_MS,
  1 * HOUR_MS,
  2 * HOUR_MS,
  4 * HOUR_MS,
];

/** The wait after every later try. */
export const LATER_WAIT_MS = 6 * HOUR_MS;

/** The later waits are longer or shorter by up to this share, so that letters do not come in herds. */
export const LATER_WAIT_SPREAD = 0.2;

/** How long after the first try the last one may be. */
export const LAST_TRY_MS = 7 * DAY_MS;

interface Tried {
  /** How many tries have failed, this one included. */
  readonly failedTries: number;
  readonly firstTriedAt: Date;
  readonly now: Date;
  /** From 0 to 1; only tests give it. */
  readonly random?: () => number;
}

/** When to try again; `undefined` when the last try is over and the letter is given up. */
export function nextTry({ failedTries, firstTriedAt, now, random = Math.random }: Tried): Date | undefined {
  const spread = 1 + LATER_WAIT_SPREAD * (2 * random() - 1);
  const wait = FIRST_WAITS_MS[failedTries - 1] ?? LATER_WAIT_MS * spread;
  const next = new Date(now.getTime() + wait);
  return next.getTime() - firstTriedAt.getTime() > LAST_TRY_MS ? undefined : next;
}
