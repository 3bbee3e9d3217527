import { validate } from 'uuid';
import { type Database, sql } from '../../database/index.js';
import { AppError } from '../../errors.js';
import { findLane } from '../lanes/change-lanes.js';
import type { LetterState } from '../letter-states.js';
import { hasLiveTwin } from '../live-twin.js';
import { MOST_PER_STATEMENT } from '../move-letters.js';
import type { ChannelName, OfficeSnapshot } from '../office.js';

/** The letters that staff mean: by their ids, or all of one lane. */
export interface LetterChoice {
  readonly ids: readonly string[];
  readonly lane?: string | undefined;
  /** Those in other states are told of where they were named, and passed over where a lane was. */
  readonly states: readonly LetterState[];
}

/** A letter that staff mean to move, with what may stand against it. */
export interface ChosenLetter {
  readonly organisationId: number;
  readonly letterId: string;
  readonly actionId: string;
  readonly state: LetterState;
  readonly channel: ChannelName;
  readonly office: OfficeSnapshot;
  readonly tried: readonly ChannelName[];
  readonly hasText: boolean;
  readonly takenBack: boolean;
  /** Whom it names no longer holds the seat. */
  readonly leftOffice: boolean;
  /** Another letter of the same person to the same office lives, or is a younger one of those chosen. */
  readonly hasTwin: boolean;
  /** The office's address failed for good. */
  readonly addressDead: boolean;
}

/**
 * Locks the letters that staff mean, for the rest of the transaction; at most 5,000 of a lane.
 * @throws AppError `invalid_input`, or `not_found` for an id or a lane that there is not.
 */
export async function chooseLetters(db: Database, choice: LetterChoice): Promise<readonly ChosenLetter[]> {
  const { ids, lane, states } = choice;
  if ((ids.length === 0) === (lane === undefined))
    throw new AppError('invalid_input', {
      detail:
        'Name letters by their ids, as redress letter list prints them, or all of an office: --lane LANE.',
    });
  const wrong = ids.find((id) => !validate(id));
  if (wrong !== undefined)
    throw new AppError('invalid_input', { detail: `"${wrong}" is no letter’s id. See redress letter list.` });
  const where =
    lane === undefined
      ? sql`l.letter_id = any(${ids}::uuid[])`
      : sql`l.lane = ${await findLane(db, lane)} and l.state = any(${states}::text[])`;
  const chosen = await readLetters(db, where);
  const found = new Set(chosen.map(({ letterId }) => letterId));
  const missing = ids.find((id) => !found.has(id.toLowerCase()));
  if (missing !== undefined)
    throw new AppError('not_found', { detail: `There is no letter ${missing}. See redress letter list.` });
  return chosen;
}

async function readLetters(db: Database, where: ReturnType<typeof sql>): Promise<readonly ChosenLetter[]> {
  // Whoever takes an action back locks it, then its letters; a mail to its writer needs the action too.
  await sql`
    select from action where (organisation_id, action_id) in (
      select l.organisation_id, l.action_id from letter l where ${where}
      order by l.organisation_id, l.letter_id limit ${MOST_PER_STATEMENT})
    order by organisation_id, action_id for key share`.execute(db);
  const { rows } = await sql<ChosenLetter>`
    with chosen as (
      select l.organisation_id, l.letter_id from letter l where ${where}
      order by l.organisation_id, l.letter_id limit ${MOST_PER_STATEMENT} for update
    )
    select l.organisation_id as "organisationId", l.letter_id as "letterId", l.action_id as "actionId", l.state,
      l.channel, l.office, l.content is not null as "hasText", l.withdraw_reason is not null as "takenBack",
      array(select d.channel from delivery d
        where d.organisation_id = l.organisation_id and d.letter_id = l.letter_id) as tried,
      l.state = 'stopped' and (
        select e.reason from letter_event e where e.organisation_id = l.organisation_id and e.letter_id = l.letter_id
          and e.to_state = 'stopped' order by e.event_id desc limit 1) = 'left_office' as "leftOffice",
      ${hasLiveTwin} or exists (
        select from chosen k join letter y using (organisation_id, letter_id)
        where y.organisation_id = l.organisation_id and y.alert_id = l.alert_id and y.person_tag = l.person_tag
          and y.officeholder_id = l.officeholder_id and y.sequence > l.sequence) as "hasTwin",
      exists (select from office_address a where a.address = lower(l.office ->> 'email') and a.cleared_at is null)
        as "addressDead"
    from chosen c join letter l using (organisation_id, letter_id)
    order by l.sequence`.execute(db);
  return rows;
}
