import type { Config } from '../../config/index.js';
import { type Database, newId, sql } from '../../database/index.js';
import { lettersPerHour, paceOf } from '../lanes/pace.js';
import { DAY_MS } from '../letter-lifetimes.js';
import type { LetterReason } from '../letter-states.js';
import { wakeWorkers } from '../wake-workers.js';

/** So long after a letter was taken, its writer may ask the office for an answer. */
export const CHASE_AFTER_DAYS = 14;

const FOLLOWED_UP: LetterReason = 'followed_up';
const ANSWER_HEARD: LetterReason = 'answer_heard';
/** A turn that lies further ahead was written before the clock was set back. */
const FURTHEST_TURN_DAYS = 7;

interface LetterName {
  readonly organisationId: number;
  readonly letterId: string;
}

interface AskAgain extends LetterName {
  readonly at: Date;
  readonly config: Config;
}

/** Before which moment a letter must have been taken for a follow-up to be due now. */
export function chaseBefore(now: Date): Date {
  return new Date(now.getTime() - CHASE_AFTER_DAYS * DAY_MS);
}

/**
 * Puts the one follow-up of a letter into the queue of our mails, spread by the office's pace. False when it is not
 * due, was asked before, an answer came, or the text is gone.
 */
export async function askAgain(
  db: Database,
  { organisationId, letterId, at, config }: AskAgain,
): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    // Whoever takes an action back locks it, then its letters; the mail needs the action too.
    await sql`select from letter l join action a using (organisation_id, action_id)
      where l.organisation_id = ${organisationId} and l.letter_id = ${letterId} for key share of a`.execute(
      transaction,
    );
    const { rows } = await sql<{ lane: string }>`
      select l.lane from letter l
      join action a using (organisation_id, action_id) join delivery d using (organisation_id, letter_id, channel)
      where l.organisation_id = ${organisationId} and l.letter_id = ${letterId} and l.channel = 'smtp'
        and l.state in ('accepted', 'settled') and l.content is not null and l.heard_at is null
        and l.withdraw_reason is null and a.state = 'confirmed' and d.accepted_at <= ${chaseBefore(at)}
        and not exists (select from mail m where m.organisation_id = l.organisation_id and m.letter_id = l.letter_id
          and m.kind = 'follow_up')
      for update of l`.execute(transaction);
    const [letter] = rows;
    if (letter === undefined) return false;
    const { rows: asked } = await sql`
      with turn as (${turnInLane(letter.lane, at, config)}), asked as (
        insert into mail (organisation_id, mail_id, action_id, letter_id, kind, state, due_at, changed_at)
        select organisation_id, ${newId()}, action_id, letter_id, 'follow_up', 'queued',
          coalesce((select follow_up_at from turn), ${at}), ${at}
        from letter where organisation_id = ${organisationId} and letter_id = ${letterId}
        on conflict (organisation_id, letter_id) where kind = 'follow_up' do nothing
        returning organisation_id, letter_id
      )
      insert into letter_event (organisation_id, letter_id, at, from_state, to_state, reason, by_whom)
      select organisation_id, letter_id, ${at}, state, state, ${FOLLOWED_UP}, 'supporter'
      from asked join letter using (organisation_id, letter_id) returning 1`.execute(transaction);
    await wakeWorkers(transaction);
    return asked.length > 0;
  });
}

function turnInLane(lane: string, at: Date, config: Config) {
  const furthest = new Date(at.getTime() + FURTHEST_TURN_DAYS * DAY_MS);
  const { gapMs } = paceOf(lettersPerHour(config, 'smtp'));
  const gap = sql`coalesce(interval '1 hour' / letters_per_hour, make_interval(secs => ${gapMs / 1000}::float8))`;
  return sql`
    update office_lane set follow_up_at = case when follow_up_at > ${furthest} then ${at}::timestamptz
      else greatest(${at}::timestamptz, follow_up_at + ${gap}) end
    where lane = ${lane} returning follow_up_at`;
}

/** The supporter says that an answer came: they are asked no more. False where that was said, or nothing had gone. */
export async function recordAnswer(
  db: Database,
  { organisationId, letterId, at }: LetterName & { readonly at: Date },
): Promise<boolean> {
  const { rows } = await sql`
    with heard as (
      update letter set heard_at = ${at}
      where organisation_id = ${organisationId} and letter_id = ${letterId} and heard_at is null
        and state in ('accepted', 'settled')
      returning organisation_id, letter_id, state
    )
    insert into letter_event (organisation_id, letter_id, at, from_state, to_state, reason, by_whom)
    select organisation_id, letter_id, ${at}, state, state, ${ANSWER_HEARD}, 'supporter' from heard
    returning 1`.execute(db);
  return rows.length > 0;
}
