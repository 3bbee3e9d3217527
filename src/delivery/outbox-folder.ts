import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import type { Config } from '../config/index.js';
import type { Context } from '../context.js';
import { AppError } from '../errors.js';
import { type OutgoingMail, toNodemailer } from './channels/outgoing-mail.js';
import { DAY_MS, LIFETIME_DAYS } from './letter-lifetimes.js';

const FILE_NAME = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.eml$/;
const OWNER_ONLY_FILE = 0o600;
const OWNER_ONLY_FOLDER = 0o700;

/** Headers of our own that say what a file in the outbox is. */
const NOT_SENT_HEADER = 'X-Redress-Not-Sent';
export const KIND_HEADER = 'X-Redress-Kind';

export type OutboxKind = 'letter' | 'mail';

interface KeptMail {
  /** A UUID: the file's name says nothing of a person. */
  readonly id: string;
  readonly kind: OutboxKind;
  readonly mail: OutgoingMail;
}

function folderOf(config: Config): string {
  return join(config.dataDirectory, 'outbox');
}

/** Writes a mail that may not leave, whole or not at all; writing it again changes nothing. */
export async function writeToOutbox(config: Config, { id, kind, mail }: KeptMail): Promise<void> {
  const transport = createTransport({ streamTransport: true, buffer: true });
  const headers = { ...mail.headers, [NOT_SENT_HEADER]: 'NOT SENT. Sending is off.', [KIND_HEADER]: kind };
  const { message } = await transport.sendMail(toNodemailer({ ...mail, headers }));
  if (!Buffer.isBuffer(message)) throw new AppError('internal', { detail: 'a mail came as a stream' });
  const folder = folderOf(config);
  await mkdir(folder, { recursive: true, mode: OWNER_ONLY_FOLDER });
  const path = join(folder, `${id}.eml`);
  await writeFile(`${path}.new`, message, { mode: OWNER_ONLY_FILE });
  await rename(`${path}.new`, path);
}

/** The names of the kept mails, newest first: their ids sort by time. */
export async function outboxNames(config: Config): Promise<readonly string[]> {
  const names = await readdir(folderOf(config)).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
  return names
    .filter((name) => FILE_NAME.test(name))
    .sort()
    .reverse();
}

/** @throws AppError `not_found` for a name that is none of the folder's. */
export async function readFromOutbox(config: Config, name: string): Promise<Buffer> {
  if (!FILE_NAME.test(name)) throw new AppError('not_found');
  return readFile(join(folderOf(config), name)).catch((error: unknown) => {
    throw isMissing(error) ? new AppError('not_found') : error;
  });
}

/** Removes the mails that were kept for 28 days, as long as a letter's text is; answers how many. */
export async function sweepOutbox({ config, clock }: Context): Promise<number> {
  const oldest = clock.now().getTime() - LIFETIME_DAYS.text * DAY_MS;
  let removed = 0;
  for (const name of await outboxNames(config)) {
    const path = join(folderOf(config), name);
    if ((await stat(path)).mtimeMs >= oldest) continue;
    await rm(path, { force: true });
    removed += 1;
  }
  return removed;
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
