import { afterEach, beforeEach, expect, test } from 'vitest';
import { sql } from '../src/database/index.js';
import { advanceLetters } from '../src/delivery/advance-letters.js';
import { type RenderMail, startWorker, type Worker, wakeWorkers } from '../src/delivery/index.js';
import { noteOfficeAnswer, noteOfficeFailure } from '../src/delivery/lanes/breaker.js';
import { giveUpOnSilentOffices } from '../src/delivery/lanes/give-up.js';
import { type DeliveryGround, letterIn, openDeliveryGround, readLetter } from './support/delivery-ground.js';
import { lease, queueLetters } from './support/lane-ground.js';
import { openSmtpSink, type SmtpSink, waitFor } from './support/smtp-sink.js';
import { figure } from './support/trial.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** A worker that is woken has looked by then. What it did too much later would show in the next count. */
const LOOKED_MS = 250;
const DEAD = 'dead@office.example';
const LANE = `smtp:${DEAD}`;
const renderMail: RenderMail = async () => undefined;

let sink: SmtpSink;
let ground: DeliveryGround;
let worker: Worker | undefined;
let tried: number;

beforeEach(async () => {
  sink = await openSmtpSink();
  ground = await openDeliveryGround({ SMTP_URL: sink.url });
  tried = 0;
});

afterEach(async () => {
  await worker?.stop();
  worker = undefined;
  await ground[Symbol.asyncDispose]();
  await sink[Symbol.asyncDispose]();
});

interface LaneState {
  readonly openedAt: Date | null;
  readonly probeAt: Date | null;
  readonly failures: number;
}

async function laneState(): Promise<LaneState> {
  const { rows } = await sql<LaneState>`
    select opened_at as "openedAt", probe_at as "probeAt", failures from office_lane where lane = ${LANE}`.execute(
    ground.context.db,
  );
  return rows[0] ?? { openedAt: null, probeAt: null, failures: 0 };
}

async function events(): Promise<readonly string[]> {
  const { rows } = await sql<{ what: string }>`
    select what from office_lane_event where lane = ${LANE} order by event_id`.execute(ground.context.db);
  return rows.map(({ what }) => what);
}

/** How often letters were tried. A mail server that hangs up may have heard of one twice. */
async function tries(): Promise<number> {
  const { rows } = await sql<{ tries: number }>`
    select coalesce(sum(tries), 0)::int as tries from delivery join letter using (organisation_id, letter_id)
    where lane = ${LANE}`.execute(ground.context.db);
  return rows[0]?.tries ?? 0;
}

async function stateOf(letterId: string | undefined) {
  const { rows } = await sql<{ firstTriedAt: Date; dueAt: Date }>`
    select first_tried_at as "firstTriedAt", due_at as "dueAt" from letter where letter_id = ${letterId}`.execute(
    ground.context.db,
  );
  if (rows[0] === undefined) throw new Error('no such letter');
  return rows[0];
}

/** The dead office's system answers so at its recipient; all others take what they get. */
function answerAtDeadOffice(code: () => number | undefined): void {
  sink.answer = (step, address) => {
    if (step !== 'rcpt' || address !== DEAD) return undefined;
    tried += 1;
    return code();
  };
}

function work(): void {
  worker = startWorker(ground.context, { renderMail });
}

/** Moves the clock on and lets the worker look. */
async function pass(milliseconds: number): Promise<void> {
  ground.clock.move(milliseconds);
  await wakeWorkers(ground.context.db);
  await new Promise((resolve) => setTimeout(resolve, LOOKED_MS));
}

