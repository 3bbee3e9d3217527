import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Link, openPool, watchLink } from '../src/database/index.js';
import { openBlackHole } from './support/black-hole.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import { waitFor } from './support/smtp-sink.js';
import { TRIAL } from './support/trial.js';

const EVERY_MS = 20;
const BEATS_MS = 500;

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

test('a database that refuses the watch has spoken: what is connected stays so', async () => {
  const link = new Link();
  const pool = openPool(database.url, link);
  const refused = new URL(database.url);
  refused.pathname = '/there_is_no_such_database';
  const log = pino({ level: 'silent' });
  const watch = watchLink({ url: refused.href, link, log, everyMs: EVERY_MS });
  await pool.query(`select pg_sleep(${BEATS_MS / 1000})`);
  await watch[Symbol.asyncDispose]();
  await pool.end();
});

test('the watch ends within seconds, also where its farewell is swallowed', async () => {
  const { hostname, port } = new URL(database.url);
  await using hole = await openBlackHole({ host: hostname, port: Number(port) });
  const through = new URL(database.url);
  through.host = `127.0.0.1:${hole.port}`;
  const link = new Link();
  const watch = watchLink({ url: through.href, link, log: pino({ level: 'silent' }), everyMs: EVERY_MS });
  await waitFor(async () => {
    const { rows } = await database.pool.query(
      `select from pg_stat_activity where application_name = 'redress-link' and datname = current_database()`,
    );
    return rows.length > 0 ? true : undefined;
  });
  hole.swallow();
  const begin = performance.now();
  await watch[Symbol.asyncDispose]();
  expect(performance.now() - begin).toBeLessThan(5000);
});

test('the server ends a transaction whose link was lost, so that its locks go', async () => {
  const { hostname, port } = new URL(database.url);
  await using hole = await openBlackHole({ host: hostname, port: Number(port) });
  const through = new URL(database.url);
  through.host = `127.0.0.1:${hole.port}`;
  const pool = openPool(through.href);
  const lost = await pool.connect();
  expect((await lost.query('show idle_in_transaction_session_timeout')).rows).toEqual([
    { idle_in_transaction_session_timeout: '20s' },
  ]);
  // The real figure in a trial only.
  if (!TRIAL) await lost.query(`set idle_in_transaction_session_timeout = '300ms'`);
  await lost.query('begin');
  await lost.query('lock table letter');
  hole.swallow();
  await database.pool.query(`set lock_timeout = '25s'; lock table letter`);
  hole.heal();
  lost.release(true);
  await pool.end();
}, 60_000);
