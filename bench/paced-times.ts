import type { LoadResult } from './load-jobs.js';

/** Of milliseconds, the middle and what only one in a hundred is above. */
export function timesOf(milliseconds: readonly number[]): NonNullable<LoadResult['times']> {
  const sorted = milliseconds.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN;
  return { p50Ms: at(0.5), p99Ms: at(0.99) };
}
