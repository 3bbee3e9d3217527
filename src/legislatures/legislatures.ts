import type { Context } from '../context.js';
import type { Source } from './model.js';
import { readLiveVersions, readSnapshot, SET_CHANNEL } from './set-store.js';
import type { Snapshot } from './snapshot.js';

/** Notices can be missed; then a process is behind for no longer than this. */
const CHECK_EVERY_MS = 60_000;

/** Every live set, in memory. A page reads it anew each time: a set may have been swapped since. */
export interface Legislatures extends AsyncDisposable {
  /** By the set's id (`us-congress`), or the country's code (`us`): then the first of its sets. */
  current(setOrCountry: string): Snapshot | undefined;
  /** By id. */
  list(): readonly Snapshot[];
  /** The age of the data and where it comes from, for the foot of a page. */
  describe(now: Date): readonly SetDescription[];
  /** Takes over what changed in the database now. */
  refresh(): Promise<void>;
}

export interface SetDescription {
  readonly name: string;
  readonly validUntil: Date;
  readonly outdated: boolean;
  readonly sources: readonly Source[];
}

type Loading = Pick<Context, 'db' | 'log'>;

/**
 * Loads the live sets, and keeps them current: at each notice from the database, and every minute. A set that cannot
 * be read is logged, and its last good version stays.
 */
export async function openLegislatures(context: Loading & Pick<Context, 'listener'>): Promise<Legislatures> {
  await using stack = new AsyncDisposableStack();
  const live = new LiveSets(context);
  await context.listener.listen(SET_CHANNEL, () => live.refreshSoon());
  const timer = setInterval(() => live.refreshSoon(), CHECK_EVERY_MS).unref();
  stack.defer(() => clearInterval(timer));
  // After listening: a set that is activated in between is not missed.
  await live.refresh();
  live.own(stack.move());
  return live;
}

/** Loads the live sets once, for a command that asks and ends. */
export async function loadLegislatures(context: Loading): Promise<Legislatures> {
  const live = new LiveSets(context);
  await live.refresh();
  return live;
}

class LiveSets implements Legislatures {
  readonly #context: Loading;
  #snapshots: readonly Snapshot[] = [];
  #refreshing: Promise<void> = Promise.resolve();
  #owned: AsyncDisposable | undefined;
  #closed = false;

  constructor(context: Loading) {
    this.#context = context;
  }

  /** What ends with this. */
  own(owned: AsyncDisposable): void {
    this.#owned = owned;
  }

  current(setOrCountry: string): Snapshot | undefined {
    return (
      this.#snapshots.find(({ set }) => set.id === setOrCountry) ??
      this.#snapshots.find(({ set }) => set.country === setOrCountry)
    );
  }

  list(): readonly Snapshot[] {
    return this.#snapshots;
  }

  describe(now: Date): readonly SetDescription[] {
    return this.#snapshots.map(({ set, validBefore }) => ({
      name: set.name,
      validUntil: new Date(set.validUntil),
      outdated: now.getTime() >= validBefore,
      sources: set.sources,
    }));
  }

  /** One after the other, so that an older answer never overwrites a newer one. */
  refresh(): Promise<void> {
    const next = this.#refreshing.then(() => this.#load());
    this.#refreshing = next.catch(() => undefined);
    return next;
  }

  refreshSoon(): void {
    if (this.#closed) return;
    this.refresh().catch((error: unknown) => {
      this.#context.log.error({ err: error }, 'legislatures could not be refreshed');
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    await this.#owned?.[Symbol.asyncDispose]();
    await this.#refreshing;
  }

  async #load(): Promise<void> {
    const snapshots: Snapshot[] = [];
    let changed = false;
    for (const { id, version } of await readLiveVersions(this.#context)) {
      const known = this.#snapshots.find(({ set }) => set.id === id);
      const snapshot = known?.dataset.version === version ? known : await this.#read(id, version);
      changed ||= snapshot !== undefined && snapshot !== known;
      const kept = snapshot ?? known;
      if (kept !== undefined) snapshots.push(kept);
    }
    if (!changed) return;
    this.#snapshots = snapshots;
    this.#context.log.info({ sets: snapshots.map(({ dataset }) => dataset) }, 'legislatures in memory');
  }

  async #read(id: string, version: string): Promise<Snapshot | undefined> {
    try {
      return await readSnapshot(this.#context, id, version);
    } catch (error) {
      this.#context.log.error(
        { err: error, set: id, version },
        'a legislature cannot be read; its last version stays',
      );
      return undefined;
    }
  }
}
