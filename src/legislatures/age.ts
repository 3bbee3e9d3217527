import type { Context } from '../context.js';
import type { Legislatures } from './legislatures.js';
import type { IsoDate } from './model.js';

const MS_PER_DAY = 86_400_000;

/** How long before its last day a set warns the operator. */
const WARN_DAYS = 60;

/** How a set stands to its last day; undefined where that day is not known or far away. */
export type Ending = { readonly ended: true } | { readonly ended: false; readonly days: number };

/** `days` until the day after the last one, counted up. */
export function endingOf(validBefore: number, now: Date): Ending | undefined {
  const left = validBefore - now.getTime();
  if (left <= 0) return { ended: true };
  const days = Math.ceil(left / MS_PER_DAY);
  return days <= WARN_DAYS ? { ended: false, days } : undefined;
}

/** As `endingOf`, of a last day as it is stored. */
export function endingOfDay(validUntil: IsoDate | null, now: Date): Ending | undefined {
  return validUntil === null ? undefined : endingOf(Date.parse(validUntil) + MS_PER_DAY, now);
}

/** Tells the operator in the log of each set that has ended or will soon. Readers are told only once it has. */
export function warnOfEndings(
  { clock, log }: Pick<Context, 'clock' | 'log'>,
  legislatures: Legislatures,
): void {
  for (const { dataset, validBefore } of legislatures.list()) {
    const ending = endingOf(validBefore, clock.now());
    if (ending === undefined) continue;
    const words = ending.ended ? 'a legislature is past its date' : 'a legislature ends soon';
    log.warn({ set: dataset.id, version: dataset.version, validUntil: dataset.validUntil, ...ending }, words);
  }
}
