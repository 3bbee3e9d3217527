import { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Logger } from 'pino';

const BEAT_EVERY_MS = 10_000;
const ANSWER_WITHIN_MS = 15_000;
const FAREWELL_MS = 1000;

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
  /** Only tests give it. */
  readonly everyMs?: number;
}

/**
 * Asks the database for a word every ten seconds, on a connection of its own. A link that swallows everything and says
 * nothing looks open for hours to TCP: where no word comes within 15 s, every connection is ended. A database that
 * refuses has spoken, and what is connected stays so.
 */
export function watchLink({ url, link, log, everyMs = BEAT_EVERY_MS }: Watching): AsyncDisposable {
  const stop = new AbortController();
  let client: pg.Client | undefined;
  const ask = async (): Promise<boolean> => {
    try {
      if (client === undefined) {
        client = makeClient(url, link);
        await client.connect();
      }
      await client.query('select 1');
    } catch {
      client = undefined;
    }
    return true;
  };
  const watch = async (): Promise<void> => {
    while (await rest(everyMs, stop.signal)) {
      const silent = rest(ANSWER_WITHIN_MS, stop.signal).then((passed) => !passed);
      if (await Promise.race([ask(), silent])) continue;
      log.error('the database gives no word; its connections are opened anew');
      link.cut();
    }
  };
  const watching = watch();
  return {
    async [Symbol.asyncDispose]() {
      stop.abort();
      await watching;
      // A farewell over a link that swallows it would be waited for without end.
      const farewell = client?.end().catch(() => undefined);
      await Promise.race([farewell, sleep(FAREWELL_MS, undefined, { ref: false })]);
    },
  };
}

function makeClient(url: string, link: Link): pg.Client {
  const stream = link.openSocket;
  const client = new pg.Client({ connectionString: url, stream, application_name: 'redress-link' });
  client.on('error', () => undefined);
  return client;
}

/** True after so long; false at once when the signal comes. */
function rest(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  return sleep(milliseconds, true, { signal, ref: false }).catch(() => false);
}
