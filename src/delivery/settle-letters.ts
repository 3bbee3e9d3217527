import { Batcher, type Database, sql } from '../database/index.js';
import type { Outcome } from './channels/outcome.js';
import { applyBounces } from './inbound/apply-bounces.js';
import type { LeasedLetter, LostLetter } from './lease-letters.js';
import { type LetterReason, type LetterState, requireTransition } from './letter-states.js';
import { moveLettersWhere } from './move-letters.js';
import { nextTry } from './retry-table.js';

const MOST_IN_BATCH = 200;
const WAIT_MS = 25;
const MOST_WAITING = 10_000;

/** How long a letter is set aside when its channel is paused: its seven days stand still for as long. */
export const PAUSE_MS = 60_000;
/** The same at most, where nobody may send it: as long as it waits already, so that it is not tried twice a minute for ever. */
export const LONGEST_PAUSE_MS = 60 * PAUSE_MS;

/** A row for the settling statement. Times are by the business clock. */
interface Settlement {
  readonly organisation_id: number;
  readonly letter_id: string;
  readonly to_state: LetterState;
  readonly reason: LetterReason;
  readonly at: Date;
  readonly due_at: Date | null;
  /** Whether a try is counted. */
  readonly tried: boolean;
  readonly stood_still_ms: number;
  readonly accepted_by: string | null;
  readonly answer: string | null;
  readonly host: string | null;
}

/** Stores outcomes in micro-batches; resolves to false when the lease had passed to another worker. */
export type LetterSettler = Batcher<Settlement, boolean>;

/** Opens the batcher of one worker. Every row it writes names that worker as the holder of the lease. */
export function openLetterSettler(db: Database, workerId: string): LetterSettler {
  return new Batcher<Settlement, boolean>({
    write: (items) => settle(db, workerId, items),
    keys: (item) => [item.letter_id],
    rows: () => 1,
    mostItems: MOST_IN_BATCH,
    mostRows: MOST_IN_BATCH,
    waitMs: WAIT_MS,
    mostWaiting: MOST_WAITING,
    parallel: 1,
  });
}

/** Of one that was lost nobody knows since when it waits. */
export type SettledLetter = LostLetter & Partial<Pick<LeasedLetter, 'deliveryCreatedAt'>>;

/** What an outcome makes of a letter: its next state, and when it is due again. */
export function settlementOf(letter: SettledLetter, outcome: Outcome, at: Date): Settlement {
  const row = {
    organisation_id: letter.organisationId,
    letter_id: letter.letterId,
    at,
    due_at: null,
    tried: true,
    stood_still_ms: 0,
    accepted_by: null,
    answer: 'answer' in outcome ? (outcome.answer ?? null) : null,
    host: null,
  };
  switch (outcome.kind) {
    case 'accepted':
      return {
        ...row,
        to_state: 'accepted',
        reason: outcome.again === true ? 'already_accepted' : 'accepted',
        accepted_by: outcome.by,
        host: outcome.host,
      };
    case 'refused':
      return { ...row, to_state: 'refused', reason: outcome.reason };
    case 'unclear':
      return { ...row, to_state: 'unclear', reason: outcome.reason };
    case 'rehearsed':
      return { ...row, to_state: 'rehearsed', reason: outcome.reason, host: outcome.host };
    case 'released':
      return { ...row, to_state: 'queued', reason: 'released', due_at: at, tried: false };
    case 'paused': {
      const ofAll = outcome.reason === 'channel_paused' && outcome.senderOnly !== true;
      const pauseMs = ofAll ? PAUSE_MS : pauseOf(letter, at);
      return {
        ...row,
        to_state: 'queued',
        reason: outcome.reason,
        due_at: new Date(at.getTime() + pauseMs),
        tried: false,
        stood_still_ms: pauseMs,
      };
    }
    case 'retry': {
      const next = retryAt(letter, outcome.reason, at);
      if (next === undefined) return { ...row, to_state: 'refused', reason: 'gave_up' };
      const due_at = new Date(Math.max(next.getTime(), at.getTime() + (outcome.waitMs ?? 0)));
      return { ...row, to_state: 'queued', reason: outcome.reason, due_at };
    }
  }
}

