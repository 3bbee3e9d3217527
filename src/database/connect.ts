import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { AppError } from '../errors.js';
import type { Link } from './link.js';

const OLDEST_SERVER_VERSION = 150_000;
const POOL_SIZE = 12;
const CONNECT_TIMEOUT_MS = 10_000;
const IDLE_TIMEOUT_MS = 30_000;
/** The server ends a transaction that says nothing for so long: behind a lost link its locks would stay for hours. */
const SILENT_TRANSACTION_MS = 20_000;

/** Queries are written as `sql` templates, each with the type of its own rows. */
export type Database = Kysely<unknown>;

// bigint comes as a string from the driver; our counts and sequences stay far below 2^53.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

/** Opens the pool of connections; connects only when first used. */
export function openPool(url: string, link?: Link): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: POOL_SIZE,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    idleTimeoutMillis: IDLE_TIMEOUT_MS,
    application_name: 'redress',
    ...(link && { stream: link.openSocket }),
    // Not a parameter of the start: a pooler in between may refuse those that it does not know.
    onConnect: (client) => client.query(`set idle_in_transaction_session_timeout = ${SILENT_TRANSACTION_MS}`),
  });
  // An idle connection that breaks must not end the process: the next query opens another.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

export function openDatabase(pool: pg.Pool): Database {
  return new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
}

/**
 * Waits for the server's first answer and checks its version.
 * @throws AppError `unavailable` or `invalid_configuration`, with a sentence for the operator.
 */
export async function checkServer(pool: pg.Pool): Promise<number> {
  let version: number;
  try {
    const { rows } = await pool.query<{ version: number }>(
      `select current_setting('server_version_num')::int as version`,
    );
    version = rows[0]?.version ?? 0;
  } catch (cause) {
    throw new AppError('unavailable', {
      detail: `The database does not answer: ${cause instanceof Error ? cause.message : String(cause)}. Check DATABASE_URL and that PostgreSQL runs.`,
      cause,
    });
  }
  if (version >= OLDEST_SERVER_VERSION) return version;
  throw new AppError('invalid_configuration', {
    detail: `The database server is PostgreSQL ${Math.floor(version / 10_000)}. Redress needs version 15 or newer.`,
  });
}
