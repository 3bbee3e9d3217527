import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { sql } from '../src/database/index.js';
import { advanceLetters } from '../src/delivery/advance-letters.js';
import { applyBounces, type RenderMail, startWorker, withdrawLetters } from '../src/delivery/index.js';
import { cwcVariables } from './support/cwc-ground.js';
import {
  type DeliveryGround,
  letterIn,
  openDeliveryGround,
  readLetter,
  type SeededLetter,
} from './support/delivery-ground.js';
import { queueLetters } from './support/lane-ground.js';
import { openSmtpSink, type SmtpSink, waitFor } from './support/smtp-sink.js';

const LOOKED_MS = 500;
const FORM = 'https://quell.example/contact';
const renderMail: RenderMail = async ({ kind }) => ({
  to: 'jane@supporter.example',
  subject: kind,
  text: `${kind}\n`,
  language: 'en',
});

let sink: SmtpSink;
let ground: DeliveryGround;

beforeAll(async () => {
  sink = await openSmtpSink();
  ground = await openDeliveryGround({ SMTP_URL: sink.url, ...cwcVariables('http://127.0.0.1:9') });
});

beforeEach(async () => {
  sink.answer = () => undefined;
  for (const table of ['mail', 'letter_event', 'delivery', 'letter', 'office_address'])
    await sql`delete from ${sql.table(table)}`.execute(ground.context.db);
});

afterAll(async () => {
  await ground[Symbol.asyncDispose]();
  await sink[Symbol.asyncDispose]();
});

/** A letter whose way failed: refused, or bounced after it was accepted. */
async function failed(state: 'refused' | 'bounced', office = {}): Promise<SeededLetter> {
  const [letter] = await queueLetters(ground, 'quell@upper.example', [
    { office: { contactForm: FORM, ...office } },
  ]);
  if (letter === undefined) throw new Error('nothing was seeded');
  await sql`insert into delivery (organisation_id, delivery_id, letter_id, channel, message_id, created_at)
    values (${ground.organisationId}, gen_random_uuid(), ${letter.letterId}, 'smtp', gen_random_uuid(), ${ground.clock.now()})`.execute(
    ground.context.db,
  );
  await sql`update letter set state = ${state}, due_at = null, advance_due = true where letter_id = ${letter.letterId}`.execute(
    ground.context.db,
  );
  return letter;
}

async function channelOf({ letterId }: SeededLetter): Promise<{ channel: string; advanceDue: boolean }> {
  const { rows } = await sql<{ channel: string; advanceDue: boolean }>`
    select channel, advance_due as "advanceDue" from letter where letter_id = ${letterId}`.execute(
    ground.context.db,
  );
  return rows[0] ?? { channel: '', advanceDue: true };
}

async function mails({ actionId }: SeededLetter): Promise<readonly string[]> {
  const { rows } = await sql<{ kind: string }>`
    select kind from mail where action_id = ${actionId} order by sequence`.execute(ground.context.db);
  return rows.map(({ kind }) => kind);
}

test('refused by the mail server: it waits for its writer at the office’s form, and the writer is told', async () => {
  sink.answer = (step, address) => (step === 'rcpt' && address === 'quell@upper.example' ? 550 : undefined);
  const [letter] = await queueLetters(ground, 'quell@upper.example', [{ office: { contactForm: FORM } }]);
  if (letter === undefined) throw new Error('nothing was seeded');
  const worker = startWorker(ground.context, { renderMail });
  await letterIn(ground, letter.letterId, 'waiting');
  await waitFor(() => sink.received.find(({ to }) => to[0] === 'jane@supporter.example'));
  await worker.stop();
  expect(await readLetter(ground, letter.letterId)).toMatchObject({
    state: 'waiting',
    reason: 'next_channel',
  });
  expect(await channelOf(letter)).toEqual({ channel: 'web_form', advanceDue: false });
  expect(await mails(letter)).toEqual(['failed']);
});

test('bounced days later: the same, and only once however often one looks', async () => {
  const letter = await failed('bounced');
  expect(await advanceLetters(ground.context)).toBe(1);
  expect(await advanceLetters(ground.context)).toBe(0);
  expect(await readLetter(ground, letter.letterId)).toMatchObject({
    state: 'waiting',
    reason: 'next_channel',
  });
  expect(await mails(letter)).toEqual(['failed']);
});

test('a bounce that is applied marks its letter for the next step', async () => {
  const letter = await failed('bounced');
  await sql`update letter set state = 'accepted', advance_due = false where letter_id = ${letter.letterId}`.execute(
    ground.context.db,
  );
  await sql`update delivery set bounce_waits = true, bounced_at = ${ground.clock.now()}, bounce_reason = 'other'`.execute(
    ground.context.db,
  );
  expect(await applyBounces(ground.context.db, ground.clock.now())).toBe(1);
  await advanceLetters(ground.context);
  expect((await readLetter(ground, letter.letterId)).state).toBe('waiting');
});

test('an address that is dead is not offered for the writer’s own mail either', async () => {
  await sql`insert into office_address (address, since, last_at, bounces, reason)
    values ('quell@upper.example', ${ground.clock.now()}, ${ground.clock.now()}, 1, 'no_such_address')`.execute(
    ground.context.db,
  );
  const channels = ['smtp', 'own_mail', 'telephone', 'web_form'];
  const letter = await failed('bounced', { phone: '+1 555 0100', channels });
  await advanceLetters(ground.context);
  expect((await channelOf(letter)).channel).toBe('telephone');
});

