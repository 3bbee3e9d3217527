import { createHash } from 'node:crypto';
import type { Context } from '../../context.js';
import { newId, sql } from '../../database/index.js';
import { AppError } from '../../errors.js';
import type { ReturnName } from '../return-address.js';
import { saysAddressIsDead } from './classify-failure.js';
import { nameDelivery } from './name-delivery.js';
import { type ReadMail, readMail } from './read-mail.js';
import { sealRaw } from './seal-raw.js';
import type { InboundItem, InboundStore, Stored } from './store-inbound.js';
import { type Understanding, understandMail } from './understand-mail.js';

/** What a mail is taken with: the store is opened once for each process. */
export interface Taking {
  readonly context: Context;
  readonly store: InboundStore;
}

/**
 * Takes a mail that came for a signed return address. Resolves when what it says is durable.
 * @throws AppError `overloaded` or `unavailable`: nothing was stored, and it may be given again.
 */
export async function takeMail(taking: Taking, name: ReturnName, raw: Buffer): Promise<Stored> {
  return takeReadMail(taking, { name, raw, mail: await readMail(raw) });
}

/** Takes a mail out of a folder; `not_ours` when nothing signed in it names a delivery. */
export async function takeMailFromFolder(taking: Taking, raw: Buffer): Promise<Stored | 'not_ours'> {
  const mail = await readMail(raw);
  const name = nameDelivery(taking.context, mail, raw);
  if (name !== undefined) return takeReadMail(taking, { name, raw, mail });
  taking.context.metrics.inboundMails.inc({ kind: 'not_ours' });
  return 'not_ours';
}

interface NamedMail {
  readonly name: ReturnName;
  readonly raw: Buffer;
  readonly mail: ReadMail | undefined;
}

async function takeReadMail({ context, store }: Taking, { name, raw, mail }: NamedMail): Promise<Stored> {
  const understanding = understandMail(mail);
  const noticeId = newId();
  const mustBeRead = understanding.kind === 'not_understood';
  const sealed = mustBeRead ? await sealForAlert(context, { name, noticeId, raw }) : undefined;
  const stored = await store.submit({
    ...itemOf(understanding),
    organisation_id: name.organisationId,
    target_id: name.deliveryId,
    sha256: fingerprint(name, raw),
    at: context.clock.now(),
    notice_id: noticeId,
    raw: sealed?.toString('hex') ?? null,
  });
  context.metrics.inboundMails.inc({ kind: stored === 'new' ? understanding.kind : stored });
  return stored;
}

function itemOf(
  understanding: Understanding,
): Pick<InboundItem, 'kind' | 'reason' | 'status' | 'answer' | 'addresses' | 'dead'> {
  const { kind } = understanding;
  const nothing = { kind, reason: null, status: null, answer: null, addresses: [], dead: false };
  if (kind === 'failed') {
    const { reason, status = null, answer, addresses } = understanding;
    return { kind, reason, status, answer: answer || null, addresses, dead: saysAddressIsDead(reason) };
  }
  if (kind !== 'delayed') return nothing;
  return { ...nothing, status: understanding.status ?? null, answer: understanding.answer || null };
}

function fingerprint({ organisationId, deliveryId }: ReturnName, raw: Buffer): string {
  return createHash('sha256').update(`${organisationId}/${deliveryId}\n`).update(raw).digest('hex');
}

interface ToSeal {
  readonly name: ReturnName;
  readonly noticeId: string;
  readonly raw: Buffer;
}

/** Under the key of the alert, with which it dies. Without that key nothing is kept. */
async function sealForAlert(context: Context, { name, noticeId, raw }: ToSeal): Promise<Buffer | undefined> {
  const { organisationId, deliveryId } = name;
  const { rows } = await sql<{ keyId: Buffer }>`
    select a.key_id as "keyId" from alert a where (a.organisation_id, a.alert_id) = (
      select l.organisation_id, l.alert_id from delivery d join letter l using (organisation_id, letter_id)
      where d.organisation_id = ${organisationId} and d.delivery_id = ${deliveryId}
      union all
      select c.organisation_id, c.alert_id from mail m join action c using (organisation_id, action_id)
      where m.organisation_id = ${organisationId} and m.mail_id = ${deliveryId} limit 1)`.execute(context.db);
  const [alert] = rows;
  if (alert === undefined) return undefined;
  try {
    return sealRaw(await context.keyring.key(organisationId, alert.keyId), noticeId, raw);
  } catch (error) {
    if (error instanceof AppError && error.code === 'gone') return undefined;
    throw error;
  }
}
