import { setImmediate as takeTurns } from 'node:timers/promises';

/** As long as nobody minds who waits for an answer. */
const SLICE_MS = 8;

/** Long work that may be left for a while wherever it yields. */
export type Steps<Result> = Generator<undefined, Result>;

/** Does the work in one go. */
export function runAtOnce<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Does the work in slices, between which the process answers whoever asks. */
export async function runInSlices<Result>(steps: Steps<Result>): Promise<Result> {
  let begin = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() - begin < SLICE_MS) continue;
    await takeTurns();
    begin = performance.now();
  }
}
