import type { Context } from '../../context.js';
import type { Database } from '../../database/index.js';
import {
  CALL_OUTCOMES,
  type CallOutcome,
  type HandOverWay,
  handOverLetter,
  recordCall,
} from '../../delivery/index.js';
import { moveActions } from '../action-states.js';
import type { ActionRecord } from '../find-action.js';

const WAYS: readonly HandOverWay[] = ['by_form', 'by_own_mail', 'by_telephone', 'on_paper'];

/** What was taken back or has ended is not handed over any more. */
const STANDING: ReadonlySet<string> = new Set(['submitted', 'confirmed', 'self_reported']);

/** What a supporter says of a letter: how they sent it, and of a call how it went. */
export interface HandOverReport {
  readonly letterId: string;
  readonly way: HandOverWay;
  readonly callOutcome?: CallOutcome | undefined;
}

/** The way that a form names; by the office's form where it names none that there is. */
export function wayOf(text: string): HandOverWay {
  return WAYS.find((way) => way === text) ?? 'by_form';
}

/** How a call went, where a form says so. */
export function outcomeOf(text: string): CallOutcome | undefined {
  return CALL_OUTCOMES.find((outcome) => outcome === text);
}

/** The supporter says that they sent a letter. An action by hand counts from its first letter, as self-reported. */
export function recordHandOver(
  context: Context,
  action: ActionRecord,
  report: HandOverReport,
): Promise<boolean> {
  const { organisationId, actionId } = action;
  if (!STANDING.has(action.state)) return Promise.resolve(false);
  return context.db.transaction().execute(async (db) => {
    const at = context.clock.now();
    const handed = await record(db, { ...report, organisationId, at });
    if (handed && action.kind === 'by_hand') {
      const reason = 'says_it_was_sent';
      await moveActions(db, {
        organisationId,
        actionIds: [actionId],
        to: 'self_reported',
        reason,
        by: 'supporter',
        at,
      });
    }
    return handed;
  });
}

function record(
  db: Database,
  { callOutcome, ...letter }: HandOverReport & { readonly organisationId: number; readonly at: Date },
): Promise<boolean> {
  if (letter.way === 'by_telephone' && callOutcome !== undefined) {
    return recordCall(db, { ...letter, callOutcome });
  }
  return handOverLetter(db, letter);
}
