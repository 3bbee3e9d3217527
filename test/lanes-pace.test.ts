import { afterEach, beforeEach, expect, test } from 'vitest';
import { sql } from '../src/database/index.js';
import { mendDueTimes } from '../src/delivery/lanes/mend-due-times.js';
import { type DeliveryGround, openDeliveryGround } from './support/delivery-ground.js';
import { lease, leaseWhile, mostWithin, queueLetters } from './support/lane-ground.js';
import { figure, sized } from './support/trial.js';

const HOUR = 3600;
const DAY_MS = 86_400_000;

let ground: DeliveryGround;

beforeEach(async () => {
  ground = await openDeliveryGround();
});

afterEach(() => ground[Symbol.asyncDispose]());

const setPace = (email: string, perHour: number) =>
  sql`insert into office_lane (lane, channel, letters_per_hour) values (${`smtp:${email}`}, 'smtp', ${perHour})`.execute(
    ground.context.db,
  );

test('after a burst of ten one letter every six seconds, a fifth more or less, and no hour has more than 600', async () => {
  await queueLetters(ground, 'one@office.example', 1500);
  const went = (await leaseWhile(ground, { seconds: 150, everyMs: 200 })).map(({ second }) => second);
  expect(went.filter((second) => second === 0)).toHaveLength(10);
  const gaps = went.slice(10).map((second, index) => second - (went[index + 9] ?? 0));
  expect(gaps.length).toBeGreaterThan(20);
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(6.1 * 0.8 - 0.3);
  expect(Math.max(...gaps)).toBeLessThanOrEqual(6.1 * 1.2 + 0.3);
  expect(new Set(gaps.map((gap) => gap.toFixed(1))).size).toBeGreaterThan(5);

  const rest = (await leaseWhile(ground, { seconds: sized(1.1, 3) * HOUR, everyMs: 4000 })).map(
    ({ second }) => second + 150.2,
  );
  const all = [...went, ...rest];
  figure('pace of one office', {
    perHour: Math.round((all.length - 10) / ((all.at(-1) ?? 0) / HOUR)),
    mostInAnHour: mostWithin(all, HOUR),
    shortestGap: Math.min(...gaps).toFixed(1),
    longestGap: Math.max(...gaps).toFixed(1),
  });
  expect(mostWithin(all, HOUR)).toBeLessThanOrEqual(600);
  expect(mostWithin(all, HOUR)).toBeGreaterThanOrEqual(585);
}, 90_000);

test('a slow pace has no burst that is more than an hour’s letters', async () => {
  await setPace('slow@office.example', 4);
  await queueLetters(ground, 'slow@office.example', 30);
  const went = await leaseWhile(ground, { seconds: 3 * HOUR, everyMs: 30_000 });
  const seconds = went.map(({ second }) => second);
  expect(seconds[0]).toBe(0);
  expect(mostWithin(seconds, HOUR)).toBeLessThanOrEqual(4);
  expect(seconds.length).toBeGreaterThanOrEqual(10);
});

test('a fast pace takes the letters of its seconds at once: five a second', async () => {
  await queueLetters(ground, 'fast@office.example', 600);
  const went = await leaseWhile(ground, { seconds: 60, perHour: 18_000 });
  const seconds = went.map(({ second }) => second);
  expect(mostWithin(seconds, 60)).toBeGreaterThanOrEqual(295);
  expect(mostWithin(seconds, 60)).toBeLessThanOrEqual(310);
});

test('an office with a long queue holds up none with a short one, and none starves among more than fit at once', async () => {
  const offices = Array.from(
    { length: 30 },
    (_, index) => `office-${String(index).padStart(2, '0')}@many.example`,
  );
  await queueLetters(ground, 'a-long-queue@many.example', 400);
  for (const email of offices) await queueLetters(ground, email, 3);
  const byLane = new Map<string, number>();
  const order: string[] = [];
  // Ten at a time, no pace: each lease must go on where the last one left off.
  for (let round = 0; round < 12; round += 1) {
    for (const { lane } of await lease(ground, { most: 10, perHour: 100_000_000 })) {
      byLane.set(lane, (byLane.get(lane) ?? 0) + 1);
      order.push(lane);
    }
    ground.clock.move(10);
  }
  expect(order.length).toBeGreaterThan(110);
  for (const email of offices) expect(byLane.get(`smtp:${email}`)).toBe(3);
  expect(byLane.get('smtp:a-long-queue@many.example')).toBe(order.length - 90);
});

test('two processes share one office’s pace: together they send no more than one', async () => {
  await queueLetters(ground, 'shared@office.example', 200);
  const other = await ground.openAgain();
  let went = 0;
  for (let second = 0; second < 120; second += 1) {
    const leased = await Promise.all([
      lease(ground, { worker: 'a' }),
      lease({ ...ground, context: other }, { worker: 'b' }),
    ]);
    went += leased.flat().length;
    ground.clock.move(1000);
  }
  expect(went).toBeGreaterThanOrEqual(28);
  expect(went).toBeLessThanOrEqual(30);
});

test.each([
  ['a day on', DAY_MS],
  ['a day back', -DAY_MS],
  ['400 days on', 400 * DAY_MS],
  ['400 days back', -400 * DAY_MS],
])('a clock that is set %s stops no office and sends at most one burst more', async (_, milliseconds) => {
  await queueLetters(ground, 'clock@office.example', 300);
  const before = await leaseWhile(ground, { seconds: 60 });
  ground.clock.move(milliseconds);
  await mendDueTimes(ground.context.db, ground.clock.now());
  const after = await leaseWhile(ground, { seconds: 120 });
  expect(before.length).toBeGreaterThanOrEqual(18);
  expect(after.length).toBeGreaterThanOrEqual(28);
  expect(after.length).toBeLessThanOrEqual(30);
  expect(new Set([...before, ...after].map(({ letterId }) => letterId)).size).toBe(
    before.length + after.length,
  );
});
