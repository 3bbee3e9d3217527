import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Context } from '../src/context.js';
import { sql } from '../src/database/index.js';
import {
  lettersOfAction,
  startWorker,
  type Worker,
  type WorkerOptions,
  wakeWorkers,
  withdrawLetters,
} from '../src/delivery/index.js';
import {
  type DeliveryGround,
  letterIn,
  openDeliveryGround,
  readLetter,
  type SeededLetter,
  type SeedLetter,
  seedReleased,
} from './support/delivery-ground.js';
import { headersOf, openMuteServer, openSmtpSink, type SmtpSink, waitFor } from './support/smtp-sink.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const SHORT: WorkerOptions = {
  renderMail: async () => undefined,
  timeouts: { connectMs: 300, totalMs: 300 },
  drainMs: 200,
};

let sink: SmtpSink;
let ground: DeliveryGround;
let worker: Worker | undefined;

beforeAll(async () => {
  sink = await openSmtpSink();
  ground = await openDeliveryGround({ SMTP_URL: sink.url });
});

beforeEach(() => {
  sink.received.length = 0;
  sink.answer = () => undefined;
});

afterEach(async () => {
  await worker?.stop();
  worker = undefined;
});

afterAll(async () => {
  await ground[Symbol.asyncDispose]();
  await sink[Symbol.asyncDispose]();
});

function start(context: Context = ground.context, options: WorkerOptions = SHORT): void {
  worker = startWorker(context, options);
}

async function one(letter: SeedLetter = {}): Promise<SeededLetter> {
  const [seeded] = await seedReleased(ground, [letter]);
  if (seeded === undefined) throw new Error('nothing was seeded');
  return seeded;
}

async function moveClock(milliseconds: number): Promise<void> {
  ground.clock.move(milliseconds);
  await wakeWorkers(ground.context.db);
}

/** Waits for the end of the next try, that is, for the letter to leave `sending` with one more try. */
function afterTry(letterId: string, attempts: number) {
  return waitFor(async () => {
    const letter = await readLetter(ground, letterId);
    return letter.attempts === attempts && letter.state !== 'sending' ? letter : undefined;
  });
}

async function viewOf({ actionId }: SeededLetter) {
  const [view] = await lettersOfAction(ground.context, { organisationId: ground.organisationId, actionId });
  if (view === undefined) throw new Error('no such letter');
  return view;
}

test('a letter is tried on the printed schedule, never earlier, until it is taken; its id stays the same', async () => {
  const codes = [421, 450, 451, 452];
  let tries = 0;
  sink.answer = (step) => (step === 'data' ? codes[tries++ % codes.length] : undefined);
  const letter = await one();
  start();
  const waits = [1, 5, 15, 60, 120, 240].map((minutes) => minutes * MINUTE_MS);
  for (const [index, wait] of waits.entries()) {
    const { state, dueAt, reason } = await afterTry(letter.letterId, index + 1);
    expect({ state, reason }).toEqual({ state: 'queued', reason: 'temporary_refusal' });
    expect(dueAt?.getTime()).toBe(ground.clock.now().getTime() + wait);
    await moveClock(wait - 1);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect((await readLetter(ground, letter.letterId)).attempts).toBe(index + 1);
    if (index === waits.length - 1) sink.answer = () => undefined;
    await moveClock(1);
  }
  await letterIn(ground, letter.letterId, 'accepted');
  expect(sink.received).toHaveLength(7);
  expect(new Set(sink.received.map(({ raw }) => headersOf(raw, 'Message-ID')[0])).size).toBe(1);
  // The very same message each time, its date too.
  expect(new Set(sink.received.map(({ raw }) => raw.toString('latin1'))).size).toBe(1);
  expect((await viewOf(letter)).delivery?.tries).toBe(7);
});

