import pg from 'pg';
import type { Logger } from 'pino';
import type { Link } from './link.js';

const RECONNECT_MS = 1000;

/** Hears PostgreSQL's NOTIFY on one connection of its own; connects again when it breaks. */
export interface Listener extends AsyncDisposable {
  /** Calls back with the payload, and with `undefined` after a broken connection: something may have been missed. */
  listen(channel: string, hear: (payload: string | undefined) => void): Promise<void>;
}

export function openListener(url: string, log: Logger, link?: Link): Listener {
  const hearers = new Map<string, ((payload: string | undefined) => void)[]>();
  let client: pg.Client | undefined;
  let closed = false;
  let connecting: Promise<void> | undefined;
  let again: NodeJS.Timeout | undefined;

  const connect = async (): Promise<void> => {
    const next = new pg.Client({
      connectionString: url,
      application_name: 'redress-listen',
      keepAlive: true,
      ...(link && { stream: link.openSocket }),
    });
    next.on('notification', ({ channel, payload }) => {
      for (const hear of hearers.get(channel) ?? []) hear(payload);
    });
    next.on('error', () => undefined);
    next.on('end', () => {
      if (client === next) client = undefined;
      connectLater();
    });
    try {
      await next.connect();
      for (const channel of hearers.keys()) await next.query(`listen ${pg.escapeIdentifier(channel)}`);
      client = next;
    } catch (error) {
      await next.end().catch(() => undefined);
      throw error;
    }
  };

  const connectOnce = (): Promise<void> => {
    connecting ??= connect().finally(() => {
      connecting = undefined;
    });
    return connecting;
  };

  // A connection that fails tells it twice, by its error and by its end: one try each second all the same.
  const connectLater = (): void => {
    if (closed || again !== undefined) return;
    again = setTimeout(() => {
      again = undefined;
      if (!closed && client === undefined) void reconnect();
    }, RECONNECT_MS).unref();
  };

  const reconnect = async (): Promise<void> => {
    try {
      await connectOnce();
      for (const hear of [...hearers.values()].flat()) hear(undefined);
    } catch (error) {
      log.warn({ err: error }, 'listening connection is not back yet');
      connectLater();
    }
  };

  return {
    async listen(channel, hear) {
      const known = hearers.get(channel);
      hearers.set(channel, [...(known ?? []), hear]);
      if (client === undefined) await connectOnce();
      else if (known === undefined) await client.query(`listen ${pg.escapeIdentifier(channel)}`);
    },
    async [Symbol.asyncDispose]() {
      closed = true;
      clearTimeout(again);
      await connecting?.catch(() => undefined);
      await client?.end();
    },
  };
}
