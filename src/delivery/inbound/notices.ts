import type { Context } from '../../context.js';
import { type Database, sql } from '../../database/index.js';
import { AppError } from '../../errors.js';
import { DAY_MS } from '../letter-lifetimes.js';
import { openRaw } from './seal-raw.js';

/** As long as a letter's text. */
const KEPT_DAYS = 28;

export type NoticeKind = 'not_understood' | 'complaint' | 'blocked';

/** Something that came back and needs a person. No personal data, but in the mail that is opened apart. */
export interface Notice {
  readonly noticeId: string;
  readonly kind: NoticeKind;
  readonly firstAt: Date;
  readonly lastAt: Date;
  /** How many mails said the same. */
  readonly mails: number;
  readonly letterId: string | null;
  /** The office's name, and the address that was written to; `null` for our mails to supporters. */
  readonly office: string | null;
  readonly email: string | null;
  /** The mail system's words, without addresses. */
  readonly answer: string | null;
  readonly hasMail: boolean;
  readonly doneAt: Date | null;
  readonly doneReason: string | null;
}

interface NoticeQuery {
  readonly organisationId: number;
  /** Those that are done too. */
  readonly all?: boolean;
  readonly noticeId?: string;
}

/** The notices of an organisation, oldest first. */
export async function listNotices(db: Database, query: NoticeQuery): Promise<readonly Notice[]> {
  const { organisationId, all = false, noticeId = null } = query;
  const { rows } = await sql<Notice>`
    select n.notice_id as "noticeId", n.kind, n.first_at as "firstAt", n.last_at as "lastAt", n.mails,
      n.letter_id as "letterId", l.office ->> 'name' as office, l.office ->> 'email' as email, n.answer,
      n.raw is not null as "hasMail", n.done_at as "doneAt", n.done_reason as "doneReason"
    from inbound_notice n left join letter l using (organisation_id, letter_id)
    where n.organisation_id = ${organisationId} and (${all} or n.done_at is null)
      and (${noticeId}::uuid is null or n.notice_id = ${noticeId})
    order by n.first_at, n.notice_id`.execute(db);
  return rows;
}

interface NoticeName {
  readonly organisationId: number;
  readonly noticeId: string;
}

/**
 * Opens one notice and the mail that is kept with it.
 * @throws AppError `not_found`, or `gone` when the alert's key was destroyed.
 */
export async function openNotice(
  context: Context,
  name: NoticeName,
): Promise<{ readonly notice: Notice; readonly raw: Buffer | undefined }> {
  const [notice] = await listNotices(context.db, { ...name, all: true });
  if (notice === undefined) throw unknownNotice(name.noticeId);
  const { rows } = await sql<{ raw: Buffer | null }>`
    select raw from inbound_notice
    where organisation_id = ${name.organisationId} and notice_id = ${name.noticeId}`.execute(context.db);
  const cell = rows[0]?.raw ?? undefined;
  return { notice, raw: cell && (await openRaw(context, name, cell)) };
}

interface Ending extends NoticeName {
  readonly reason: string;
  readonly by: string;
  readonly at: Date;
}

/**
 * Ends a notice; its mail is forgotten at once.
 * @throws AppError `not_found` when there is no such open notice.
 */
export async function endNotice(
  db: Database,
  { organisationId, noticeId, reason, by, at }: Ending,
): Promise<void> {
  const { rows } = await sql`
    update inbound_notice set done_at = ${at}, done_by = ${by}, done_reason = ${reason}, raw = null
    where organisation_id = ${organisationId} and notice_id = ${noticeId} and done_at is null
    returning 1`.execute(db);
  if (rows.length === 0) throw unknownNotice(noticeId);
}

/** Forgets the mails that were kept for 28 days; answers how many. */
export async function forgetInboundMails(db: Database, now: Date): Promise<number> {
  const before = new Date(now.getTime() - KEPT_DAYS * DAY_MS);
  const { rows } = await sql`
    update inbound_notice set raw = null where raw is not null and first_at < ${before} returning 1`.execute(
    db,
  );
  return rows.length;
}

function unknownNotice(noticeId: string): AppError {
  return new AppError('not_found', {
    detail: `There is no open notice ${noticeId}. Those that there are: redress inbound list`,
  });
}
