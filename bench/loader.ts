import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { LoadAnswer, LoadJob, LoadResult } from './load-jobs.js';

const PROGRAM = fileURLToPath(new URL('./load.js', import.meta.url));

/** The process that makes requests; one job at a time. */
export interface Loader extends AsyncDisposable {
  /** Rejects when an answer was not the wanted one. */
  run(job: LoadJob): Promise<LoadResult>;
}

export function startLoader(): Loader {
  const child = fork(PROGRAM);
  const ended = once(child, 'exit');
  return {
    async run(job) {
      child.send(job);
      const [answer]: LoadAnswer[] = await Promise.race([once(child, 'message'), ended.then(() => [])]);
      if (answer === undefined) throw new Error('the loading process ended');
      if ('failure' in answer) throw new Error(`the load failed: ${answer.failure}`);
      return answer.result;
    },
    async [Symbol.asyncDispose]() {
      child.kill();
      await ended;
    },
  };
}
