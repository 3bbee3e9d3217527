import type { Context } from '../context.js';
import { AppError } from '../errors.js';
import type { Channel } from './channels/channel.js';
import type { Outcome } from './channels/outcome.js';
import type { LeasedLetter } from './lease-letters.js';
import { fingerprint, openLetter } from './letter-content.js';

/** Tries to send one letter. Never rejects: whatever goes wrong is an outcome. */
export async function sendLetter(
  context: Context,
  letter: LeasedLetter,
  channel: Channel | undefined,
): Promise<Outcome> {
  if (channel === undefined || !channel.mayReach(letter.office)) {
    return { kind: 'paused', reason: 'sending_off' };
  }
  if (letter.content === null) return { kind: 'refused', reason: 'text_gone' };
  try {
    const content = await openLetter(context, letter, letter.content);
    if (!fingerprint(content.body).equals(letter.sha256)) {
      throw new AppError('internal', { detail: 'a letter’s text is not the one that was confirmed' });
    }
    return await channel.send({ ...letter, content });
  } catch (error) {
    if (error instanceof AppError && error.code === 'gone') return { kind: 'refused', reason: 'text_gone' };
    context.log.error({ err: error, letter: letter.letterId }, 'a letter could not be made ready');
    return { kind: 'retry', reason: 'fault' };
  }
}