test('an office that is down: five failures, then one probe in half an hour; nobody else waits; its letters go when it answers', async () => {
  let code: number | undefined = 421;
  answerAtDeadOffice(() => code);
  const letters = await queueLetters(ground, DEAD, 40);
  const others = await queueLetters(ground, 'alive@office.example', 60);
  work();
  await Promise.all(others.map(({ letterId }) => letterIn(ground, letterId, 'accepted')));
  await waitFor(async () => ((await laneState()).openedAt === null ? undefined : true));
  await pass(LOOKED_MS);
  const opening = await tries();
  expect(opening).toBeGreaterThanOrEqual(5);
  expect(opening).toBeLessThanOrEqual(6);
  expect(await events()).toEqual(['breaker_opened']);

  await pass(29 * MINUTE_MS);
  expect(await tries()).toBe(opening);
  for (let probe = 1; probe <= 3; probe += 1) {
    await pass(probe === 1 ? 2 * MINUTE_MS : 30 * MINUTE_MS);
    await waitFor(async () => ((await tries()) >= opening + probe ? true : undefined));
    expect(await tries()).toBe(opening + probe);
  }
  await pass(10 * MINUTE_MS);
  expect(await tries()).toBe(opening + 3);

  code = undefined;
  await pass(30 * MINUTE_MS);
  await Promise.all(letters.map(({ letterId }) => letterIn(ground, letterId, 'accepted')));
  expect(await events()).toEqual(['breaker_opened', 'breaker_closed']);
  expect(await laneState()).toEqual({ openedAt: null, probeAt: null, failures: 0 });
  expect(sink.received.filter(({ to }) => to[0] === DEAD)).toHaveLength(40);
  figure('breaker', { failuresBeforeOpen: opening, probesInTwoHours: 3 });
}, 90_000);

test.each([450, 451, 452])('%i, as greylisting says, is an answer: it opens no breaker', async (code) => {
  answerAtDeadOffice(() => code);
  const letters = await queueLetters(ground, DEAD, 12);
  work();
  await waitFor(() => (tried >= 12 ? true : undefined));
  await pass(0);
  await Promise.all(letters.map(({ letterId }) => letterIn(ground, letterId, 'queued')));
  expect(await laneState()).toEqual({ openedAt: null, probeAt: null, failures: 0 });
  expect(await events()).toEqual([]);
});

test('no more than two connections are busy with one office, and the others go on beside it', async () => {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  let [busy, most] = [0, 0];
  sink.answer = (step, address) => {
    if (step !== 'data' || address !== DEAD) return undefined;
    busy += 1;
    most = Math.max(most, busy);
    return promise.then(() => {
      busy -= 1;
      return undefined;
    });
  };
  const slow = await queueLetters(ground, DEAD, 20);
  const others = await queueLetters(ground, 'alive@office.example', 30);
  work();
  await Promise.all(others.map(({ letterId }) => letterIn(ground, letterId, 'accepted')));
  expect(busy).toBe(2);
  resolve(undefined);
  await Promise.all(slow.map(({ letterId }) => letterIn(ground, letterId, 'accepted')));
  expect(most).toBe(2);
});

test('failures that lie apart open nothing; those within ten minutes do, once, whoever counts them', async () => {
  const { db } = ground.context;
  await queueLetters(ground, DEAD, 1);
  await lease(ground);
  const fail = () =>
    noteOfficeFailure(db, { lane: LANE, at: ground.clock.now(), by: 'worker:a', words: '421 no' });
  for (let time = 0; time < 8; time += 1) {
    await fail();
    ground.clock.move(3 * MINUTE_MS);
  }
  expect((await laneState()).openedAt).toBeNull();
  ground.clock.move(HOUR_MS);
  await Promise.all(Array.from({ length: 12 }, fail));
  expect((await laneState()).openedAt).toEqual(ground.clock.now());
  expect(await events()).toEqual(['breaker_opened']);
  ground.clock.move(MINUTE_MS);
  await Promise.all(
    ['a', 'b'].map((by) => noteOfficeAnswer(db, { lane: LANE, at: ground.clock.now(), by: `worker:${by}` })),
  );
  expect(await events()).toEqual(['breaker_opened', 'breaker_closed']);
});

