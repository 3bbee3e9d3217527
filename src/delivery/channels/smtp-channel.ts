import type { Context } from '../../context.js';
import { letterMail } from '../letter-mail.js';
import { mayLeave } from '../may-leave.js';
import type { Channel } from './channel.js';
import type { SmtpMailer } from './smtp-mailer.js';

/** Letters by mail, through the operator's mail server. The mailer is the worker's, which closes it. */
export function openSmtpChannel(context: Context, mailer: SmtpMailer): Channel {
  return {
    name: 'smtp',
    needs: ({ requiresAddress }) => (requiresAddress ? ['street_address'] : []),
    mayReach: ({ email = '' }) => mayLeave(context.config, email),
    closedUntil: () => undefined,
    async send(letter) {
      const mail = letterMail(context, { ...letter, date: letter.deliveryCreatedAt }, letter.content);
      return mail === undefined ? { kind: 'refused', reason: 'bad_address' } : mailer.send(mail);
    },
    breakOff: () => {},
    close: () => {},
  };
}
