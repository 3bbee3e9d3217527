import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { sql } from '../src/database/index.js';
import { lettersOfAction, type RenderMail, startWorker, wakeWorkers } from '../src/delivery/index.js';
import {
  type DeliveryGround,
  letterIn,
  openDeliveryGround,
  readLetter,
  type SeededLetter,
  seedLetters,
  seedMail,
  seedReleased,
} from './support/delivery-ground.js';
import { headersOf, openSmtpSink, type SmtpSink, waitFor } from './support/smtp-sink.js';

const MAIN = fileURLToPath(new URL('../build/main.js', import.meta.url));
const HOUR_MS = 3_600_000;
const MAILS_PER_HOUR = 7;
const renderMail: RenderMail = async ({ mailId, kind }) => ({
  to: 'jane@supporter.example',
  subject: kind,
  text: `${mailId}\n`,
  html: `<p>${mailId}</p>`,
  language: 'en',
});

let sink: SmtpSink;
let ground: DeliveryGround;

beforeAll(async () => {
  sink = await openSmtpSink();
  ground = await openDeliveryGround({ SMTP_URL: sink.url, REDRESS_MAIL_BUDGET: String(MAILS_PER_HOUR) });
});

beforeEach(() => {
  sink.received.length = 0;
  sink.answer = () => undefined;
});

afterAll(async () => {
  await ground[Symbol.asyncDispose]();
  await sink[Symbol.asyncDispose]();
});

test('two workers on one database share the letters, and each goes once', async () => {
  const letters = await seedReleased(
    ground,
    Array.from({ length: 150 }, () => ({})),
  );
  const other = await ground.openAgain();
  const workers = [ground.context, other].map((context) =>
    startWorker(context, { renderMail, concurrency: 2 }),
  );
  await sink.accepted(letters.length);
  await Promise.all(letters.map(({ letterId }) => letterIn(ground, letterId, 'accepted')));
  await Promise.all(workers.map((worker) => worker.stop()));
  const ids = sink.received.map(({ raw }) => headersOf(raw, 'Message-ID')[0]);
  expect(ids).toHaveLength(letters.length);
  expect(new Set(ids).size).toBe(letters.length);
  const { rows } = await sql<{ worker: string; letters: number }>`
    select by_whom as worker, count(*) as letters from letter_event where to_state = 'accepted' group by by_whom
  `.execute(ground.context.db);
  expect(rows.map(({ worker }) => worker).sort()).toEqual(workers.map(({ id }) => `worker:${id}`).sort());
});

test('a letter whose worker was killed is taken over when its lease ends, under the same id, and counted', async () => {
  const [letter] = await seedReleased(ground, [{}]);
  if (letter === undefined) throw new Error('nothing was seeded');
  const [lost] = await leaseAsLostWorker(letter);
  const worker = startWorker(ground.context, { renderMail });
  await letterIn(ground, letter.letterId, 'accepted');
  await worker.stop();
  expect(headersOf(sink.received[0]?.raw ?? Buffer.alloc(0), 'Message-ID')).toEqual([lost?.messageId]);
  const [view] = await lettersOfAction(ground.context, { organisationId: ground.organisationId, ...letter });
  expect(view).toMatchObject({ attempts: 2, possibleCopies: 1 });
});

test('kill -9 of a worker process in the middle of a letter: the letter arrives, once more at most, under one id', async () => {
  sink.answer = (step) => (step === 'data' ? 'stall' : undefined);
  const [letter] = await seedReleased(ground, [{}]);
  if (letter === undefined) throw new Error('nothing was seeded');
  const killed = spawn(process.execPath, [MAIN, 'work'], { env: settings(), stdio: 'ignore' });
  await waitFor(() => sink.received[0]);
  killed.kill('SIGKILL');
  await once(killed, 'exit');
  expect(await readLetter(ground, letter.letterId)).toMatchObject({ state: 'sending', attempts: 0 });
  // When its lease has ended, by the database's clock.
  await sql`update letter set leased_until = now() where letter_id = ${letter.letterId}`.execute(
    ground.context.db,
  );
  sink.answer = () => undefined;
  const worker = startWorker(ground.context, { renderMail });
  await letterIn(ground, letter.letterId, 'accepted');
  await worker.stop();
  expect(sink.received).toHaveLength(2);
  expect(new Set(sink.received.map(({ raw }) => headersOf(raw, 'Message-ID')[0])).size).toBe(1);
  const [view] = await lettersOfAction(ground.context, { organisationId: ground.organisationId, ...letter });
  expect(view?.possibleCopies).toBe(1);
});

