import { afterEach, beforeEach, expect, test } from 'vitest';
import { sql } from '../src/database/index.js';
import { type Expectation, expectLetters } from '../src/delivery/lanes/expect-letters.js';
import { type DeliveryGround, openDeliveryGround, type SeededLetter } from './support/delivery-ground.js';
import { type LeaseEvery, leaseWhile, queueLetters } from './support/lane-ground.js';
import { figure } from './support/trial.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const HOUR = 3600;
const EMAIL = 'one@office.example';
const LANE = `smtp:${EMAIL}`;

let ground: DeliveryGround;

beforeEach(async () => {
  ground = await openDeliveryGround({
    REDRESS_OFFICE_PACE: '600',
    SMTP_URL: 'smtp://127.0.0.1:9',
    REDRESS_MAIL_FROM: 'letters@redress.example',
  });
});

afterEach(() => ground[Symbol.asyncDispose]());

async function expectationOf(letter: SeededLetter | undefined): Promise<Expectation> {
  const { letterId = '' } = letter ?? {};
  const found = await expectLetters(ground.context, {
    organisationId: ground.organisationId,
    letterIds: [letterId],
  });
  const expectation = found.get(letterId);
  if (expectation === undefined) throw new Error('nothing is expected of it');
  return expectation;
}

const insertLane = (columns: ReturnType<typeof sql>, values: ReturnType<typeof sql>) =>
  sql`insert into office_lane (lane, channel, ${columns}) values (${LANE}, 'smtp', ${values})`.execute(
    ground.context.db,
  );

/** The worst difference between when letters were expected and when they went, in seconds. */
async function worstError(
  letters: readonly SeededLetter[],
  seconds: number,
  everyMs: LeaseEvery,
): Promise<number> {
  const began = ground.clock.now().getTime();
  const sample = letters.filter((_, index) => index % 19 === 0 || index === letters.length - 1);
  const expected = new Map<string, number>();
  for (const letter of sample) {
    const { at, orLater } = await expectationOf(letter);
    expect(orLater).toBe(false);
    expected.set(letter.letterId, ((at?.getTime() ?? 0) - began) / 1000);
  }
  const went = new Map(
    (await leaseWhile(ground, { seconds, everyMs })).map((one) => [one.letterId, one.second]),
  );
  return Math.max(
    ...[...expected].map(([id, second]) => Math.abs((went.get(id) ?? Number.POSITIVE_INFINITY) - second)),
  );
}

test('a letter goes when its receipt said, to within the letter before it', async () => {
  const letters = await queueLetters(ground, EMAIL, 200);
  expect(await expectationOf(letters[5])).toMatchObject({ waitsFor: 'soon', before: 5 });
  expect(await expectationOf(letters[150])).toMatchObject({
    waitsFor: 'pace',
    before: 150,
    lettersPerHour: 600,
  });
  const worst = await worstError(letters, 0.4 * HOUR, 1000);
  figure('expected time by pace', { worstErrorSeconds: worst });
  expect(worst).toBeLessThanOrEqual(8);
});

/** From Friday 15:30 on: each minute of the office's hours, and now and then while it is closed. */
const everyMinuteWhileOpen = (second: number): number =>
  second > HOUR && second < 65 * HOUR ? 15 * MINUTE_MS : MINUTE_MS;

test('the same over the hours of an office, over night and over the weekend', async () => {
  // Friday 15:30 there; from 9 to 16, so that half an hour is left, then Monday.
  await insertLane(
    sql`letters_per_hour, opens_at, closes_at, time_zone, weekdays_only`,
    sql`30, '09:00', '16:00', 'Europe/Berlin', true`,
  );
  ground.clock.move(new Date('2026-11-27T14:30:00Z').getTime() - ground.clock.now().getTime());
  const letters = await queueLetters(ground, EMAIL, 40);
  const last = await expectationOf(letters.at(-1));
  expect(last).toMatchObject({ waitsFor: 'hours', before: 39 });
  expect(last.at?.toISOString().slice(0, 13)).toBe('2026-11-30T08');
  const worst = await worstError(letters, 68 * HOUR, everyMinuteWhileOpen);
  figure('expected time by hours', { worstErrorSeconds: worst });
  // A gap is two minutes, 20 % longer or shorter: they add up over the queue.
  expect(worst).toBeLessThanOrEqual(300);
});

