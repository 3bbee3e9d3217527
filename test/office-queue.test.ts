import { afterEach, beforeEach, expect, test } from 'vitest';
import { sql } from '../src/database/index.js';
import { deliveryCommands, lettersOfAction, measureQueue } from '../src/delivery/index.js';
import { type DeliveryGround, openDeliveryGround } from './support/delivery-ground.js';
import { lease, leaseWhile, queueLetters } from './support/lane-ground.js';
import { runCommands } from './support/run-commands.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const QUELL = 'quell@upper.example';
const LANE = `smtp:${QUELL}`;
const WHY = ['--reason', 'Their system is being mended.', '--by', 'mo'];

let ground: DeliveryGround;

beforeEach(async () => {
  ground = await openDeliveryGround({ SMTP_URL: 'smtp://127.0.0.1:9', REDRESS_OFFICE_PACE: '600' });
});

afterEach(() => ground[Symbol.asyncDispose]());

/** What a command prints; it throws what the program would show as its error. */
function run(...words: string[]): Promise<string> {
  return runCommands((program) => deliveryCommands(program, () => ground.openAgain()), words);
}

async function queue(...options: string[]) {
  return JSON.parse(await run('queue', '--json', ...options));
}

async function laneEvents() {
  const { rows } = await sql<{ lane: string; what: string; by: string; reason: string }>`
    select lane, what, by_whom as by, reason from office_lane_event order by event_id`.execute(
    ground.context.db,
  );
  return rows;
}

function only<Item>(items: readonly Item[]): Item {
  const [item] = items;
  if (item === undefined) throw new Error('there is none');
  return item;
}

test('the queue tells of each office its backlog, the oldest, the pace and when it is done; the longest first', async () => {
  expect(await run('queue')).toBe('No letter is queued.\n');
  await queueLetters(ground, 'other@upper.example', 2);
  await queueLetters(ground, QUELL, 140);
  ground.clock.move(HOUR_MS);
  const [first, second] = await queue();
  expect(first).toMatchObject({
    lane: LANE,
    channel: 'smtp',
    office: 'Mira Quell',
    queued: 140,
    oldestConfirmedAt: '2026-11-23T09:00:00.000Z',
    lettersPerHour: 600,
    failures: 0,
    pausedAt: null,
  });
  expect(second).toMatchObject({ lane: 'smtp:other@upper.example', queued: 2 });
  const finish = new Date(first.expectedFinish.at).getTime() - ground.clock.now().getTime();
  const went = await leaseWhile(ground, { seconds: 1200, everyMs: 2000 });
  const last = Math.max(...went.filter(({ lane }) => lane === LANE).map(({ second: at }) => at));
  expect(Math.abs(last * 1000 - finish)).toBeLessThan(20_000);
  expect(await run('queue')).toMatch(
    /^smtp:quell@upper\.example {2}Mira Quell {2}queued 0 {2}sending 140 {2}oldest 1 h {2}600 an hour$/m,
  );
});

test('a paused office gets nothing; its letters wait, and its receipts say why; the others go', async () => {
  const letters = await queueLetters(ground, QUELL, 3);
  await queueLetters(ground, 'other@upper.example', 3);
  expect(await run('queue', 'pause', QUELL, ...WHY)).toBe(`Paused ${LANE}. Its letters wait.\n`);
  expect(await run('queue', 'pause', LANE, ...WHY)).toBe(`${LANE} was paused before.\n`);
  expect((await lease(ground)).map(({ lane }) => lane)).toEqual(Array(3).fill('smtp:other@upper.example'));
  const { organisationId } = ground;
  const [view] = await lettersOfAction(ground.context, { organisationId, actionId: only(letters).actionId });
  expect(view?.expectation).toMatchObject({
    waitsFor: 'paused',
    at: null,
    reason: 'Their system is being mended.',
  });
  expect(await queue()).toMatchObject([
    { lane: LANE, queued: 3, expectedFinish: null, pauseReason: 'Their system is being mended.' },
    { queued: 0, sending: 3 },
  ]);
  expect(await run('queue')).toContain('  paused since 2026-11-23T09:00Z: Their system is being mended.');

  expect(await run('queue', 'resume', LANE, '--reason', 'It is up.', '--by', 'mo')).toBe(
    `${LANE} goes on.\n`,
  );
  expect(await lease(ground)).toHaveLength(3);
  expect(await run('queue', 'log', QUELL)).toMatch(
    /^2026-11-23T09:00:00\.000Z {2}smtp:quell@upper\.example {2}resumed {2}staff:mo {2}It is up\.\n.*paused/,
  );
  expect(await laneEvents()).toEqual([
    { lane: LANE, what: 'paused', by: 'staff:mo', reason: 'Their system is being mended.' },
    { lane: LANE, what: 'resumed', by: 'staff:mo', reason: 'It is up.' },
  ]);
});

test('days stand still while an office is paused', async () => {
  const letter = only(await queueLetters(ground, QUELL, 1));
  const tried = ground.clock.now();
  await sql`update letter set attempts = 1, first_tried_at = ${tried}, due_at = ${new Date(tried.getTime() + MINUTE_MS)}
    where letter_id = ${letter.letterId}`.execute(ground.context.db);
  await run('queue', 'pause', QUELL, ...WHY);
  ground.clock.move(10 * 24 * HOUR_MS);
  expect(await lease(ground)).toHaveLength(0);
  await run('queue', 'resume', QUELL, ...WHY);
  expect(only(await lease(ground)).firstTriedAt).toEqual(new Date(ground.clock.now().getTime() - MINUTE_MS));
});