function pauseOf({ deliveryCreatedAt }: SettledLetter, at: Date): number {
  const waitedMs = deliveryCreatedAt === undefined ? 0 : at.getTime() - deliveryCreatedAt.getTime();
  return Math.min(LONGEST_PAUSE_MS, Math.max(PAUSE_MS, waitedMs));
}

/** When to try again. A worker lost at the first try is no fault of the other side: at once. */
export function retryAt(
  { attempts, firstTriedAt }: Pick<LostLetter, 'attempts' | 'firstTriedAt'>,
  reason: LetterReason,
  now: Date,
): Date | undefined {
  if (reason === 'lease_expired' && attempts === 0) return now;
  return nextTry({ failedTries: attempts + 1, firstTriedAt: firstTriedAt ?? now, now });
}

async function settle(db: Database, workerId: string, items: readonly Settlement[]): Promise<boolean[]> {
  for (const { to_state: to, reason } of items) requireTransition({ from: ['sending'], to, reason });
  const { rows } = await sql<{ letterId: string }>`
    with outcome as (
      select * from jsonb_to_recordset(${JSON.stringify(items)}::jsonb) as o (
        organisation_id int, letter_id uuid, to_state text, reason text, at timestamptz, due_at timestamptz,
        tried boolean, stood_still_ms int, accepted_by text, answer text, host text)
    ), mine as (
      select l.* from (select organisation_id, letter_id from outcome order by organisation_id, letter_id) o
      cross join lateral (
        select organisation_id, letter_id from letter
        where organisation_id = o.organisation_id and letter_id = o.letter_id
          and state = 'sending' and lease_owner = ${workerId}
        for update
      ) l
    ), moved as (
      update letter l set state = o.to_state, changed_at = o.at, due_at = o.due_at, lease_owner = null,
        leased_until = null, attempts = l.attempts + o.tried::int,
        advance_due = o.to_state = 'refused' and o.reason <> 'text_gone',
        first_tried_at = case when o.tried then coalesce(l.first_tried_at, o.at)
          else l.first_tried_at + make_interval(secs => o.stood_still_ms / 1000.0) end
      from mine join outcome o using (organisation_id, letter_id)
      where l.organisation_id = mine.organisation_id and l.letter_id = mine.letter_id
      returning l.organisation_id, l.letter_id, l.channel, o.to_state, o.reason, o.at, o.tried, o.accepted_by, o.answer,
        o.host
    ), deliveries as (
      update delivery d set tries = d.tries + 1, tried_at = m.at, answer = m.answer, host = coalesce(m.host, d.host),
        accepted_by = m.accepted_by, accepted_at = case when m.accepted_by is not null then m.at end
      from moved m
      where m.tried and d.organisation_id = m.organisation_id and d.letter_id = m.letter_id and d.channel = m.channel
    ), events as (
      insert into letter_event (organisation_id, letter_id, at, from_state, to_state, reason, by_whom)
      select organisation_id, letter_id, at, 'sending', to_state, reason, ${`worker:${workerId}`} from moved
    )
    select letter_id as "letterId" from moved`.execute(db);
  const moved = new Set(rows.map((row) => row.letterId));
  if (items.some((item) => item.to_state === 'queued'))
    await withdrawTakenBack(db, items[0]?.at ?? new Date(0));
  // A bounce may have been faster than the yes.
  if (items.some((item) => item.to_state === 'accepted')) await applyBounces(db, items[0]?.at ?? new Date(0));
  return items.map((item) => moved.has(item.letter_id));
}

/** Withdraws letters that were taken back while they were being sent, and did not go. */
async function withdrawTakenBack(db: Database, at: Date): Promise<void> {
  for (const reason of ['withdrawn', 'not_me'] as const) {
    const where = sql`l.state = 'queued' and l.withdraw_reason = ${reason}`;
    await moveLettersWhere(db, where, { from: ['queued'], to: 'withdrawn', reason, by: 'system', at });
  }
}
