import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Outcome } from '../src/delivery/channels/outcome.js';
import { type Simulator, startSimulator } from '../src/simulator/index.js';
import { AGENT_VARIABLES, type CwcGround, KEY, openCwcGround, readyLetter } from './support/cwc-ground.js';
import { type DeliveryGround, openDeliveryGround } from './support/delivery-ground.js';
import { MovedClock } from './support/moved-clock.js';

const TIMEOUTS = { connectMs: 400, totalMs: 1500 };

let offices: Simulator;
let ground: DeliveryGround;

beforeAll(async () => {
  offices = await startSimulator({ clock: new MovedClock() });
  ground = await openDeliveryGround();
});

afterAll(async () => {
  await ground[Symbol.asyncDispose]();
  await offices[Symbol.asyncDispose]();
});

/** The list of offices is the simulator's; letters go elsewhere. */
function lost(to: string): Promise<CwcGround> {
  const variables = {
    ...AGENT_VARIABLES,
    REDRESS_CWC_HOUSE: 'production',
    REDRESS_CWC_HOUSE_URL: to,
    REDRESS_CWC_HOUSE_OFFICES_URL: `${offices.url}/v2/offices`,
  };
  return openCwcGround({ ground, variables, timeouts: TIMEOUTS });
}

interface RawServer extends AsyncDisposable {
  readonly url: string;
}

/** A server that does this with each connection. */
async function serve(act: (socket: Socket) => void): Promise<RawServer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    act(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    async [Symbol.asyncDispose]() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
}

/** What comes of a letter that is answered so. */
async function sendTo(answer: (socket: Socket, request: string) => void): Promise<Outcome> {
  await using server = await serve((socket) => {
    let request = '';
    socket.on('data', (chunk) => {
      request += chunk.toString();
      if (request.includes('</CWC>')) answer(socket, request);
    });
  });
  await using trial = await lost(server.url);
  const outcome = await trial.channel('cwc_house').send(readyLetter(trial.ground));
  expect(trial.ground.logged()).not.toContain(KEY);
  expect(trial.ground.logged()).not.toContain(encodeURIComponent(KEY));
  return outcome;
}

test.each<[string, string, object]>([
  [
    'a redirect is not followed',
    'HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:9/\r\ncontent-length: 0\r\n\r\n',
    { kind: 'paused', reason: 'channel_paused' },
  ],
  [
    'an answer that is cut off',
    'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n<Result>',
    { kind: 'unclear' },
  ],
  [
    'a refusal that is cut off is a refusal',
    'HTTP/1.1 400 Bad\r\ncontent-length: 100\r\n\r\n<Errors><Error>no',
    { kind: 'refused' },
  ],
  [
    'headers that are cut off',
    'HTTP/1.1 200 OK\r\ncontent-le',
    { kind: 'retry', reason: 'no_answer_after_data', officeDown: true },
  ],
  ['no HTTP', '220 mail.example ESMTP\r\n', { kind: 'unclear', reason: 'unreadable_answer' }],
  ['no UTF-8', 'HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\n\xff\xfe\xff\xfe', { kind: 'unclear' }],
  [
    'another protocol',
    'HTTP/1.1 101 Switching\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n',
    { kind: 'retry', reason: 'no_answer_after_data' },
  ],
])('%s', async (_what, answer, outcome) => {
  const got = await sendTo((socket) => socket.end(Buffer.from(answer, 'latin1')));
  expect(got).toMatchObject(outcome);
});

test('the request is what the documentation asks for', async () => {
  let asked = '';
  await sendTo((socket, request) => {
    asked = request;
    socket.end('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n');
  });
  expect(asked).toMatch(/^POST \/v2\/message\?apikey=a-key%2Fof%2Bthe%26lanternists HTTP\/1\.1\r\n/);
  expect(asked).toMatch(/\r\ncontent-type: application\/xml\r\n/i);
  expect(asked).toMatch(/\r\nuser-agent: Redress \(\+http/i);
});

test('one that is not there, and one that never greets', async () => {
  await using silence = await serve(() => undefined);
  {
    await using silent = await lost(silence.url);
    expect(await silent.channel('cwc_house').send(readyLetter(silent.ground))).toMatchObject({
      kind: 'retry',
      reason: 'no_answer_after_data',
    });
  }
  const free = await serve(() => undefined);
  await free[Symbol.asyncDispose]();
  await using gone = await lost(free.url);
  expect(await gone.channel('cwc_house').send(readyLetter(gone.ground))).toEqual({
    kind: 'retry',
    reason: 'unreachable',
    answer: 'ECONNREFUSED',
    channelDown: true,
  });
});

test('one that never answers the TLS greeting', async () => {
  await using silence = await serve(() => undefined);
  await using trial = await lost(silence.url.replace('http:', 'https:'));
  expect(await trial.channel('cwc_house').send(readyLetter(trial.ground))).toEqual({
    kind: 'retry',
    reason: 'unreachable',
    answer: 'no answer in time',
    channelDown: true,
  });
});
