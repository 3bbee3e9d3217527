import { createHash, randomBytes } from 'node:crypto';
import { chmod, chown, link, mkdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Account, canReach, serverAccount } from './account.js';
import { makeSharedFolder, SHARED_HOME } from './programs.js';
import { errorCode, folderError } from './system-errors.js';

const OWNER_ONLY_FOLDER = 0o700;
const OWNER_ONLY = 0o600;
const GROUP_SEARCH = 0o010;
const PASSWORD_BYTES = 24;
const PATH_HASH_LENGTH = 12;

/** The data folder of an installation, and where the parts of its embedded PostgreSQL lie. */
export interface DataFolder {
  /** The folder itself, without symbolic links. */
  readonly path: string;
  /** PostgreSQL's own data directory; elsewhere where its user cannot reach `path`. */
  readonly cluster: string;
  readonly moved: boolean;
  readonly account: Account | undefined;
  readonly password: string;
  readonly logFile: string;
}

/**
 * Makes the folder, its password file and, as root, a way in for PostgreSQL's user.
 * @throws AppError `unavailable` with a sentence for a folder that cannot be written.
 */
export async function openDataFolder(directory: string): Promise<DataFolder> {
  try {
    await mkdir(directory, { recursive: true, mode: OWNER_ONLY_FOLDER });
    const path = await realpath(directory);
    const inside = join(path, 'postgres');
    const known = (await readState(path)).cluster;
    const account = await serverAccount(known ?? inside);
    const cluster = known ?? ((await letIn(account, path)) ? inside : await placeOutside(path));
    const moved = cluster !== inside;
    if (moved && known === undefined) await saveState(path, { cluster });
    return {
      path,
      cluster,
      moved,
      account,
      password: await readOrMakePassword(path),
      logFile: join(path, 'postgres.log'),
    };
  } catch (cause) {
    throw folderError(directory, cause);
  }
}

/** The port that PostgreSQL had the last time, if any. */
export async function lastPort(folder: DataFolder): Promise<number | undefined> {
  return (await readState(folder.path)).port;
}

export async function rememberPort(folder: DataFolder, port: number): Promise<void> {
  await saveState(folder.path, { ...(folder.moved && { cluster: folder.cluster }), port });
}

/** Writes a file that only its owner can read, whole or not at all. */
export async function writeOwnFile(path: string, text: string): Promise<void> {
  const half = `${path}.new-${process.pid}`;
  await writeFile(half, text, { mode: OWNER_ONLY, flush: true });
  await rename(half, path);
}

interface State {
  /** Only where it lies outside: a data folder may be renamed. */
  readonly cluster?: string;
  readonly port?: number;
}

function stateFile(path: string): string {
  return join(path, 'embedded.json');
}

async function readState(path: string): Promise<State> {
  try {
    const state: unknown = JSON.parse(await readFile(stateFile(path), 'utf8'));
    if (typeof state !== 'object' || state === null) return {};
    return {
      ...('cluster' in state && typeof state.cluster === 'string' && { cluster: state.cluster }),
      ...('port' in state && typeof state.port === 'number' && { port: state.port }),
    };
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || error instanceof SyntaxError) return {};
    throw error;
  }
}

async function saveState(path: string, state: State): Promise<void> {
  await writeOwnFile(stateFile(path), `${JSON.stringify(state)}\n`);
}

// Search for the group alone: others must not walk into the outbox and the log.
async function letIn(account: Account | undefined, path: string): Promise<boolean> {
  if (account === undefined || (await canReach(account, path, 'execute'))) return true;
  const { uid, mode } = await stat(path);
  await chown(path, uid, account.gid);
  await chmod(path, mode | GROUP_SEARCH);
  return canReach(account, path, 'execute');
}

async function placeOutside(path: string): Promise<string> {
  const hash = createHash('sha256').update(path).digest('hex').slice(0, PATH_HASH_LENGTH);
  const home = join(SHARED_HOME, hash);
  await makeSharedFolder(home);
  return join(home, 'postgres');
}

async function readOrMakePassword(path: string): Promise<string> {
  const file = join(path, 'postgres-password');
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
  }
  const half = `${file}.new-${process.pid}`;
  await writeFile(half, `${randomBytes(PASSWORD_BYTES).toString('base64url')}\n`, {
    mode: OWNER_ONLY,
    flush: true,
  });
  // Two first starts at once: link() lets one win, and both read the winner's.
  await link(half, file).catch((error: unknown) => {
    if (errorCode(error) !== 'EEXIST') throw error;
  });
  await rm(half);
  return (await readFile(file, 'utf8')).trim();
}
