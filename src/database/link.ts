import { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Logger } from 'pino';

const BEAT_EVERY_MS = 10_000;
const ANSWER_WITHIN_MS = 15_000;

/** Every connection of this process to the database. */
export class Link {
  readonly #sockets = new Set<Socket>();

  /** For `stream` in a client's options: each connection gets a socket that is known here. */
  readonly openSocket = (): Socket => {
    const socket = new Socket();
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
    return socket;
  };

  /** Ends every connection: what waits for an answer fails, and the next query connects anew. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }
}

interface Watching {
  readonly url: string;
  readonly link: Link;
  readonly log: Logger;
}

/**
 * Asks the database for a word every ten seconds, on a connection of its own. A link that swallows everything and says
 * nothing looks open for hours to TCP: where no word comes within 15 s, every connection is ended.
 */
export function watchLink({ url, link, log }: Watching): AsyncDisposable {
  const stop = new AbortController();
  let client: pg.Client | undefined;
  const beat = async (): Promise<void> => {
    if (client === undefined) {
      const next = new pg.Client({
        connectionString: url,
        stream: link.openSocket,
        connectionTimeoutMillis: ANSWER_WITHIN_MS,
        application_name: 'redress-link',
      });
      next.on('error', () => undefined);
      next.once('end', () => {
        if (client === next) client = undefined;
      });
      client = next;
      await next.connect();
    }
    await client.query({ text: 'select 1', query_timeout: ANSWER_WITHIN_MS } as pg.QueryConfig);
  };
  const watch = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      await sleep(BEAT_EVERY_MS, undefined, { signal: stop.signal, ref: false }).catch(() => undefined);
      if (stop.signal.aborted) return;
      await beat().catch((error: unknown) => {
        log.error({ err: error }, 'the database gives no word; its connections are opened anew');
        client = undefined;
        link.cut();
      });
    }
  };
  const watching = watch();
  return {
    async [Symbol.asyncDispose]() {
      stop.abort();
      await client?.end().catch(() => undefined);
      await watching;
    },
  };
}
