import { sql } from '../src/database/index.js';
import { toNodemailer } from '../src/delivery/channels/outgoing-mail.js';
import { type OfficeSnapshot, openLetter } from '../src/delivery/index.js';
import { letterMail } from '../src/delivery/letter-mail.js';
import type { OpenedContext } from '../src/open-context.js';

/** A letter in nodemailer's form. */
export type Mail = ReturnType<typeof toNodemailer>;

interface StoredLetter {
  readonly organisationId: number;
  readonly organisationName: string;
  readonly letterId: string;
  readonly office: OfficeSnapshot;
  readonly content: Buffer;
  readonly language: string;
}

/** The mails of stored letters, byte for byte as a worker would send them but for their ids. */
export async function readMails(
  context: OpenedContext,
  letterIds: readonly string[],
): Promise<readonly Mail[]> {
  const { rows } = await sql<StoredLetter>`
    select l.organisation_id as "organisationId", o.name as "organisationName", l.letter_id as "letterId", l.office,
      l.content, a.language
    from letter l join action a using (organisation_id, action_id) join organisation o using (organisation_id)
    where l.letter_id = any(${letterIds}::uuid[])`.execute(context.db);
  return Promise.all(rows.map((letter) => toMail(context, letter)));
}

async function toMail(context: OpenedContext, letter: StoredLetter): Promise<Mail> {
  const { letterId, content, ...envelope } = letter;
  const messageId = `<${letterId}@${context.config.mail.domain}>`;
  const date = context.clock.now();
  const opened = await openLetter(context, letter, content);
  const mail = letterMail(context, { ...envelope, deliveryId: letterId, messageId, date }, opened);
  if (mail === undefined) throw new Error('a letter has no address');
  return toNodemailer(mail);
}
