import { Type } from 'typebox';
import { Value } from 'typebox/value';
import type { Context } from '../context.js';
import { type Database, sql } from '../database/index.js';
import { AppError } from '../errors.js';
import type { ActionState } from './action-states.js';
import type { LinkTarget } from './confirm/link-token.js';
import type { Supporter } from './submit/submission.js';

/** An action as the database has it; `supporter` is sealed, and gone once it was scrubbed. */
export interface ActionRecord extends LinkTarget {
  readonly alertId: string;
  readonly kind: 'by_mail' | 'by_hand';
  readonly state: ActionState;
  readonly language: string;
  readonly personTag: Buffer | null;
  readonly supporter: Buffer | null;
  readonly submittedAt: Date;
  readonly confirmedAt: Date | null;
  readonly endedAt: Date | null;
}

const SUPPORTER_SHAPE = Type.Object({
  name: Type.String(),
  email: Type.String(),
  place: Type.String(),
});

/** @throws AppError `not_found` when there is no such action. */
export async function findAction(db: Database, target: LinkTarget, lock = false): Promise<ActionRecord> {
  const { rows } = await sql<ActionRecord>`
    select organisation_id as "organisationId", action_id as "actionId", alert_id as "alertId", kind, state, language,
      person_tag as "personTag", supporter, submitted_at as "submittedAt", confirmed_at as "confirmedAt",
      ended_at as "endedAt"
    from action where organisation_id = ${target.organisationId} and action_id = ${target.actionId}
    ${lock ? sql`for update` : sql``}`.execute(db);
  const [action] = rows;
  if (action === undefined) throw new AppError('not_found');
  return action;
}

/** The place in which a supporter's details are sealed. */
export function supporterCell(actionId: string): { label: string; rowId: string } {
  return { label: 'action.supporter', rowId: actionId };
}

/** Opens a supporter's details; `undefined` once they were scrubbed. */
export async function openSupporter(context: Context, action: ActionRecord): Promise<Supporter | undefined> {
  if (action.supporter === null) return undefined;
  const { organisationId, actionId } = action;
  const value = await context.keyring.open(organisationId, supporterCell(actionId), action.supporter);
  if (!Value.Check(SUPPORTER_SHAPE, value))
    throw new AppError('internal', { detail: 'a supporter cell is malformed' });
  return value;
}
