import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import { INSTALLATION_TABLES, ORGANISATION_TABLES } from './support/table-kinds.js';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

test('every table is the organisation’s or the installation’s', async () => {
  const { rows } = await database.pool.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public'`,
  );
  const listed = [...ORGANISATION_TABLES, ...INSTALLATION_TABLES].toSorted();
  expect(rows.map(({ name }) => name).toSorted()).toEqual(listed);
});

test('every key of an organisation’s table begins with organisation_id', async () => {
  const { rows } = await database.pool.query<{ table: string; key: string; first: string }>(
    `
    select i.indrelid::regclass::text as table, i.indexrelid::regclass::text as key, a.attname as first
    from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
    where i.indisunique and i.indrelid::regclass::text = any($1)
    union all
    select c.conrelid::regclass::text, c.conname, a.attname
    from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
    where c.contype = 'f' and c.conrelid::regclass::text = any($1)`,
    [ORGANISATION_TABLES],
  );
  expect(rows.length).toBeGreaterThan(20);
  const others = rows.filter(({ first }) => first !== 'organisation_id').map(({ key }) => key);
  // The slug of an organisation is how its number is found.
  expect(others).toEqual(['organisation_slug_key']);
});

test('no table of the installation has an organisation’s column', async () => {
  const { rows } = await database.pool.query(
    `select 1 from information_schema.columns where column_name = 'organisation_id' and table_name = any($1)`,
    [INSTALLATION_TABLES],
  );
  expect(rows).toEqual([]);
});
