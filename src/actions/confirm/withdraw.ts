import type { Context } from '../../context.js';
import { withdrawLetters } from '../../delivery/index.js';
import { moveActions } from '../action-states.js';
import { findAction } from '../find-action.js';
import { tellOffices } from '../mails/tell-offices.js';
import { scrubSupporters } from './confirm.js';
import type { LinkTarget } from './link-token.js';

/** The supporter takes the action back. Letters that have gone stay gone; the receipt says which. */
export function withdrawAction(context: Context, target: LinkTarget): Promise<boolean> {
  return endAction(context, target, 'withdrawn');
}

/** "This was not me": like withdrawing, but recorded as a disavowal, and whoever was named is forgotten. */
export function disavowAction(context: Context, target: LinkTarget): Promise<boolean> {
  return endAction(context, target, 'disavowed');
}

function endAction(context: Context, target: LinkTarget, to: 'withdrawn' | 'disavowed'): Promise<boolean> {
  const { organisationId, actionId } = target;
  return context.db.transaction().execute(async (db) => {
    await findAction(db, target, true);
    const at = context.clock.now();
    const reason = to === 'withdrawn' ? 'withdrawn' : 'not_me';
    const moved = await moveActions(db, {
      organisationId,
      actionIds: [actionId],
      to,
      reason,
      by: 'supporter',
      at,
    });
    if (moved.length === 0) return false;
    await withdrawLetters(db, { organisationId, actionIds: moved, reason, by: 'supporter', at });
    await scrubSupporters(db, organisationId, moved);
    if (to === 'disavowed') await tellOffices(db, { organisationId, actionId, at });
    return true;
  });
}
