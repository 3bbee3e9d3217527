import type pg from 'pg';
import type { Logger } from 'pino';
import type { Config, Secrets } from './config/index.js';
import type { Database, Keyring, Listener } from './database/index.js';
import type { Metrics } from './metrics.js';

/** Business time. Tests move it; leases do not use it. */
export interface Clock {
  now(): Date;
}

/** Everything a room needs from outside, built once by `openContext` and disposed once. */
export interface Context extends AsyncDisposable {
  readonly config: Config;
  readonly secrets: Secrets;
  readonly pool: pg.Pool;
  readonly db: Database;
  readonly keyring: Keyring;
  /** Hears NOTIFY; made once for all rooms. */
  readonly listener: Listener;
  readonly metrics: Metrics;
  readonly clock: Clock;
  readonly log: Logger;
}

export const systemClock: Clock = { now: () => new Date() };
