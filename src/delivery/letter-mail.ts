import type { Context } from '../context.js';
import { language } from '../language/index.js';
import type { OutgoingMail } from './channels/outgoing-mail.js';
import { oneLine } from './compose-letter.js';
import type { LetterContent } from './letter-content.js';
import { plainAddress } from './mail-address.js';
import type { OfficeSnapshot } from './office.js';
import { returnAddress } from './return-address.js';

/** What a letter's mail is made of, beside its sealed content. */
export interface LetterEnvelope {
  readonly organisationId: number;
  readonly organisationName: string;
  readonly office: OfficeSnapshot;
  readonly language: string;
  /** Names the delivery row; also in the envelope's sender. */
  readonly deliveryId: string;
  readonly messageId: string;
  /** When the delivery row was made: the same date over all tries. */
  readonly date: Date;
}

/**
 * The mail of one letter to its office: From our address, in the supporter's name; answers go to the supporter;
 * text alone, the body that was confirmed. No tracking, no list headers. `undefined` without one plain address.
 */
export function letterMail(
  context: Context,
  envelope: LetterEnvelope,
  content: LetterContent,
): OutgoingMail | undefined {
  const { organisationId, organisationName, office, deliveryId, messageId, date } = envelope;
  const address = plainAddress(office.email ?? '');
  const replyTo = plainAddress(content.replyTo.email);
  if (address === undefined) return undefined;
  const name = language(envelope.language).t('delivery.mail.from_name', {
    name: oneLine(content.replyTo.name),
    organisation: organisationName,
  });
  return {
    messageId,
    returnAddress: returnAddress(context, { organisationId, deliveryId }),
    from: { name: oneLine(name), address: context.config.mail.from },
    to: { name: oneLine(`${office.title} ${office.name}`), address },
    replyTo: replyTo === undefined ? undefined : { name: oneLine(content.replyTo.name), address: replyTo },
    subject: oneLine(content.subject),
    text: content.body,
    date,
    headers: { 'Content-Language': envelope.language },
  };
}
