import { Presets, SingleBar } from 'cli-progress';

/** Shows how far a reading is; on a terminal only. */
export interface Progress extends Disposable {
  at(done: number, total: number): void;
}

const NO_PROGRESS: Progress = { at: () => undefined, [Symbol.dispose]: () => undefined };

/** `what` is in words: `people`. */
export function openProgress(what: string): Progress {
  if (!process.stderr.isTTY) return NO_PROGRESS;
  const format = `${what} |{bar}| {value} of {total}`;
  const bar = new SingleBar({ format, stream: process.stderr, hideCursor: true }, Presets.shades_classic);
  let started = false;
  return {
    at(done, total) {
      if (!started) bar.start(total, 0);
      started = true;
      bar.setTotal(total);
      bar.update(done);
    },
    [Symbol.dispose]: () => bar.stop(),
  };
}
