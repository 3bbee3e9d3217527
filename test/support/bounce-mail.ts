import { readdirSync, readFileSync } from 'node:fs';

const FOLDER = new URL('bounce-mails/', import.meta.url);

/** What a mail system puts into the mails that it sends back. */
export interface CameBack {
  /** To whom it is sent: the letter's envelope sender. */
  readonly returnAddress: string;
  /** With its angle brackets. */
  readonly messageId?: string;
  readonly office?: string;
}

/** The names of the mails that came back, written in the manner of real mail systems. */
export function bounceMailNames(): readonly string[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.eml'))
    .map((name) => name.slice(0, -'.eml'.length))
    .sort();
}

/** One of them as it comes over the wire. */
export function bounceMail(
  name: string,
  { returnAddress, messageId = '<0@redress.example>', office = 'quell@upper.example' }: CameBack,
): Buffer {
  const text = readFileSync(new URL(`${name}.eml`, FOLDER), 'utf8')
    .replaceAll('{{RETURN}}', returnAddress)
    .replaceAll('{{MESSAGE_ID}}', messageId)
    .replaceAll('{{OFFICE}}', office);
  return Buffer.from(text.replaceAll('\n', '\r\n'));
}
