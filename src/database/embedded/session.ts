import pg from 'pg';
import { SUPERUSER } from './cluster.js';
import type { DataFolder } from './data-folder.js';
import { parsePostmaster, readPostmaster } from './postmaster.js';
import { errorCode } from './system-errors.js';

const CONNECT_LIMIT_MS = 5000;
const INVALID_PASSWORD = '28P01';

// Advisory locks in the database `postgres`, apart from those of the application. Everyone who uses the server
// shares the first; the one that stops it has it alone. The second is the one server's.
const IN_USE_LOCK = 7_210_001;
const HOLDER_LOCK = 7_210_002;

const APPLICATION_ROLE = 'redress';
const APPLICATION_DATABASE = 'redress';

/** A connection that keeps our locks for as long as this process lives: a kill ends it, and so the locks. */
export class Session {
  readonly #client: pg.Client;
  /** Resolves when the connection has ended, by whomever. */
  readonly ended: Promise<void>;

  private constructor(client: pg.Client) {
    this.#client = client;
    this.ended = new Promise((resolve) => client.once('end', resolve));
  }

  /**
   * Connects, and joins those who use the server. Not yet: nobody answers, or it starts or stops. Refused: what
   * answers does not take our password, for example because another program has the port now.
   */
  static async open(folder: DataFolder, port: number): Promise<Session | 'not yet' | 'refused'> {
    const client = new pg.Client({
      host: '127.0.0.1',
      port,
      user: SUPERUSER,
      password: folder.password,
      database: 'postgres',
      application_name: `redress ${process.pid}`,
      connectionTimeoutMillis: CONNECT_LIMIT_MS,
      keepAlive: true,
    });
    // A connection that breaks is told by 'end'; without a listener 'error' would stop the process.
    client.on('error', () => undefined);
    let answer: 'not yet' | 'refused' = 'not yet';
    try {
      await client.connect();
      const session = new Session(client);
      if (await session.#join(folder)) return session;
    } catch (error) {
      if (errorCode(error) === INVALID_PASSWORD) answer = 'refused';
    }
    await client.end().catch(() => undefined);
    return answer;
  }

  /** The server's lock on the data folder. */
  async tryHold(): Promise<boolean> {
    return this.#try('select pg_try_advisory_lock($1) as done', HOLDER_LOCK);
  }

  /** True: nobody else uses the server, and nobody can join it from now on. */
  async tryBeLast(): Promise<boolean> {
    await this.#client.query('select pg_advisory_unlock_shared($1)', [IN_USE_LOCK]);
    return this.#try('select pg_try_advisory_lock($1) as done', IN_USE_LOCK);
  }

  /** Makes the application's role and database if they are missing. The role is no superuser. */
  async ensureDatabase(folder: DataFolder): Promise<void> {
    const client = this.#client;
    const found = await client.query('select 1 from pg_database where datname = $1', [APPLICATION_DATABASE]);
    if (found.rowCount === 1) return;
    await client.query('select pg_advisory_lock($1)', [HOLDER_LOCK + 1]);
    const role = await client.query('select 1 from pg_roles where rolname = $1', [APPLICATION_ROLE]);
    if (role.rowCount === 0) {
      const password = client.escapeLiteral(folder.password);
      await client.query(`create role ${APPLICATION_ROLE} login createdb password ${password}`);
      await client.query(`grant pg_monitor to ${APPLICATION_ROLE}`);
    }
    const again = await client.query('select 1 from pg_database where datname = $1', [APPLICATION_DATABASE]);
    if (again.rowCount === 0)
      await client.query(`create database ${APPLICATION_DATABASE} owner ${APPLICATION_ROLE}`);
    await client.query('select pg_advisory_unlock($1)', [HOLDER_LOCK + 1]);
  }

  async close(): Promise<void> {
    await this.#client.end().catch(() => undefined);
  }

  async #join(folder: DataFolder): Promise<boolean> {
    const { rows } = await this.#client.query<{ text: string }>(
      `select pg_read_file('postmaster.pid') as text`,
    );
    const there = parsePostmaster(rows[0]?.text ?? '');
    const here = await readPostmaster(folder);
    if (there === undefined || there.pid !== here?.pid || there.begun !== here.begun) return false;
    return this.#try('select pg_try_advisory_lock_shared($1) as done', IN_USE_LOCK);
  }

  async #try(statement: string, key: number): Promise<boolean> {
    const { rows } = await this.#client.query<{ done: boolean }>(statement, [key]);
    return rows[0]?.done === true;
  }
}

/** The application's address of the embedded server. */
export function databaseUrl(folder: DataFolder, port: number): string {
  return `postgres://${APPLICATION_ROLE}:${folder.password}@127.0.0.1:${port}/${APPLICATION_DATABASE}`;
}
