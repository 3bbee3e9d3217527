import { type Database, sql } from '../../database/index.js';
import { wakeWorkers } from '../wake-workers.js';
import { BREAKER } from './pace.js';

interface Failure {
  readonly lane: string;
  readonly at: Date;
  readonly by: string;
  /** What the other side said, without addresses. */
  readonly words: string;
}

/** Counts a failure of an office. Enough of them within the window open its breaker: then one letter at a time is tried. */
export async function noteOfficeFailure(db: Database, { lane, at, by, words }: Failure): Promise<void> {
  const windowBegan = new Date(at.getTime() - BREAKER.windowMs);
  const probeAt = new Date(at.getTime() + BREAKER.probeEveryMs);
  const inWindow = sql`o.failing_since between ${windowBegan}::timestamptz and ${at}::timestamptz`;
  const failures = sql`case when ${inWindow} then o.failures + 1 else 1 end`;
  await sql`
    with failed as (
      update office_lane o set failures = ${failures}, last_failure = ${words},
        failing_since = case when ${inWindow} then o.failing_since else ${at}::timestamptz end,
        opened_at = case when o.opened_at is not null then o.opened_at
          when ${failures} >= ${BREAKER.failures} then ${at}::timestamptz end,
        probe_at = case when o.opened_at is not null then o.probe_at
          when ${failures} >= ${BREAKER.failures} then ${probeAt}::timestamptz end
      where o.lane = ${lane}
      returning o.lane, o.opened_at = ${at}::timestamptz and o.failures >= ${BREAKER.failures} as opened
    )
    insert into office_lane_event (lane, at, what, by_whom, reason)
    select lane, ${at}, 'breaker_opened', ${by}, ${words} from failed where opened`.execute(db);
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
  await db.transaction().execute(async (transaction) => {
    const { rows } = await sql<{ openedAt: Date | null }>`
      with before as (select lane, opened_at from office_lane where lane = ${lane} for update)
      update office_lane o set failures = 0, failing_since = null, opened_at = null, probe_at = null
      from before where o.lane = before.lane returning before.opened_at as "openedAt"`.execute(transaction);
    const openedAt = rows[0]?.openedAt;
    if (openedAt === undefined || openedAt === null) return;
    await letDaysStandStill(transaction, { lane, from: openedAt, at });
    await sql`insert into office_lane_event (lane, at, what, by_whom, reason)
      values (${lane}, ${at}, 'breaker_closed', ${by}, 'the office answered')`.execute(transaction);
    await wakeWorkers(transaction);
  });
}

interface Standstill {
  readonly lane: string;
  readonly from: Date;
  readonly at: Date;
}

/** Moves the first try of a lane's letters by the time in which nothing could go, and makes them due now. */
export async function letDaysStandStill(db: Database, { lane, from, at }: Standstill): Promise<void> {
  const stoodStill = sql`greatest(interval '0', ${at}::timestamptz - ${from}::timestamptz)`;
  await sql`
    update letter set due_at = least(due_at, ${at}::timestamptz), first_tried_at = first_tried_at + ${stoodStill}
    where lane = ${lane} collate "C" and state = 'queued' and first_tried_at is not null`.execute(db);
}
