import type { Clock } from '../../src/context.js';

const START = '2026-11-23T09:00:00Z';

/** Business time that a test moves. */
export class MovedClock implements Clock {
  #now = new Date(START);

  now(): Date {
    return new Date(this.#now);
  }

  /** Moves on by milliseconds. */
  move(milliseconds: number): void {
    this.#now = new Date(this.#now.getTime() + milliseconds);
  }
}
