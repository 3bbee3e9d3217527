import { type Database, sql } from '../../database/index.js';
import { type LetterReason, type LetterState, requireTransition } from '../letter-states.js';
import { MOST_PER_STATEMENT } from '../move-letters.js';

const FROM: readonly LetterState[] = ['accepted', 'settled'];
const TO: LetterState = 'bounced';
const REASON: LetterReason = 'bounced';

/**
 * Moves the letters that came back, as soon as they are accepted, and marks them for the next step; answers how many.
 * A bounce of a way that the letter has left moves nothing.
 */
export async function applyBounces(db: Database, at: Date): Promise<number> {
  requireTransition({ from: FROM, to: TO, reason: REASON });
  const { rows } = await sql`
    with ready as (
      select d.organisation_id, d.delivery_id, l.letter_id, l.state from delivery d
      join letter l on l.organisation_id = d.organisation_id and l.letter_id = d.letter_id
      where d.bounce_waits and l.channel = d.channel and l.state = any(${FROM}::text[])
      order by l.organisation_id, l.letter_id limit ${MOST_PER_STATEMENT} for update of l, d
    ), moved as (
      update letter l set state = ${TO}, changed_at = ${at}, due_at = null, advance_due = true
      from ready r where l.organisation_id = r.organisation_id and l.letter_id = r.letter_id
      returning l.organisation_id, l.letter_id, r.state as from_state
    ), applied as (
      update delivery d set bounce_waits = false
      from ready r where d.organisation_id = r.organisation_id and d.delivery_id = r.delivery_id
    ), events as (
      insert into letter_event (organisation_id, letter_id, at, from_state, to_state, reason, by_whom)
      select organisation_id, letter_id, ${at}, from_state, ${TO}, ${REASON}, 'system' from moved
    )
    select from moved`.execute(db);
  return rows.length;
}
