import type { Config } from '../config/index.js';
import type { Context } from '../context.js';
import { type Database, newId, sql } from '../database/index.js';
import { MAY_HAVE_ARRIVED } from './channels/outcome.js';
import type { LetterReason, LetterState } from './letter-states.js';
import { hasLiveTwin } from './live-twin.js';
import { maySend } from './may-send.js';
import { moveLetters } from './move-letters.js';
import {
  type ChannelName,
  channelsOf,
  isSending,
  type OfficeSnapshot,
  type SendingChannel,
} from './office.js';
import { wakeWorkers } from './wake-workers.js';

const MOST_AT_ONCE = 500;
const AFTER_A_FAILURE = ['refused', 'bounced'] as const satisfies readonly LetterState[];
const REASON: LetterReason = 'next_channel';
const NEEDS_ADDRESS: ReadonlySet<ChannelName> = new Set(['smtp', 'own_mail']);

interface FailedLetter {
  readonly organisationId: number;
  readonly letterId: string;
  readonly actionId: string;
  readonly office: OfficeSnapshot;
  readonly tried: readonly ChannelName[];
  /** The office's address was found to fail for good. */
  readonly addressDead: boolean;
  /** After a try nobody answered: another copy under another id could be a second one. */
  readonly mayHaveArrived: boolean;
  /** Its alert is closed: a letter that waited for its writer now would expire, and its text be forgotten. */
  readonly alertClosed: boolean;
  /** The supporter took it back, its text is gone, or another of theirs stands for it: it goes nowhere any more. */
  readonly over: boolean;
}

/** A failed letter, and the way that it takes next; `undefined` where there is none. */
interface NextStep {
  readonly letter: FailedLetter;
  readonly channel: ChannelName | undefined;
}

/**
 * Moves letters on whose channel failed for good: to the next channel of their office, or to the supporter, who is
 * told by mail either way that it failed. Answers how many were looked at. Safe in any number of processes.
 */
export async function advanceLetters(context: Context): Promise<number> {
  return context.db.transaction().execute(async (db) => {
    if (!(await isOurTurn(db))) return 0;
    const failed = await takeFailed(db);
    const at = context.clock.now();
    const steps = failed.map((letter) => ({ letter, channel: nextChannel(context.config, letter) }));
    for (const group of groupByWay(steps)) await advanceGroup(db, group, at);
    await tellWriters(db, steps.filter(mustBeTold), at);
    if (failed.length > 0) await wakeWorkers(db);
    return failed.length;
  });
}

