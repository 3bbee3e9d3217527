import { Batcher, type Database, sql } from '../../database/index.js';
import { NOTES } from '../letter-states.js';
import { applyBounces } from './apply-bounces.js';
import type { Understanding } from './understand-mail.js';

const MOST_IN_BATCH = 100;
const WAIT_MS = 10;
const MOST_WAITING = 1000;
/** Enough for any mail system that reports each try; more is an attack, and changes nothing. */
const MOST_MAILS_EACH = 200;
/** So many of the mails about one letter are kept for people, who need not read the same again. */
const MOST_NOTICES_EACH = 10;

/** One mail that came back, ready to be stored. Times are by the business clock. */
export interface InboundItem {
  readonly organisation_id: number;
  /** A delivery of a letter, or a mail of ours. */
  readonly target_id: string;
  /** Of the return address and the bytes, in hexadecimal digits. */
  readonly sha256: string;
  readonly at: Date;
  readonly kind: Understanding['kind'];
  readonly reason: string | null;
  readonly status: string | null;
  readonly answer: string | null;
  /** Whom the report names. */
  readonly addresses: readonly string[];
  /** It says that nothing can reach the address. */
  readonly dead: boolean;
  readonly notice_id: string;
  /** The sealed mail, in hexadecimal digits; only where a person must read it. */
  readonly raw: string | null;
}

/** `known`: the same mail was stored before, and changed nothing now. */
export type Stored = 'new' | 'known' | 'no_such_delivery' | 'too_many';

/** Stores what came back; each answer comes after its commit. */
export type InboundStore = Batcher<InboundItem, Stored>;

/** Opens the micro-batch. Any number of processes may store at the same time. */
export function openInboundStore(db: Database): InboundStore {
  return new Batcher<InboundItem, Stored>({
    write: (items) => db.transaction().execute((transaction) => storeInbound(transaction, items)),
    keys: (item) => [item.target_id],
    rows: () => 1,
    mostItems: MOST_IN_BATCH,
    mostRows: MOST_IN_BATCH,
    waitMs: WAIT_MS,
    mostWaiting: MOST_WAITING,
    parallel: 1,
  });
}

async function storeInbound(db: Database, items: readonly InboundItem[]): Promise<readonly Stored[]> {
  await lockLetters(db, items);
  const stored = await writeItems(db, items);
  if (items.some(({ kind }) => kind === 'failed')) await applyBounces(db, items[0]?.at ?? new Date(0));
  return stored;
}

/** A worker's outcome must come wholly before or wholly after: else a bounce that waits could be overlooked. */
async function lockLetters(db: Database, items: readonly InboundItem[]): Promise<void> {
  const organisations = items.map((item) => item.organisation_id);
  const targets = items.map((item) => item.target_id);
  await sql`
    select from letter l
    where (l.organisation_id, l.letter_id) in (
      select d.organisation_id, d.letter_id
      from unnest(${organisations}::int[], ${targets}::uuid[]) as i (organisation_id, delivery_id)
      join delivery d using (organisation_id, delivery_id))
    order by l.organisation_id, l.letter_id for update`.execute(db);
}

async function writeItems(db: Database, items: readonly InboundItem[]): Promise<readonly Stored[]> {
  const { rows } = await sql<{ sha256: string; stored: Stored }>`
    with item as (
      select *, decode(sha256, 'hex') as hash from jsonb_to_recordset(${JSON.stringify(items)}::jsonb) as i (
        organisation_id int, target_id uuid, sha256 text, at timestamptz, kind text, reason text, status text,
        answer text, addresses jsonb, dead boolean, notice_id uuid, raw text)
    ), found as (${FIND_TARGETS}), allowed as (
      select * from found where (delivery_id is not null or mail_id is not null)
        and (mails < ${MOST_MAILS_EACH} or (kind = 'failed' and delivery_id is not null and bounced_at is null))
    ), fresh as (
      insert into inbound_mail (organisation_id, sha256, delivery_id, mail_id, at, kind, reason, status, answer)
      select organisation_id, hash, delivery_id, mail_id, at, kind, reason, status, answer from allowed
      on conflict do nothing returning organisation_id, sha256
    ), news as (${SEE_WHAT_IS_NEW}), noted as (${NOTE_ON_DELIVERIES}), events as (${WRITE_EVENTS}),
    marked as (${MARK_DEAD_ADDRESSES}), noticed as (${MAKE_NOTICES})
    select i.sha256, case when f.sha256 is not null then 'new'
      when i.delivery_id is null and i.mail_id is null then 'no_such_delivery'
      when a.sha256 is not null or exists (
        select from inbound_mail k where k.organisation_id = i.organisation_id and k.sha256 = i.hash) then 'known'
      else 'too_many' end as stored
    from found i
    left join fresh f on f.organisation_id = i.organisation_id and f.sha256 = i.hash
    left join allowed a on a.organisation_id = i.organisation_id and a.hash = i.hash`.execute(db);
  const stored = new Map(rows.map((row) => [row.sha256, row.stored]));
  return items.map((item) => stored.get(item.sha256) ?? 'no_such_delivery');
}

