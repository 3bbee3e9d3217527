import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { AppError } from '../../errors.js';
import { type DataFolder, openDataFolder } from './data-folder.js';
import { heldByAnother, refuseWhileHeld, removeHolder, writeHolder } from './holder.js';
import { stopPostmaster } from './postmaster.js';
import { databaseUrl, type Session } from './session.js';
import { joinOrStart } from './start.js';

// A second start must be refused within 2 s; a lock whose owner was just killed is free within milliseconds.
const HOLD_LIMIT_MS = 1200;
const HOLD_POLL_MS = 50;
const RESTART_PAUSE_MS = 1000;

/** The server has the data folder to itself; commands and tests share what runs there. */
export type EmbeddedRole = 'server' | 'command' | 'test';

// Test files, and runs at the same time, share one server.
const SETTINGS: Readonly<Record<EmbeddedRole, Readonly<Record<string, string>>>> = {
  server: {},
  command: {},
  test: { max_connections: '400' },
};

export interface EmbeddedOptions {
  readonly dataDirectory: string;
  readonly log: Logger;
  readonly role: EmbeddedRole;
  /** Where the server answers, told to a second one that is refused. */
  readonly address?: string;
}

export interface EmbeddedServer {
  /** `postgres://redress:…@127.0.0.1:PORT/redress`; stays the same when PostgreSQL has to be started again. */
  readonly url: string;
  /** Where PostgreSQL's data really lie. */
  readonly dataDirectory: string;
  /** False: joined, or took over, a PostgreSQL that was running. */
  readonly started: boolean;
  /** Leaves; the last one to leave stops PostgreSQL. */
  stop(): Promise<void>;
}

/**
 * Joins the PostgreSQL of a data folder, or starts it, and keeps it running until `stop`.
 * @throws AppError `in_use` to a second server; `unavailable` with a sentence that says what to mend.
 */
export async function findOrStartEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const folder = await openDataFolder(options.dataDirectory);
  if (options.role === 'server') await refuseWhileHeld(folder);
  const { session, port, started } = await joinOrStart(folder, {
    log: options.log,
    settings: SETTINGS[options.role],
  });
  try {
    if (options.role === 'server') {
      await hold(folder, session);
      await writeHolder(folder, options.address);
    }
  } catch (error) {
    await session.close();
    throw error;
  }
  if (folder.moved) {
    options.log.info(
      `PostgreSQL's user cannot reach ${folder.path}, so the database lies in ${folder.cluster}.`,
    );
  }
  const keeper = new Keeper(folder, options, { session, port });
  return {
    url: databaseUrl(folder, port),
    dataDirectory: folder.cluster,
    started,
    stop: () => keeper.stop(),
  };
}

async function hold(folder: DataFolder, session: Session): Promise<void> {
  const deadline = Date.now() + HOLD_LIMIT_MS;
  while (!(await session.tryHold())) {
    if (Date.now() > deadline) throw await heldByAnother(folder);
    await sleep(HOLD_POLL_MS);
  }
}

/** Watches the connection that has our locks; when PostgreSQL died under us it starts it again. */
class Keeper {
  readonly #folder: DataFolder;
  readonly #options: EmbeddedOptions;
  readonly #port: number;
  #session: Session;
  #stopped: Promise<void> | undefined;
  #restarting: Promise<void> | undefined;
  readonly #watch: Promise<void>;

  constructor(folder: DataFolder, options: EmbeddedOptions, running: { session: Session; port: number }) {
    this.#folder = folder;
    this.#options = options;
    this.#port = running.port;
    this.#session = running.session;
    this.#watch = this.#keepRunning();
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#leave();
    return this.#stopped;
  }

  async #leave(): Promise<void> {
    await this.#restarting;
    if (this.#options.role === 'server') await removeHolder(this.#folder);
    const last = await this.#session.tryBeLast().catch(() => false);
    if (last) await stopPostmaster(this.#folder);
    await this.#session.close();
    await this.#watch;
  }

  async #keepRunning(): Promise<void> {
    while (this.#stopped === undefined) {
      await this.#session.ended;
      if (this.#stopped !== undefined) return;
      this.#options.log.warn('PostgreSQL stopped under us; starting it again.');
      this.#restarting = this.#restart();
      await this.#restarting;
    }
  }

  async #restart(): Promise<void> {
    while (this.#stopped === undefined) {
      try {
        const { session } = await joinOrStart(this.#folder, {
          log: this.#options.log,
          fixedPort: this.#port,
          settings: SETTINGS[this.#options.role],
        });
        this.#session = session;
        if (this.#options.role === 'server') await hold(this.#folder, session);
        return;
      } catch (error) {
        const reason = error instanceof AppError ? error.message : String(error);
        this.#options.log.error(`PostgreSQL could not be started again: ${reason}`);
        await this.#session.close();
        await sleep(RESTART_PAUSE_MS);
      }
    }
  }
}
