import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { migrate, openPool, readMigrations } from '../src/database/index.js';
import { withDatabase } from './support/database.js';
import { Program } from './support/program.js';
import { figure, sized } from './support/trial.js';

const PROGRAM = fileURLToPath(new URL('./support/migrate-process.mjs', import.meta.url));
const STATEMENTS = readMigrations().reduce((sum, { statements }) => sum + statements.length, 0);
/** Each day every so many, and the last; each in a trial. */
const STEP = sized(16, 1);
const AT_ONCE = 4;
const TRIAL_LIMIT_MS = 300_000;

let whole: string;
const made: string[] = [];

beforeAll(async () => {
  whole = await schemaOf(withDatabase(inject('serverUrl'), inject('template')));
});
afterAll(async () => {
  for (const name of made) await onServer(`drop database if exists ${name} with (force)`);
});

async function onServer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('serverUrl') });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

async function emptyDatabase(): Promise<string> {
  const name = `redress_test_${process.pid}_${randomBytes(6).toString('hex')}`;
  await onServer(`create database ${name}`);
  made.push(name);
  return withDatabase(inject('serverUrl'), name);
}

/** Every table, column, index, constraint and applied migration, as text. */
async function schemaOf(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client
    .query<{ line: string }>(
      `select line from (
        select format('%s.%s %s %s %s', table_name, column_name, data_type, is_nullable, column_default) as line
          from information_schema.columns where table_schema = 'public'
        union all select indexdef from pg_indexes where schemaname = 'public'
        union all select conrelid::regclass::text || ' ' || pg_get_constraintdef(oid) from pg_constraint
          where connamespace = 'public'::regnamespace
        union all select format('%s %s', number, name) from migration) as lines
      order by line`,
    )
    .finally(() => client.end());
  return rows.map(({ line }) => line).join('\n');
}

async function migrateIn(url: string, killAfter?: number): Promise<NodeJS.Signals | number | null> {
  const args = [PROGRAM, url, ...(killAfter === undefined ? [] : [String(killAfter)])];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  const [code, signal] = await once(child, 'exit');
  return signal ?? code;
}

test('R18: killed after any statement, the next start completes the migration', {
  timeout: TRIAL_LIMIT_MS,
}, async () => {
  const points = Array.from({ length: STATEMENTS }, (_, index) => index + 1).filter(
    (point) => point % STEP === 1 || STEP === 1 || point === STATEMENTS,
  );
  expect(STATEMENTS).toBeGreaterThan(20);
  for (const point of points) {
    const url = await emptyDatabase();
    expect(await migrateIn(url, point), `killed after ${point}`).toBe('SIGKILL');
    const pool = openPool(url);
    await migrate(pool).finally(() => pool.end());
    expect(await schemaOf(url), `after a kill at statement ${point}`).toBe(whole);
  }
  figure('migration killed', { points: points.length, statements: STATEMENTS });
});

test('R18: several starts at once on an empty database migrate it once', async () => {
  const url = await emptyDatabase();
  const ends = await Promise.all(Array.from({ length: AT_ONCE }, () => migrateIn(url)));
  expect(ends).toEqual(Array(AT_ONCE).fill(0));
  expect(await schemaOf(url)).toBe(whole);
});

test('R18: a schema that a newer program made is refused with one sentence, and stays as it is', async () => {
  const url = await emptyDatabase();
  const pool = openPool(url);
  await migrate(pool);
  await pool.query(`insert into migration (number, name) values (9999, '9999_later.sql')`);
  await pool.end();
  const before = await schemaOf(url);
  await using program = await Program.make({ variables: { DATABASE_URL: url } });
  for (const command of [['serve'], ['work'], ['letter', 'list', '--json']]) {
    const { code, out, error } = await program.run(...command);
    expect({ code, out, error }).toEqual({
      code: 1,
      out: '',
      error:
        'The database was upgraded by a newer Redress (migration 9999). Start that version, or restore a backup from before the upgrade.\n',
    });
  }
  expect(await schemaOf(url)).toBe(before);
});
