import pg from 'pg';
import type { Logger } from 'pino';

const RECONNECT_MS = 1000;

/** Hears PostgreSQL's NOTIFY on one connection of its own; connects again when it breaks. */
export interface Listener extends AsyncDisposable {
  /** Calls back with the payload, and with `undefined` after a broken connection: something may have been missed. */
  listen(channel: string, hear: (payload: string | undefined) => void): Promise<void>;
}

export function openListener(url: string, log: Logger): Listener {
  const hearers = new Map<string, ((payload: string | undefined) => void)[]>();
  let client: pg.Client | undefined;
  let closed = false;
  let connecting: Promise<void> | undefined;

  const connect = async (): Promise<void> => {
    const next = new pg.Client({
      connectionString: url,
      application_name: 'redress-listen',
      keepAlive: true,
    });
    next.on('notification', ({ channel, payload }) => {
      for (const hear of hearers.get(channel) ?? []) hear(payload);
    });
    next.on('error', () => undefined);
    next.on('end', () => {
      if (client === next) client = undefined;
      if (!closed) setTimeout(() => void reconnect(), RECONNECT_MS).unref();
    });
    await next.connect();
    client = next;
    for (const channel of hearers.keys()) await next.query(`listen ${pg.escapeIdentifier(channel)}`);
  };

  const reconnect = async (): Promise<void> => {
    if (closed) return;
    try {
      await connect();
      for (const hear of [...hearers.values()].flat()) hear(undefined);
    } catch (error) {
      log.warn({ err: error }, 'listening connection is not back yet');
      setTimeout(() => void reconnect(), RECONNECT_MS).unref();
    }
  };

  return {
    async listen(channel, hear) {
      const known = hearers.get(channel);
      hearers.set(channel, [...(known ?? []), hear]);
      if (client === undefined) {
        connecting ??= connect().finally(() => {
          connecting = undefined;
        });
        await connecting;
      } else if (known === undefined) await client.query(`listen ${pg.escapeIdentifier(channel)}`);
    },
    async [Symbol.asyncDispose]() {
      closed = true;
      await client?.end();
    },
  };
}
