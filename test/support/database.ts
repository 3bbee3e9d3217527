import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { type Database, openDatabase, openPool } from '../../src/database/index.js';

/** `redress_test_PID_RANDOM`: the pid tells the next run which databases nobody needs any more. */
export const TEST_DATABASE_NAME = /^redress_test_(\d+)_[0-9a-f]+$/;

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
      await onServer(`drop database ${name} with (force)`);
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

async function onServer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('serverUrl') });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}
