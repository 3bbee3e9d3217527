import { type Database, sql } from '../database/index.js';
import type { AlertContent } from './alert-content.js';
import type { AlertState } from './alert-states.js';

/** An alert's row. */
export interface StoredAlert {
  readonly organisationId: number;
  readonly alertId: string;
  readonly slug: string;
  readonly state: AlertState;
  /** Counts from 1; every change of the content raises it. */
  readonly version: number;
  readonly language: string;
  readonly content: AlertContent;
  /** The data key of everything that supporters write for this alert. */
  readonly keyId: Buffer;
  readonly publishedAt: Date | null;
  /** When the ask ends by itself. */
  readonly closesAt: Date | null;
  readonly closedAt: Date | null;
  readonly updatedAt: Date;
}

export interface AlertName {
  readonly organisationId: number;
  readonly slug: string;
}

const ALERT_COLUMNS = sql`organisation_id as "organisationId", alert_id as "alertId", slug, state, version,
  language, content, key_id as "keyId", published_at as "publishedAt", closes_at as "closesAt",
  closed_at as "closedAt", updated_at as "updatedAt"`;

/** Reads one alert in any state, drafts included. */
export async function readAlert(db: Database, name: AlertName): Promise<StoredAlert | undefined> {
  const { rows } = await sql<StoredAlert>`
    select ${ALERT_COLUMNS} from alert
    where organisation_id = ${name.organisationId} and slug = ${name.slug}`.execute(db);
  return rows[0];
}

/** Reads one alert and holds its row until the transaction ends. */
export async function lockAlert(db: Database, name: AlertName): Promise<StoredAlert | undefined> {
  const { rows } = await sql<StoredAlert>`
    select ${ALERT_COLUMNS} from alert
    where organisation_id = ${name.organisationId} and slug = ${name.slug} for update`.execute(db);
  return rows[0];
}

const NAME_LOCK = 0x616c;

/** Lets one transaction at a time make or change the alert of a name, also while there is none yet. */
export async function lockName(db: Database, { organisationId, slug }: AlertName): Promise<void> {
  await sql`select pg_advisory_xact_lock(${NAME_LOCK}, hashtext(${`${organisationId}/${slug}`}))`.execute(db);
}