test('a worker that lost its lease changes nothing any more', async () => {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  sink.answer = (step) => (step === 'data' ? promise : undefined);
  const [letter] = await seedReleased(ground, [{}]);
  if (letter === undefined) throw new Error('nothing was seeded');
  const worker = startWorker(ground.context, { renderMail });
  await waitFor(() => sink.received[0]);
  await sql`update letter set lease_owner = 'another' where letter_id = ${letter.letterId}`.execute(
    ground.context.db,
  );
  resolve(undefined);
  await worker.stop();
  expect(await readLetter(ground, letter.letterId)).toMatchObject({ state: 'sending', reason: 'leased' });
  expect(ground.logged()).toContain('an outcome came after its lease had passed on');
  await sql`update letter set leased_until = now() where letter_id = ${letter.letterId}`.execute(
    ground.context.db,
  );
  const next = startWorker(ground.context, { renderMail });
  await letterIn(ground, letter.letterId, 'accepted');
  await next.stop();
});

test('a worker that is stopped ends what it sends, gives back what it has not begun, and leaves no lease', async () => {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  sink.answer = (step) => (step === 'rcpt' ? promise : undefined);
  const letters = await seedReleased(
    ground,
    Array.from({ length: 20 }, () => ({})),
  );
  const worker = startWorker(ground.context, { renderMail, concurrency: 2 });
  await waitFor(async () => ((await countIn(letters, 'sending')) >= 4 ? true : undefined));
  const stopped = worker.stop();
  resolve(undefined);
  await stopped;
  expect(await countIn(letters, 'sending')).toBe(0);
  const accepted = await countIn(letters, 'accepted');
  expect(accepted).toBe(sink.received.length);
  expect(accepted).toBeGreaterThanOrEqual(2);
  expect(await countIn(letters, 'queued')).toBe(20 - accepted);
  const { rows } = await sql`select from letter where state = 'queued' and attempts > 0`.execute(
    ground.context.db,
  );
  expect(rows).toEqual([]);
  await sql`delete from letter_event`.execute(ground.context.db);
  await sql`delete from delivery`.execute(ground.context.db);
  await sql`delete from letter`.execute(ground.context.db);
});

test('two workers never spend more than the hourly budget; what is beside it goes at once', async () => {
  const [letter] = await seedLetters(ground, [{}]);
  const actionId = letter?.actionId ?? '';
  for (let count = 0; count < 15; count += 1) {
    await seedMail(ground, actionId, 'confirmation');
    await seedMail(ground, actionId, 'reminder');
    await seedMail(ground, actionId, 'copy');
  }
  const other = await ground.openAgain();
  const workers = [ground.context, other].map((context) =>
    startWorker(context, { renderMail, concurrency: 2 }),
  );
  const subjects = () => sink.received.map(({ raw }) => headersOf(raw, 'Subject')[0]);
  const copies = () => subjects().filter((subject) => subject === 'copy').length;
  const inBudget = () => subjects().filter((subject) => subject !== 'copy').length;
  for (const hour of [1, 2, 3]) {
    await waitFor(() => (inBudget() >= hour * MAILS_PER_HOUR && copies() === 15 ? true : undefined));
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(inBudget()).toBe(hour * MAILS_PER_HOUR);
    ground.clock.move(HOUR_MS);
    await wakeWorkers(ground.context.db);
  }
  await waitFor(() => (inBudget() >= 4 * MAILS_PER_HOUR ? true : undefined));
  await Promise.all(workers.map((worker) => worker.stop()));
  const { rows } = await sql<{ spent: number }>`select spent from mail_budget order by hour`.execute(
    ground.context.db,
  );
  expect(rows.map(({ spent }) => spent)).toEqual([7, 7, 7, 7]);
});

