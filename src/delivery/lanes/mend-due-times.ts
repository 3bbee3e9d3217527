import { type Database, sql } from '../../database/index.js';
import { LONGEST_PAUSE_MS } from '../settle-letters.js';
import { wakeWorkers } from '../wake-workers.js';

const MINUTE_MS = 60_000;
/** What was not tried is due at once, or after a pause. */
const FURTHEST_UNTRIED_MS = LONGEST_PAUSE_MS + 10 * MINUTE_MS;
/** The longest wait that we grant an office is a day. */
const FURTHEST_MS = 25 * 60 * MINUTE_MS;

/** Makes due now what is due impossibly late: a clock that was ahead wrote it. Answers how many letters and mails. */
export async function mendDueTimes(db: Database, now: Date): Promise<number> {
  const [untried, any] = [FURTHEST_UNTRIED_MS, FURTHEST_MS].map((wait) => new Date(now.getTime() + wait));
  const { rows: letters } = await sql`
    update letter set due_at = ${now} where state = 'queued' and lane is not null and due_at > ${untried}
      and (attempts = 0 or due_at > ${any}) returning 1`.execute(db);
  // Those to offices are spread by the pace.
  const { rows: mails } = await sql`
    update mail set due_at = ${now} where state = 'queued' and due_at > ${untried}
      and ((attempts = 0 and kind <> 'follow_up') or due_at > ${any}) returning 1`.execute(db);
  if (letters.length + mails.length > 0) await wakeWorkers(db);
  return letters.length + mails.length;
}
