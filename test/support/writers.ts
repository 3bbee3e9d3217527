import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { actionBody, submitByApi } from './supporter.js';
import { seeded } from './trial.js';

const TRY_AGAIN_MS = 300;
const ANSWER_LIMIT_MS = 15_000;

/** One action that the server said it has. */
export interface Acknowledged {
  readonly email: string;
  readonly key: string;
  readonly milliseconds: number;
}

interface WriterOptions {
  readonly url: () => string;
  readonly count: number;
  readonly seed: number;
  /** The longest that a writer rests between two actions. */
  readonly restMs: number;
  readonly headers?: (writer: number, action: number) => Readonly<Record<string, string>>;
  /** Asked with each answer that is no 202; what it throws ends the writer. */
  readonly refused?: (status: number) => void;
}

/** People who write all the time, and try again under the same key until they are told that it is kept. */
export class Writers {
  readonly acknowledged: Acknowledged[] = [];
  /** How many answers there were of each status; 0 stands for a broken connection. */
  readonly statuses = new Map<number, number>();
  /** How long each answer took, refusals too. */
  readonly answerMs: number[] = [];
  readonly #options: WriterOptions;
  readonly #running: Promise<void>[];
  #stopping = false;
  #givenUp = false;

  constructor(options: WriterOptions) {
    this.#options = options;
    this.#running = Array.from({ length: options.count }, (_, writer) => this.#write(writer));
  }

  /** Each ends the action that it is at. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await Promise.all(this.#running);
  }

  /** Nobody tries again: the server is gone for good. */
  async giveUp(): Promise<void> {
    this.#givenUp = true;
    await this.stop();
  }

  async #write(writer: number): Promise<void> {
    const { seed, restMs } = this.#options;
    const random = seeded(seed + writer);
    for (let action = 0; !this.#stopping; action += 1) {
      await sleep(random() * restMs);
      await this.#act(writer, action);
    }
  }

  async #act(writer: number, action: number): Promise<void> {
    const { url, headers, refused, seed } = this.#options;
    const email = `writer-${seed}-${writer}-${action}@writers.example`;
    const key = randomUUID();
    while (!this.#givenUp) {
      const begin = performance.now();
      const status = await submitByApi({
        url: url(),
        body: actionBody(email),
        key,
        headers: headers?.(writer, action) ?? {},
        signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
      }).then(
        async (response) => {
          await response.body?.cancel();
          return response.status;
        },
        () => 0,
      );
      const milliseconds = performance.now() - begin;
      this.answerMs.push(milliseconds);
      this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
      if (status === 202) {
        this.acknowledged.push({ email, key, milliseconds });
        return;
      }
      refused?.(status);
      await sleep(TRY_AGAIN_MS);
    }
  }
}
