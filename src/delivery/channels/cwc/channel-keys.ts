import type { Context } from '../../../context.js';
import { newId, sql } from '../../../database/index.js';
import { AppError } from '../../../errors.js';
import type { LegislatureMail } from '../../office-routes.js';
import { announceCwcChange } from './cwc-changes.js';

const LABEL = 'channel_key.sealed';
const KEY = /^[\x21-\x7e]{1,200}$/;

/** Whose key, for which channel, and who does something to it. */
interface KeyChange {
  readonly organisationId: number;
  readonly channel: LegislatureMail;
  /** Never a person's data: `terminal`. */
  readonly by: string;
}

/** That a key is set; never the key. */
export interface KeyInUse {
  readonly organisationId: number;
  readonly organisation: string;
  readonly channel: LegislatureMail;
  readonly setAt: Date;
}

/** A key in use, still sealed, with what its letters say of the organisation. */
export interface SealedKey extends KeyInUse {
  readonly keyId: string;
  readonly sealed: Buffer;
  readonly contactEmail: string;
  /** Lines separated by line feeds. */
  readonly postalAddress: string;
}

type Storing = Pick<Context, 'db' | 'clock' | 'keyring'>;

/**
 * Seals a chamber's API key for an organisation, in the place of the one it had.
 * @throws AppError `invalid_input` for what is no key
 */
export async function setChannelKey(
  { db, clock, keyring }: Storing,
  { key, ...change }: KeyChange & { readonly key: string },
): Promise<void> {
  if (!KEY.test(key)) {
    throw new AppError('invalid_input', {
      detail: 'That is no key: it has one line of up to 200 letters, digits and signs, without spaces.',
    });
  }
  const { organisationId, channel, by } = change;
  const keyId = newId();
  const dataKey = await keyring.keyOfOrganisation(organisationId);
  const sealed = dataKey.seal({ label: LABEL, rowId: keyId }, key);
  await db.transaction().execute(async (transaction) => {
    await endKey(transaction, { ...change, at: clock.now() });
    await sql`
      insert into channel_key (organisation_id, channel_key_id, channel, sealed, set_at, set_by)
      values (${organisationId}, ${keyId}, ${channel}, ${sealed}, ${clock.now()}, ${by})`.execute(
      transaction,
    );
    await announceCwcChange(transaction);
  });
}

/** Forgets an organisation's key; answers whether it had one. */
export async function removeChannelKey(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  change: KeyChange,
): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    const removed = await endKey(transaction, { ...change, at: clock.now() });
    await announceCwcChange(transaction);
    return removed;
  });
}

async function endKey(
  db: Context['db'],
  { organisationId, channel, by, at }: KeyChange & { readonly at: Date },
): Promise<boolean> {
  const { rows } = await sql`
    update channel_key set sealed = null, ended_at = ${at}, ended_by = ${by}
    where organisation_id = ${organisationId} and channel = ${channel} and ended_at is null
    returning channel_key_id`.execute(db);
  return rows.length > 0;
}

/** The keys in use, sealed, of every organisation. */
export async function readChannelKeys({ db }: Pick<Context, 'db'>): Promise<readonly SealedKey[]> {
  const { rows } = await sql<SealedKey>`
    select k.organisation_id as "organisationId", o.slug as organisation, k.channel, k.set_at as "setAt",
      k.channel_key_id as "keyId", k.sealed, o.contact_email as "contactEmail", o.postal_address as "postalAddress"
    from channel_key k join organisation o using (organisation_id)
    where k.ended_at is null order by k.organisation_id, k.channel`.execute(db);
  return rows;
}

/** @throws AppError `gone` when the organisation's data key was destroyed, `wrong_key` when the cell is another's. */
export async function openChannelKey(
  { keyring }: Pick<Context, 'keyring'>,
  { organisationId, keyId, sealed }: SealedKey,
): Promise<string> {
  const key = await keyring.open(organisationId, { label: LABEL, rowId: keyId }, sealed);
  if (typeof key === 'string') return key;
  throw new AppError('internal', { detail: 'a sealed key has an unknown form' });
}
