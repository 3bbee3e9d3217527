import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import { AppError } from '../../errors.js';
import { LARGEST_PICTURE } from './pictures.js';

/** The largest alert file, in bytes. */
const LARGEST_FILE = 1_000_000;

/** An alert file and the folder around it; nothing but this touches the disk. */
export interface AlertFile {
  /** As errors name it. */
  readonly name: string;
  readonly bytes: Buffer;
  /** A file below the same folder: its bytes, its size where it is too large to read, or undefined. */
  readonly readPicture: (name: string) => Promise<Buffer | { readonly tooLarge: number } | undefined>;
}

/** @throws AppError `invalid_file` when the file cannot be read, and `too_large` beyond 1 MB. */
export async function openAlertFile(path: string): Promise<AlertFile> {
  const bytes = await readUpTo(path, LARGEST_FILE).catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new AppError('invalid_file', { detail: `${path} cannot be read: ${why}`, cause });
  });
  if (!Buffer.isBuffer(bytes)) {
    const detail = `${path} is ${bytes.tooLarge} bytes and at most ${LARGEST_FILE} are taken: put pictures beside it, not into it`;
    throw new AppError('too_large', { detail });
  }
  const folder = await realpath(dirname(path));
  return {
    name: basename(path),
    bytes,
    async readPicture(name) {
      try {
        const picture = await realpath(join(folder, name));
        return picture.startsWith(folder + sep) ? await readUpTo(picture, LARGEST_PICTURE) : undefined;
      } catch {
        return undefined;
      }
    },
  };
}

async function readUpTo(path: string, limit: number): Promise<Buffer | { tooLarge: number }> {
  // A pipe would wait for its writer for ever.
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stat = await file.stat();
    if (!stat.isFile()) throw new Error('it is no file');
    return stat.size > limit ? { tooLarge: stat.size } : await file.readFile();
  } finally {
    await file.close();
  }
}
