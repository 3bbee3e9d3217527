import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

export type Reply = (request: IncomingMessage, response: ServerResponse) => void;

/** A geocoder on 127.0.0.1 that answers as it is told, and keeps what it was asked. */
export interface FakeGeocoder extends AsyncDisposable {
  readonly url: string;
  readonly asked: URL[];
  readonly headers: IncomingMessage['headers'][];
  reply: Reply;
}

export async function startFakeGeocoder(reply: Reply = json([])): Promise<FakeGeocoder> {
  const server = createServer((request, response) => {
    fake.asked.push(new URL(request.url ?? '/', fake.url));
    fake.headers.push(request.headers);
    response.on('error', () => undefined);
    fake.reply(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const fake: FakeGeocoder = {
    url: `http://127.0.0.1:${address.port}`,
    asked: [],
    headers: [],
    reply,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return fake;
}

export function json(value: unknown, status = 200): Reply {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(value));
  };
}

export function text(body: string | Buffer, status = 200): Reply {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(body);
  };
}

export function redirect(to: string): Reply {
  return (_request, response) => {
    response.writeHead(302, { location: to });
    response.end();
  };
}

/** An answer that never ends: a byte now and then. */
export const drip: Reply = (_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  const timer = setInterval(() => void response.write(' '), 100);
  response.on('close', () => clearInterval(timer));
};

export const silence: Reply = () => undefined;

/** One match, as Nominatim has it. */
export function nominatimMatch(changes: object = {}): object {
  return {
    lat: '41.5',
    lon: '-93.5',
    category: 'building',
    type: 'house',
    importance: 0.4,
    display_name: '12, Mill Lane, Ostrel',
    address: { house_number: '12', road: 'Mill Lane', city: 'Ostrel', country_code: 'zz' },
    ...changes,
  };
}
