import type { Clock } from '../../../context.js';

const ASK_AGAIN_MS = 60_000;

/**
 * The keys that a chamber's system did not let in: one letter a minute asks with each again, so that the letters of one
 * organisation neither hold up those of others nor knock at the system one after the other.
 */
export class RefusedKeys {
  readonly #clock: Clock;
  readonly #askedAt = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether a letter may ask with this key; the next one may not, until it is known what came of this. */
  mayAsk(key: string): boolean {
    const askedAt = this.#askedAt.get(key);
    if (askedAt === undefined) return true;
    const now = this.#clock.now().getTime();
    // A clock that was set back ends the wait too.
    if (now >= askedAt && now - askedAt < ASK_AGAIN_MS) return false;
    this.#askedAt.set(key, now);
    return true;
  }

  note(key: string, isRefused: boolean): void {
    if (isRefused) this.#askedAt.set(key, this.#clock.now().getTime());
    else this.#askedAt.delete(key);
  }
}
