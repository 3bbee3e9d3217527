import type { Context } from '../context.js';
import { AppError } from '../errors.js';
import type { Outcome } from './channels/outcome.js';
import type { SmtpMailer } from './channels/smtp-mailer.js';
import type { LeasedLetter } from './lease-letters.js';
import { fingerprint, openLetter } from './letter-content.js';
import { letterMail } from './letter-mail.js';
import { mayLeave } from './may-leave.js';

/** Tries to send one letter. Never rejects: whatever goes wrong is an outcome. */
export async function sendLetter(
  context: Context,
  letter: LeasedLetter,
  mailer: SmtpMailer | undefined,
): Promise<Outcome> {
  if (mailer === undefined || !mayLeave(context.config, letter.office.email ?? '')) {
    return { kind: 'paused', reason: 'sending_off' };
  }
  if (letter.content === null) return { kind: 'refused', reason: 'text_gone' };
  try {
    const content = await openLetter(context, letter, letter.content);
    if (!fingerprint(content.body).equals(letter.sha256)) {
      throw new AppError('internal', { detail: 'a letter’s text is not the one that was confirmed' });
    }
    const mail = letterMail(context, { ...letter, date: letter.deliveryCreatedAt }, content);
    if (mail === undefined) return { kind: 'refused', reason: 'bad_address' };
    return await mailer.send(mail);
  } catch (error) {
    if (error instanceof AppError && error.code === 'gone') return { kind: 'refused', reason: 'text_gone' };
    context.log.error({ err: error, letter: letter.letterId }, 'a letter could not be made ready');
    return { kind: 'retry', reason: 'fault' };
  }
}
