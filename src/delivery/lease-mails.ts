import type { RawBuilder } from 'kysely';
import { type Database, sql } from '../database/index.js';
import { LEASE_SECONDS, type Leasing, readDueInOrder } from './lease-letters.js';

/** All but the disavowal and the follow-up, which offices get, go to supporters. */
export type MailKind =
  | 'confirmation'
  | 'reminder'
  | 'copy'
  | 'step'
  | 'disavowal'
  | 'stopped'
  | 'failed'
  | 'chase'
  | 'follow_up';

/** A mail of ours that this worker alone may send, until its lease ends. */
export interface LeasedMail {
  readonly organisationId: number;
  readonly mailId: string;
  readonly actionId: string;
  /** The letter that an office is told was disavowed, or is asked to answer; `null` in mails to a supporter. */
  readonly letterId: string | null;
  readonly kind: MailKind;
  readonly organisationName: string;
  readonly organisationContact: string;
  readonly attempts: number;
  readonly firstTriedAt: Date | null;
}

interface MailLeasing extends Leasing {
  readonly mailsPerHour: number;
}

/**
 * Leases the mails that are due. Confirmations and reminders spend the installation's hourly budget here, under
 * the lock of the hour's row, so that no number of workers goes above it; those beyond it stay queued.
 */
export async function leaseMails(db: Database, leasing: MailLeasing): Promise<readonly LeasedMail[]> {
  const inBudget = (await somethingNeedsBudget(db, leasing.now))
    ? await db.transaction().execute((transaction) => leaseInBudget(transaction, leasing))
    : [];
  const most = leasing.most - inBudget.length;
  if (most <= 0) return inBudget;
  const others = sql`kind in ('copy', 'step', 'disavowal', 'stopped', 'failed', 'chase', 'follow_up')`;
  return [...inBudget, ...(await leaseKinds(db, others, { ...leasing, most }))];
}

async function somethingNeedsBudget(db: Database, now: Date): Promise<boolean> {
  const { rows } = await sql<{ needed: boolean }>`
    select exists (
      select from mail where state = 'queued' and kind in ('confirmation', 'reminder') and due_at <= ${now}
    ) as needed`.execute(db);
  return rows[0]?.needed === true;
}

async function leaseInBudget(db: Database, leasing: MailLeasing): Promise<readonly LeasedMail[]> {
  const hour = new Date(leasing.now);
  hour.setUTCMinutes(0, 0, 0);
  await sql`insert into mail_budget (hour, spent) values (${hour}, 0) on conflict do nothing`.execute(db);
  const { rows } = await sql<{ spent: number }>`
    select spent from mail_budget where hour = ${hour} for update`.execute(db);
  const left = leasing.mailsPerHour - (rows[0]?.spent ?? leasing.mailsPerHour);
  const most = Math.min(left, leasing.most);
  if (most <= 0) return [];
  await readDueInOrder(db);
  const leased = await leaseKinds(db, sql`kind in ('confirmation', 'reminder')`, { ...leasing, most });
  await sql`update mail_budget set spent = spent + ${leased.length} where hour = ${hour}`.execute(db);
  return leased;
}

async function leaseKinds(
  db: Database,
  kinds: RawBuilder<unknown>,
  { workerId, now, most }: Leasing,
): Promise<readonly LeasedMail[]> {
  const { rows } = await sql<LeasedMail>`
    with due as (
      select organisation_id, mail_id from mail where state = 'queued' and ${kinds} and due_at <= ${now}
      order by due_at, sequence limit ${most} for update skip locked
    ), leased as (
      update mail m set state = 'sending', changed_at = ${now}, lease_owner = ${workerId},
        leased_until = now() + make_interval(secs => ${LEASE_SECONDS})
      from due where m.organisation_id = due.organisation_id and m.mail_id = due.mail_id
      returning m.*
    )
    select m.organisation_id as "organisationId", m.mail_id as "mailId", m.action_id as "actionId", m.letter_id as "letterId", m.kind,
      o.name as "organisationName", o.contact_email as "organisationContact", m.attempts,
      m.first_tried_at as "firstTriedAt"
    from leased m join organisation o using (organisation_id)
    order by m.due_at, m.sequence`.execute(db);
  return rows;
}

/** What is needed to put back a mail whose worker was lost. */
export type LostMail = Pick<LeasedMail, 'organisationId' | 'mailId' | 'attempts' | 'firstTriedAt'>;

/** Takes over mails whose lease ended, so that they can be put back under this worker's name. */
export async function takeOverLostMails(
  db: Database,
  { workerId, most }: Leasing,
): Promise<readonly LostMail[]> {
  const { rows } = await sql<LostMail>`
    with lost as (
      select organisation_id, mail_id from mail where state = 'sending' and leased_until < now()
      order by leased_until limit ${most} for update skip locked
    )
    update mail m set lease_owner = ${workerId}, leased_until = now() + make_interval(secs => ${LEASE_SECONDS})
    from lost where m.organisation_id = lost.organisation_id and m.mail_id = lost.mail_id
    returning m.organisation_id as "organisationId", m.mail_id as "mailId", m.attempts,
      m.first_tried_at as "firstTriedAt"`.execute(db);
  return rows;
}
