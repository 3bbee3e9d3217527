import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { readSourceFile, refuseFile, type SourceFile } from '../files/source-file.js';
import { readTarGz } from '../files/tar-archive.js';
import { readZip } from '../files/zip-archive.js';

const MOST_ARCHIVE_BYTES = 64 * 1024 * 1024;
const MOST_UNPACKED_BYTES = 48 * 1024 * 1024;
const MOST_FILE_BYTES = 256 * 1024;
const MOST_FILES = 10_000;
/** People who hold another office, or none any more, and what is not a person at all. */
const OTHER_FOLDER = /(?:^|\/)(?:executive|municipalities|retired|committees|organizations)\//;
const PERSON_FILE = /\.ya?ml$/;
const DEEPEST_FOLDER = 6;

/** The files of people in a folder or an archive, sorted by name. */
export interface PeopleFiles {
  readonly count: number;
  /** The archive; undefined for a folder. */
  readonly archive: SourceFile | undefined;
  files(): AsyncIterable<SourceFile>;
}

/** @throws AppError `invalid_file` */
export async function openPeopleFiles(path: string): Promise<PeopleFiles> {
  const folder = await stat(path).then(
    (found) => found.isDirectory(),
    (cause: unknown) => refuseFile(path, 'there is no such file or folder', { cause }),
  );
  return folder ? openFolder(path) : openArchive(path);
}

async function openFolder(path: string): Promise<PeopleFiles> {
  const names = (await listFiles(path, '', 0)).filter(isPersonFile).sort();
  checkCount(path, names.length);
  return {
    count: names.length,
    archive: undefined,
    async *files() {
      for (const name of names) yield { ...(await readSourceFile(join(path, name), MOST_FILE_BYTES)), name };
    },
  };
}

/** Links are not followed: they may lead anywhere. */
async function listFiles(root: string, below: string, depth: number): Promise<string[]> {
  const names: string[] = [];
  for (const entry of await readdir(join(root, below), { withFileTypes: true })) {
    const name = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isFile()) names.push(name);
    else if (entry.isDirectory() && depth < DEEPEST_FOLDER)
      names.push(...(await listFiles(root, name, depth + 1)));
  }
  return names;
}

async function openArchive(path: string): Promise<PeopleFiles> {
  const archive = await readSourceFile(path, MOST_ARCHIVE_BYTES);
  const options = { wanted: PERSON_FILE, mostBytes: MOST_UNPACKED_BYTES };
  const members = /\.zip$/i.test(path) ? await readZip(archive, options) : readTarGz(archive, options);
  const sorted = [...members].filter(([name]) => isPersonFile(name)).sort(([a], [b]) => (a < b ? -1 : 1));
  checkCount(basename(path), sorted.length);
  return {
    count: sorted.length,
    archive,
    async *files() {
      for (const [name, bytes] of sorted) {
        if (bytes.length > MOST_FILE_BYTES) refuseFile(name, `it has more than ${MOST_FILE_BYTES} bytes`);
        yield { name, bytes };
      }
    },
  };
}

function isPersonFile(name: string): boolean {
  return PERSON_FILE.test(name) && !OTHER_FOLDER.test(name);
}

function checkCount(name: string, count: number): void {
  if (count === 0) refuseFile(name, 'there is no file of a person (.yml) in it');
  if (count > MOST_FILES)
    refuseFile(name, `it has more than ${MOST_FILES} files; name the folder of one state`);
}