test('a mail that has nothing to say any more is dropped, and one that cannot be rendered is tried again', async () => {
  await sql`update mail set state = 'dropped' where state = 'queued'`.execute(ground.context.db);
  const [letter] = await seedLetters(ground, [{}]);
  const dropped = await seedMail(ground, letter?.actionId ?? '', 'copy');
  const faulty = await seedMail(ground, letter?.actionId ?? '', 'copy');
  const worker = startWorker(ground.context, {
    renderMail: async ({ mailId }) => {
      if (mailId === dropped) return undefined;
      throw new Error('cannot be rendered');
    },
  });
  const ended = await waitFor(async () => {
    const { rows } = await sql<{ id: string; state: string; attempts: number }>`
      select mail_id as id, state, attempts from mail where mail_id = any(${[dropped, faulty]}::uuid[]) order by sequence
    `.execute(ground.context.db);
    return rows.every(({ state, attempts }) => state === 'dropped' || attempts > 0) ? rows : undefined;
  });
  await worker.stop();
  expect(ended).toEqual([
    { id: dropped, state: 'dropped', attempts: 0 },
    { id: faulty, state: 'queued', attempts: 1 },
  ]);
  expect(sink.received).toEqual([]);
});

test('a mail to a supporter is plain and HTML, says that a machine sent it, and its id stays the same', async () => {
  const [letter] = await seedLetters(ground, [{}]);
  const mailId = await seedMail(ground, letter?.actionId ?? '', 'copy');
  const worker = startWorker(ground.context, { renderMail });
  const [mail] = await sink.accepted(1);
  await worker.stop();
  const raw = mail?.raw ?? Buffer.alloc(0);
  expect(headersOf(raw, 'From')).toEqual(['The Lanternists <letters@redress.example>']);
  expect(headersOf(raw, 'Reply-To')).toEqual(['The Lanternists <post@lantern.example>']);
  expect(headersOf(raw, 'Auto-Submitted')).toEqual(['auto-generated']);
  expect(headersOf(raw, 'Message-ID')).toEqual([`<${mailId}@redress.example>`]);
  expect(headersOf(raw, 'Content-Type')[0]).toMatch(/^multipart\/alternative/);
});

function settings(): NodeJS.ProcessEnv {
  const { PATH } = process.env;
  const { config, secrets } = ground.context;
  return {
    PATH,
    DATABASE_URL: ground.databaseUrl,
    REDRESS_DATA: config.dataDirectory,
    REDRESS_MASTER_KEY: secrets.masterKey.toString('base64'),
    REDRESS_MAIL_FROM: config.mail.from,
    SMTP_URL: sink.url,
    REDRESS_OFFICE_PACE: '100000000',
  };
}

async function leaseAsLostWorker({ letterId }: SeededLetter) {
  const { context } = ground;
  const now = context.clock.now();
  const { leaseLetters } = await import('../src/delivery/lease-letters.js');
  const leased = await leaseLetters(context.db, {
    workerId: 'lost',
    now,
    most: 10,
    mailDomain: 'redress.example',
    channel: 'smtp',
    lettersPerHour: 100_000,
  });
  await sql`update letter set leased_until = now() - interval '1 second', first_tried_at = ${now}, attempts = 0
    where letter_id = ${letterId}`.execute(context.db);
  return leased;
}

async function countIn(letters: readonly SeededLetter[], state: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) from letter where state = ${state}
      and letter_id = any(${letters.map(({ letterId }) => letterId)}::uuid[])`.execute(ground.context.db);
  return rows[0]?.count ?? 0;
}
