import { type Database, sql } from '../database/index.js';
import type { CallOutcome } from './call-outcomes.js';
import { type LetterReason, type LetterState, type Mover, NOTES } from './letter-states.js';
import { hasLiveTwin } from './live-twin.js';
import { moveLettersWhere } from './move-letters.js';

type NoteReason = (typeof NOTES)[0]['reasons'][number];

interface Ending {
  readonly organisationId: number;
  readonly actionIds: readonly string[];
  readonly by: Mover;
  readonly at: Date;
}

const WITHDRAWABLE: readonly LetterState[] = ['held', 'queued', 'waiting', 'unclear', 'stopped'];
const EXPIRABLE: readonly LetterState[] = ['held', 'waiting'];
const HANDED_OVER_FROM: readonly LetterState[] = [
  'held',
  'waiting',
  'queued',
  'stopped',
  'refused',
  'bounced',
];

/** How a supporter says they sent a letter themselves. */
export type HandOverWay = Extract<LetterReason, 'by_form' | 'by_own_mail' | 'by_telephone' | 'on_paper'>;

/**
 * Takes back the letters of actions. What has not gone is withdrawn and its text forgotten; what is being sent or
 * has gone keeps its state and gets a note, and is not tried again; after "this was not me" its text is forgotten
 * too. Call it inside a transaction.
 */
export async function withdrawLetters(
  db: Database,
  ending: Ending & { readonly reason: NoteReason | 'superseded' },
): Promise<void> {
  const { organisationId, actionIds, reason, by, at } = ending;
  if (actionIds.length === 0) return;
  // A worker's outcome between the two statements below must not make a letter slip past both.
  await sql`select letter_id from letter
    where organisation_id = ${organisationId} and action_id = any(${actionIds}::uuid[])
    order by letter_id for update`.execute(db);
  await moveLettersWhere(db, ofActions(ending), { from: WITHDRAWABLE, to: 'withdrawn', reason, by, at });
  if (reason === 'superseded') return;
  await noteOnLetters(db, { ...ending, reason });
}

async function noteOnLetters(db: Database, note: Ending & { readonly reason: NoteReason }): Promise<void> {
  const [{ states }] = NOTES;
  await sql`
    with noted as (
      update letter l set withdraw_reason = ${note.reason},
        content = case when ${note.reason} = 'not_me' and l.state <> 'sending' then null else l.content end
      where ${ofActions(note)} and l.state = any(${states}::text[]) and l.withdraw_reason is null
      returning l.organisation_id, l.letter_id, l.state
    )
    insert into letter_event (organisation_id, letter_id, at, from_state, to_state, reason, by_whom)
    select organisation_id, letter_id, ${note.at}, state, state, ${note.reason}, ${note.by} from noted`.execute(
    db,
  );
}

/** Ends the letters of actions that were not confirmed, or whose alert closed; their texts are forgotten. */
export async function expireLetters(
  db: Database,
  ending: Ending & { readonly reason: 'not_confirmed_in_time' | 'step_not_taken' | 'alert_closed' },
): Promise<void> {
  const { reason, by, at } = ending;
  await moveLettersWhere(db, ofActions(ending), { from: EXPIRABLE, to: 'expired', reason, by, at });
}

/**
 * The supporter says they sent a letter themselves. False when the letter is in no state for that, or another of
 * theirs to this office lives already.
 */
export async function handOverLetter(
  db: Database,
  letter: {
    readonly organisationId: number;
    readonly letterId: string;
    readonly way: HandOverWay;
    readonly callOutcome?: CallOutcome;
    readonly at: Date;
  },
): Promise<boolean> {
  const { organisationId, letterId, way, callOutcome, at } = letter;
  const where = sql`l.organisation_id = ${organisationId} and l.letter_id = ${letterId} and not ${hasLiveTwin}`;
  const move = { from: HANDED_OVER_FROM, to: 'handed_over', reason: way, by: 'supporter', at } as const;
  return (await moveLettersWhere(db, where, { ...move, callOutcome })).length > 0;
}

function ofActions({ organisationId, actionIds }: Ending) {
  return sql`l.organisation_id = ${organisationId} and l.action_id = any(${actionIds}::uuid[])`;
}