test('a letter’s days stand still while its office is silent, before its next try and after', async () => {
  const { db } = ground.context;
  const [before, during, untried] = await queueLetters(ground, DEAD, 3);
  const tried = ground.clock.now();
  await sql`update letter set first_tried_at = ${tried}, attempts = 1, due_at = ${new Date(tried.getTime() + 6 * HOUR_MS)}
    where letter_id = ${before?.letterId}`.execute(db);
  await sql`insert into office_lane (lane, channel, failures, opened_at, probe_at)
    values (${LANE}, 'smtp', 5, ${new Date(tried.getTime() + HOUR_MS)}, ${new Date(tried.getTime() + HOUR_MS)})`.execute(
    db,
  );
  // A probe three days later is the first try of the second letter; it fails.
  ground.clock.move(3 * DAY_MS);
  const probed = ground.clock.now();
  await sql`update letter set first_tried_at = ${probed}, attempts = 1, due_at = ${new Date(probed.getTime() + MINUTE_MS)}
    where letter_id = ${during?.letterId}`.execute(db);
  ground.clock.move(2 * DAY_MS);
  await noteOfficeAnswer(db, { lane: LANE, at: ground.clock.now(), by: 'worker:a' });
  const answered = ground.clock.now().getTime();
  expect((await stateOf(before?.letterId)).firstTriedAt.getTime()).toBe(answered - HOUR_MS);
  expect((await stateOf(during?.letterId)).firstTriedAt.getTime()).toBe(answered);
  expect((await stateOf(untried?.letterId)).firstTriedAt).toBeNull();
  expect((await stateOf(before?.letterId)).dueAt.getTime()).toBeLessThanOrEqual(answered);

  // Nothing is counted twice: what it waited for its turn after the answer is all that comes on top.
  ground.clock.move(4 * HOUR_MS);
  const leased = await lease(ground, { perHour: 100_000_000 });
  const { letterId } = before ?? {};
  expect(leased.find((letter) => letter.letterId === letterId)?.firstTriedAt?.getTime()).toBe(
    answered + 4 * HOUR_MS - HOUR_MS,
  );
});

test('while an office is silent even a probed letter is not given up for its age; after 7 days of silence all are, and go on', async () => {
  let code: number | undefined = 421;
  answerAtDeadOffice(() => code);
  // More than were ever tried: those too go on, and not back to the silent office.
  const early = await queueLetters(ground, DEAD, 20);
  work();
  await waitFor(async () => ((await laneState()).openedAt === null ? undefined : true));
  await pass(4 * DAY_MS);
  const [late] = await queueLetters(ground, DEAD, 1);
  await pass(2.9 * DAY_MS);
  expect(await giveUpOnSilentOffices(ground.context.db, ground.clock.now())).toBe(0);
  for (const { letterId } of early) expect((await readLetter(ground, letterId)).state).toBe('queued');
  await pass(0.2 * DAY_MS);
  code = undefined;
  await worker?.stop();
  ground.clock.move(5 * MINUTE_MS);
  expect(await giveUpOnSilentOffices(ground.context.db, ground.clock.now())).toBe(20);
  for (const { letterId } of early)
    expect(await readLetter(ground, letterId)).toMatchObject({ state: 'refused', reason: 'office_silent' });
  expect((await readLetter(ground, late?.letterId ?? '')).state).toBe('queued');
  await advanceLetters(ground.context);
  for (const { letterId } of early)
    expect(await readLetter(ground, letterId)).toMatchObject({ state: 'waiting', reason: 'next_channel' });
});

test.each([
  ['400 days back', -400 * DAY_MS],
  ['a day back', -DAY_MS],
  ['400 days on', 400 * DAY_MS],
])('a clock that is set %s leaves no breaker open for ever', async (_, milliseconds) => {
  await queueLetters(ground, DEAD, 3);
  const now = ground.clock.now();
  await sql`insert into office_lane (lane, channel, failures, opened_at, probe_at)
    values (${LANE}, 'smtp', 5, ${now}, ${new Date(now.getTime() + 30 * MINUTE_MS)})`.execute(
    ground.context.db,
  );
  expect(await lease(ground)).toHaveLength(0);
  ground.clock.move(milliseconds);
  await sql`update letter set due_at = ${ground.clock.now()}`.execute(ground.context.db);
  expect(await lease(ground)).toHaveLength(1);
  await noteOfficeAnswer(ground.context.db, { lane: LANE, at: ground.clock.now(), by: 'worker:a' });
  expect((await lease(ground)).length).toBeGreaterThan(0);
});
