import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import pino from 'pino';
import { expect, test } from 'vitest';
import { openListener } from '../src/database/index.js';

const AWAY_MS = 4500;
const MOST_TRIES = 6;

test('while the database is away, the listener tries once a second and not ever more often', async () => {
  let tries = 0;
  const away = createServer((socket) => {
    tries += 1;
    socket.destroy();
  }).listen(0, '127.0.0.1');
  await once(away, 'listening');
  const address = away.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const listener = openListener(
    `postgres://nobody:none@127.0.0.1:${address.port}/none`,
    pino({ level: 'silent' }),
  );
  await expect(listener.listen('news', () => undefined)).rejects.toThrow();
  await sleep(AWAY_MS);
  expect(tries).toBeGreaterThan(2);
  expect(tries).toBeLessThanOrEqual(MOST_TRIES);
  await listener[Symbol.asyncDispose]();
  away.close();
});
