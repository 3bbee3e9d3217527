import { findAlertById, isOpen } from '../../alerts/index.js';
import { type Database, newId, sql } from '../../database/index.js';
import { releaseLetters, withdrawLetters } from '../../delivery/index.js';
import type { ActionServices } from '../action-services.js';
import { moveActions } from '../action-states.js';
import { type ActionRecord, findAction } from '../find-action.js';
import { stopConfirmedToLeavers } from '../stop-letters.js';
import type { LinkTarget } from './link-token.js';

const UNIQUE_VIOLATION = '23505';

/** What pressing the button did: each of these is shown in its own words. */
export type ConfirmOutcome = 'confirmed' | 'was_confirmed' | 'acted_before' | 'ended';

type Confirming = Pick<ActionServices, 'context' | 'legislatures'>;

/**
 * Confirms an action: its letters are released, every other unconfirmed action of the same person on this alert
 * is withdrawn as superseded, and the copy is due by mail. Letters to whom left office meanwhile stop at once. All of
 * it or nothing.
 */
export async function confirmAction(services: Confirming, target: LinkTarget): Promise<ConfirmOutcome> {
  const { context } = services;
  try {
    const alert = await findAlertById(context, await findAction(context.db, target));
    const open = alert !== undefined && isOpen(alert, context.clock.now());
    return await context.db.transaction().execute((db) => confirmWithin({ ...services, db, open }, target));
  } catch (error) {
    // Another action of this person was confirmed in the same moment: the index let only one through.
    if (error instanceof Error && 'code' in error && error.code === UNIQUE_VIOLATION) return 'acted_before';
    throw error;
  }
}

interface ConfirmingWithin extends Confirming {
  readonly db: Database;
  /** Whether the alert still asks. */
  readonly open: boolean;
}

async function confirmWithin(
  { db, open, ...services }: ConfirmingWithin,
  target: LinkTarget,
): Promise<ConfirmOutcome> {
  await lockPerson(db, await findAction(db, target));
  const action = await findAction(db, target, true);
  if (action.state === 'confirmed') return 'was_confirmed';
  if (action.state !== 'submitted') return action.state === 'superseded' ? 'acted_before' : 'ended';
  if (!open) return 'ended';
  const { context } = services;
  const at = context.clock.now();
  const { organisationId, actionId } = target;
  await moveActions(db, {
    organisationId,
    actionIds: [actionId],
    to: 'confirmed',
    reason: 'confirmed',
    by: 'supporter',
    at,
  });
  await supersedeOthers(db, action, at);
  await releaseLetters(db, { organisationId, actionId, at, config: context.config });
  await stopConfirmedToLeavers(services, db, target);
  await sql`
    insert into mail (organisation_id, mail_id, action_id, kind, state, due_at, changed_at)
    values (${organisationId}, ${newId()}, ${actionId}, 'copy', 'queued', ${at}, ${at})`.execute(db);
  return 'confirmed';
}

// In one order, before anything is decided: two confirms of one person would else wait for each other.
async function lockPerson(db: Database, { organisationId, alertId, personTag }: ActionRecord): Promise<void> {
  await sql`
    select from action
    where organisation_id = ${organisationId} and alert_id = ${alertId} and person_tag = ${personTag}
      and state = 'submitted'
    order by action_id for update`.execute(db);
}

async function supersedeOthers(db: Database, action: ActionRecord, at: Date): Promise<void> {
  const { organisationId, actionId, alertId, personTag } = action;
  const { rows } = await sql<{ actionId: string }>`
    select action_id as "actionId" from action
    where organisation_id = ${organisationId} and alert_id = ${alertId} and person_tag = ${personTag}
      and state = 'submitted' and action_id <> ${actionId}`.execute(db);
  const actionIds = rows.map((row) => row.actionId);
  if (actionIds.length === 0) return;
  const reason = 'another_was_confirmed';
  const moved = await moveActions(db, {
    organisationId,
    actionIds,
    to: 'superseded',
    reason,
    by: 'supporter',
    at,
  });
  await withdrawLetters(db, { organisationId, actionIds: moved, reason: 'superseded', by: 'supporter', at });
  await scrubSupporters(db, organisationId, moved);
}

/** Forgets who a supporter was, and takes back mails to them that have not gone. */
export async function scrubSupporters(
  db: Database,
  organisationId: number,
  actionIds: readonly string[],
): Promise<void> {
  await sql`update action set supporter = null
    where organisation_id = ${organisationId} and action_id = any(${actionIds}::uuid[])`.execute(db);
  await sql`update mail set state = 'dropped'
    where organisation_id = ${organisationId} and action_id = any(${actionIds}::uuid[]) and state = 'queued'
  `.execute(db);
}
