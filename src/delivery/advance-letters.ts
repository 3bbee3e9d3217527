import type { Context } from '../context.js';
import { type Database, newId, sql } from '../database/index.js';
import type { LetterReason, LetterState } from './letter-states.js';
import { hasLiveTwin } from './live-twin.js';
import { moveLetters } from './move-letters.js';
import { type ChannelName, channelsOf, isSending, type OfficeSnapshot } from './office.js';
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
  /** The supporter took it back, or its text is gone: it goes nowhere any more. */
  readonly over: boolean;
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
    for (const group of groupByWay(failed)) await advanceGroup(db, group, at);
    const told = failed.filter((letter) => !letter.over && !isSentOn(letter));
    await tellWriters(db, told, at);
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

async function takeFailed(db: Database): Promise<readonly FailedLetter[]> {
  const { rows } = await sql<FailedLetter>`
    with taken as (
      select organisation_id, letter_id from letter where advance_due
      order by changed_at limit ${MOST_AT_ONCE} for update skip locked
    )
    update letter l set advance_due = false
    from taken t where l.organisation_id = t.organisation_id and l.letter_id = t.letter_id
    returning l.organisation_id as "organisationId", l.letter_id as "letterId", l.action_id as "actionId", l.office,
      array(select d.channel from delivery d
        where d.organisation_id = l.organisation_id and d.letter_id = l.letter_id) as tried,
      exists (select from office_address a where a.address = lower(l.office ->> 'email') and a.cleared_at is null)
        as "addressDead",
      l.withdraw_reason is not null or l.content is null or l.state <> all(${AFTER_A_FAILURE}::text[]) or ${hasLiveTwin}
        as over
  `.execute(db);
  return rows;
}

/** The first way that was not tried and may still reach the office; `undefined` where there is none. */
function nextChannel({ office, tried, addressDead, over }: FailedLetter): ChannelName | undefined {
  if (over) return undefined;
  return channelsOf(office).find(
    (channel) => !tried.includes(channel) && !(addressDead && NEEDS_ADDRESS.has(channel)),
  );
}

function isSentOn(letter: FailedLetter): boolean {
  const channel = nextChannel(letter);
  return channel !== undefined && isSending(channel);
}

interface Group {
  readonly organisationId: number;
  readonly channel: ChannelName;
  readonly letterIds: readonly string[];
}

function groupByWay(letters: readonly FailedLetter[]): readonly Group[] {
  const ways = letters.flatMap((letter) => {
    const channel = nextChannel(letter);
    return channel === undefined ? [] : [{ ...letter, channel }];
  });
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
async function tellWriters(db: Database, letters: readonly FailedLetter[], at: Date): Promise<void> {
  const actions = [...new Map(letters.map((letter) => [letter.actionId, letter])).values()];
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
