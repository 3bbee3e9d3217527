import PostalMime from 'postal-mime';

/** The Message-ID without its brackets; empty where there is none. */
export function messageIdOf(raw: Buffer): string {
  const end = raw.indexOf('\r\n\r\n');
  const head = raw.toString('latin1', 0, end === -1 ? raw.length : end);
  const [, id = ''] = /^message-id:\s*<?([^\s<>]+)/im.exec(head) ?? [];
  // A copy: a part of a string keeps the whole head in memory.
  return Buffer.from(id, 'latin1').toString('latin1');
}

/** What a person reads in a mail. */
export interface MailText {
  readonly subject: string;
  /** After transfer decoding, CRLF turned into LF; empty where there is no plain text. */
  readonly text: string;
}

export async function readMail(raw: Buffer): Promise<MailText> {
  const { subject = '', text = '' } = await PostalMime.parse(raw);
  return { subject, text: text.replaceAll('\r\n', '\n') };
}