test('after seven days of no the letter is given up, and refused', async () => {
  sink.answer = (step) => (step === 'rcpt' ? 451 : undefined);
  const begun = ground.clock.now().getTime();
  const letter = await one();
  start();
  for (let tries = 1; ; tries += 1) {
    const { state, dueAt, reason } = await afterTry(letter.letterId, tries);
    if (state !== 'queued') {
      expect({ state, reason }).toEqual({ state: 'refused', reason: 'gave_up' });
      break;
    }
    if (tries > 6) {
      const wait = (dueAt?.getTime() ?? 0) - ground.clock.now().getTime();
      expect(wait).toBeGreaterThanOrEqual(0.8 * 6 * HOUR_MS);
      expect(wait).toBeLessThanOrEqual(1.2 * 6 * HOUR_MS);
    }
    await moveClock((dueAt?.getTime() ?? 0) - ground.clock.now().getTime());
  }
  const days = (ground.clock.now().getTime() - begun) / DAY_MS;
  expect(days).toBeGreaterThan(6.6);
  expect(days).toBeLessThanOrEqual(7);
});

test.each([
  ['rcpt', 550],
  ['rcpt', 553],
  ['data', 552],
  ['data', 554],
] as const)('a permanent no at %s (%i) ends that letter at once, and no other', async (step, code) => {
  sink.answer = (at, address) => (at === step && address === 'gone@upper.example' ? code : undefined);
  const refused = await one({ office: { email: 'gone@upper.example' } });
  const other = await one();
  start();
  const { attempts } = await letterIn(ground, refused.letterId, 'refused');
  expect(attempts).toBe(1);
  await letterIn(ground, other.letterId, 'accepted');
  expect((await viewOf(refused)).delivery?.answer).toMatch(new RegExp(`^${code}`));
});

