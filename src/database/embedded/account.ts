import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { AppError } from '../../errors.js';

const run = promisify(execFile);

/** The system user that PostgreSQL runs as, where that is not the user of this process. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/**
 * PostgreSQL refuses to run as root. As root: the owner of the database that is there, else `postgres`, which is
 * made if it is missing, else `nobody`. Any other user runs it as itself: undefined.
 */
export async function serverAccount(cluster: string): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  return (
    (await ownerOf(cluster)) ?? (await lookUp('postgres')) ?? (await makePostgresUser()) ?? (await nobody())
  );
}

/** Whether the account can run this program or enter this folder; system calls decide, not mode bits. */
export async function canReach(
  account: Account | undefined,
  path: string,
  test: 'execute' | 'write',
): Promise<boolean> {
  const script = test === 'write' ? 'test -w "$1" && test -x "$1"' : 'test -x "$1"';
  try {
    await run('/bin/sh', ['-c', script, 'sh', path], { cwd: '/', ...asUser(account) });
    return true;
  } catch {
    return false;
  }
}

/** The options that make `node:child_process` run a program as the account. */
export function asUser(account: Account | undefined): { uid?: number; gid?: number } {
  return account === undefined ? {} : { uid: account.uid, gid: account.gid };
}

async function ownerOf(cluster: string): Promise<Account | undefined> {
  try {
    const { uid, gid } = await stat(cluster);
    return uid === 0 ? undefined : { name: `user ${uid}`, uid, gid };
  } catch {
    return undefined;
  }
}

async function lookUp(name: string): Promise<Account | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
    return { name, uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}

async function makePostgresUser(): Promise<Account | undefined> {
  // Root by way of `su` often has no sbin in its path.
  const env = { PATH: `${process.env.PATH ?? ''}:/usr/sbin:/sbin` };
  const user = ['--system', '--gid', 'postgres', '--no-create-home', '--shell', '/bin/false', 'postgres'];
  try {
    await run('groupadd', ['--system', '--force', 'postgres'], { env });
    await run('useradd', user, { env });
    return await lookUp('postgres');
  } catch {
    return undefined;
  }
}

async function nobody(): Promise<Account> {
  const account = await lookUp('nobody');
  if (account !== undefined) return account;
  throw new AppError('unavailable', {
    detail:
      'PostgreSQL does not run as root, and this machine has no other user for it. Run Redress as another user, or set DATABASE_URL.',
  });
}
