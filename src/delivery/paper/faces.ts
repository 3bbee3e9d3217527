import type { DescribedFile } from './typeset-messages.js';

const REGULAR = 400;

/** The upright face of a family that is nearest to regular, and what it has. */
export interface Face {
  readonly family: string;
  readonly path: string;
  /** Starts and ends (not included) of runs of code points that it has, ascending. */
  readonly runs: Uint32Array;
}

/** One face of each family, in the order in which the families come. */
export function facesOf(files: readonly DescribedFile[]): readonly Face[] {
  const best = new Map<string, { readonly face: Face; readonly distance: number }>();
  for (const { path, faces } of files) {
    for (const { family, style, weight, coverage } of faces) {
      const distance = Math.abs(weight - REGULAR) + (style === 'normal' ? 0 : 10 * REGULAR);
      const known = best.get(family);
      if (known === undefined || distance < known.distance) {
        best.set(family, { face: { family, path, runs: runsOf(coverage) }, distance });
      }
    }
  }
  return [...best.values()].map(({ face }) => face);
}

function runsOf(lengths: readonly number[]): Uint32Array {
  let position = 0;
  return Uint32Array.from(lengths, (length) => {
    position += length;
    return position;
  });
}

/** Whether a face has a code point. */
export function hasCodePoint({ runs }: Face, codePoint: number): boolean {
  let [low, high] = [0, runs.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((runs[middle] ?? 0) <= codePoint) low = middle + 1;
    else high = middle;
  }
  // `low` boundaries lie at or before it: after an odd number of them a run has begun and not ended.
  return low % 2 === 1;
}