test('letters that are queued for an address go on at once when it fails for good; none is sent there', async () => {
  const letters = await queueLetters(ground, 'quell@upper.example', [{ office: { contactForm: FORM } }, {}]);
  await queueLetters(ground, 'other@upper.example', 1);
  await sql`insert into office_address (address, since, last_at, bounces, reason)
    values ('quell@upper.example', ${ground.clock.now()}, ${ground.clock.now()}, 1, 'no_such_address')`.execute(
    ground.context.db,
  );
  sink.received.length = 0;
  const worker = startWorker(ground.context, { renderMail });
  const [withForm, without] = letters;
  await letterIn(ground, withForm?.letterId ?? '', 'waiting');
  await letterIn(ground, without?.letterId ?? '', 'refused');
  await sink.accepted(1);
  await worker.stop();
  const offices = sink.received.flatMap(({ to }) => to).filter((to) => to.endsWith('@upper.example'));
  expect(offices).toEqual(['other@upper.example']);
  expect(await readLetter(ground, without?.letterId ?? '')).toMatchObject({ reason: 'address_dead' });
});

test('another way by which we send: it is queued there, and the writer is told nothing yet', async () => {
  const letter = await failed('refused', { channels: ['smtp', 'cwc_house', 'web_form'], code: 'HCA12' });
  await advanceLetters(ground.context);
  expect(await readLetter(ground, letter.letterId)).toMatchObject({
    state: 'queued',
    reason: 'next_channel',
    attempts: 0,
  });
  expect((await channelOf(letter)).channel).toBe('cwc_house');
  expect(await mails(letter)).toEqual([]);
});

test('nothing left: it stays refused, and the writer is told', async () => {
  const letter = await failed('refused', { channels: ['smtp'] });
  await advanceLetters(ground.context);
  expect((await readLetter(ground, letter.letterId)).state).toBe('refused');
  expect(await mails(letter)).toEqual(['failed']);
});

test.each([
  ['was taken back', sql`withdraw_reason = 'withdrawn'`],
  ['has no text any more', sql`content = null`],
  ['was handed over meanwhile', sql`state = 'handed_over'`],
])('a letter that %s goes nowhere, and nobody is told', async (_, change) => {
  const letter = await failed('refused');
  await sql`update letter set ${change} where letter_id = ${letter.letterId}`.execute(ground.context.db);
  const before = await readLetter(ground, letter.letterId);
  await advanceLetters(ground.context);
  expect((await readLetter(ground, letter.letterId)).state).toBe(before.state);
  expect(await channelOf(letter)).toEqual({ channel: 'smtp', advanceDue: false });
  expect(await mails(letter)).toEqual([]);
});

test('beside a live letter of the same person to the same office it moves nowhere', async () => {
  const letter = await failed('bounced');
  const [twin] = await queueLetters(ground, 'quell@upper.example', 1);
  await sql`update letter l set person_tag = o.person_tag from letter o
    where l.letter_id = ${twin?.letterId} and o.letter_id = ${letter.letterId}`.execute(ground.context.db);
  await advanceLetters(ground.context);
  expect((await readLetter(ground, letter.letterId)).state).toBe('bounced');
});

test('two processes at once move each letter once and write to each person once', async () => {
  const letters = await Promise.all(Array.from({ length: 30 }, () => failed('bounced')));
  const [{ actionId } = { actionId: '' }] = letters;
  await sql`update letter set action_id = ${actionId}`.execute(ground.context.db);
  const other = await ground.openAgain();
  const counts = await Promise.all([ground.context, other, ground.context, other].map(advanceLetters));
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(30);
  const { rows } = await sql<{ moves: number; letters: number }>`
    select count(*)::int as moves, count(distinct letter_id)::int as letters from letter_event
    where reason = 'next_channel'`.execute(ground.context.db);
  expect(rows).toEqual([{ moves: 30, letters: 30 }]);
  const { rows: written } = await sql`select 1 from mail where kind = 'failed'`.execute(ground.context.db);
  expect(written).toHaveLength(1);
});

test('a writer who takes it back at that moment: neither waits for the other, and it goes nowhere', async () => {
  const letter = await failed('refused');
  const { organisationId } = ground;
  const at = ground.clock.now();
  const { actionId } = letter;
  const looked = await ground.context.db.transaction().execute(async (db) => {
    await sql`select from action where action_id = ${actionId} for update`.execute(db);
    const advancing = advanceLetters(ground.context);
    await new Promise((resolve) => setTimeout(resolve, LOOKED_MS));
    const ending = { organisationId, actionIds: [actionId], by: 'supporter', at } as const;
    await withdrawLetters(db, { ...ending, reason: 'withdrawn' });
    return { advancing };
  });
  expect(await looked.advancing).toBe(0);
  expect(await advanceLetters(ground.context)).toBe(1);
  expect((await readLetter(ground, letter.letterId)).state).toBe('refused');
  expect(await mails(letter)).toEqual([]);
});
