import { Batcher, type Database, sql } from '../database/index.js';
import type { Outcome } from './channels/outcome.js';
import type { LostMail } from './lease-mails.js';
import { PAUSE_MS, retryAt } from './settle-letters.js';

const MOST_IN_BATCH = 200;
const WAIT_MS = 25;
const MOST_WAITING = 10_000;

/**
 * What became of a mail of ours: as with a letter, or there was nothing to send any more, or it is kept here, or the
 * office that it goes to gets nothing just now.
 */
export type MailOutcome = Outcome | { readonly kind: 'dropped' | 'rehearsed' | 'waits' };

interface Settlement {
  readonly organisation_id: number;
  readonly mail_id: string;
  readonly to_state: 'queued' | 'accepted' | 'refused' | 'rehearsed' | 'dropped';
  readonly at: Date;
  readonly due_at: Date | null;
  readonly tried: boolean;
  readonly stood_still_ms: number;
  readonly answer: string | null;
}

export type MailSettler = Batcher<Settlement, boolean>;

/** As `openLetterSettler`, for table `mail`. A mail that was leased but not tried gives its place in the hour back. */
export function openMailSettler(db: Database, workerId: string): MailSettler {
  return new Batcher<Settlement, boolean>({
    write: (items) => settle(db, workerId, items),
    keys: (item) => [item.mail_id],
    rows: () => 1,
    mostItems: MOST_IN_BATCH,
    mostRows: MOST_IN_BATCH,
    waitMs: WAIT_MS,
    mostWaiting: MOST_WAITING,
    parallel: 1,
  });
}

/** What an outcome makes of a mail. An unreadable answer counts as a yes: a second mail would be worse. */
export function mailSettlementOf(mail: LostMail, outcome: MailOutcome, at: Date): Settlement {
  const row = {
    organisation_id: mail.organisationId,
    mail_id: mail.mailId,
    at,
    due_at: null,
    tried: true,
    stood_still_ms: 0,
    answer: 'answer' in outcome ? (outcome.answer ?? null) : null,
  };
  switch (outcome.kind) {
    case 'accepted':
    case 'unclear':
      return { ...row, to_state: 'accepted' };
    case 'refused':
      return { ...row, to_state: 'refused' };
    case 'dropped':
    case 'rehearsed':
      return { ...row, to_state: outcome.kind, tried: false };
    case 'released':
      return { ...row, to_state: 'queued', due_at: at, tried: false };
    case 'paused':
    case 'waits': {
      const due_at = new Date(at.getTime() + PAUSE_MS);
      return { ...row, to_state: 'queued', due_at, tried: false, stood_still_ms: PAUSE_MS };
    }
    case 'retry': {
      const due_at = retryAt(mail, outcome.reason, at);
      return due_at === undefined ? { ...row, to_state: 'refused' } : { ...row, to_state: 'queued', due_at };
    }
  }
}

async function settle(db: Database, workerId: string, items: readonly Settlement[]): Promise<boolean[]> {
  const { rows } = await sql<{ mailId: string }>`
    with outcome as (
      select * from jsonb_to_recordset(${JSON.stringify(items)}::jsonb) as o (
        organisation_id int, mail_id uuid, to_state text, at timestamptz, due_at timestamptz, tried boolean,
        stood_still_ms int, answer text)
    ), mine as (
      select m.* from (select organisation_id, mail_id from outcome order by organisation_id, mail_id) o
      cross join lateral (
        select organisation_id, mail_id from mail
        where organisation_id = o.organisation_id and mail_id = o.mail_id
          and state = 'sending' and lease_owner = ${workerId}
        for update
      ) m
    ), untried as (
      select date_trunc('hour', m.changed_at) as hour, count(*)::int as mails
      from mine join mail m using (organisation_id, mail_id) join outcome o using (organisation_id, mail_id)
      where m.kind in ('confirmation', 'reminder') and not o.tried group by 1 order by 1
    ), given_back as (
      update mail_budget b set spent = greatest(0, b.spent - u.mails) from untried u where b.hour = u.hour
    )
    update mail m set state = o.to_state, changed_at = o.at, due_at = coalesce(o.due_at, m.due_at), lease_owner = null,
      leased_until = null, attempts = m.attempts + o.tried::int, answer = o.answer,
      first_tried_at = case when o.tried then coalesce(m.first_tried_at, o.at)
        else m.first_tried_at + make_interval(secs => o.stood_still_ms / 1000.0) end
    from mine join outcome o using (organisation_id, mail_id)
    where m.organisation_id = mine.organisation_id and m.mail_id = mine.mail_id
    returning m.mail_id as "mailId"`.execute(db);
  const moved = new Set(rows.map((row) => row.mailId));
  return items.map((item) => moved.has(item.mail_id));
}
