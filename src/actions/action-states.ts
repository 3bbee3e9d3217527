import { type Database, sql } from '../database/index.js';
import { AppError } from '../errors.js';

export type ActionState =
  | 'submitted'
  | 'confirmed'
  | 'self_reported'
  | 'withdrawn'
  | 'superseded'
  | 'expired'
  | 'disavowed';

/** Every change of an action's state that there is, and why it may happen. */
const ACTION_TRANSITIONS: readonly {
  readonly from: ActionState;
  readonly to: ActionState;
  readonly reason: string;
}[] = [
  { from: 'submitted', to: 'confirmed', reason: 'confirmed' },
  { from: 'submitted', to: 'self_reported', reason: 'says_it_was_sent' },
  { from: 'submitted', to: 'withdrawn', reason: 'withdrawn' },
  { from: 'submitted', to: 'superseded', reason: 'another_was_confirmed' },
  { from: 'submitted', to: 'disavowed', reason: 'not_me' },
  { from: 'submitted', to: 'expired', reason: 'not_confirmed_in_time' },
  { from: 'submitted', to: 'expired', reason: 'step_not_taken' },
  { from: 'submitted', to: 'expired', reason: 'alert_closed' },
  { from: 'confirmed', to: 'withdrawn', reason: 'withdrawn' },
  { from: 'confirmed', to: 'disavowed', reason: 'not_me' },
  { from: 'self_reported', to: 'withdrawn', reason: 'withdrawn' },
];

interface ActionMove {
  readonly organisationId: number;
  readonly actionIds: readonly string[];
  readonly to: ActionState;
  readonly reason: string;
  readonly by: 'supporter' | 'upkeep';
  readonly at: Date;
}

/** Moves actions along the table, each with its event; answers the ids that moved. */
export async function moveActions(db: Database, move: ActionMove): Promise<readonly string[]> {
  const from = ACTION_TRANSITIONS.filter(({ to, reason }) => to === move.to && reason === move.reason);
  if (from.length === 0)
    throw new AppError('internal', { detail: `no action may become ${move.to}: ${move.reason}` });
  const fromStates = from.map((transition) => transition.from);
  const { rows } = await sql<{ actionId: string }>`
    with before as (
      select organisation_id, action_id, state from action
      where organisation_id = ${move.organisationId} and action_id = any(${move.actionIds}::uuid[])
        and state = any(${fromStates}::text[])
      order by action_id for update
    ), moved as (
      update action a set state = ${move.to},
        confirmed_at = case when ${move.to} in ('confirmed', 'self_reported') then ${move.at}::timestamptz
          else a.confirmed_at end,
        ended_at = case when ${move.to} in ('confirmed', 'self_reported') then null else ${move.at}::timestamptz end
      from before b where a.organisation_id = b.organisation_id and a.action_id = b.action_id
      returning a.organisation_id, a.action_id, b.state as from_state
    ), events as (
      insert into action_event (organisation_id, action_id, at, from_state, to_state, reason, by_whom)
      select organisation_id, action_id, ${move.at}, from_state, ${move.to}, ${move.reason}, ${move.by} from moved
    )
    select action_id as "actionId" from moved`.execute(db);
  return rows.map((row) => row.actionId);
}
