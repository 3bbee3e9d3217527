import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../errors.js';
import { type DataFolder, writeOwnFile } from './data-folder.js';
import { processBirth } from './process-identity.js';

/** The server process that has a data folder to itself. */
interface Holder {
  readonly pid: number;
  readonly birth: string;
  /** ISO 8601. */
  readonly since: string;
  readonly address?: string;
}

/** @throws AppError `in_use` while a living server holds the folder, also when its PostgreSQL is just down. */
export async function refuseWhileHeld(folder: DataFolder): Promise<void> {
  const holder = await readHolder(folder);
  if (holder === undefined || holder.pid === process.pid) return;
  if ((await processBirth(holder.pid)) === holder.birth) throw inUse(folder, holder);
}

/** The refusal for a folder whose lock somebody has; names the holder if its file does. */
export async function heldByAnother(folder: DataFolder): Promise<AppError> {
  return inUse(folder, await readHolder(folder));
}

/** Writes who holds the folder. Call it only with the lock in hand. */
export async function writeHolder(folder: DataFolder, address: string | undefined): Promise<void> {
  const holder: Holder = {
    pid: process.pid,
    birth: (await processBirth(process.pid)) ?? '',
    since: new Date().toISOString(),
    ...(address !== undefined && { address }),
  };
  await writeOwnFile(holderFile(folder), `${JSON.stringify(holder)}\n`);
}

export async function removeHolder(folder: DataFolder): Promise<void> {
  if ((await readHolder(folder))?.pid === process.pid) await rm(holderFile(folder), { force: true });
}

function inUse(folder: DataFolder, holder: Holder | undefined): AppError {
  const who =
    holder === undefined
      ? 'another process'
      : `process ${holder.pid}, since ${holder.since}${holder.address === undefined ? '' : `, at ${holder.address}`}`;
  return new AppError('in_use', {
    detail: `Redress already runs on ${folder.path}: ${who}. Stop it first, or set REDRESS_DATA to another folder.`,
  });
}

function holderFile(folder: DataFolder): string {
  return join(folder.path, 'holder.json');
}

async function readHolder(folder: DataFolder): Promise<Holder | undefined> {
  try {
    const holder: unknown = JSON.parse(await readFile(holderFile(folder), 'utf8'));
    return isHolder(holder) ? holder : undefined;
  } catch {
    return undefined;
  }
}

function isHolder(value: unknown): value is Holder {
  if (typeof value !== 'object' || value === null) return false;
  return (
    'pid' in value &&
    typeof value.pid === 'number' &&
    'birth' in value &&
    typeof value.birth === 'string' &&
    'since' in value &&
    typeof value.since === 'string'
  );
}
