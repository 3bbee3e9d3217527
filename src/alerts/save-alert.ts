import type { Context } from '../context.js';
import { type Database, newId, sql } from '../database/index.js';
import { AppError } from '../errors.js';
import type { AlertContent } from './alert-content.js';
import { announceChange, shelfOf } from './alert-shelf.js';
import type { AlertState } from './alert-states.js';
import { moveAlert } from './change-state.js';
import { closingTime } from './closing-time.js';
import type { MeasuredPicture } from './file/pictures.js';
import { type AlertName, lockAlert, lockName, type StoredAlert } from './stored-alert.js';

export interface SaveRequest extends AlertName {
  readonly content: AlertContent;
  readonly pictures: readonly MeasuredPicture[];
  readonly publish: boolean;
  /** Whether an alert of this name may be given a new version. */
  readonly replace: boolean;
  readonly reason: 'imported' | 'edited';
  /** Who did it, as the record names them. */
  readonly by: string;
}

export interface SavedAlert {
  readonly slug: string;
  readonly alertId: string;
  readonly version: number;
  readonly state: AlertState;
  readonly outcome: 'created' | 'replaced' | 'unchanged';
}

/**
 * Writes an alert with its pictures: a new one with its data key, or the next version of one that is there.
 * The same content again changes nothing.
 * @throws AppError `conflict` when the name is taken and `replace` is not set, or the alert cannot be published.
 */
export async function saveAlert(context: Context, request: SaveRequest): Promise<SavedAlert> {
  const saved = await context.db.transaction().execute(async (db) => {
    await lockName(db, request);
    await writePictures(db, request, context.clock.now());
    const existing = await lockAlert(db, request);
    const written =
      existing === undefined
        ? await createAlert({ context, db, request })
        : await replaceAlert({ context, db, request }, existing);
    const { organisationId, slug, by } = request;
    const mustMove = request.publish && written.state !== 'published';
    if (mustMove)
      await moveAlert({ context, db }, { organisationId, slug, to: 'published', reason: 'published', by });
    await announceChange(db, request);
    return mustMove ? { ...written, state: 'published' as const } : written;
  });
  shelfOf(context).forget(request);
  return saved;
}

interface Saving {
  readonly context: Context;
  readonly db: Database;
  readonly request: SaveRequest;
}

async function createAlert({ context, db, request }: Saving): Promise<SavedAlert> {
  const { organisationId, slug, content } = request;
  const alertId = newId();
  const keyId = await context.keyring.createKey(db, { organisationId, purpose: 'alert', subjectId: alertId });
  const now = context.clock.now();
  await sql`
    insert into alert (organisation_id, alert_id, slug, state, version, language, dated, content, key_id,
      closes_at, created_at, updated_at)
    values (${organisationId}, ${alertId}, ${slug}, 'draft', 1, ${content.language}, ${content.date},
      ${JSON.stringify(content)}, ${keyId}, ${closesAt(content)}, ${now}, ${now})`.execute(db);
  await sql`
    insert into alert_event (organisation_id, alert_id, at, from_state, to_state, reason, by_whom)
    values (${organisationId}, ${alertId}, ${now}, null, 'draft', ${CREATED[request.reason]}, ${request.by})`.execute(
    db,
  );
  await writeVersion({ context, db, request }, { alertId, version: 1, reason: request.reason });
  return { slug, alertId, version: 1, state: 'draft', outcome: 'created' };
}

const CREATED = { imported: 'imported', edited: 'created' } as const;

async function replaceAlert(saving: Saving, existing: StoredAlert): Promise<SavedAlert> {
  const { context, db, request } = saving;
  const { organisationId, content, slug } = request;
  const { alertId, state } = existing;
  const json = JSON.stringify(content);
  const { rows } = await sql<{ same: boolean }>`
    select content = ${json}::jsonb as same from alert
    where organisation_id = ${organisationId} and alert_id = ${alertId}`.execute(db);
  if (rows[0]?.same === true)
    return { slug, alertId, version: existing.version, state, outcome: 'unchanged' };
  if (!request.replace) {
    const detail = `There is an alert "${slug}" with another content. To give it a new version, add --replace.`;
    throw new AppError('conflict', { detail });
  }
  const version = existing.version + 1;
  await sql`
    update alert set version = ${version}, language = ${content.language}, dated = ${content.date}, content = ${json},
      closes_at = ${closesAt(content)}, updated_at = ${context.clock.now()}
    where organisation_id = ${organisationId} and alert_id = ${alertId}`.execute(db);
  const corrected = content.corrections.length > existing.content.corrections.length;
  await writeVersion(saving, { alertId, version, reason: corrected ? 'corrected' : request.reason });
  return { slug, alertId, version, state, outcome: 'replaced' };
}

interface VersionRow {
  readonly alertId: string;
  readonly version: number;
  readonly reason: 'imported' | 'edited' | 'corrected';
}

async function writeVersion(
  { context, db, request }: Saving,
  { alertId, version, reason }: VersionRow,
): Promise<void> {
  await sql`
    insert into alert_version (organisation_id, alert_id, version, content, at, reason, by_whom)
    values (${request.organisationId}, ${alertId}, ${version}, ${JSON.stringify(request.content)},
      ${context.clock.now()}, ${reason}, ${request.by})`.execute(db);
}

async function writePictures(
  db: Database,
  { organisationId, pictures }: SaveRequest,
  now: Date,
): Promise<void> {
  for (const { sha256, mediaType, width, height, bytes } of pictures) {
    await sql`
      insert into picture (organisation_id, sha256, media_type, width, height, bytes, created_at)
      values (${organisationId}, ${Buffer.from(sha256, 'hex')}, ${mediaType}, ${width}, ${height}, ${bytes}, ${now})
      on conflict do nothing`.execute(db);
  }
}

function closesAt({ ask }: AlertContent): Date | null {
  return (ask.until === null ? undefined : closingTime(ask.until)) ?? null;
}
