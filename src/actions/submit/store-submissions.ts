import type pg from 'pg';
import type { Context } from '../../context.js';
import { Batcher } from '../../database/index.js';
import type { StoredSubmission, SubmissionRows } from './submission.js';

const MOST_SUBMITS = 200;
const MOST_ROWS = 2000;
const WAIT_MS = 2;
const MOST_WAITING = 2000;
const STATEMENTS_UNDER_WAY = 1;
/** A disk that hangs must not hold up those who wait: after this they are asked to come again. */
const WITHIN_MS = 8000;
const ROWS_BESIDE_LETTERS = 3;
const ROWS_PER_LETTER = 2;

/** At most this many confirmation mails go to one address a day. */
export const MAILS_PER_ADDRESS_AND_DAY = 3;

/**
 * Everything a batch of submits writes, in one statement: actions, letters with their first event, the two
 * quotas, and the confirmation mails that are due. A repeated request (same key) writes nothing.
 * $1 submits, $2 letters (JSON), $3 business time, $4 mails per address and day.
 */
export const SUBMIT_STATEMENT = `
with submitted as (
  select * from json_to_recordset($1) as s (
    organisation_id int, action_id uuid, alert_id uuid, alert_version int, kind text, language text, person_tag bytea,
    idempotency_tag bytea, content_tag bytea, supporter bytea, divisions text[],
    mail_id uuid, address_tag bytea, network_tag bytea)
), written as (
  insert into action (organisation_id, action_id, alert_id, alert_version, kind, state, language, person_tag,
    idempotency_tag, content_tag, supporter, divisions, submitted_at)
  select organisation_id, action_id, alert_id, alert_version, kind, 'submitted', language, person_tag,
    idempotency_tag, content_tag, supporter, divisions, $3
  from submitted
  on conflict (organisation_id, alert_id, idempotency_tag) do nothing
  returning organisation_id, action_id
), new_letters as (
  insert into letter (organisation_id, letter_id, action_id, alert_id, person_tag, officeholder_id, office, channel,
    state, composer, sha256, content, text_tag, own_words, changed_at)
  select l.organisation_id, l.letter_id, l.action_id, l.alert_id, l.person_tag, l.officeholder_id, l.office, l.channel,
    'held', l.composer, l.sha256, l.content, l.text_tag, l.own_words, $3
  from json_to_recordset($2) as l (
    organisation_id int, letter_id uuid, action_id uuid, alert_id uuid, person_tag bytea, officeholder_id text,
    office jsonb, channel text, composer smallint, sha256 bytea, content bytea, text_tag bytea, own_words real)
  join written using (organisation_id, action_id)
  order by l.letter_id
  returning organisation_id, letter_id
), new_events as (
  insert into letter_event (organisation_id, letter_id, at, from_state, to_state, reason, by_whom)
  select organisation_id, letter_id, $3, null, 'held', 'submitted', 'supporter' from new_letters
), addresses as (
  insert into address_quota as q (day, tag, mails)
  select ($3::timestamptz at time zone 'utc')::date, s.address_tag, 1
  from written join submitted s using (organisation_id, action_id) where s.kind = 'by_mail'
  on conflict (day, tag) do update set mails = q.mails + 1
  returning tag, mails
), networks as (
  insert into network_quota as q (hour, tag, actions)
  select date_trunc('hour', $3::timestamptz), s.network_tag, count(*)
  from written join submitted s using (organisation_id, action_id)
  group by s.network_tag order by s.network_tag
  on conflict (hour, tag) do update set actions = q.actions + excluded.actions
  returning tag, actions
), mails as (
  insert into mail (organisation_id, mail_id, action_id, kind, state, due_at, changed_at)
  select s.organisation_id, s.mail_id, s.action_id, 'confirmation', 'queued', $3, $3
  from written join submitted s using (organisation_id, action_id)
  join addresses a on a.tag = s.address_tag
  where a.mails <= $4
)
select s.action_id as "actionId", n.actions::int as "networkActions", w.action_id is not null as "isNew"
from submitted s left join written w using (organisation_id, action_id) left join networks n on n.tag = s.network_tag`;

