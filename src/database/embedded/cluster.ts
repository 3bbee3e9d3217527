import { execFile } from 'node:child_process';
import { chown, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { AppError } from '../../errors.js';
import { asUser } from './account.js';
import type { DataFolder } from './data-folder.js';
import type { Programs } from './programs.js';
import { diskFullSentence, errorCode, folderError } from './system-errors.js';

const run = promisify(execFile);

export const SUPERUSER = 'postgres';

const ABANDONED_AFTER_MS = 600_000;
const OWNER_ONLY = 0o600;

// Written into postgresql.conf, where an operator may change them.
const TUNABLE = [
  'shared_buffers=128MB',
  'max_connections=100',
  'jit=off',
  'timezone=UTC',
  'log_timezone=UTC',
];

/**
 * Makes the database cluster if there is none: UTF-8, order by code point, checksums, passwords by SCRAM.
 * It is made beside its place and moved there when it is whole, so a kill leaves no half of one.
 * @throws AppError `unavailable`: the disk is full, the folder cannot be written, or another version made the data.
 */
export async function ensureCluster(folder: DataFolder, programs: Programs): Promise<void> {
  const version = await clusterVersion(folder);
  if (version === programs.major) return;
  if (version !== undefined) {
    throw new AppError('unavailable', {
      detail: `The data in ${folder.cluster} was made by PostgreSQL ${version}; this Redress brings PostgreSQL ${programs.major}. Start the Redress that made it, or move the data to a PostgreSQL server and set DATABASE_URL.`,
    });
  }
  const parent = dirname(folder.cluster);
  await removeAbandoned(parent);
  const half = await mkdtemp(`${folder.cluster}.new-`).catch((cause: unknown) => {
    throw folderError(parent, cause);
  });
  try {
    await initialise(half, folder, programs);
    await rename(half, folder.cluster);
  } catch (cause) {
    await rm(half, { recursive: true, force: true });
    if ((await clusterVersion(folder)) === undefined) throw folderError(parent, cause);
  }
}

async function clusterVersion(folder: DataFolder): Promise<string | undefined> {
  try {
    return (await readFile(join(folder.cluster, 'PG_VERSION'), 'utf8')).trim();
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw folderError(folder.cluster, error);
  }
}

async function initialise(target: string, folder: DataFolder, programs: Programs): Promise<void> {
  const passwordFile = `${target}.password`;
  try {
    await writeFile(passwordFile, `${folder.password}\n`, { mode: OWNER_ONLY });
    if (folder.account !== undefined) {
      await chown(target, folder.account.uid, folder.account.gid);
      await chown(passwordFile, folder.account.uid, folder.account.gid);
    }
    await runInitdb(target, passwordFile, { folder, programs });
  } finally {
    await rm(passwordFile, { force: true });
  }
}

async function runInitdb(
  target: string,
  passwordFile: string,
  { folder, programs }: { folder: DataFolder; programs: Programs },
): Promise<void> {
  const settings = TUNABLE.map((setting) => `--set=${setting}`);
  try {
    await run(
      programs.initdb,
      [
        `--pgdata=${target}`,
        `--username=${SUPERUSER}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--data-checksums',
        '--no-instructions',
        ...settings,
      ],
      { ...asUser(folder.account), cwd: '/', env: serverEnvironment() },
    );
  } catch (cause) {
    throw initdbError(folder, cause);
  }
}

/** PostgreSQL gets nothing of our environment: there are keys in it. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  const { PATH, SystemRoot } = process.env;
  return {
    LC_ALL: 'C',
    TZ: 'UTC',
    ...(PATH !== undefined && { PATH }),
    ...(SystemRoot !== undefined && { SystemRoot }),
  };
}

function initdbError(folder: DataFolder, cause: unknown): AppError {
  const said = cause instanceof Error && 'stderr' in cause ? String(cause.stderr) : '';
  if (/No space left on device/.test(said)) {
    return new AppError('unavailable', { detail: diskFullSentence(folder.cluster), cause });
  }
  const reason =
    said.match(/(?:FATAL|error): +(.*)/)?.[1] ?? (cause instanceof Error ? cause.message : String(cause));
  return new AppError('unavailable', {
    detail: `The PostgreSQL that comes with Redress could not make its database in ${folder.cluster}: ${reason}. Install PostgreSQL 15 or newer and set DATABASE_URL if this stays.`,
    cause,
  });
}

async function removeAbandoned(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    if (!basename(name).startsWith('postgres.new-')) continue;
    const path = join(parent, name);
    const { mtimeMs } = await stat(path);
    if (Date.now() - mtimeMs > ABANDONED_AFTER_MS) await rm(path, { recursive: true, force: true });
  }
}
