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
const BYTES_OF_AN_ENCODED_WORD = 45;

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
    ...(looksEncoded(subject) ? {} : { subject }),
    text,
    ...(html === undefined ? {} : { html }),
    date,
    headers: { ...mail.headers, ...encoding, ...(looksEncoded(subject) && { Subject: encoded(subject) }) },
    xMailer: false,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

// A reader's program would decode what was typed, and show another subject than the one that was confirmed.
function looksEncoded(subject: string): boolean {
  return subject.includes('=?');
}

/** A whole header value in encoded words of Base64, each within the 75 characters of RFC 2047 section 2. */
function encoded(text: string): { prepared: true; value: string } {
  const words = [''];
  for (const character of text.toWellFormed()) {
    const word = words.at(-1) ?? '';
    if (Buffer.byteLength(word + character) > BYTES_OF_AN_ENCODED_WORD) words.push(character);
    else words[words.length - 1] = word + character;
  }
  const value = words.map((word) => `=?UTF-8?B?${Buffer.from(word).toString('base64')}?=`).join('\r\n ');
  return { prepared: true, value };
}

function transferEncoding(text: string): 'base64' | 'quoted-printable' {
  const bytesPerCharacter = Buffer.byteLength(text) / Math.max(text.length, 1);
  return bytesPerCharacter > BYTES_PER_CHARACTER_FOR_BASE64 ? 'base64' : 'quoted-printable';
}
