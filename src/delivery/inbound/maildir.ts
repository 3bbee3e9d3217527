import { constants, type Dirent } from 'node:fs';
import { access, open, opendir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../errors.js';
import { MOST_MAIL_BYTES } from './bounce-listener.js';
import { type Taking, takeMailFromFolder } from './take-mail.js';

const POLL_MS = 2000;
/** After a fault of a file or of the database. */
const PAUSE_MS = 10_000;
/** `S` in a Maildir's file name: seen. What is not ours stays unseen, for whoever reads the folder. */
const SEEN = ':2,S';
const UNSEEN = ':2,';

/** Reads a Maildir (https://cr.yp.to/proto/maildir.html) until it is stopped. */
export interface MaildirReader {
  stop(): Promise<void>;
}

/** @throws AppError `invalid_configuration` when the folder is none, or may not be read and written. */
export async function checkMaildir(maildir: string): Promise<void> {
  try {
    for (const folder of ['new', 'cur'])
      await access(join(maildir, folder), constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new AppError('invalid_configuration', {
      detail: `REDRESS_BOUNCE_MAILDIR names ${maildir}, in which this user cannot read and write the folders new and cur. Give the path of a Maildir, and let this user in.`,
      cause,
    });
  }
}

/**
 * Takes the mails in `new`, and moves each to `cur` after its commit. Killed in between, it reads the mail again,
 * which changes nothing; several workers may read one folder.
 */
export function readMaildir(taking: Taking, maildir: string): MaildirReader {
  let stopping = false;
  let wake: (() => void) | undefined;
  const rest = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const work = async (): Promise<void> => {
    while (!stopping) {
      try {
        await readNew(taking, maildir, () => stopping);
        if (!stopping) await rest(POLL_MS);
      } catch (error) {
        taking.context.log.warn(
          { err: error },
          'a mail in the folder for bounces could not be taken; it stays',
        );
        if (!stopping) await rest(PAUSE_MS);
      }
    }
  };
  const working = work();
  return {
    async stop() {
      stopping = true;
      wake?.();
      await working;
    },
  };
}

/** One file that cannot be taken keeps no other from being taken: its error is thrown at the end. */
async function readNew(taking: Taking, maildir: string, isStopping: () => boolean): Promise<void> {
  let fault: unknown;
  for await (const entry of await opendir(join(maildir, 'new'))) {
    if (isStopping()) return;
    if (!isMail(entry)) continue;
    try {
      await takeFile(taking, maildir, entry.name);
    } catch (error) {
      fault = error;
    }
  }
  if (fault !== undefined) throw fault;
}

function isMail(entry: Dirent): boolean {
  return entry.isFile() && !entry.name.startsWith('.');
}

async function takeFile(taking: Taking, maildir: string, name: string): Promise<void> {
  const path = join(maildir, 'new', name);
  try {
    const stored = await takeMailFromFolder(taking, await readBeginning(path));
    const [unique] = name.split(':');
    const flags = stored === 'not_ours' ? UNSEEN : SEEN;
    await rename(path, join(maildir, 'cur', `${unique}${flags}`));
  } catch (error) {
    // Another worker was faster.
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
}

async function readBeginning(path: string): Promise<Buffer> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    const buffer = Buffer.alloc(Math.min(MOST_MAIL_BYTES, (await file.stat()).size));
    const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
