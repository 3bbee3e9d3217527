/**
 * What ends a send: its time is up, or the worker stops. An AbortController is made once for each connection and used
 * again, since making one costs about as much as the rest of a message's bookkeeping.
 */
export class StopShelf {
  readonly #idle: AbortController[] = [];
  readonly #timers = new Map<AbortController, NodeJS.Timeout>();

  /** A controller that aborts after so many milliseconds, unless it is given back before. */
  take(milliseconds: number): AbortController {
    const stop = this.#idle.pop() ?? new AbortController();
    this.#timers.set(
      stop,
      setTimeout(() => stop.abort(), milliseconds),
    );
    return stop;
  }

  giveBack(stop: AbortController): void {
    clearTimeout(this.#timers.get(stop));
    this.#timers.delete(stop);
    if (!stop.signal.aborted) this.#idle.push(stop);
  }

  abortAll(): void {
    for (const stop of this.#timers.keys()) stop.abort();
  }
}
