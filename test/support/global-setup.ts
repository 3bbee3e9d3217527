import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import pino from 'pino';
import type { TestProject } from 'vitest/node';
import { prepare } from '../../scripts/prepare.mjs';
import { findOrStartEmbedded } from '../../src/database/embedded/index.js';
import { migrate, openPool } from '../../src/database/index.js';
import { isAlive, TEST_DATABASE_NAME, withDatabase } from './database.js';

const ROOT = new URL('../../', import.meta.url);
const TEMPLATE_LOCK = 7_210_101;
const HASH_LENGTH = 12;
const KEPT = new Set(['REDRESS_TEST_DATA', 'REDRESS_TRIAL', 'REDRESS_UPDATE_DOCS']);

declare module 'vitest' {
  export interface ProvidedContext {
    /** The server that test databases are made on. */
    readonly serverUrl: string;
    /** The migrated database that they are copies of. */
    readonly template: string;
  }
}

/** Starts or joins one PostgreSQL for all test files, and makes the template once for each set of migrations. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  forgetPersonalSettings();
  await prepare().catch((error: unknown) => {
    console.error(`The program could not be built; tests that start it will fail. ${String(error)}`);
  });
  const given = process.env.TEST_DATABASE_URL;
  const embedded = given === undefined ? await startEmbedded() : undefined;
  const serverUrl = given ?? embedded?.url ?? '';
  project.provide('serverUrl', serverUrl);
  project.provide('template', await makeTemplate(serverUrl).catch(tellProblem));
  return async () => embedded?.stop();
}

// Tests of plain rules run all the same; those that need the database fail by this name.
function tellProblem(error: unknown): string {
  console.error('The migrations do not run.', error);
  return 'migrations_do_not_run';
}

/** A test must not see the database, the mail server or the switches of whoever runs it. */
function forgetPersonalSettings(): void {
  for (const name of Object.keys(process.env)) {
    const personal =
      ['DATABASE_URL', 'SMTP_URL', 'HOST', 'PORT'].includes(name) || name.startsWith('REDRESS_');
    if (personal && !KEPT.has(name)) delete process.env[name];
  }
}

// The folder outlives the run: the next one is ready at once, and runs at the same time share one server.
async function startEmbedded() {
  const dataDirectory = join(tmpdir(), `redress-test-${process.getuid?.() ?? 0}-${hash(ROOT.pathname)}`);
  return findOrStartEmbedded({ dataDirectory, log: pino({ level: 'warn' }), role: 'test' });
}

async function makeTemplate(serverUrl: string): Promise<string> {
  const template = `redress_template_${hash(migrationText())}`;
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    if (process.env.TEST_DATABASE_URL === undefined) await dropAbandoned(client);
    const found = await client.query('select 1 from pg_database where datname = $1', [template]);
    if (found.rowCount === 0) await migrateInto(client, serverUrl, template);
  } finally {
    await client.end();
  }
  return template;
}

// Made under another name, so that a broken migration or a kill leaves no half of a template.
async function migrateInto(client: pg.Client, serverUrl: string, template: string): Promise<void> {
  const half = `${template}_new`;
  await client.query(`drop database if exists ${half} with (force)`);
  await client.query(`create database ${half}`);
  const pool = openPool(withDatabase(serverUrl, half));
  await migrate(pool).finally(() => pool.end());
  await client.query(`alter database ${half} rename to ${template}`);
}

// On our own server alone: on another the pid may be one of another machine.
async function dropAbandoned(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ datname: string }>('select datname from pg_database');
  for (const { datname } of rows) {
    const maker = TEST_DATABASE_NAME.exec(datname)?.[1];
    if (maker === undefined || isAlive(Number(maker))) continue;
    await client.query(`drop database if exists ${datname} with (force)`);
  }
}

function migrationText(): string {
  const folder = new URL('src/database/migrations/', ROOT);
  return readdirSync(folder)
    .sort()
    .map((name) => name + readFileSync(new URL(name, folder), 'utf8'))
    .join('\n');
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, HASH_LENGTH);
}
