/** `REDRESS_TRIAL=1`: the full figures, which take half an hour instead of seconds. */
export const TRIAL = process.env.REDRESS_TRIAL === '1';

/** A count: a small one for every day, the full one in a trial. */
export function sized(usual: number, trial: number): number {
  return TRIAL ? trial : usual;
}

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The value below which this share of the values lies; 0 where there are none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0;
}

/** Prints a figure that a test measured, so that a run can be quoted. */
export function figure(name: string, values: Readonly<Record<string, string | number>>): void {
  const words = Object.entries(values).map(([key, value]) => `${key} ${value}`);
  process.stdout.write(`  figure ${name}: ${words.join(', ')}\n`);
}