const EXISTING_STATEMENT = `
select encode(a.idempotency_tag, 'hex') as tag, a.action_id as "actionId", encode(a.content_tag, 'hex') as "contentTag"
from action a
join unnest($1::int[], $2::uuid[], $3::bytea[]) as r (organisation_id, alert_id, idempotency_tag)
  using (organisation_id, alert_id, idempotency_tag)`;

export type SubmissionBatcher = Batcher<{ rows: SubmissionRows; now: Date }, StoredSubmission>;

/** Opens the micro-batcher through which every submit of this process is written. */
export function openSubmissions({ pool, metrics }: Pick<Context, 'pool' | 'metrics'>): SubmissionBatcher {
  return new Batcher({
    write: (items) => writeSubmissions(pool, items),
    keys: ({ rows }) => [rows.action.idempotency_tag, ...(rows.addressTag === null ? [] : [rows.addressTag])],
    rows: ({ rows }) => ROWS_BESIDE_LETTERS + ROWS_PER_LETTER * rows.letters.length,
    mostItems: MOST_SUBMITS,
    mostRows: MOST_ROWS,
    waitMs: WAIT_MS,
    mostWaiting: MOST_WAITING,
    parallel: STATEMENTS_UNDER_WAY,
    onBatch: (size, waiting) => {
      metrics.submissionBatchSize.observe(size);
      metrics.submissionsWaiting.set(waiting);
    },
  });
}

interface Written {
  readonly actionId: string;
  readonly networkActions: number | null;
  readonly isNew: boolean;
}

async function writeSubmissions(
  pool: pg.Pool,
  items: readonly { rows: SubmissionRows; now: Date }[],
): Promise<StoredSubmission[]> {
  const now = items[0]?.now ?? new Date(0);
  const statement = {
    name: 'submit',
    query_timeout: WITHIN_MS,
    text: SUBMIT_STATEMENT,
    values: [...submitParameters(items.map((item) => item.rows)), now, MAILS_PER_ADDRESS_AND_DAY],
  };
  const { rows: written } = await pool.query<Written>(statement);
  const byId = new Map(written.map((row) => [row.actionId, row]));
  const repeated = items.filter(({ rows }) => byId.get(rows.action.action_id)?.isNew !== true);
  const existing = await findExisting(
    pool,
    repeated.map((item) => item.rows),
  );
  return items.map(({ rows }) => {
    const row = byId.get(rows.action.action_id);
    const { action_id: actionId, content_tag: contentTag } = rows.action;
    const networkActions = row?.networkActions ?? 0;
    if (row?.isNew === true) return { actionId, contentTag, isNew: true, networkActions };
    const found = existing.get(rows.action.idempotency_tag);
    if (found === undefined) throw new Error('a submit was neither written nor found');
    return { ...found, isNew: false, networkActions };
  });
}

/** The two JSON parameters of `SUBMIT_STATEMENT`. */
export function submitParameters(submits: readonly SubmissionRows[]): [string, string] {
  const actions = submits.map(({ action, mailId, addressTag, networkTag }) => ({
    ...action,
    mail_id: mailId,
    address_tag: addressTag,
    network_tag: networkTag,
  }));
  return [JSON.stringify(actions), JSON.stringify(submits.flatMap((submit) => submit.letters))];
}

/** What was written before under the key of this submit, if anything was. */
export async function findStored(pool: pg.Pool, rows: SubmissionRows): Promise<StoredSubmission | undefined> {
  const found = (await findExisting(pool, [rows])).get(rows.action.idempotency_tag);
  return found && { ...found, isNew: false, networkActions: 0 };
}

async function findExisting(
  pool: pg.Pool,
  submits: readonly SubmissionRows[],
): Promise<Map<string, { actionId: string; contentTag: string }>> {
  if (submits.length === 0) return new Map();
  const { rows } = await pool.query<{ tag: string; actionId: string; contentTag: string }>(
    EXISTING_STATEMENT,
    [
      submits.map((submit) => submit.action.organisation_id),
      submits.map((submit) => submit.action.alert_id),
      submits.map((submit) => submit.action.idempotency_tag),
    ],
  );
  return new Map(
    rows.map(({ tag, actionId, contentTag }) => [`\\x${tag}`, { actionId, contentTag: `\\x${contentTag}` }]),
  );
}
