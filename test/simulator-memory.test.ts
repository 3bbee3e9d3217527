import { createHash } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { createTransport } from 'nodemailer';
import { expect, test } from 'vitest';
import { startSimulator } from '../src/simulator/index.js';
import { BodyFile } from '../src/simulator/record/body-file.js';
import { MovedClock } from './support/moved-clock.js';
import { figure, sized } from './support/trial.js';

const MEGABYTE = 1024 * 1024;
const CONNECTIONS = 5;
const MOST_BYTES_A_RECORD = 1000;
/** What the conversations, the client's and the test's own, take at once. */
const WORKING_MB = 64;

/** After what nobody needs any more was taken away. */
function bytesInUse(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

test('bodies are the very bytes while they fit, and then gone, never another’s', () => {
  const body = fc.uint8Array({ maxLength: 40 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 64 }), fc.array(body, { maxLength: 60 }), (capacity, bodies) => {
      using file = new BodyFile(capacity);
      const places = bodies.map((bytes) => file.append(bytes));
      let after = 0;
      for (const [index, bytes] of [...bodies.entries()].toReversed()) {
        after += bytes.length;
        const place = places[index];
        const read = place && file.read(place);
        if (after <= capacity) expect(read?.equals(bytes)).toBe(true);
        else expect(read).toBeUndefined();
      }
    }),
    { numRuns: sized(200, 2000) },
  );
});

test('memory stays bounded while many letters come, and each is kept byte for byte', async () => {
  const count = sized(5000, 100_000);
  await using offices = await startSimulator({ clock: new MovedClock() });
  const transport = createTransport({ url: offices.smtpUrl, pool: true, maxConnections: CONNECTIONS });
  const letterOf = (number: number): string =>
    `From: letters@redress.example\r\nMessage-ID: <${number}@redress.example>\r\n\r\n${`line ${number}\r\n`.repeat(300)}`;
  const send = async (number: number): Promise<unknown> =>
    transport.sendMail({
      envelope: { from: 'letters@redress.example', to: `office-${number % 50}@upper.example` },
      raw: letterOf(number),
    });
  const before = bytesInUse();
  const begin = performance.now();
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) {
      next += 1;
      await send(next);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS * 2 }, worker));
  const seconds = (performance.now() - begin) / 1000;
  transport.close();
  const grownMb = (bytesInUse() - before) / MEGABYTE;
  figure('the simulator under load', {
    letters: count,
    'letters/s': Math.round(count / seconds),
    'MB grown': Math.round(grownMb),
  });
  // The records alone: the bodies are several times as much.
  expect(grownMb).toBeLessThan(WORKING_MB + (count * MOST_BYTES_A_RECORD) / MEGABYTE);
  const received = offices.received();
  expect(received).toHaveLength(count);
  expect(offices.tallies()).toHaveLength(50);
  expect(offices.tallies().reduce((sum, { kept }) => sum + kept, 0)).toBe(count);
  for (const { number, id, sha256 } of received) {
    const expected = letterOf(Number(id.split('@')[0]));
    if (sha256 !== createHash('sha256').update(expected).digest('hex')) throw new Error(`${id} differs`);
    if (number % 100 === 0) expect(offices.raw(number)?.toString()).toBe(expected);
  }
}, 300_000);
