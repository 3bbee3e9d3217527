/** What is done with one leased letter or mail. Neither promise rejects. */
export interface Job {
  /** When the lease was asked for, by `performance.now()`. */
  readonly leasedAtMs: number;
  /** The office it goes to: only so many of one lane are tried at a time. */
  readonly lane?: string;
  /** Tries to send; answers how the outcome is stored. */
  attempt(): Promise<() => Promise<void>>;
  /** Gives the lease back unused. */
  release(): Promise<void>;
}

interface RunnerOptions {
  readonly concurrency: number;
  readonly parallelPerLane: number;
  /** A job that has waited longer is given back: its lease could end while it is being sent. */
  readonly startWithinMs: number;
  /** Ends what is being sent, so that it has an outcome. */
  readonly breakOff: () => void;
  /** Called when a job ends, with the number of jobs still held. */
  readonly ended: (held: number) => void;
}

/** Runs leased jobs, so many at a time, and keeps count of outcomes that are not stored yet. */
export class JobRunner {
  readonly #options: RunnerOptions;
  #waiting: Job[] = [];
  readonly #running = new Set<Promise<void>>();
  readonly #storing = new Set<Promise<void>>();
  readonly #busy = new Map<string, number>();
  readonly #onHold = new Map<string, number>();
  #givenBack = 0;

  constructor(options: RunnerOptions) {
    this.#options = options;
  }

  get held(): number {
    return this.#waiting.length + this.#running.size;
  }

  /** How many jobs waited too long since the last call. */
  takeGivenBack(): number {
    const count = this.#givenBack;
    this.#givenBack = 0;
    return count;
  }

  add(jobs: readonly Job[]): void {
    this.#waiting.push(...jobs);
    this.#fill();
  }

  /** Begins nothing for an office until it is let go on as often: whether its breaker opens is being written. */
  holdLane(lane: string): void {
    add(this.#onHold, lane, 1);
  }

  letLaneGoOn(lane: string): void {
    add(this.#onHold, lane, -1);
    this.#fill();
  }

  /** Gives back what waits for an office that does not answer: its breaker decides when it is tried again. */
  giveBackLane(lane: string): void {
    const [given, kept] = [
      this.#waiting.filter((job) => job.lane === lane),
      this.#waiting.filter((job) => job.lane !== lane),
    ];
    this.#waiting = kept;
    for (const job of given) this.#store(job.release());
  }

  /** Gives back what has not begun, lets the rest end within `graceMs`, then breaks it off; all outcomes are stored. */
  async stop(graceMs: number): Promise<void> {
    for (const job of this.#waiting.splice(0)) this.#store(job.release());
    const timer = setTimeout(this.#options.breakOff, graceMs);
    while (this.#running.size + this.#storing.size > 0) {
      await Promise.all([...this.#running, ...this.#storing]);
    }
    clearTimeout(timer);
  }

  #fill(): void {
    while (this.#running.size < this.#options.concurrency) {
      const job = this.#takeNext();
      if (job === undefined) return;
      if (performance.now() - job.leasedAtMs > this.#options.startWithinMs) {
        this.#givenBack += 1;
        this.#store(job.release());
        continue;
      }
      this.#count(job, 1);
      const run = this.#run(job).finally(() => {
        this.#running.delete(run);
        this.#count(job, -1);
        this.#fill();
        this.#options.ended(this.held);
      });
      this.#running.add(run);
    }
  }

  /** The first job whose office is not busy with as many as it may be. */
  #takeNext(): Job | undefined {
    const index = this.#waiting.findIndex(({ lane }) => lane === undefined || this.#isFree(lane));
    return index < 0 ? undefined : this.#waiting.splice(index, 1)[0];
  }

  #isFree(lane: string): boolean {
    return !this.#onHold.has(lane) && (this.#busy.get(lane) ?? 0) < this.#options.parallelPerLane;
  }

  #count({ lane }: Job, by: 1 | -1): void {
    if (lane !== undefined) add(this.#busy, lane, by);
  }

  async #run(job: Job): Promise<void> {
    const settle = await job.attempt();
    this.#store(settle());
  }

  #store(storing: Promise<void>): void {
    const tracked = storing.finally(() => this.#storing.delete(tracked));
    this.#storing.add(tracked);
  }
}

function add(counts: Map<string, number>, lane: string, by: 1 | -1): void {
  const count = (counts.get(lane) ?? 0) + by;
  if (count === 0) counts.delete(lane);
  else counts.set(lane, count);
}
