import type { SendMailOptions } from 'nodemailer';

interface MailAddress {
  readonly name: string;
  readonly address: string;
}

/** One mail as it leaves: to one address, with an id that stays the same over all tries. */
export interface OutgoingMail {
  /** With its angle brackets. */
  readonly messageId: string;
  /** The envelope's sender, to which bounces come back. */
  readonly returnAddress: string;
  readonly from: MailAddress;
  readonly to: MailAddress;
  readonly replyTo: MailAddress | undefined;
  readonly subject: string;
  readonly text: string;
  readonly html?: string | undefined;
  readonly date: Date;
  readonly headers: Readonly<Record<string, string>>;
}

// Above this many bytes for a character, Base64 is the shorter encoding by far.
const BYTES_PER_CHARACTER_FOR_BASE64 = 1.3;

/**
 * The mail in nodemailer's form. A text alone is always encoded for transfer, even where it is plain ASCII: relays
 * break long lines, and change lines that begin with "From " or end in a space.
 */
export function toNodemailer(mail: OutgoingMail): SendMailOptions {
  const { messageId, from, to, replyTo, subject, text, html, date } = mail;
  const encoding = html === undefined ? { 'Content-Transfer-Encoding': transferEncoding(text) } : {};
  return {
    messageId,
    envelope: { from: mail.returnAddress, to: to.address },
    from,
    to,
    ...(replyTo === undefined ? {} : { replyTo }),
    subject,
    text,
    ...(html === undefined ? {} : { html }),
    date,
    headers: { ...mail.headers, ...encoding },
    xMailer: false,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function transferEncoding(text: string): 'base64' | 'quoted-printable' {
  const bytesPerCharacter = Buffer.byteLength(text) / Math.max(text.length, 1);
  return bytesPerCharacter > BYTES_PER_CHARACTER_FOR_BASE64 ? 'base64' : 'quoted-printable';
}
