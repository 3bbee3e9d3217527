import { type Database, sql } from '../../database/index.js';
import { wakeWorkers } from '../wake-workers.js';
import { BREAKER } from './pace.js';
import { daysAfterSilence } from './standstill.js';

interface Failure {
  readonly lane: string;
  readonly at: Date;
  readonly by: string;
  /** What the other side said, without addresses. */
  readonly words: string;
}

/**
 * Counts a failure of an office. Enough of them within the window open its breaker: then one letter at a time is
 * tried. Answers whether it is open.
 */
export async function noteOfficeFailure(db: Database, { lane, at, by, words }: Failure): Promise<boolean> {
  const windowBegan = new Date(at.getTime() - BREAKER.windowMs);
  const probeAt = new Date(at.getTime() + BREAKER.probeEveryMs);
  const inWindow = sql`was.failing_since between ${windowBegan}::timestamptz and ${at}::timestamptz`;
  const failures = sql`case when ${inWindow} then was.failures + 1 else 1 end`;
  const opens = sql`was.opened_at is null and ${failures} >= ${BREAKER.failures}`;
  const { rows } = await sql<{ open: boolean }>`
    with was as (
      select * from office_lane where lane = ${lane} for update
    ), failed as (
      update office_lane o set failures = ${failures}, last_failure = ${words},
        failing_since = case when ${inWindow} then was.failing_since else ${at}::timestamptz end,
        opened_at = case when ${opens} then ${at}::timestamptz else was.opened_at end,
        probe_at = case when ${opens} then ${probeAt}::timestamptz else was.probe_at end
      from was where o.lane = was.lane
      returning o.lane, o.opened_at is not null as open, ${opens} as opened
    ), events as (
      insert into office_lane_event (lane, at, what, by_whom, reason)
      select lane, ${at}, 'breaker_opened', ${by}, ${words} from failed where opened
    )
    select open from failed`.execute(db);
  return rows[0]?.open === true;
}

interface Answer {
  readonly lane: string;
  readonly at: Date;
  readonly by: string;
}

/**
 * The office answered: its failures are forgotten. Where the breaker was open, the letters that were tried before are
 * due at once, and their days stood still for as long.
 */
export async function noteOfficeAnswer(db: Database, { lane, at, by }: Answer): Promise<void> {
  const closed = await db.transaction().execute(async (transaction) => {
    const { rows } = await sql`
      with was as (
        select * from office_lane where lane = ${lane} for update
      ), lane_answered as (
        update office_lane o set failures = 0, failing_since = null, opened_at = null, probe_at = null,
          answered_at = case when was.opened_at is null then o.answered_at else ${at}::timestamptz end
        from was where o.lane = was.lane
      ), tried as (
        select l.organisation_id, l.letter_id from was join letter l on l.lane = was.lane
        where was.opened_at is not null and l.state = 'queued' and l.first_tried_at is not null
        order by l.organisation_id, l.letter_id for update of l
      ), letters as (
        update letter l set due_at = least(l.due_at, ${at}::timestamptz), first_tried_at = ${daysAfterSilence(at)}
        from tried t cross join was where l.organisation_id = t.organisation_id and l.letter_id = t.letter_id
      )
      insert into office_lane_event (lane, at, what, by_whom, reason)
      select lane, ${at}, 'breaker_closed', ${by}, 'the office answered' from was where opened_at is not null
      returning 1`.execute(transaction);
    return rows.length > 0;
  });
  if (closed) await wakeWorkers(db);
}
