import type { Clock } from '../../context.js';

const MOST_PAIRS = 200_000;
const MINUTE_MS = 60_000;

/** Who wrote to whom for the first time, and when. */
export class Greylist {
  readonly #firstSeen = new Map<string, number>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether this pair is still to wait; the first time starts its wait. */
  refuses(from: string, to: string, minutes: number): boolean {
    const now = this.#clock.now().getTime();
    const pair = `${from}\n${to}`;
    const first = this.#firstSeen.get(pair);
    if (first !== undefined) return now - first < minutes * MINUTE_MS;
    this.#firstSeen.set(pair, now);
    const [oldest] = this.#firstSeen.size > MOST_PAIRS ? this.#firstSeen.keys() : [];
    if (oldest !== undefined) this.#firstSeen.delete(oldest);
    return true;
  }
}
