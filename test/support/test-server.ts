import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import pino, { type Logger } from 'pino';
import { wakeWorkers } from '../../src/delivery/index.js';
import { loadDemo } from '../../src/demo.js';
import type { Legislatures } from '../../src/legislatures/index.js';
import { type OpenedContext, openContext } from '../../src/open-context.js';
import { openServer } from '../../src/open-server.js';
import { createTestDatabase } from './database.js';
import { MovedClock } from './moved-clock.js';
import { temporaryFolder } from './temporary-file.js';

/** The whole server in this process, on a database of its own, listening on 127.0.0.1. */
export interface TestServer extends AsyncDisposable {
  readonly url: string;
  readonly context: OpenedContext;
  readonly legislatures: Legislatures;
  readonly clock: MovedClock;
  readonly folder: string;
  /** Everything that was logged, one JSON line each. */
  readonly logged: () => string;
  /** Sends a request that a page of this server would send. */
  post(
    path: string,
    form: Readonly<Record<string, string | readonly string[]>>,
    headers?: Record<string, string>,
  ): Promise<Response>;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
}

interface TestServerOptions {
  readonly variables?: Readonly<Record<string, string>>;
  readonly demo?: boolean;
}

/** Starts the server with the demo's country and alerts. */
export async function startTestServer({
  variables = {},
  demo = true,
}: TestServerOptions = {}): Promise<TestServer> {
  const database = await createTestDatabase();
  const folder = temporaryFolder('server');
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const clock = new MovedClock();
  const { log, logged } = collectLog();
  const settings = {
    REDRESS_DATA: join(folder, 'data'),
    DATABASE_URL: database.url,
    PORT: String(port),
    REDRESS_OFFICE_PACE: '100000000',
    ...variables,
  };
  const context = await openContext({ variables: settings, role: 'server', clock, log });
  if (demo) await loadDemo(context);
  const server = await openServer(context);
  // What a visitor sets off goes at once, not when the worker next looks.
  server.app.addHook('onResponse', async ({ method }) => {
    if (method === 'POST') await wakeWorkers(context.db);
  });
  await server.app.listen({ host: '127.0.0.1', port });
  return {
    url,
    context,
    legislatures: server.legislatures,
    clock,
    folder,
    logged,
    get: (path, headers = {}) =>
      fetch(url + path, { headers: { accept: 'text/html', ...headers }, redirect: 'manual' }),
    post: (path, form, headers = {}) =>
      fetch(url + path, {
        method: 'POST',
        body: encodeForm(form),
        headers: { accept: 'text/html', 'sec-fetch-site': 'same-origin', ...headers },
        redirect: 'manual',
      }),
    async [Symbol.asyncDispose]() {
      await server.stop();
      await context[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The fields of a form, as a browser would send them. */
export function encodeForm(form: Readonly<Record<string, string | readonly string[]>>): URLSearchParams {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(form))
    for (const text of [value].flat()) body.append(name, text);
  return body;
}

/** The hidden and filled-in fields of the page's writing form. */
export function fieldsOf(html: string): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [tag] of html.matchAll(/<input[^>]*>/g)) {
    const name = /name="([^"]*)"/.exec(tag)?.[1];
    const box = /type="(checkbox|radio)"/.test(tag);
    if (name !== undefined && !box) fields[name] = unescapeHtml(/value="([^"]*)"/.exec(tag)?.[1] ?? '');
  }
  for (const [, name, text] of html.matchAll(/<textarea[^>]*name="([^"]*)"[^>]*>\n?([^<]*)<\/textarea>/g)) {
    if (name !== undefined) fields[name] = unescapeHtml(text ?? '');
  }
  return fields;
}

/** The values of the boxes of one name. */
export function boxesOf(html: string, name: string): string[] {
  return [...html.matchAll(/<input[^>]*>/g)]
    .map(([tag]) => tag)
    .filter((tag) => tag.includes(`name="${name}"`))
    .map((tag) => unescapeHtml(/value="([^"]*)"/.exec(tag)?.[1] ?? ''));
}

function unescapeHtml(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

function collectLog(): { log: Logger; logged: () => string } {
  const lines: string[] = [];
  const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
  return { log, logged: () => lines.join('') };
}
