import type { Clock } from '../context.js';

const FIRST_PAUSE_MS = 5000;
const LONGEST_PAUSE_MS = 60_000;

/**
 * Keeps a worker from burning the tries of every letter on a mail server that is down: after a fault of the channel
 * it leases nothing for a while, then one letter as a probe, and all again after the first success.
 */
export class ChannelPause {
  readonly #clock: Clock;
  #since = 0;
  #pauseMs = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** How many of the wanted letters may be leased now. */
  room(wanted: number): number {
    if (this.#pauseMs === 0) return wanted;
    return this.#isOver() ? Math.min(wanted, 1) : 0;
  }

  fail(): void {
    if (this.#pauseMs > 0 && !this.#isOver()) return;
    this.#pauseMs = Math.min(LONGEST_PAUSE_MS, this.#pauseMs === 0 ? FIRST_PAUSE_MS : 2 * this.#pauseMs);
    this.#since = this.#clock.now().getTime();
  }

  succeed(): void {
    this.#pauseMs = 0;
  }

  // A clock that was set back ends the pause too.
  #isOver(): boolean {
    const passed = this.#clock.now().getTime() - this.#since;
    return passed < 0 || passed >= this.#pauseMs;
  }
}
