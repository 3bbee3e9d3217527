import type { RawBuilder } from 'kysely';
import { type Database, sql } from '../database/index.js';
import type { CallOutcome } from './call-outcomes.js';
import { type LetterReason, type LetterState, type Mover, requireTransition } from './letter-states.js';

/** Bounds one statement; whoever moves more calls again until nothing moves. */
export const MOST_PER_STATEMENT = 5000;

interface Move {
  readonly from: readonly LetterState[];
  readonly to: LetterState;
  readonly reason: LetterReason;
  readonly by: Mover;
  readonly at: Date;
  /** Where the supporter reports a call. */
  readonly callOutcome?: CallOutcome | undefined;
  /** Where staff say why. */
  readonly note?: string | undefined;
}

/** The letters to move, by id, within one organisation. */
export interface LetterMove extends Move {
  readonly organisationId: number;
  readonly letterIds: readonly string[];
}

/**
 * Moves letters along the table in one statement, with an event for each; answers the ids that moved. A letter
 * that is in none of the `from` states stays as it is.
 * @throws AppError `internal` when the table does not have the change.
 */
export async function moveLetters(db: Database, move: LetterMove): Promise<readonly string[]> {
  if (move.letterIds.length === 0) return [];
  const where = sql`l.organisation_id = ${move.organisationId} and l.letter_id = any(${move.letterIds}::uuid[])`;
  return moveLettersWhere(db, where, move);
}

/** As `moveLetters`, for the rows of `letter l` that the condition names. */
export async function moveLettersWhere(
  db: Database,
  where: RawBuilder<unknown>,
  move: Move,
): Promise<readonly string[]> {
  requireTransition(move);
  const due = move.to === 'queued' || move.to === 'rehearsed' ? move.at : null;
  const scrubbed = move.to === 'withdrawn' || move.to === 'expired';
  const { rows } = await sql<{ letterId: string }>`
    with moving as (
      select l.organisation_id, l.letter_id, l.state from letter l
      where ${where} and l.state = any(${move.from}::text[])
      order by l.organisation_id, l.letter_id limit ${MOST_PER_STATEMENT} for update
    ), moved as (
      update letter l set state = ${move.to}, changed_at = ${move.at}, due_at = ${due}::timestamptz,
        attempts = case when ${move.to} = 'queued' then 0 else l.attempts end,
        first_tried_at = case when ${move.to} = 'queued' then null else l.first_tried_at end,
        content = case when ${scrubbed}::boolean then null else l.content end
      from moving m where l.organisation_id = m.organisation_id and l.letter_id = m.letter_id
      returning l.organisation_id, l.letter_id, m.state as from_state
    ), events as (
      insert into letter_event (organisation_id, letter_id, at, from_state, to_state, reason, by_whom, call_outcome,
        note)
      select organisation_id, letter_id, ${move.at}, from_state, ${move.to}, ${move.reason}, ${move.by},
        ${move.callOutcome ?? null}, ${move.note ?? null} from moved
    )
    select letter_id as "letterId" from moved`.execute(db);
  return rows.map((row) => row.letterId);
}
