import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import pino from 'pino';
import { findOrganisation } from '../src/accounts/index.js';
import { type Alert, findAlert, importAlert } from '../src/alerts/index.js';
import { findOrStartEmbedded } from '../src/database/embedded/index.js';
import { loadDemo } from '../src/demo.js';
import { type OpenedContext, openContext } from '../src/open-context.js';

/** Published at the start, from `alert.md`. */
const SLUG = 'bench';
const NO_LIMIT = '999999999';
/** Beside the sources: the built bench lies in build/bench/. */
const ALERT_FILE = fileURLToPath(new URL('../../bench/alert.md', import.meta.url));

/** What every measurement stands on: one database, one folder, one published alert. */
export interface Ground {
  /** The settings of a program that works on this ground; each adds its own. */
  readonly variables: Readonly<Record<string, string>>;
  /** Beside the server, on the same database. */
  readonly context: OpenedContext;
  readonly alert: Alert;
  readonly folder: string;
}

/** Opens the embedded PostgreSQL, or a new database on the server of `BENCH_DATABASE_URL`; the stack ends both. */
export async function openGround(stack: AsyncDisposableStack): Promise<Ground> {
  const folder = await mkdtemp(join(tmpdir(), 'redress-bench-'));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const variables = {
    REDRESS_DATA: join(folder, 'data'),
    DATABASE_URL: await openDatabase(stack, folder),
    REDRESS_DEMO: 'on',
    REDRESS_WORKER: 'off',
    REDRESS_LOG_LEVEL: 'warn',
    REDRESS_MAIL_BUDGET: NO_LIMIT,
    REDRESS_NETWORK_CAP: NO_LIMIT,
    REDRESS_OFFICE_PACE: NO_LIMIT,
    REDRESS_TRUSTED_PROXIES: '127.0.0.1',
  };
  const context = stack.use(await openContext({ variables, role: 'command' }));
  await loadDemo(context);
  return { variables, context, folder, alert: await publish(context) };
}

/** A free port on 127.0.0.1. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

async function openDatabase(stack: AsyncDisposableStack, folder: string): Promise<string> {
  const server = process.env.BENCH_DATABASE_URL;
  if (server === undefined) {
    const options = {
      dataDirectory: join(folder, 'data'),
      log: pino({ level: 'warn' }),
      role: 'test',
    } as const;
    const embedded = await findOrStartEmbedded(options);
    stack.defer(() => embedded.stop());
    return embedded.url;
  }
  const name = `redress_bench_${randomBytes(6).toString('hex')}`;
  await onServer(server, `create database ${name}`);
  stack.defer(() => onServer(server, `drop database ${name} with (force)`));
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

async function onServer(connectionString: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

async function publish(context: OpenedContext): Promise<Alert> {
  const { organisationId } = await findOrganisation(context);
  await importAlert(context, {
    organisationId,
    file: ALERT_FILE,
    publish: true,
    replace: false,
    by: 'bench',
  });
  const alert = await findAlert(context, { organisationId, slug: SLUG });
  if (alert === undefined) throw new Error('the alert was not published');
  return alert;
}
