import type { Context } from '../../context.js';
import { isFollowUpDue, type LetterView, writeFollowUp } from '../../delivery/index.js';
import type { ActionRecord } from '../find-action.js';
import type { ChaseView } from './chase-panel.js';

interface ChaseFrame {
  readonly context: Context;
  /** The receipt's. */
  readonly path: string;
  readonly action: Pick<ActionRecord, 'organisationId' | 'state'>;
}

/** What the receipt offers of a follow-up, or tells of it; `undefined` where there is nothing of either. */
export function chaseView(letter: LetterView, frame: ChaseFrame): ChaseView | undefined {
  const { context, action, path } = frame;
  const { followUp, letterId, heardAt, state } = letter;
  const isOffered = action.state === 'confirmed' && isFollowUpDue(letter, context.clock.now());
  if (!isOffered && followUp === undefined) return undefined;
  const canAnswer = heardAt === null && (state === 'accepted' || state === 'settled');
  const own = `${path}/letters/${letterId}`;
  return {
    id: letterId,
    offer: isOffered ? offerOf(letter, frame) : undefined,
    action: `${own}/follow-up`,
    followUp,
    answered: canAnswer && action.state === 'confirmed' ? `${own}/answer` : undefined,
  };
}

function offerOf(letter: LetterView, { context, action }: ChaseFrame): ChaseView['offer'] {
  const { content, delivery } = letter;
  if (content === undefined || !delivery?.acceptedAt) return undefined;
  const { organisationId } = action;
  const written = writeFollowUp(context, {
    ...letter,
    organisationId,
    content,
    acceptedAt: delivery.acceptedAt,
  });
  return { ...written, lang: letter.language };
}
