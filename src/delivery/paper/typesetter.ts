import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { AppError } from '../../errors.js';
import type { DescribedFile, TypesetAnswer, TypesetRequest } from './typeset-messages.js';

const LONGEST_MS = 20_000;
const IDLE_MS = 60_000;
const MOST_WAITING = 20;
// The compiler keeps what it has laid out: a fresh thread gives the memory back.
const MOST_PER_THREAD = 200;

interface TypesetterOptions {
  /** Only tests give these. */
  readonly longestMs?: number;
  readonly idleMs?: number;
}

/**
 * Sets type in a thread of its own, which is started when it is needed, ended when it was not for a minute, and
 * killed when it takes too long: a letter can hold up other letters for a while, but never the server.
 */
export class Typesetter {
  readonly #longestMs: number;
  readonly #idleMs: number;
  #thread: Worker | undefined;
  #done = 0;
  #waiting = 0;
  #last: Promise<unknown> = Promise.resolve();
  #idle: NodeJS.Timeout | undefined;

  constructor({ longestMs = LONGEST_MS, idleMs = IDLE_MS }: TypesetterOptions = {}) {
    this.#longestMs = longestMs;
    this.#idleMs = idleMs;
  }

  /** What the faces in font files are called and have; a file that cannot be read has none. */
  async describe(paths: readonly string[]): Promise<readonly DescribedFile[]> {
    const answer = await this.#ask({ kind: 'describe', paths });
    if (answer.kind === 'described') return answer.files;
    throw failure(answer);
  }

  /** @throws AppError `overloaded` when too many wait, `unavailable` when it takes too long. */
  async typeset(request: Omit<Extract<TypesetRequest, { kind: 'typeset' }>, 'kind'>): Promise<Uint8Array> {
    const answer = await this.#ask({ kind: 'typeset', ...request });
    if (answer.kind === 'typeset') return answer.pdf;
    throw failure(answer);
  }

  async close(): Promise<void> {
    clearTimeout(this.#idle);
    const thread = this.#thread;
    this.#thread = undefined;
    await thread?.terminate();
  }

  #ask(request: TypesetRequest): Promise<TypesetAnswer> {
    if (this.#waiting >= MOST_WAITING) throw new AppError('overloaded');
    this.#waiting += 1;
    const turn = this.#last.then(() => this.#work(request));
    this.#last = turn.then(
      () => this.#rest(),
      () => this.#rest(),
    );
    return turn;
  }

  #rest(): void {
    this.#waiting -= 1;
    this.#done += 1;
    if (this.#done >= MOST_PER_THREAD) {
      this.#done = 0;
      void this.close();
      return;
    }
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => void this.close(), this.#idleMs).unref();
  }

  async #work(request: TypesetRequest): Promise<TypesetAnswer> {
    const thread = this.#open();
    const { promise, resolve, reject } = Promise.withResolvers<TypesetAnswer>();
    const timer = setTimeout(
      () => reject(new AppError('unavailable', { detail: 'setting a letter took too long' })),
      this.#longestMs,
    );
    const ended = (): void => reject(new AppError('unavailable', { detail: 'the typesetter ended' }));
    thread.once('message', resolve).once('error', reject).once('exit', ended);
    thread.postMessage(request);
    try {
      const answer = await promise;
      // After a fault the compiler may be in any state.
      if (answer.kind === 'failed') await this.close();
      return answer;
    } catch (error) {
      await this.close();
      throw error;
    } finally {
      clearTimeout(timer);
      thread.off('message', resolve).off('error', reject).off('exit', ended);
    }
  }

  #open(): Worker {
    if (this.#thread === undefined) {
      const own = import.meta.url;
      // The built program has a .js beside this file, the source a .ts.
      // What it prints may be a letter's words: it is read by nobody.
      const silent = { stdout: true, stderr: true };
      this.#thread = new Worker(new URL(`./typeset-thread${extname(own)}`, own), silent);
      this.#thread.unref();
    }
    return this.#thread;
  }
}

function failure(answer: TypesetAnswer): AppError {
  return new AppError('internal', {
    detail: answer.kind === 'failed' ? answer.reason : 'the typesetter gave another answer',
  });
}
