import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql } from '../src/database/index.js';
import {
  isOpenAt,
  isTimeZone,
  nextClosing,
  nextOpening,
  type OfficeHours,
} from '../src/delivery/lanes/office-hours.js';
import { type DeliveryGround, openDeliveryGround } from './support/delivery-ground.js';
import { lease, queueLetters } from './support/lane-ground.js';

const HOUR_MS = 3_600_000;
const QUARTER_MS = HOUR_MS / 4;
const BERLIN = { timeZone: 'Europe/Berlin', weekdaysOnly: false };
const DAY: OfficeHours = { opens: 9 * 60, closes: 17 * 60, ...BERLIN };
const NIGHT: OfficeHours = { opens: 22 * 60, closes: 4 * 60, ...BERLIN };

let ground: DeliveryGround;

beforeAll(async () => {
  ground = await openDeliveryGround();
});

afterAll(() => ground[Symbol.asyncDispose]());

test.each([
  ['before it opens', DAY, '2026-11-24T07:59:59Z', false],
  ['when it opens', DAY, '2026-11-24T08:00:00Z', true],
  ['until it closes', DAY, '2026-11-24T15:59:59Z', true],
  ['when it closes', DAY, '2026-11-24T16:00:00Z', false],
  ['in summer an hour earlier by UTC', DAY, '2026-07-01T07:00:00Z', true],
  ['before midnight', NIGHT, '2026-11-24T21:00:00Z', true],
  ['after midnight', NIGHT, '2026-11-25T02:59:00Z', true],
  ['when the night ends', NIGHT, '2026-11-25T03:00:00Z', false],
  ['on a Saturday', { ...DAY, weekdaysOnly: true }, '2026-11-28T10:00:00Z', false],
  ['on a Friday', { ...DAY, weekdaysOnly: true }, '2026-11-27T10:00:00Z', true],
  [
    'on a Saturday there that is a Friday in UTC',
    { ...NIGHT, weekdaysOnly: true },
    '2026-11-27T23:30:00Z',
    false,
  ],
  ['all of a weekday', { ...DAY, opens: 0, closes: 1440, weekdaysOnly: true }, '2026-11-27T22:59:00Z', true],
])('letters go by the office’s own clock: %s', (...[, hours, at, open]) => {
  expect(isOpenAt(hours, new Date(at))).toBe(open);
});

test('the hours follow the change of the clock: from 9 to 17 is eight hours on each day of the year', () => {
  const begin = Date.parse('2026-01-01T00:00:00Z');
  for (let day = 0; day < 365; day += 1) {
    const opening = nextOpening(DAY, new Date(begin + day * 24 * HOUR_MS));
    expect((nextClosing(DAY, opening).getTime() - opening.getTime()) / HOUR_MS).toBe(8);
  }
  // On the night that summer time begins the hour from 2 to 3 does not exist; in autumn it comes twice.
  const overChange = { ...BERLIN, opens: 60, closes: 4 * 60 };
  const spring = nextOpening(overChange, new Date('2026-03-28T12:00:00Z'));
  expect(nextClosing(overChange, spring).getTime() - spring.getTime()).toBe(2 * HOUR_MS);
  const autumn = nextOpening(overChange, new Date('2026-10-24T12:00:00Z'));
  expect(nextClosing(overChange, autumn).getTime() - autumn.getTime()).toBe(4 * HOUR_MS);
});

test('the next opening is the first moment that is open, whatever the hours, the zone and the day', () => {
  const zones = [
    'UTC',
    'Europe/Berlin',
    'America/New_York',
    'Asia/Kolkata',
    'Pacific/Apia',
    'Australia/Lord_Howe',
  ];
  fc.assert(
    fc.property(
      fc.record({
        opens: fc.integer({ min: 0, max: 1439 }),
        minutes: fc.integer({ min: 60, max: 1380 }),
        timeZone: fc.constantFrom(...zones),
        weekdaysOnly: fc.boolean(),
        time: fc.integer({ min: Date.parse('2026-01-01'), max: Date.parse('2028-01-01') }),
      }),
      ({ minutes, time, ...rest }) => {
        const hours = { ...rest, closes: (rest.opens + minutes) % 1440 };
        const opening = nextOpening(hours, new Date(time));
        expect(isOpenAt(hours, opening)).toBe(true);
        for (let before = opening.getTime() - 60_000; before >= time; before -= QUARTER_MS)
          expect(isOpenAt(hours, new Date(before))).toBe(false);
      },
    ),
    { numRuns: 150, seed: 20_261_124 },
  );
});

test('a time zone is one that there is', () => {
  expect(isTimeZone('Europe/Berlin')).toBe(true);
  expect(isTimeZone('Europe/Atlantis')).toBe(false);
  expect(isTimeZone('')).toBe(false);
});

test('letters wait for the office’s hours and go when it opens, and their days stand still until then', async () => {
  const email = 'hours@office.example';
  await sql`insert into office_lane (lane, channel, opens_at, closes_at, time_zone, weekdays_only)
    values (${`smtp:${email}`}, 'smtp', '09:00', '17:00', 'America/New_York', true)`.execute(
    ground.context.db,
  );
  const [letter] = await queueLetters(ground, email, 3);
  const friday = new Date('2026-11-27T20:00:00Z');
  ground.clock.move(friday.getTime() - ground.clock.now().getTime());
  const triedAt = new Date(friday.getTime() - HOUR_MS);
  await sql`update letter set attempts = 1, first_tried_at = ${triedAt}, due_at = ${new Date(friday.getTime() + 3 * HOUR_MS)}
    where letter_id = ${letter?.letterId}`.execute(ground.context.db);
  expect((await lease(ground, { most: 1 })).length).toBe(1);
  // Friday 16:00 there; then closed from 17:00 until Monday 9:00, through the weekend.
  ground.clock.move(2 * HOUR_MS);
  let went: string[] = [];
  while (went.length === 0) {
    ground.clock.move(QUARTER_MS);
    went = (await lease(ground)).map(({ letterId }) => letterId);
  }
  expect(ground.clock.now().toISOString()).toBe('2026-11-30T14:00:00.000Z');
  expect(went).toContain(letter?.letterId);
  const { rows } = await sql<{ firstTriedAt: Date }>`
    select first_tried_at as "firstTriedAt" from letter where letter_id = ${letter?.letterId}`.execute(
    ground.context.db,
  );
  const waited = ground.clock.now().getTime() - friday.getTime() - 3 * HOUR_MS;
  expect(rows[0]?.firstTriedAt).toEqual(new Date(triedAt.getTime() + waited));
});
