import type { Context } from '../context.js';
import { sql } from '../database/index.js';
import { AppError } from '../errors.js';
import { activate, type Doing, rolloverTime } from './activations.js';
import type { SourceFileRecord } from './files/source-file.js';
import type { LegislatureSet } from './model.js';
import { packSet, unpackSteps } from './set-content.js';
import { countSet } from './set-counts.js';
import { lockSet } from './set-lock.js';
import { buildSnapshot, type Snapshot, snapshotSteps } from './snapshot.js';
import { runInSlices } from './steps.js';

type Storing = Pick<Context, 'db' | 'clock'>;

interface ImportRequest extends Doing {
  readonly set: LegislatureSet;
  readonly files: readonly SourceFileRecord[];
  /** When it goes live; without it, on its first day where that is to come, else at once. */
  readonly takesEffect?: Date | undefined;
}

export interface ImportOutcome {
  readonly id: string;
  readonly version: string;
  /** False: the same content was there already. */
  readonly added: boolean;
  /** False: it was live, or was to be, already. */
  readonly activated: boolean;
  /** When it goes live, where that is to come. */
  readonly takesEffect: Date | undefined;
  readonly officeholders: number;
  readonly vacantSeats: number;
}

/**
 * Stores a set and makes it live, in one transaction. The same content again changes nothing.
 * @throws AppError `invalid_file` when the set contradicts itself; then nothing is stored.
 */
export async function importSet(context: Storing, request: ImportRequest): Promise<ImportOutcome> {
  const { set } = request;
  checkSet(request);
  const content = packSet(set);
  const now = context.clock.now();
  const counts = countSet(set);
  return context.db.transaction().execute(async (transaction) => {
    await lockSet(transaction, set.id);
    const inserted = await sql`
      insert into legislature_set (set_id, version, sha256, name, country, valid_from, valid_until, source,
        officeholders, vacant_seats, content, imported_at, imported_by, counts)
      values (${set.id}, ${content.version}, ${content.sha256}, ${set.name}, ${set.country}, ${set.validFrom ?? null},
        ${set.validUntil ?? null}, ${JSON.stringify({ sources: set.sources, files: request.files })},
        ${counts.officeholders}, ${counts.vacant}, ${content.compressed}, ${now}, ${request.by},
        ${JSON.stringify(counts)})
      on conflict (set_id, version) do nothing`.execute(transaction);
    const setId = set.id;
    const rollover = await rolloverTime(transaction, { setId, validFrom: set.validFrom, now });
    const planned = request.takesEffect ?? rollover;
    const takesEffect = planned !== undefined && planned > now ? planned : undefined;
    const activation = { ...request, setId, version: content.version, takesEffect, now };
    return {
      id: set.id,
      version: content.version,
      added: inserted.numAffectedRows === 1n,
      activated: await activate(transaction, activation),
      takesEffect,
      officeholders: set.officeholders.length,
      vacantSeats: counts.vacant,
    };
  });
}

/** Builds what answers, so that a contradiction shows, and says which files it is in. */
function checkSet({ set, files }: ImportRequest): void {
  try {
    buildSnapshot(set, 'new');
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause;
    const names = files.map(({ file }) => file).join(', ');
    throw new AppError(cause.code, { detail: `${names}${names && ': '}${cause.message}`, cause });
  }
}

/**
 * Reads a stored version and builds its indexes, in slices: who asks meanwhile is answered.
 * @throws AppError `invalid_file` when what is stored cannot be read.
 */
export async function readSnapshot(
  context: Pick<Context, 'db'>,
  id: string,
  version: string,
): Promise<Snapshot> {
  const { set, importedAt } = await readStoredSet(context, id, version);
  return runInSlices(snapshotSteps(set, version, importedAt));
}

/**
 * Reads a stored version as it was imported.
 * @throws AppError `invalid_file` when what is stored cannot be read.
 */
export async function readStoredSet(
  { db }: Pick<Context, 'db'>,
  id: string,
  version: string,
): Promise<{ readonly set: LegislatureSet; readonly importedAt: Date }> {
  const { rows } = await sql<{ content: Buffer; sha256: Buffer; importedAt: Date }>`
    select content, sha256, imported_at as "importedAt" from legislature_set where set_id = ${id} and version = ${version}`.execute(
    db,
  );
  const [row] = rows;
  if (row === undefined)
    throw new AppError('not_found', { detail: `There is no version ${version} of ${id}.` });
  const { content: compressed, sha256, importedAt } = row;
  return { set: await runInSlices(unpackSteps({ compressed, sha256 })), importedAt };
}
