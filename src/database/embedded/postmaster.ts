import { type ChildProcess, spawn } from 'node:child_process';
import { open, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../errors.js';
import { asUser } from './account.js';
import { serverEnvironment } from './cluster.js';
import type { DataFolder } from './data-folder.js';
import { isAlive, processCommand, processFolder } from './process-identity.js';
import type { Programs } from './programs.js';
import { diskFullSentence, folderError } from './system-errors.js';

const LOG_LIMIT_BYTES = 10_000_000;
const STOP_POLL_MS = 20;
const STOP_LIMIT_MS = 10_000;
const OWNER_ONLY = 0o600;

// Given at each start, so that no postgresql.conf can open the port, lose a commit, or log a person's data
// (statements and the "Key (email)=(…)" details of errors).
const FIXED: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  // The default of macOS leaves a commit in the drive's cache.
  ...(process.platform === 'darwin' && { wal_sync_method: 'fsync_writethrough' }),
  logging_collector: 'off',
  log_statement: 'none',
  log_min_duration_statement: '-1',
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
};

/** What postmaster.pid says (PostgreSQL's pidfile.h: line 1 the pid, 3 the start in Unix seconds, 4 the port). */
export interface Postmaster {
  readonly pid: number;
  readonly begun: number;
  readonly port: number;
}

export async function readPostmaster(folder: DataFolder): Promise<Postmaster | undefined> {
  try {
    return parsePostmaster(await readFile(pidFile(folder), 'utf8'));
  } catch {
    return undefined;
  }
}

/** The text of a postmaster.pid; undefined while it is being written. */
export function parsePostmaster(text: string): Postmaster | undefined {
  const [pid, , begun, port] = text.split('\n').map(Number);
  if (!pid || !begun || !port) return undefined;
  return { pid, begun, port };
}

/** Whether the pid in postmaster.pid belongs to a living PostgreSQL of this folder, not to a later process. */
export async function runsHere(folder: DataFolder, postmaster: Postmaster): Promise<boolean> {
  if (!isAlive(postmaster.pid)) return false;
  // PostgreSQL works in its data directory; the command line names it too, but a folder may be renamed.
  const [cwd, command] = await Promise.all([processFolder(postmaster.pid), processCommand(postmaster.pid)]);
  return cwd === folder.cluster || command.includes(folder.cluster);
}

/**
 * Starts PostgreSQL in a session of its own: Ctrl-C in the terminal must not stop it before we have drained.
 * `said` resolves, when it ends, with what it wrote to its log.
 */
export async function spawnPostmaster(
  folder: DataFolder,
  programs: Programs,
  given: Readonly<Record<string, string>>,
): Promise<{ process: ChildProcess; said: Promise<string> }> {
  await rotateLog(folder.logFile);
  const log = await open(folder.logFile, 'a', OWNER_ONLY).catch((cause: unknown) => {
    throw folderError(folder.logFile, cause);
  });
  const begin = (await log.stat()).size;
  const settings = Object.entries({ ...given, ...FIXED }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const child = spawn(programs.postgres, ['-D', folder.cluster, ...settings], {
    ...asUser(folder.account),
    cwd: '/',
    detached: true,
    env: serverEnvironment(),
    stdio: ['ignore', log.fd, log.fd],
  });
  child.unref();
  const said = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(`FATAL:  ${error.message}`));
    child.once('exit', () => void readFrom(folder.logFile, begin).then(resolve));
  });
  await log.close();
  return { process: child, said };
}

/** Stops PostgreSQL as `pg_ctl stop -m fast` does, and waits until it is gone. */
export async function stopPostmaster(folder: DataFolder): Promise<void> {
  const running = await readPostmaster(folder);
  if (running === undefined) return;
  process.kill(running.pid, 'SIGINT');
  const deadline = Date.now() + STOP_LIMIT_MS;
  // The file, not the pid: where nobody reaps orphans (containers) a dead PostgreSQL keeps its pid.
  while ((await readPostmaster(folder))?.pid === running.pid) {
    if (!isAlive(running.pid)) return;
    if (Date.now() > deadline) {
      process.kill(running.pid, 'SIGQUIT');
      return;
    }
    await sleep(STOP_POLL_MS);
  }
}

/** Why a start failed: try again, try another port, or give up. */
export async function judgeFailure(folder: DataFolder, said: string): Promise<'again' | 'other port'> {
  if (/could not bind|Address already in use|could not create any TCP\/IP sockets/.test(said))
    return 'other port';
  if (/pre-existing shared memory block/.test(said)) return 'again';
  if (/lock file "postmaster.pid"/.test(said) && !/No space left/.test(said)) {
    await disownStaleLock(folder);
    return 'again';
  }
  throw startError(folder, said);
}

// PostgreSQL takes the pid in its lock file for a living server when a later process of the same user got that
// pid, which is the rule in containers. Its parent's pid it knows to be stale; the shared memory check stays.
async function disownStaleLock(folder: DataFolder): Promise<void> {
  const running = await readPostmaster(folder);
  if (running === undefined || (await runsHere(folder, running))) return;
  const text = await readFile(pidFile(folder), 'utf8');
  await writeFile(pidFile(folder), text.replace(/^\d+/, String(process.pid)));
}

function startError(folder: DataFolder, said: string): AppError {
  if (/No space left on device/.test(said)) {
    return new AppError('unavailable', { detail: diskFullSentence(folder.cluster) });
  }
  if (/wrong ownership|Permission denied|Read-only file system/.test(said)) {
    return new AppError('unavailable', {
      detail: `PostgreSQL cannot use ${folder.cluster}: it belongs to another user or is read-only. Start Redress as the user who made it, or change its owner.`,
    });
  }
  const reason =
    said.match(/(?:FATAL|PANIC): +(.*)/)?.[1] ?? (said.trim().split('\n').at(-1) || 'it said nothing');
  return new AppError('unavailable', {
    detail: `PostgreSQL did not start: ${reason}. Its log is ${folder.logFile}.`,
  });
}

function pidFile(folder: DataFolder): string {
  return join(folder.cluster, 'postmaster.pid');
}

async function rotateLog(path: string): Promise<void> {
  const size = await stat(path).then(
    (found) => found.size,
    () => 0,
  );
  if (size > LOG_LIMIT_BYTES) await rename(path, `${path}.old`);
}

async function readFrom(path: string, begin: number): Promise<string> {
  try {
    return (await readFile(path)).subarray(begin).toString('utf8');
  } catch {
    return '';
  }
}
