import { afterAll, beforeAll, expect, it } from 'vitest';
import { sql } from '../src/database/index.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(() => database[Symbol.asyncDispose]());

interface ForeignKey {
  readonly name: string;
  readonly target: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

/** The foreign keys between the organisation's tables, with the columns they look for in the table they point to. */
async function foreignKeys(): Promise<readonly ForeignKey[]> {
  const { rows } = await sql<ForeignKey>`
    select c.conname as name, c.confrelid::regclass::text as target,
      json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod))
        order by array_position(c.confkey, a.attnum)) as columns
    from pg_constraint c join pg_attribute a on a.attrelid = c.confrelid and a.attnum = any(c.confkey)
    where c.contype = 'f' group by c.oid`.execute(database.db);
  return rows;
}

/** The plan of PostgreSQL's own check, as a new connection makes and keeps it. */
async function checkPlan({ target, columns }: ForeignKey): Promise<string> {
  const wanted = columns.map(({ name, type }, index) => `${name} = ($${index + 1})::${type}`).join(' and ');
  const client = await database.pool.connect();
  try {
    await client.query('set plan_cache_mode = force_generic_plan');
    await client.query(`prepare lookup as select 1 from only ${target} x where ${wanted} for key share of x`);
    const nothing = columns.map(() => 'null').join(', ');
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain execute lookup (${nothing})`);
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  } finally {
    client.release(true);
  }
}

// The plan is kept: one that looks through all rows of an organisation makes each submit slower than the last.
it('checks the foreign keys of an empty database by an index over all of their columns', async () => {
  const keys = (await foreignKeys()).filter(({ columns }) => columns[0]?.name === 'organisation_id');
  expect(keys.map(({ target }) => target)).toEqual(expect.arrayContaining(['alert', 'action', 'letter']));
  for (const key of keys) {
    const condition = /Index Cond: (.*)/.exec(await checkPlan(key))?.[1] ?? 'none';
    for (const { name } of key.columns) expect(condition, key.name).toContain(`${name} =`);
  }
});
