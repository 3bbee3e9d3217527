import type { LetterView } from '../letter-views.js';
import { chaseBefore } from './ask-again.js';

type Letter = Pick<LetterView, 'channel' | 'state' | 'delivery' | 'content' | 'followUp' | 'heardAt'>;

/**
 * Whether the supporter may ask the office for an answer now: by mail only, once, two weeks after the letter was taken,
 * unless an answer came or the text is gone. The text must have been asked for.
 */
export function isFollowUpDue(letter: Letter, now: Date): boolean {
  const { channel, state, delivery, content, followUp, heardAt } = letter;
  const taken = state === 'accepted' || state === 'settled' ? delivery?.acceptedAt : undefined;
  const isOpen = channel === 'smtp' && content !== undefined && followUp === undefined && heardAt === null;
  return isOpen && taken !== undefined && taken !== null && taken <= chaseBefore(now);
}
