import { type Database, sql } from '../database/index.js';
import { MOST_PER_STATEMENT, moveLettersWhere } from './move-letters.js';

export const DAY_MS = 86_400_000;

/** The lifetimes that `docs/promises.md` states, in days. */
export const LIFETIME_DAYS = { unconfirmed: 7, waiting: 28, settling: 5, text: 28 } as const;

/** Letters that nobody confirmed in 7 days. */
export async function expireHeld(db: Database, now: Date): Promise<number> {
  const where = sql`l.state = 'held' and l.changed_at < ${daysBefore(now, LIFETIME_DAYS.unconfirmed)}`;
  const move = {
    from: ['held'],
    to: 'expired',
    reason: 'not_confirmed_in_time',
    by: 'upkeep',
    at: now,
  } as const;
  return untilNothingMoves(() => moveLettersWhere(db, where, move));
}

/** Letters whose last step the supporter has not taken in 28 days. */
export async function expireWaiting(db: Database, now: Date): Promise<number> {
  const where = sql`l.state = 'waiting' and l.changed_at < ${daysBefore(now, LIFETIME_DAYS.waiting)}`;
  const move = { from: ['waiting'], to: 'expired', reason: 'step_not_taken', by: 'upkeep', at: now } as const;
  return untilNothingMoves(() => moveLettersWhere(db, where, move));
}

/** Letters of closed alerts that were neither confirmed nor taken to the office. */
export async function expireLettersOfClosedAlerts(db: Database, now: Date): Promise<number> {
  const where = sql`exists (select from alert a where a.organisation_id = l.organisation_id
    and a.alert_id = l.alert_id and a.state = 'closed')`;
  const move = {
    from: ['held', 'waiting'],
    to: 'expired',
    reason: 'alert_closed',
    by: 'upkeep',
    at: now,
  } as const;
  return untilNothingMoves(() => moveLettersWhere(db, where, move));
}

/** Accepted letters for which no bounce came in 5 days. */
export async function settleAccepted(db: Database, now: Date): Promise<number> {
  const where = sql`l.state = 'accepted' and l.changed_at < ${daysBefore(now, LIFETIME_DAYS.settling)}`;
  const move = { from: ['accepted'], to: 'settled', reason: 'window_passed', by: 'upkeep', at: now } as const;
  return untilNothingMoves(() => moveLettersWhere(db, where, move));
}

/** Forgets the texts of letters that changed last more than 28 days ago and are not still to be sent. */
export async function scrubContents(db: Database, now: Date): Promise<number> {
  const { rows } = await sql`
    update letter set content = null
    where content is not null and changed_at < ${daysBefore(now, LIFETIME_DAYS.text)}
      and state not in ('queued', 'sending')
    returning 1`.execute(db);
  return rows.length;
}

function daysBefore(now: Date, days: number): Date {
  return new Date(now.getTime() - days * DAY_MS);
}

async function untilNothingMoves(move: () => Promise<readonly string[]>): Promise<number> {
  let total = 0;
  for (;;) {
    const moved = (await move()).length;
    total += moved;
    if (moved < MOST_PER_STATEMENT) return total;
  }
}
