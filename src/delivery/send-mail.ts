import type { Context } from '../context.js';
import { AppError } from '../errors.js';
import type { OutgoingMail } from './channels/outgoing-mail.js';
import type { SmtpMailer } from './channels/smtp-mailer.js';
import { readyFollowUp } from './chase/ready-follow-up.js';
import { oneLine } from './compose-letter.js';
import type { LeasedMail, MailKind } from './lease-mails.js';
import { plainAddress } from './mail-address.js';
import { mayLeave } from './may-leave.js';
import { writeToOutbox } from './outbox-folder.js';
import { returnAddress } from './return-address.js';
import type { MailOutcome } from './settle-mails.js';

const RENDER_MS = 15_000;

/** A mail to a supporter, as the room that knows the supporter renders it. */
export interface RenderedMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly language: string;
}

/** What the renderer is told of a mail that is due. A follow-up is a letter's, and none of its. */
export interface DueMail extends Pick<LeasedMail, 'organisationId' | 'mailId' | 'actionId' | 'letterId'> {
  readonly kind: Exclude<MailKind, 'follow_up'>;
}

/** Renders a mail that is due; `undefined` when there is nothing to send any more. */
export type RenderMail = (mail: DueMail) => Promise<RenderedMail | undefined>;

interface MailSending {
  readonly mailer: SmtpMailer | undefined;
  readonly renderMail: RenderMail;
}

/** Tries to send one mail of ours, or keeps it in the outbox where it may not leave. Never rejects. */
export async function sendMail(
  context: Context,
  mail: LeasedMail,
  sending: MailSending,
): Promise<MailOutcome> {
  try {
    const outgoing = await readyMail(context, mail, sending);
    if (!('messageId' in outgoing)) return outgoing;
    if (sending.mailer === undefined || !mayLeave(context.config, outgoing.to.address)) {
      await writeToOutbox(context.config, { id: mail.mailId, kind: 'mail', mail: outgoing });
      return { kind: 'rehearsed' };
    }
    return await sending.mailer.send(outgoing);
  } catch (error) {
    context.log.error({ err: error, mail: mail.mailId }, 'a mail could not be made ready');
    return { kind: 'retry', reason: 'fault' };
  }
}

/** The mail as it goes, or what became of it already. */
async function readyMail(
  context: Context,
  mail: LeasedMail,
  { renderMail }: MailSending,
): Promise<OutgoingMail | MailOutcome> {
  const { kind } = mail;
  if (kind === 'follow_up') {
    const ready = await readyFollowUp(context, mail);
    if (ready === 'bad_address') return { kind: 'refused', reason: ready };
    return typeof ready === 'string' ? { kind: ready } : ready;
  }
  const rendered = await withinLimit(renderMail({ ...mail, kind }));
  if (rendered === undefined) return { kind: 'dropped' };
  return outgoingMail(context, mail, rendered) ?? { kind: 'refused', reason: 'bad_address' };
}

// A room that hangs must not hold one of the few connections for ever.
async function withinLimit<Value>(work: Promise<Value>): Promise<Value> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(new AppError('unavailable', { detail: 'rendering took too long' })),
    RENDER_MS,
  );
  return Promise.race([work, promise]).finally(() => clearTimeout(timer));
}

function outgoingMail(context: Context, mail: LeasedMail, rendered: RenderedMail): OutgoingMail | undefined {
  const { organisationId, mailId, organisationName } = mail;
  const address = plainAddress(rendered.to);
  const replyTo = plainAddress(mail.organisationContact);
  if (address === undefined) return undefined;
  const { from, domain } = context.config.mail;
  return {
    messageId: `<${mailId}@${domain}>`,
    returnAddress: returnAddress(context, { organisationId, deliveryId: mailId }),
    from: { name: oneLine(organisationName), address: from },
    to: { name: '', address },
    replyTo: replyTo === undefined ? undefined : { name: oneLine(organisationName), address: replyTo },
    subject: oneLine(rendered.subject),
    text: rendered.text,
    html: rendered.html,
    date: context.clock.now(),
    headers: {
      'Auto-Submitted': 'auto-generated',
      'Content-Language': rendered.language,
      ...rendered.headers,
    },
  };
}
