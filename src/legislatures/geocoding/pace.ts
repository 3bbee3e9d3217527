import { setTimeout as sleep } from 'node:timers/promises';

/** The most that wait for a turn: the next one would wait longer than a person does. */
const MOST_WAITING = 4;

interface PaceOptions {
  /** How many are under way at once. */
  readonly atOnce: number;
  /** From the start of one to the start of the next. */
  readonly apartMs: number;
}

/** Holds a service's own limits, and keeps a slow one from piling up work here. */
export class Pace {
  readonly #options: PaceOptions;
  #underWay = 0;
  #waiting = 0;
  #nextAt = 0;

  constructor(options: PaceOptions) {
    this.#options = options;
  }

  /** Does the work when its turn comes; undefined at once where too many are before it. */
  async take<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
    const { atOnce, apartMs } = this.#options;
    if (this.#underWay >= atOnce) return undefined;
    const now = performance.now();
    const startsAt = Math.max(now, this.#nextAt);
    if (startsAt > now && this.#waiting >= MOST_WAITING) return undefined;
    this.#nextAt = startsAt + apartMs;
    this.#underWay += 1;
    try {
      if (startsAt > now) {
        this.#waiting += 1;
        await sleep(startsAt - now).finally(() => {
          this.#waiting -= 1;
        });
      }
      return await work();
    } finally {
      this.#underWay -= 1;
    }
  }
}
