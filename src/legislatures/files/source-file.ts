import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { AppError } from '../../errors.js';

const DEEPEST_FOLDER = 8;
const MOST_ENTRIES = 100_000;
/** Of what a refusal quotes: a file can hold a name of megabytes. */
const LONGEST_WORDS = 700;

/** A file that a set is made from. */
export interface SourceFile {
  readonly name: string;
  readonly bytes: Buffer;
}

/** What is kept of a file beside the set that was made from it. */
export interface SourceFileRecord {
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
}

interface RefusalOptions {
  readonly line?: number;
  /** The place in a JSON file: `/memberships/3/person_id`. */
  readonly path?: string;
  readonly cause?: unknown;
}

/** Refuses a source file, with its name and, where it is known, the line or the place in it. */
export function refuseFile(file: string, problem: string, options: RefusalOptions = {}): never {
  const place = options.line ?? options.path;
  const where = place === undefined ? file : `${file}:${place}`;
  throw new AppError('invalid_file', {
    detail: `${shortened(where)}: ${shortened(problem)}. Nothing was imported.`,
    cause: options.cause,
  });
}

/** On one line: what is quoted may have several. */
function shortened(words: string): string {
  const line = words.slice(0, LONGEST_WORDS).replace(/\s+/g, ' ');
  return words.length > LONGEST_WORDS ? `${line}…` : line;
}

/** A name in full, or a kind of names that is found under its key. */
export type WantedName = string | { readonly key: string; readonly pattern: RegExp };

/**
 * The paths of files with these names, anywhere below a folder; links to folders are not followed.
 * @throws AppError `invalid_file` when the folder cannot be read, or holds one name twice.
 */
export async function findSourceFiles(
  folder: string,
  names: readonly WantedName[],
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  let entries = 0;
  const walk = async (directory: string, depth: number): Promise<void> => {
    for (const entry of await listFolder(directory)) {
      entries += 1;
      if (entries > MOST_ENTRIES)
        refuseFile(folder, 'there are too many files below this folder; name a smaller one');
      const path = join(directory, entry.name);
      if (entry.isDirectory() && depth < DEEPEST_FOLDER) await walk(path, depth + 1);
      const key = entry.isFile() ? keyOf(entry.name, names) : undefined;
      if (key === undefined) continue;
      const other = found.get(key);
      if (other)
        refuseFile(
          entry.name,
          `found twice, as ${relative(folder, other)} and ${relative(folder, path)}; keep one`,
        );
      found.set(key, path);
    }
  };
  await walk(folder, 0);
  return found;
}

function keyOf(name: string, names: readonly WantedName[]): string | undefined {
  for (const wanted of names) {
    if (wanted === name) return name;
    if (typeof wanted !== 'string' && wanted.pattern.test(name)) return wanted.key;
  }
  return undefined;
}

async function listFolder(directory: string) {
  try {
    return await readdir(directory, { withFileTypes: true });
  } catch (cause) {
    return refuseFile(directory, 'the folder cannot be read', { cause });
  }
}

/** @throws AppError `invalid_file` when the file is empty, too large, or cannot be read. */
export async function readSourceFile(path: string, mostBytes: number): Promise<SourceFile> {
  const name = basename(path);
  try {
    const { size } = await stat(path);
    if (size > mostBytes)
      refuseFile(name, `${size} bytes are more than the ${mostBytes} that such a file may have`);
    if (size === 0) refuseFile(name, 'the file is empty');
    return { name, bytes: await readFile(path) };
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    return refuseFile(name, 'the file cannot be read', { cause });
  }
}

export function recordOf({ name, bytes }: SourceFile): SourceFileRecord {
  return { file: name, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}
