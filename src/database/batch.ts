import { AppError } from '../errors.js';

const HIGHEST_RETRIES = 5;
const RETRY_STEP_MS = 5;
const RETRY_AFTER_SECONDS = 2;
const SERIALIZATION_FAILURE = '40001';
const DEADLOCK_DETECTED = '40P01';

interface BatchOptions<Item, Result> {
  /** Writes all items in one durable statement and answers in their order. */
  readonly write: (items: readonly Item[]) => Promise<readonly Result[]>;
  /** The unique keys that an item takes: two items with one key never share a batch. The first one sorts. */
  readonly keys: (item: Item) => readonly string[];
  readonly rows: (item: Item) => number;
  readonly mostItems: number;
  readonly mostRows: number;
  readonly waitMs: number;
  /** How many items may wait; beyond it a submit is refused at once. */
  readonly mostWaiting: number;
  /** How many statements may be under way. */
  readonly parallel: number;
  /** Told the size of each batch when it starts, and how many items still wait. */
  readonly onBatch?: (size: number, waiting: number) => void;
}

interface Waiting<Item, Result> {
  readonly item: Item;
  /** By `performance.now()`. */
  readonly since: number;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/** Gathers concurrent writes into one statement. See the design's rules for micro-batches. */
export class Batcher<Item, Result> {
  readonly #options: BatchOptions<Item, Result>;
  #waiting: Waiting<Item, Result>[] = [];
  #underWay = 0;
  #timer: NodeJS.Timeout | undefined;
  #idle: (() => void)[] = [];

  constructor(options: BatchOptions<Item, Result>) {
    this.#options = options;
  }

  /**
   * Resolves when the item is durable.
   * @throws AppError `overloaded` when too many wait.
   */
  submit(item: Item): Promise<Result> {
    if (this.#waiting.length >= this.#options.mostWaiting) {
      return Promise.reject(new AppError('overloaded', { retryAfterSeconds: RETRY_AFTER_SECONDS }));
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, since: performance.now(), resolve, reject });
      this.#arm();
    });
  }

  /** Waits until nothing is waiting or under way. */
  async drain(): Promise<void> {
    if (this.#waiting.length === 0 && this.#underWay === 0) return;
    await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  #arm(): void {
    const [oldest] = this.#waiting;
    if (this.#underWay >= this.#options.parallel || oldest === undefined) return;
    const { mostItems, waitMs } = this.#options;
    // Items that waited for the statement before theirs have waited long enough.
    const leftMs = waitMs - (performance.now() - oldest.since);
    if (this.#waiting.length >= mostItems || leftMs <= 0) this.#start();
    else this.#timer ??= setTimeout(() => this.#start(), leftMs);
  }

  #start(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const batch = this.#take();
    if (batch.length === 0) return;
    this.#underWay += 1;
    this.#options.onBatch?.(batch.length, this.#waiting.length);
    void this.#write(batch).finally(() => {
      this.#underWay -= 1;
      this.#arm();
      if (this.#underWay > 0 || this.#waiting.length > 0) return;
      for (const wake of this.#idle.splice(0)) wake();
    });
    this.#arm();
  }

  #take(): Waiting<Item, Result>[] {
    const { keys, rows, mostItems, mostRows } = this.#options;
    const taken = new Set<string>();
    const batch: { sortKey: string; waiting: Waiting<Item, Result> }[] = [];
    const left: Waiting<Item, Result>[] = [];
    let rowCount = 0;
    for (const waiting of this.#waiting) {
      const itemKeys = keys(waiting.item);
      const itemRows = rows(waiting.item);
      const fits = batch.length < mostItems && (batch.length === 0 || rowCount + itemRows <= mostRows);
      if (!fits || itemKeys.some((key) => taken.has(key))) {
        left.push(waiting);
        continue;
      }
      for (const key of itemKeys) taken.add(key);
      rowCount += itemRows;
      batch.push({ sortKey: itemKeys[0] ?? '', waiting });
    }
    this.#waiting = left;
    return batch.sort((a, b) => (a.sortKey < b.sortKey ? -1 : 1)).map((entry) => entry.waiting);
  }

  async #write(batch: readonly Waiting<Item, Result>[], retries = 0): Promise<void> {
    try {
      const results = await this.#options.write(batch.map((waiting) => waiting.item));
      batch.forEach((waiting, index) => {
        const result = results[index];
        if (result === undefined)
          waiting.reject(new AppError('internal', { detail: 'a batch gave too few answers' }));
        else waiting.resolve(result);
      });
    } catch (error) {
      await this.#recover(batch, error, retries);
    }
  }

  async #recover(batch: readonly Waiting<Item, Result>[], error: unknown, retries: number): Promise<void> {
    const state = sqlState(error);
    if ((state === SERIALIZATION_FAILURE || state === DEADLOCK_DETECTED) && retries < HIGHEST_RETRIES) {
      await new Promise((resolve) =>
        setTimeout(resolve, RETRY_STEP_MS * (retries + 1) * (1 + Math.random())),
      );
      return this.#write(batch, retries + 1);
    }
    if (isDataError(state) && batch.length > 1) {
      const middle = Math.ceil(batch.length / 2);
      await this.#write(batch.slice(0, middle));
      return this.#write(batch.slice(middle));
    }
    const reason =
      error instanceof AppError || isDataError(state) ? error : new AppError('unavailable', { cause: error });
    for (const waiting of batch) waiting.reject(reason);
  }
}

function sqlState(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

// SQLSTATE classes 22 (data exception) and 23 (integrity constraint violation).
function isDataError(state: string | undefined): boolean {
  return state !== undefined && /^2[23].{3}$/.test(state);
}