test.each([
  ['mail', 553],
  ['connect', 554],
  ['connect', 421],
] as const)('a no to ourselves at %s (%i) is not the letters’ fault: none is refused', async (step, code) => {
  sink.answer = (at) => (at === step ? code : undefined);
  const letters = await seedReleased(
    ground,
    Array.from({ length: 20 }, () => ({})),
  );
  start();
  await waitFor(async () => ((await triedCount(letters)) > 0 ? true : undefined));
  sink.answer = () => undefined;
  for (let step = 0; step < 5; step += 1) {
    await moveClock(MINUTE_MS);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await sink.accepted(20);
  await Promise.all(letters.map(({ letterId }) => letterIn(ground, letterId, 'accepted')));
  expect(sink.received).toHaveLength(20);
});

test('a wrong password counts no try, and is put right without losing a letter', async () => {
  sink.answer = (step) => (step === 'auth' ? 535 : undefined);
  const wrong = await ground.openAgain({ SMTP_URL: sink.url.replace('//', '//user:secret@') });
  const letter = await one();
  start(wrong);
  const paused = await waitFor(async () => {
    const found = await readLetter(ground, letter.letterId);
    return found.reason === 'channel_paused' ? found : undefined;
  });
  expect(paused).toMatchObject({ state: 'queued', attempts: 0 });
  sink.answer = () => undefined;
  await moveClock(MINUTE_MS);
  await letterIn(ground, letter.letterId, 'accepted');
});

test.each([
  ['connect', 'unreachable'],
  ['mail', 'timed_out'],
  ['rcpt', 'timed_out'],
] as const)(
  'a server that falls silent at %s: tried again, not counted as a possible copy',
  async (step, reason) => {
    sink.answer = (at) => (at === step ? 'stall' : undefined);
    const letter = await one();
    start();
    expect(await afterTry(letter.letterId, 1)).toMatchObject({ state: 'queued', reason });
    sink.answer = () => undefined;
    await moveClock(MINUTE_MS);
    await letterIn(ground, letter.letterId, 'accepted');
    expect(await viewOf(letter)).toMatchObject({ possibleCopies: 0, attempts: 2 });
    expect(sink.received).toHaveLength(1);
  },
);

test.each(['stall', 'hang_up'] as const)(
  'no answer after the final dot (%s) is unknown: once more with the same id, and counted',
  async (fault) => {
    sink.answer = (step) => (step === 'data' ? fault : undefined);
    const letter = await one();
    start();
    expect(await afterTry(letter.letterId, 1)).toMatchObject({
      state: 'queued',
      reason: 'no_answer_after_data',
    });
    sink.answer = () => undefined;
    await moveClock(MINUTE_MS);
    await letterIn(ground, letter.letterId, 'accepted');
    expect(await viewOf(letter)).toMatchObject({ possibleCopies: 1, attempts: 2 });
    expect(sink.received).toHaveLength(2);
    expect(new Set(sink.received.map(({ raw }) => headersOf(raw, 'Message-ID')[0])).size).toBe(1);
  },
);

test.each(['mail', 'rcpt'] as const)('a server that hangs up at %s is tried again', async (step) => {
  sink.answer = (at) => (at === step ? 'hang_up' : undefined);
  const letter = await one();
  start();
  expect(await afterTry(letter.letterId, 1)).toMatchObject({ state: 'queued', reason: 'unreachable' });
  expect((await viewOf(letter)).possibleCopies).toBe(0);
});

test('a server that greets and then says nothing', async () => {
  await using mute = await openMuteServer('220 mute.example\r\n');
  const letter = await one();
  start(await ground.openAgain({ SMTP_URL: mute.url }));
  expect(await afterTry(letter.letterId, 1)).toMatchObject({ state: 'queued', reason: 'unreachable' });
});

test('a server that is down costs the tries of a few probes, not of all letters', async () => {
  const gone = await openSmtpSink();
  await gone[Symbol.asyncDispose]();
  const letters = await seedReleased(
    ground,
    Array.from({ length: 60 }, () => ({})),
  );
  start(await ground.openAgain({ SMTP_URL: gone.url }));
  await waitFor(async () => ((await triedCount(letters)) > 0 ? true : undefined));
  for (let second = 0; second < 30; second += 1) await moveClock(1000);
  await worker?.stop();
  const tried = await triedCount(letters);
  expect(tried).toBeLessThanOrEqual(15);

  start();
  await moveClock(HOUR_MS);
  await sink.accepted(60);
  await Promise.all(letters.map(({ letterId }) => letterIn(ground, letterId, 'accepted')));
});

test('a letter taken back while it is being sent is not tried again', async () => {
  sink.answer = (step) => (step === 'rcpt' ? 'stall' : undefined);
  const letter = await one();
  start();
  await letterIn(ground, letter.letterId, 'sending');
  await takeBack(letter, 'withdrawn');
  await letterIn(ground, letter.letterId, 'withdrawn');
  expect(
    (await viewOf(letter)).events.map(({ from, to, reason }) => `${from} ${to} ${reason}`).slice(-3),
  ).toEqual(['sending sending withdrawn', 'sending queued timed_out', 'queued withdrawn withdrawn']);
  const { rows } = await sql<{ kept: boolean }>`
    select content is not null as kept from letter where letter_id = ${letter.letterId}`.execute(
    ground.context.db,
  );
  expect(rows).toEqual([{ kept: false }]);
});

test('a letter taken back before its answer came: a yes stays a yes, with a note', async () => {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  sink.answer = (step) => (step === 'data' ? promise : undefined);
  const letter = await one();
  start(ground.context, { ...SHORT, timeouts: { connectMs: 300, totalMs: 5000 } });
  await waitFor(() => sink.received[0]);
  await takeBack(letter, 'not_me');
  resolve(undefined);
  await letterIn(ground, letter.letterId, 'accepted');
  expect(
    (await viewOf(letter)).events.map(({ from, to, reason }) => `${from} ${to} ${reason}`).slice(-2),
  ).toEqual(['sending sending not_me', 'sending accepted accepted']);
});

async function takeBack({ actionId }: SeededLetter, reason: 'withdrawn' | 'not_me'): Promise<void> {
  const { context, organisationId, clock } = ground;
  const ending = { organisationId, actionIds: [actionId], reason, by: 'supporter', at: clock.now() } as const;
  await context.db.transaction().execute((db) => withdrawLetters(db, ending));
}

async function triedCount(letters: readonly SeededLetter[]): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(distinct letter_id) from letter_event
    where letter_id = any(${letters.map(({ letterId }) => letterId)}::uuid[]) and from_state = 'sending'
      and to_state = 'queued'`.execute(ground.context.db);
  return rows[0]?.count ?? 0;
}
