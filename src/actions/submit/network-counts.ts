import { AppError } from '../../errors.js';

const HOUR_MS = 3_600_000;
const RETRY_AFTER_SECONDS = 600;
/** Beyond it the network that was counted first is forgotten: the database still knows its number. */
const MOST_NETWORKS = 100_000;

/** How many actions each network has begun this hour, as far as this process knows. */
export class NetworkCounts {
  readonly #most: number;
  #hour = 0;
  readonly #counts = new Map<string, number>();

  constructor(most: number) {
    this.#most = most;
  }

  /**
   * Takes one of the network's places in this hour.
   * @throws AppError `rate_limited` when there is none left.
   */
  take(tag: string, now: Date): void {
    const hour = Math.floor(now.getTime() / HOUR_MS);
    if (hour !== this.#hour) {
      this.#hour = hour;
      this.#counts.clear();
    }
    const count = (this.#counts.get(tag) ?? 0) + 1;
    if (count > this.#most) throw new AppError('rate_limited', { retryAfterSeconds: RETRY_AFTER_SECONDS });
    this.#set(tag, count);
  }

  /** Other processes count too: the database's number is at least as true as ours. */
  learn(tag: string, count: number): void {
    if (count > (this.#counts.get(tag) ?? 0)) this.#set(tag, count);
  }

  #set(tag: string, count: number): void {
    this.#counts.set(tag, count);
    const [first] = this.#counts.keys();
    if (this.#counts.size > MOST_NETWORKS && first !== undefined) this.#counts.delete(first);
  }
}
