import type { Context } from '../context.js';
import { readActivations } from './activations.js';
import type { Source } from './model.js';
import type { Misfit } from './overlay/apply-edits.js';
import { NO_OVERLAY, readOverlays } from './overlay/edit-store.js';
import { buildLine, type SetLine, type Turn } from './set-line.js';
import { SET_CHANNEL } from './set-lock.js';
import { placesOf, type Snapshot } from './snapshot.js';
import { inForce } from './timeline.js';

/** Notices can be missed; then a process is behind for no longer than this. */
const CHECK_EVERY_MS = 60_000;

/** Every live set, in memory. A page reads it anew each time: a set may have been swapped since. */
export interface Legislatures extends AsyncDisposable {
  /** By the set's id (`us-congress`), or the country's code (`us`): then its largest set, that of the whole country. */
  current(setOrCountry: string): Snapshot | undefined;
  /** By id. */
  list(): readonly Snapshot[];
  /** How old the data of these legislatures are (named as for `current`) and where they come from, for the foot of a page. */
  describe(named: readonly string[], now: Date): readonly SetDescription[];
  /** The corrections by hand that do not fit what was imported since. */
  misfits(): readonly SetMisfit[];
  /** Takes over what changed in the database now. */
  refresh(): Promise<void>;
  /** Calls back each time that something else answers. */
  onChange(hear: () => void): void;
}

export interface SetDescription {
  readonly name: string;
  /** Absent where it is not known. */
  readonly validUntil: Date | undefined;
  /** When it was stored here. */
  readonly importedAt: Date | undefined;
  readonly outdated: boolean;
  readonly sources: readonly DescribedSource[];
}

type DescribedSource = Pick<Source, 'title' | 'licence' | 'address'> & { readonly date: string | undefined };

export interface SetMisfit extends Misfit {
  readonly setId: string;
}

type Loading = Pick<Context, 'db' | 'log' | 'clock'>;

/**
 * Loads the live sets, and keeps them current: at each notice from the database, and every minute. A set that cannot
 * be read is logged, and its last good version stays. What takes effect on a date does so by the context's clock.
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
  readonly #hearers: (() => void)[] = [];
  #lines: readonly SetLine[] = [];
  /** What answered when it was last looked at. */
  #told = '';
  #atTurn: NodeJS.Timeout | undefined;
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
    const snapshots = this.list();
    return snapshots.find(({ set }) => set.id === setOrCountry) ?? setsOfCountry(snapshots, setOrCountry)[0];
  }

  list(): readonly Snapshot[] {
    return this.#turns().map(({ snapshot }) => snapshot);
  }

  describe(named: readonly string[], now: Date): readonly SetDescription[] {
    const snapshots = new Set(named.flatMap((name) => this.current(name) ?? []));
    return [...snapshots].map(({ set, validBefore, importedAt }) => ({
      name: set.name,
      validUntil: set.validUntil === undefined ? undefined : new Date(set.validUntil),
      importedAt,
      outdated: now.getTime() >= validBefore,
      // When an operator fetched it is its age where the source itself says none.
      sources: set.sources.map((source) => ({ ...source, date: source.date ?? source.retrieved })),
    }));
  }

  misfits(): readonly SetMisfit[] {
    return this.#turns().flatMap(({ snapshot, misfits }) =>
      misfits.map((misfit) => ({ ...misfit, setId: snapshot.set.id })),
    );
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

  onChange(hear: () => void): void {
    this.#hearers.push(hear);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#atTurn);
    await this.#owned?.[Symbol.asyncDispose]();
    await this.#refreshing;
    clearTimeout(this.#atTurn);
  }

  #turns(): readonly Turn[] {
    const now = this.#context.clock.now().getTime();
    return this.#lines.flatMap(({ turns }) => inForce(turns, now) ?? []);
  }

  async #load(): Promise<void> {
    const activations = Map.groupBy(await readActivations(this.#context), ({ setId }) => setId);
    const overlays = await readOverlays(this.#context);
    const lines: SetLine[] = [];
    for (const [id, own] of activations) {
      const known = this.#lines.find((line) => line.id === id);
      const read = overlays.get(id) ?? (() => NO_OVERLAY);
      const line = await this.#build(id, known, () =>
        buildLine(this.#context, { id, activations: own, overlay: read() }, known),
      );
      if (line !== undefined) lines.push(line);
    }
    this.#lines = lines;
    this.#wakeAtTurn(Math.min(...lines.map(({ nextAt }) => nextAt)));
    this.#tell();
  }

  async #build(
    id: string,
    known: SetLine | undefined,
    build: () => Promise<SetLine>,
  ): Promise<SetLine | undefined> {
    try {
      return await build();
    } catch (error) {
      this.#context.log.error(
        { err: error, set: id },
        'a legislature cannot be read; its last version stays',
      );
      return known;
    }
  }

  /** So that whoever listens hears of a turn when it comes, not up to a minute later. */
  #wakeAtTurn(at: number): void {
    clearTimeout(this.#atTurn);
    const wait = at - this.#context.clock.now().getTime();
    if (this.#closed || !(wait <= CHECK_EVERY_MS)) return;
    this.#atTurn = setTimeout(() => this.refreshSoon(), Math.max(wait, 0)).unref();
  }

  #tell(): void {
    const turns = this.#turns();
    const answering = JSON.stringify(turns.map(({ snapshot, key }) => [snapshot.set.id, key]));
    if (answering === this.#told) return;
    this.#told = answering;
    const { log } = this.#context;
    log.info({ sets: turns.map(({ snapshot }) => snapshot.dataset) }, 'legislatures in memory');
    for (const { setId, edit, reason } of this.misfits())
      log.warn({ set: setId, edit: edit.number, reason }, 'an edit of a legislature does not fit any more');
    for (const hear of this.#hearers) hear();
  }
}

/** The live sets of a country, the largest first: a parliament before the legislature of one state. */
export function setsOfCountry(snapshots: readonly Snapshot[], country: string): Snapshot[] {
  const size = ({ set }: Snapshot): number => set.seats.reduce((sum, seat) => sum + placesOf(seat), 0);
  return snapshots.filter(({ set }) => set.country === country).sort((a, b) => size(b) - size(a));
}