test('a letter that is tried again goes at its own time, or behind the queue where that is later', async () => {
  const [first, ...others] = await queueLetters(ground, EMAIL, 100);
  const dueAt = new Date(ground.clock.now().getTime() + HOUR_MS);
  await sql`update letter set attempts = 4, due_at = ${dueAt} where letter_id = ${first?.letterId}`.execute(
    ground.context.db,
  );
  expect(await expectationOf(first)).toMatchObject({ waitsFor: 'retry', at: dueAt, before: 99 });
  const late = others.at(-1);
  await sql`update letter set attempts = 1, due_at = ${new Date(ground.clock.now().getTime() + MINUTE_MS)}
    where letter_id = ${late?.letterId}`.execute(ground.context.db);
  expect(await expectationOf(late)).toMatchObject({ waitsFor: 'pace' });
});

test('a letter that was put back unsent has its own time; one whose way is switched off has none', async () => {
  const [letter] = await queueLetters(ground, EMAIL, 1);
  const dueAt = new Date(ground.clock.now().getTime() + HOUR_MS);
  await sql`update letter set due_at = ${dueAt}`.execute(ground.context.db);
  expect(await expectationOf(letter)).toMatchObject({ waitsFor: 'retry', at: dueAt });
  const { config } = ground.context;
  const context = { ...ground.context, config: { ...config, delivery: false } };
  const [organisationId, letterId] = [ground.organisationId, letter?.letterId ?? ''];
  await sql`update letter set office = jsonb_set(office, '{email}', '"clerk@parliament.org"')`.execute(
    context.db,
  );
  const found = await expectLetters(context, { organisationId, letterIds: [letterId] });
  expect(found.get(letterId)).toMatchObject({ waitsFor: 'off', at: null });
});

test('an office that does not answer is tried when its breaker says; one that staff paused has no time', async () => {
  const [letter] = await queueLetters(ground, EMAIL, 1);
  const probeAt = new Date(ground.clock.now().getTime() + 20 * MINUTE_MS);
  await insertLane(sql`failures, opened_at, probe_at`, sql`5, ${ground.clock.now()}, ${probeAt}`);
  expect(await expectationOf(letter)).toMatchObject({ waitsFor: 'silent', at: probeAt });
  await sql`update office_lane set paused_at = ${ground.clock.now()}`.execute(ground.context.db);
  await sql`insert into office_lane_event (lane, at, what, by_whom, reason)
    values (${LANE}, ${ground.clock.now()}, 'paused', 'staff:mo', 'They asked us to wait.')`.execute(
    ground.context.db,
  );
  expect(await expectationOf(letter)).toMatchObject({
    waitsFor: 'paused',
    at: null,
    reason: 'They asked us to wait.',
  });
});

test('a queue longer than is counted, or than its hours reach, is said to be longer; looking costs little', async () => {
  const [letter] = await queueLetters(ground, EMAIL, 1);
  await sql`
    insert into letter (organisation_id, letter_id, action_id, alert_id, person_tag, officeholder_id, office, channel,
      state, composer, sha256, content, text_tag, own_words, changed_at, due_at)
    select organisation_id, gen_random_uuid(), action_id, alert_id, uuid_send(gen_random_uuid()), officeholder_id, office,
      channel, state, composer, sha256, content, text_tag, own_words, changed_at, due_at - interval '1 minute'
    from letter cross join generate_series(1, 30000) where letter_id = ${letter?.letterId}`.execute(
    ground.context.db,
  );
  await sql`vacuum analyze letter`.execute(ground.context.db);
  const begin = performance.now();
  const expectation = await expectationOf(letter);
  const milliseconds = performance.now() - begin;
  expect(expectation).toMatchObject({ waitsFor: 'pace', before: 10_000 });
  await insertLane(sql`letters_per_hour, opens_at, closes_at, time_zone`, sql`10, '09:00', '11:00', 'UTC'`);
  const beginHours = performance.now();
  expect(await expectationOf(letter)).toMatchObject({ waitsFor: 'hours', orLater: true });
  figure('cost of an expected time', {
    millisecondsBehind10000: Math.round(milliseconds),
    millisecondsWithHours: Math.round(performance.now() - beginHours),
  });
  expect(milliseconds).toBeLessThan(1000);
});
