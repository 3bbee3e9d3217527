import type { Context } from '../context.js';
import { sql } from '../database/index.js';
import { AppError } from '../errors.js';
import type { SourceFileRecord } from './files/source-file.js';
import type { LegislatureSet } from './model.js';
import { packSet, unpackSet } from './set-content.js';
import { buildSnapshot, type Snapshot } from './snapshot.js';

/** Payload: the id of the set of which another version is live. */
export const SET_CHANNEL = 'redress_legislature';

type Storing = Pick<Context, 'db' | 'clock'>;
type Transaction = Context['db'];

/** Who does something to the sets, and why. */
export interface Doing {
  /** A name of the operator's choosing: `terminal`, `demo`. */
  readonly by: string;
  readonly reason: string;
}

interface ImportRequest extends Doing {
  readonly set: LegislatureSet;
  readonly files: readonly SourceFileRecord[];
}

export interface ImportOutcome {
  readonly id: string;
  readonly version: string;
  /** False: the same content was there already. */
  readonly added: boolean;
  /** False: it was live already. */
  readonly activated: boolean;
  readonly officeholders: number;
  readonly vacantSeats: number;
}

/**
 * Stores a set and makes it live, in one transaction. The same content again changes nothing.
 * @throws AppError `invalid_file` when the set contradicts itself; then nothing is stored.
 */
export async function importSet(context: Storing, request: ImportRequest): Promise<ImportOutcome> {
  const { set } = request;
  const content = packSet(set);
  buildSnapshot(set, content.version);
  const now = context.clock.now();
  const vacantSeats = set.seats.length - set.officeholders.length;
  return context.db.transaction().execute(async (transaction) => {
    await lockSet(transaction, set.id);
    const inserted = await sql`
      insert into legislature_set (set_id, version, sha256, name, country, valid_from, valid_until, source,
        officeholders, vacant_seats, content, imported_at, imported_by)
      values (${set.id}, ${content.version}, ${content.sha256}, ${set.name}, ${set.country}, ${set.validFrom},
        ${set.validUntil}, ${JSON.stringify({ sources: set.sources, files: request.files })},
        ${set.officeholders.length}, ${vacantSeats}, ${content.compressed}, ${now}, ${request.by})
      on conflict (set_id, version) do nothing`.execute(transaction);
    const activation = { ...request, setId: set.id, version: content.version, now };
    return {
      id: set.id,
      version: content.version,
      added: inserted.numAffectedRows === 1n,
      activated: await activate(transaction, activation),
      officeholders: set.officeholders.length,
      vacantSeats,
    };
  });
}

interface ActivationRequest extends Doing {
  readonly setId: string;
  readonly version: string;
}

/**
 * Makes a stored version live again; answers whether another was live before.
 * @throws AppError `not_found` when there is no such version.
 */
export async function activateVersion(context: Storing, request: ActivationRequest): Promise<boolean> {
  const { setId, version } = request;
  return context.db.transaction().execute(async (transaction) => {
    await lockSet(transaction, setId);
    const { rows } = await sql<{ version: string }>`
      select version from legislature_set where set_id = ${setId} order by imported_at, version`.execute(
      transaction,
    );
    const versions = rows.map((row) => row.version);
    if (!versions.includes(version)) {
      const known =
        versions.length === 0 ? 'No version of it was imported' : `Its versions are ${versions.join(', ')}`;
      throw new AppError('not_found', { detail: `There is no version ${version} of ${setId}. ${known}.` });
    }
    return activate(transaction, { ...request, now: context.clock.now() });
  });
}

/** Two imports of one set at a time would each see the other's version as the older one. */
async function lockSet(transaction: Transaction, setId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`legislature ${setId}`}, 0))`.execute(
    transaction,
  );
}

async function activate(
  transaction: Transaction,
  request: ActivationRequest & { readonly now: Date },
): Promise<boolean> {
  const { setId, version, by, reason, now } = request;
  const result = await sql`
    insert into legislature_activation (set_id, version, activated_at, activated_by, reason)
    select ${setId}, ${version}, ${now}, ${by}, ${reason}
    where ${version} is distinct from (
      select version from legislature_activation where set_id = ${setId} order by activation_id desc limit 1)`.execute(
    transaction,
  );
  const changed = result.numAffectedRows === 1n;
  if (changed) await sql`select pg_notify(${SET_CHANNEL}, ${setId})`.execute(transaction);
  return changed;
}

/** A version of a set, as `redress legislature list` tells it. */
export interface StoredVersion {
  readonly id: string;
  readonly version: string;
  readonly name: string;
  readonly country: string;
  readonly validFrom: string;
  readonly validUntil: string;
  readonly officeholders: number;
  readonly vacantSeats: number;
  readonly importedAt: Date;
  readonly importedBy: string;
  /** Since when it answers, and why; null while another version does. */
  readonly live: { readonly since: string; readonly by: string; readonly reason: string } | null;
}

/** All versions of all sets, the newest import of each set first. */
export async function listVersions({ db }: Pick<Context, 'db'>): Promise<StoredVersion[]> {
  const { rows } = await sql<StoredVersion>`
    select s.set_id as id, s.version, s.name, s.country,
      s.valid_from::text as "validFrom", s.valid_until::text as "validUntil",
      s.officeholders, s.vacant_seats as "vacantSeats", s.imported_at as "importedAt", s.imported_by as "importedBy",
      case when newest.version is not null then
        jsonb_build_object('since', newest.activated_at, 'by', newest.activated_by, 'reason', newest.reason) end as live
    from legislature_set s
    left join (
      select distinct on (set_id) set_id, version, activated_at, activated_by, reason
      from legislature_activation order by set_id, activation_id desc
    ) newest on newest.set_id = s.set_id and newest.version = s.version
    order by s.set_id, s.imported_at desc, s.version`.execute(db);
  return rows;
}

/** Which version of each set is live. */
export async function readLiveVersions({
  db,
}: Pick<Context, 'db'>): Promise<{ id: string; version: string }[]> {
  const { rows } = await sql<{ id: string; version: string }>`
    select distinct on (set_id) set_id as id, version
    from legislature_activation order by set_id, activation_id desc`.execute(db);
  return rows;
}

/**
 * Reads a stored version and builds its indexes.
 * @throws AppError `invalid_file` when what is stored cannot be read.
 */
export async function readSnapshot(
  { db }: Pick<Context, 'db'>,
  id: string,
  version: string,
): Promise<Snapshot> {
  const { rows } = await sql<{ content: Buffer; sha256: Buffer }>`
    select content, sha256 from legislature_set where set_id = ${id} and version = ${version}`.execute(db);
  const [row] = rows;
  if (row === undefined)
    throw new AppError('not_found', { detail: `There is no version ${version} of ${id}.` });
  return buildSnapshot(unpackSet({ compressed: row.content, sha256: row.sha256 }), version);
}