test('a whole channel pauses, for offices that come later too', async () => {
  await queueLetters(ground, QUELL, 1);
  expect(await run('queue', 'pause', '--channel', 'smtp', ...WHY)).toBe('Paused smtp. Its letters wait.\n');
  await queueLetters(ground, 'later@upper.example', 1);
  expect(await lease(ground)).toHaveLength(0);
  expect(await queue()).toMatchObject(
    [
      { lane: 'smtp:later@upper.example', pauseReason: 'Their system is being mended.' },
      { lane: LANE, pauseReason: 'Their system is being mended.' },
      { lane: 'smtp', queued: 0 },
    ].toSorted((a, b) => (b.queued ?? 1) - (a.queued ?? 1)),
  );
  await run('queue', 'resume', '--channel', 'smtp', ...WHY);
  expect(await lease(ground)).toHaveLength(2);
});

test('the pace and the hours of an office are set, and set back, each with who and why', async () => {
  await queueLetters(ground, QUELL, 30);
  await run('queue', 'pace', QUELL, '--per-hour', '3', ...WHY);
  expect(await leaseWhile(ground, { seconds: 3500, everyMs: 60_000 })).toHaveLength(3);
  await run('queue', 'pace', QUELL, '--per-hour', 'default', ...WHY);
  ground.clock.move(HOUR_MS);
  expect(await lease(ground)).toHaveLength(10);
  const hours = ['--from', '22:00', '--to', '06:00', '--time-zone', 'America/New_York', '--weekdays'];
  await run('queue', 'hours', QUELL, ...hours, ...WHY);
  expect(await queue()).toMatchObject([
    {
      hours: { opens: 1320, closes: 360, timeZone: 'America/New_York', weekdaysOnly: true },
      lettersPerHour: 600,
    },
  ]);
  ground.clock.move(2 * HOUR_MS);
  expect(await lease(ground)).toHaveLength(0);
  await run('queue', 'hours', QUELL, '--from', '0:00', '--to', '24:00', '--time-zone', 'UTC', ...WHY);
  expect(await lease(ground)).toHaveLength(10);
  await run('queue', 'hours', QUELL, '--always', ...WHY);
  expect((await queue())[0].hours).toBeUndefined();
  expect((await laneEvents()).map(({ what, reason }) => `${what}: ${reason}`)).toEqual([
    'pace_set: 3 an hour: Their system is being mended.',
    'pace_set: as the channel has it: Their system is being mended.',
    'hours_set: 22:00-6:00 America/New_York, weekdays: Their system is being mended.',
    'hours_set: 0:00-24:00 UTC: Their system is being mended.',
    'hours_set: at all hours: Their system is being mended.',
  ]);
});

const OFF: readonly (readonly [readonly string[], string])[] = [
  [
    ['queue', 'pause', 'nobody@upper.example', ...WHY],
    'There is no lane "nobody@upper.example". Those that there are: redress queue --all',
  ],
  [['queue', 'pause', ...WHY], 'Name one lane'],
  [['queue', 'pause', QUELL, '--channel', 'smtp', ...WHY], 'Name one lane'],
  [['queue', 'pause', '--channel', 'paper', ...WHY], 'We send nothing by "paper"'],
  [['queue', 'pause', QUELL], "required option '--reason <text>' not specified"],
  [['queue', 'pause', QUELL, '--reason', '  '], 'Give --reason'],
  [['queue', 'pause', QUELL, '--reason', 'x', '--by', 'a b'], '--by is "a b"'],
  [['queue', 'pace', QUELL, '--per-hour', '0', ...WHY], 'Give a whole number from 1'],
  [['queue', 'hours', QUELL, '--from', '9', '--to', '17:00', ...WHY], 'Give a time of the day like 09:00'],
  [
    ['queue', 'hours', QUELL, '--from', '09:00', '--to', '17:00', ...WHY],
    'Give --from 09:00 --to 17:00 --time-zone',
  ],
  [
    ['queue', 'hours', QUELL, '--from', '09:00', '--to', '09:00', '--time-zone', 'UTC', ...WHY],
    '--from must be another time',
  ],
  [
    ['queue', 'hours', QUELL, '--from', '09:00', '--to', '10:00', '--time-zone', 'Mars', ...WHY],
    'There is no time zone "Mars"',
  ],
];

test('a command that is off says what to do, and does nothing', async () => {
  await queueLetters(ground, QUELL, 1);
  for (const [words, message] of OFF) await expect(run(...words)).rejects.toThrow(message);
  expect(await laneEvents()).toEqual([]);
});

test('the metrics tell of the backlog, the oldest letter, the offices that do not answer and those that are paused', async () => {
  const { context, clock } = ground;
  await queueLetters(ground, 'other@upper.example', 2);
  clock.move(HOUR_MS);
  await queueLetters(ground, QUELL, 5);
  await run('queue', 'pause', QUELL, ...WHY);
  await sql`update office_lane set opened_at = ${clock.now()}, probe_at = ${clock.now()}`.execute(context.db);
  await measureQueue(context);
  const text = await context.metrics.registry.metrics();
  expect(text).toContain('redress_letters_queued{channel="smtp"} 7\n');
  expect(text).toContain('redress_letters_queued{channel="cwc_house"} 0\n');
  expect(text).toContain('redress_oldest_letter_seconds{channel="smtp"} 3600\n');
  expect(text).toContain('redress_breakers_open{channel="smtp"} 1\n');
  expect(text).toContain('redress_offices_paused{channel="smtp"} 1\n');
});
