import type { Context } from '../context.js';
import { type Database, sql } from '../database/index.js';
import { type LetterContent, openLetter } from './letter-content.js';
import { letterMail } from './letter-mail.js';
import type { OfficeSnapshot } from './office.js';
import { writeToOutbox } from './outbox-folder.js';

interface RehearsedLetter {
  readonly organisationId: number;
  readonly letterId: string;
  readonly organisationName: string;
  readonly office: OfficeSnapshot;
  readonly language: string;
  readonly content: Buffer | null;
  readonly dueAt: Date;
}

/** Writes the letters that were released while sending was off to the outbox; answers how many. */
export function rehearseLetters(context: Context, most: number): Promise<number> {
  return context.db.transaction().execute(async (db) => {
    const letters = await takeUnwritten(db, most);
    for (const letter of letters) await writeLetter(context, letter);
    await sql`update letter set due_at = null
      where letter_id = any(${letters.map((letter) => letter.letterId)}::uuid[]) and state = 'rehearsed'`.execute(
      db,
    );
    return letters.length;
  });
}

async function takeUnwritten(db: Database, most: number): Promise<readonly RehearsedLetter[]> {
  const { rows } = await sql<RehearsedLetter>`
    select l.organisation_id as "organisationId", l.letter_id as "letterId", o.name as "organisationName", l.office,
      a.language, l.content, l.due_at as "dueAt"
    from letter l join action a using (organisation_id, action_id) join organisation o using (organisation_id)
    where l.state = 'rehearsed' and l.due_at is not null
    order by l.due_at, l.sequence limit ${most} for update of l skip locked`.execute(db);
  return rows;
}

async function writeLetter(context: Context, letter: RehearsedLetter): Promise<void> {
  const { letterId, dueAt } = letter;
  const content = await openIfPossible(context, letter);
  if (content === undefined) return;
  const messageId = `<${letterId}@${context.config.mail.domain}>`;
  const mail = letterMail(context, { ...letter, deliveryId: letterId, messageId, date: dueAt }, content);
  if (mail !== undefined) await writeToOutbox(context.config, { id: letterId, kind: 'letter', mail });
}

// A letter that cannot be opened must not keep the others from being written.
async function openIfPossible(context: Context, letter: RehearsedLetter): Promise<LetterContent | undefined> {
  if (letter.content === null) return undefined;
  return openLetter(context, letter, letter.content).catch((error: unknown) => {
    context.log.error({ err: error, letter: letter.letterId }, 'a letter could not be opened for the outbox');
    return undefined;
  });
}