const FIND_TARGETS = sql`
  select i.*, d.delivery_id, d.letter_id, m.mail_id, coalesce(d.letter_id, m.letter_id) as about_letter_id,
    d.channel as taken_channel, d.accepted_at, d.bounced_at, d.delay_reported_at, d.delivery_reported_at,
    d.auto_replied_at, d.complained_at, (
      select count(*) from inbound_mail k where k.organisation_id = i.organisation_id
        and (k.delivery_id = d.delivery_id or k.mail_id = m.mail_id)) as mails
  from item i
  left join delivery d on d.organisation_id = i.organisation_id and d.delivery_id = i.target_id
  left join mail m on m.organisation_id = i.organisation_id and m.mail_id = i.target_id`;

/** `came_back`: by the way that the letter is on still. `moves`: at once; `may_move`: when it is accepted. */
const SEE_WHAT_IS_NEW = sql`
  select a.*, l.state, l.office, a.kind = 'failed' and l.channel = a.taken_channel as came_back,
    l.state in ('accepted', 'settled') as moves,
    l.state in ('sending', 'unclear') or (l.state = 'queued' and l.attempts > 0) as may_move,
    case a.kind when 'failed' then a.bounced_at when 'delayed' then a.delay_reported_at
      when 'delivered' then a.delivery_reported_at when 'auto_reply' then a.auto_replied_at
      when 'complaint' then a.complained_at end as noted_at
  from fresh f join allowed a on a.organisation_id = f.organisation_id and a.hash = f.sha256
  left join letter l on l.organisation_id = a.organisation_id and l.letter_id = a.about_letter_id`;

const NOTE_ON_DELIVERIES = sql`
  update delivery d set
    bounced_at = case when n.kind = 'failed' then n.at else d.bounced_at end,
    bounce_reason = case when n.kind = 'failed' then n.reason else d.bounce_reason end,
    bounce_status = case when n.kind = 'failed' then n.status else d.bounce_status end,
    bounce_answer = case when n.kind = 'failed' then n.answer else d.bounce_answer end,
    bounce_waits = d.bounce_waits or (n.came_back and (n.moves or n.may_move)),
    delay_reported_at = coalesce(d.delay_reported_at, case when n.kind = 'delayed' then n.at end),
    delivery_reported_at = coalesce(d.delivery_reported_at, case when n.kind = 'delivered' then n.at end),
    auto_replied_at = coalesce(d.auto_replied_at, case when n.kind = 'auto_reply' then n.at end),
    complained_at = coalesce(d.complained_at, case when n.kind = 'complaint' then n.at end)
  from news n where d.organisation_id = n.organisation_id and d.delivery_id = n.delivery_id`;

const [, { states: NOTED_STATES }] = NOTES;

/** Each kind of note once; a bounce that moves the letter has an event of its own. */
const WRITE_EVENTS = sql`
  insert into letter_event (organisation_id, letter_id, at, from_state, to_state, reason, by_whom)
  select organisation_id, letter_id, at, state, state, case kind when 'failed' then 'bounce_noted'
    when 'delayed' then 'delay_reported' when 'delivered' then 'delivery_reported'
    when 'auto_reply' then 'auto_replied' else 'complained' end, 'system'
  from news where delivery_id is not null and noted_at is null and kind <> 'not_understood'
    and not (came_back and moves) and state = any(${NOTED_STATES}::text[])`;

/** Only the address that the letter was sent to, whatever a report names; not when staff cleared it since. */
const MARK_DEAD_ADDRESSES = sql`
  insert into office_address as o (address, since, last_at, bounces, reason, status, answer)
  select lower(office ->> 'email'), min(at), max(at), count(*), min(reason), min(status), min(answer) from news n
  where dead and office ->> 'email' is not null and (addresses = '[]' or addresses ? lower(office ->> 'email'))
    and not exists (
      select from office_address c
      where c.address = lower(office ->> 'email') and c.cleared_at >= coalesce(n.accepted_at, n.at))
  group by 1 order by 1
  on conflict (address) where cleared_at is null
    do update set last_at = excluded.last_at, bounces = o.bounces + excluded.bounces`;

const MAKE_NOTICES = sql`
  insert into inbound_notice as o (organisation_id, notice_id, kind, subject, letter_id, mail_id, first_at, last_at,
    mails, answer, raw)
  select organisation_id, (array_agg(notice_id))[1], notice, subject, (array_agg(about_letter_id))[1],
    (array_agg(mail_id))[1], min(at), max(at), count(*), min(answer), decode(min(raw), 'hex')
  from (
    select *, case when kind = 'failed' then 'blocked' else kind end as notice,
      case kind when 'not_understood' then sha256 when 'complaint' then target_id::text
        else coalesce(lower(office ->> 'email'), 'supporters') end as subject
    from news where kind = 'complaint' or (kind = 'failed' and reason = 'policy')
      or (kind = 'not_understood' and mails < ${MOST_NOTICES_EACH})
  ) n
  group by organisation_id, notice, subject order by organisation_id, notice, subject
  on conflict (organisation_id, kind, subject) where done_at is null
    do update set last_at = excluded.last_at, mails = o.mails + excluded.mails`;
