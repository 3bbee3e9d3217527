import type pg from 'pg';
import type { Context } from '../context.js';
import { type Database, type Listener, sql } from '../database/index.js';
import type { AlertPicture } from './alert-content.js';
import { renderReport } from './report/report-html.js';
import { type AlertName, readAlert, type StoredAlert } from './stored-alert.js';

const CHANGE_CHANNEL = 'alert_changed';
const PICTURE_PREFIX = '/pictures/';
/** Longer than any gap of the listening connection that it does not notice itself. */
const RECHECK_MS = 60_000;
const MOST_KEPT = 500;

/** An alert that the public may see, with its report as HTML. The same object until something changes. */
export interface Alert extends StoredAlert {
  readonly reportHtml: string;
}

interface Kept {
  readonly alert: Promise<Alert | undefined>;
  readonly readAt: number;
}

/** The path at which a picture of a report is served. */
export function picturePath({ sha256 }: Pick<AlertPicture, 'sha256'>): string {
  return PICTURE_PREFIX + sha256;
}

/** The alerts in memory, dropped when PostgreSQL tells of a change, and read again after a minute anyway. */
class AlertShelf {
  readonly #db: Database;
  readonly #listener: Listener;
  readonly #kept = new Map<string, Kept>();
  #listening: Promise<void> | undefined;

  constructor({ db, listener }: Context) {
    this.#db = db;
    this.#listener = listener;
  }

  find(name: AlertName): Promise<Alert | undefined> {
    return this.#fresh(placeOf(name)) ?? this.#findAgain(name);
  }

  #fresh(place: string): Promise<Alert | undefined> | undefined {
    const kept = this.#kept.get(place);
    return kept !== undefined && performance.now() - kept.readAt < RECHECK_MS ? kept.alert : undefined;
  }

  async #findAgain(name: AlertName): Promise<Alert | undefined> {
    await this.#listen();
    const place = placeOf(name);
    const fresh = this.#fresh(place);
    if (fresh !== undefined) return fresh;
    const next: Kept = { alert: this.#read(name, this.#kept.get(place)), readAt: performance.now() };
    this.#kept.delete(place);
    this.#kept.set(place, next);
    this.#dropOldest();
    return next.alert.then(
      (alert) => {
        if (alert === undefined) this.#dropIf(place, next);
        return alert;
      },
      (error: unknown) => {
        this.#dropIf(place, next);
        throw error;
      },
    );
  }

  /** Has an alert read again when it is next asked for; it stays the same object if nothing has changed. */
  forget(name: AlertName): void {
    this.#doubt(placeOf(name));
  }

  #doubt(place: string): void {
    const kept = this.#kept.get(place);
    if (kept !== undefined) this.#kept.set(place, { ...kept, readAt: Number.NEGATIVE_INFINITY });
  }

  async #read(name: AlertName, before: Kept | undefined): Promise<Alert | undefined> {
    const known = await before?.alert.catch(() => undefined);
    // While the database does not answer, what was read before can still be read.
    const stored = await readAlert(this.#db, name).catch((error: unknown) => known ?? Promise.reject(error));
    if (stored === undefined || stored.state === 'draft') return undefined;
    if (known?.version === stored.version && known.state === stored.state) return known;
    return { ...stored, reportHtml: renderReport(stored.content.report, picturePath) };
  }

  /** A name that is not there is not kept: anybody can ask for any number of those. */
  #dropIf(place: string, kept: Kept): void {
    if (this.#kept.get(place) === kept) this.#kept.delete(place);
  }

  #dropOldest(): void {
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MOST_KEPT && oldest !== undefined) this.#kept.delete(oldest);
  }

  async #listen(): Promise<void> {
    this.#listening ??= this.#listener.listen(CHANGE_CHANNEL, (payload) => {
      for (const place of payload === undefined ? this.#kept.keys() : [payload]) this.#doubt(place);
    });
    try {
      await this.#listening;
    } catch (error) {
      this.#listening = undefined;
      throw error;
    }
  }
}

const shelves = new WeakMap<pg.Pool, AlertShelf>();

/** The shelf of a context: one per pool, so that it goes when the context goes. */
export function shelfOf(context: Context): AlertShelf {
  const known = shelves.get(context.pool);
  if (known !== undefined) return known;
  const shelf = new AlertShelf(context);
  shelves.set(context.pool, shelf);
  return shelf;
}

/** Tells every process that an alert changed, once the transaction is committed. */
export async function announceChange(db: Database, name: AlertName): Promise<void> {
  await sql`select pg_notify(${CHANGE_CHANNEL}, ${placeOf(name)})`.execute(db);
}

function placeOf({ organisationId, slug }: AlertName): string {
  return `${organisationId}/${slug}`;
}
