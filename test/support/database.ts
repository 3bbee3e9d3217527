import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { inject } from 'vitest';
import { type Database, openDatabase, openPool } from '../../src/database/index.js';

/** `redress_test_PID_RANDOM`: the pid tells the next run which databases nobody needs any more. */
export const TEST_DATABASE_NAME = /^redress_test_(\d+)_[0-9a-f]+$/;

const INSUFFICIENT_PRIVILEGE = '42501';
const DROP_TRIES = 20;
const DROP_AGAIN_MS = 250;

export interface TestDatabase extends AsyncDisposable {
  /** For a program that the test starts: goes into DATABASE_URL. */
  readonly url: string;
  readonly pool: pg.Pool;
  readonly db: Database;
}

/** A database of its own for one test file, copied from the migrated template; dropped when disposed. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `redress_test_${process.pid}_${randomBytes(6).toString('hex')}`;
  await onServer(`create database ${name} template ${inject('template')}`);
  const url = withDatabase(inject('serverUrl'), name);
  const pool = openPool(url);
  return {
    url,
    pool,
    db: openDatabase(pool),
    async [Symbol.asyncDispose]() {
      await pool.end();
      await dropDatabase(name);
    },
  };
}

export function withDatabase(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

// While autovacuum, which is the superuser's, is at work there, our role may not break it off.
async function dropDatabase(name: string, tries = DROP_TRIES): Promise<void> {
  try {
    await onServer(`drop database ${name} with (force)`);
  } catch (error) {
    const refused = error instanceof Error && 'code' in error && error.code === INSUFFICIENT_PRIVILEGE;
    if (!refused || tries <= 1) throw error;
    await sleep(DROP_AGAIN_MS);
    await dropDatabase(name, tries - 1);
  }
}

async function onServer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('serverUrl') });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}
