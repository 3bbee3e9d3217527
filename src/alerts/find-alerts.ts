import type { Context } from '../context.js';
import { sql } from '../database/index.js';
import type { AlertContent, PictureMediaType } from './alert-content.js';
import { type Alert, shelfOf } from './alert-shelf.js';
import type { AlertState } from './alert-states.js';
import { PATTERNS } from './file/file-fields.js';
import type { AlertName, StoredAlert } from './stored-alert.js';

/** One line of the archive. */
export interface ListedAlert {
  readonly alertId: string;
  readonly slug: string;
  readonly state: AlertState;
  readonly version: number;
  readonly language: string;
  readonly headline: string;
  readonly standfirst: string;
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly publishedAt: Date | null;
  readonly closesAt: Date | null;
  /** The ask's end as it was written; `shownEnd` reads it. */
  readonly until: string | null;
  readonly closedAt: Date | null;
}

/** The alert of an address, from memory where it can; undefined for none, and for a draft. */
export async function findAlert(context: Context, name: AlertName): Promise<Alert | undefined> {
  // Anybody can ask for any text, also for one that a database does not take.
  return PATTERNS.slug.test(name.slug) ? shelfOf(context).find(name) : undefined;
}

/** An organisation's alerts, newest first by their date. Drafts are listed only where they are asked for. */
export async function listAlerts(
  context: Context,
  { organisationId, drafts = false }: { organisationId: number; drafts?: boolean },
): Promise<readonly ListedAlert[]> {
  const { rows } = await sql<ListedAlert>`
    select alert_id as "alertId", slug, state, version, language, content ->> 'headline' as headline,
      content ->> 'standfirst' as standfirst, content ->> 'date' as date, published_at as "publishedAt",
      closes_at as "closesAt",
      content -> 'ask' ->> 'until' as until, closed_at as "closedAt"
    from alert
    where organisation_id = ${organisationId} and (state <> 'draft' or ${drafts})
    order by dated desc, alert_id desc`.execute(context.db);
  return rows;
}

/** What an open alert asks. */
export interface OpenAsk extends Pick<AlertContent, 'ask' | 'measure'> {
  readonly slug: string;
  readonly language: string;
  readonly headline: string;
}

/** What an organisation's open alerts ask, newest first. */
export async function listOpenAsks(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  { organisationId }: { readonly organisationId: number },
): Promise<readonly OpenAsk[]> {
  const { rows } = await sql<OpenAsk>`
    select slug, language, content ->> 'headline' as headline, content -> 'ask' as ask,
      nullif(content -> 'measure', 'null') as measure
    from alert
    where organisation_id = ${organisationId} and state = 'published'
      and (closes_at is null or closes_at > ${clock.now()})
    order by dated desc, alert_id desc`.execute(db);
  return rows;
}

/** Whether readers can act now: published, and the ask has not ended. */
export function isOpen({ state, closesAt }: Pick<StoredAlert, 'state' | 'closesAt'>, now: Date): boolean {
  return state === 'published' && (closesAt === null || closesAt > now);
}

/** A stored picture by its SHA-256 in hexadecimal digits; it never changes. */
export async function findPicture(
  context: Context,
  { organisationId, sha256 }: { organisationId: number; sha256: string },
): Promise<{ readonly mediaType: PictureMediaType; readonly bytes: Buffer } | undefined> {
  if (!/^[0-9a-f]{64}$/.test(sha256)) return undefined;
  const { rows } = await sql<{ mediaType: PictureMediaType; bytes: Buffer }>`
    select media_type as "mediaType", bytes from picture
    where organisation_id = ${organisationId} and sha256 = ${Buffer.from(sha256, 'hex')}`.execute(context.db);
  return rows[0];
}