/** One process at a time: two that see letters of one action fail would both write to its supporter. */
async function isOurTurn(db: Database): Promise<boolean> {
  const { rows } = await sql<{ ours: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended('advance letters', 0)) as ours`.execute(db);
  return rows[0]?.ours === true;
}

// Whoever takes an action back locks it, then its letters. A mail to its writer needs the action too: it is locked here
// or passed over, so that neither waits for the other.
async function takeFailed(db: Database): Promise<readonly FailedLetter[]> {
  const { rows } = await sql<FailedLetter>`
    with taken as (
      select f.organisation_id, f.letter_id from letter f join action a using (organisation_id, action_id)
      where f.advance_due order by f.changed_at limit ${MOST_AT_ONCE}
      for update of f skip locked for key share of a skip locked
    )
    update letter l set advance_due = false
    from taken t where l.organisation_id = t.organisation_id and l.letter_id = t.letter_id
    returning l.organisation_id as "organisationId", l.letter_id as "letterId", l.action_id as "actionId", l.office,
      array(select d.channel from delivery d
        where d.organisation_id = l.organisation_id and d.letter_id = l.letter_id union select l.channel) as tried,
      exists (select from office_address a where a.address = lower(l.office ->> 'email') and a.cleared_at is null)
        as "addressDead",
      l.state = 'refused' and exists (select from letter_event e
        where e.organisation_id = l.organisation_id and e.letter_id = l.letter_id
          and e.reason = any(${MAY_HAVE_ARRIVED}::text[])) as "mayHaveArrived",
      exists (select from alert a
        where a.organisation_id = l.organisation_id and a.alert_id = l.alert_id and a.state = 'closed') as "alertClosed",
      ${cannotGo(sql`l`)} or ${hasLiveTwin} or ${failsWithNewerTwin} as over
  `.execute(db);
  return rows;
}

function cannotGo(letter: ReturnType<typeof sql>) {
  return sql<boolean>`(${letter}.withdraw_reason is not null or ${letter}.content is null
    or ${letter}.state <> all(${AFTER_A_FAILURE}::text[]))`;
}

// Of two letters of one person to one office that failed together only one may live again (index `letter_one_live`).
const failsWithNewerTwin = sql<boolean>`exists (
  select from letter o
  where o.advance_due and o.organisation_id = l.organisation_id and o.alert_id = l.alert_id
    and o.person_tag = l.person_tag and o.officeholder_id = l.officeholder_id and o.sequence > l.sequence
    and not ${cannotGo(sql`o`)})`;

/** The first way that was not tried and may still reach the office. */
function nextChannel(config: Config, letter: FailedLetter): ChannelName | undefined {
  const { office, tried, addressDead, over, alertClosed } = letter;
  if (over) return undefined;
  const next = channelsOf(office).find(
    (channel) =>
      !tried.includes(channel) &&
      !(addressDead && NEEDS_ADDRESS.has(channel)) &&
      (!isSending(channel) || maySendOn(config, letter, channel)),
  );
  return next !== undefined && alertClosed && !isSending(next) ? undefined : next;
}

function maySendOn(
  config: Config,
  { office, mayHaveArrived }: FailedLetter,
  channel: SendingChannel,
): boolean {
  return !mayHaveArrived && maySend(config, channel, office.email ?? '');
}

function mustBeTold({ letter, channel }: NextStep): boolean {
  return !letter.over && (channel === undefined || !isSending(channel));
}

interface Group {
  readonly organisationId: number;
  readonly channel: ChannelName;
  readonly letterIds: readonly string[];
}

function groupByWay(steps: readonly NextStep[]): readonly Group[] {
  const ways = steps.flatMap(({ letter, channel }) =>
    channel === undefined ? [] : [{ ...letter, channel }],
  );
  return [
    ...Map.groupBy(ways, ({ organisationId, channel }) => `${organisationId} ${channel}`).values(),
  ].flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : [{ ...first, letterIds: group.map(({ letterId }) => letterId) }];
  });
}

async function advanceGroup(db: Database, group: Group, at: Date): Promise<void> {
  const { organisationId, channel, letterIds } = group;
  await sql`update letter set channel = ${channel}
    where organisation_id = ${organisationId} and letter_id = any(${letterIds}::uuid[])`.execute(db);
  const to = isSending(channel) ? 'queued' : 'waiting';
  const move = { from: AFTER_A_FAILURE, to, reason: REASON, by: 'system', at } as const;
  await moveLetters(db, { organisationId, letterIds, ...move });
}

/** One mail for each action, however many of its letters failed until it leaves. */
async function tellWriters(db: Database, steps: readonly NextStep[], at: Date): Promise<void> {
  const actions = [...new Map(steps.map(({ letter }) => [letter.actionId, letter])).values()];
  if (actions.length === 0) return;
  await sql`
    insert into mail (organisation_id, mail_id, action_id, kind, state, due_at, changed_at)
    select organisation_id, mail_id, action_id, 'failed', 'queued', ${at}, ${at}
    from unnest(${actions.map(({ organisationId }) => organisationId)}::int[],
      ${actions.map(({ actionId }) => actionId)}::uuid[], ${actions.map(newId)}::uuid[])
      as s (organisation_id, action_id, mail_id)
    where exists (select from action a where a.organisation_id = s.organisation_id and a.action_id = s.action_id
        and a.kind = 'by_mail')
      and not exists (select from mail m where m.organisation_id = s.organisation_id and m.action_id = s.action_id
        and m.kind = 'failed' and m.state = 'queued')`.execute(db);
}
