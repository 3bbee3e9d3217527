import pino, { type Logger } from 'pino';
import { type Config, makeConfig, readEnvironment, readSecrets, type Secrets } from './config/index.js';
import { type Clock, type Context, systemClock } from './context.js';
import { type EmbeddedServer, findOrStartEmbedded } from './database/embedded/index.js';
import {
  checkServer,
  Keyring,
  Link,
  migrate,
  openDatabase,
  openListener,
  openPool,
  watchLink,
} from './database/index.js';
import { AppError } from './errors.js';
import { loggable } from './loggable-error.js';
import { openMetrics } from './metrics.js';

interface OpenOptions {
  readonly variables: NodeJS.ProcessEnv;
  /** The server holds the data folder; a command joins whoever holds it. */
  readonly role: 'server' | 'command';
  readonly clock?: Clock;
  readonly log?: Logger;
}

/** The context, and what only the programs that open it need to know. */
export interface OpenedContext extends Context {
  readonly embeddedServer: EmbeddedServer | undefined;
  readonly databaseUrl: string;
}

/** Reads the configuration, starts or joins the database, migrates it, and checks the master key. */
export async function openContext(options: OpenOptions): Promise<OpenedContext> {
  const environment = readEnvironment(options.variables);
  const config = makeConfig(environment);
  const secrets = readSecrets(environment, config);
  const log = options.log ?? openLog(config);
  const embedded = config.embedded ? await startEmbedded(config, log, options.role) : undefined;
  try {
    return await connect({ config, secrets, log, embedded, clock: options.clock ?? systemClock });
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}

/** Logs carry the route's pattern and counts, never a person's data; `pino` writes them as JSON lines. */
function openLog(config: Config): Logger {
  return pino(
    { level: config.logLevel, base: { name: 'redress' }, serializers: { err: loggable } },
    pino.destination({ dest: 2, sync: false }),
  );
}

function startEmbedded(config: Config, log: Logger, role: 'server' | 'command'): Promise<EmbeddedServer> {
  return findOrStartEmbedded({ dataDirectory: config.dataDirectory, log, role, address: config.url });
}

interface Connecting {
  readonly config: Config;
  readonly secrets: Secrets;
  readonly log: Logger;
  readonly clock: Clock;
  readonly embedded: EmbeddedServer | undefined;
}

async function connect({ config, secrets, log, clock, embedded }: Connecting): Promise<OpenedContext> {
  const databaseUrl = embedded?.url ?? secrets.databaseUrl;
  if (databaseUrl === undefined)
    throw new AppError('invalid_configuration', { detail: 'No database is configured.' });
  const link = new Link();
  const pool = openPool(databaseUrl, link);
  const db = openDatabase(pool);
  const keyring = new Keyring(db, secrets.masterKey);
  try {
    await checkServer(pool);
    await migrate(pool);
    await keyring.check();
  } catch (error) {
    await pool.end();
    throw error;
  }
  const listener = openListener(databaseUrl, log, link);
  const watch = watchLink({ url: databaseUrl, link, log });
  return {
    config,
    secrets,
    log,
    clock,
    pool,
    db,
    keyring,
    listener,
    metrics: openMetrics(),
    databaseUrl,
    embeddedServer: embedded,
    async [Symbol.asyncDispose]() {
      await watch[Symbol.asyncDispose]();
      await listener[Symbol.asyncDispose]();
      await pool.end();
      await embedded?.stop();
    },
  };
}
