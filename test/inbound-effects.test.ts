import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { sql } from '../src/database/index.js';
import {
  applyBounces,
  clearDeadAddress,
  type Intake,
  listDeadAddresses,
  listNotices,
  openNotice,
  settleAccepted,
  startWorker,
} from '../src/delivery/index.js';
import {
  type BounceGround,
  deliveryOf,
  openBounceGround,
  postBounce,
  reasonsOf,
  renderNothing,
  type SentLetter,
  sendLetters,
} from './support/bounce-ground.js';
import { bounceMail } from './support/bounce-mail.js';
import {
  type DeliveryGround,
  letterIn,
  readLetter,
  type SeedLetter,
  seedMail,
  seedReleased,
} from './support/delivery-ground.js';
import { type SmtpSink, waitFor } from './support/smtp-sink.js';
import { figure, seeded, sized } from './support/trial.js';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const RACES = sized(30, 2000);
const SEED = 20_261_124;
/** Greeting and storing take about 130 ms. */
const LONGEST_LEAD_MS = 260;
const RACE_LIMIT_MS = sized(60_000, 300_000);

let opened: BounceGround;
let sink: SmtpSink;
let ground: DeliveryGround;
let intake: Intake;

beforeAll(async () => {
  opened = await openBounceGround();
  ({ sink, ground, intake } = opened);
});

beforeEach(async () => {
  sink.answer = () => undefined;
  await sql`delete from office_address`.execute(ground.context.db);
  await sql`delete from inbound_notice`.execute(ground.context.db);
});

afterAll(() => opened[Symbol.asyncDispose]());

async function sendOne(letter: SeedLetter = {}): Promise<SentLetter> {
  const [sent] = await sendLetters(ground, sink, [letter]);
  if (sent === undefined) throw new Error('nothing was sent');
  return sent;
}

/** Sends one of the mails back for a letter; answers the SMTP code. */
function comesBack(name: string, letter: SentLetter, office?: string): Promise<number> {
  const raw = bounceMail(name, { ...letter, ...(office !== undefined && { office }) });
  return postBounce({ port: intake.port(), to: letter.returnAddress, raw });
}

async function advanceDue({ letterId }: SentLetter): Promise<boolean> {
  const { rows } = await sql<{ due: boolean }>`
    select advance_due as due from letter where letter_id = ${letterId}`.execute(ground.context.db);
  return rows[0]?.due ?? false;
}

test('a permanent failure moves an accepted letter to bounced, and on to its next step', async () => {
  const letter = await sendOne();
  expect(await comesBack('postfix-user-unknown', letter)).toBe(250);
  expect(await readLetter(ground, letter.letterId)).toMatchObject({ state: 'bounced', reason: 'bounced' });
  expect(await advanceDue(letter)).toBe(true);
  expect(await deliveryOf(ground, letter.letterId)).toMatchObject({
    bounced: true,
    reason: 'no_such_address',
    status: '5.1.1',
    waits: false,
  });
  expect((await reasonsOf(ground, letter.letterId)).slice(-2)).toEqual(['accepted', 'bounced']);
});

test('the same mail twice changes nothing the second time', async () => {
  const letter = await sendOne();
  for (const _ of [1, 2, 3]) expect(await comesBack('postfix-user-unknown', letter)).toBe(250);
  expect((await reasonsOf(ground, letter.letterId)).filter((reason) => reason.startsWith('bounce'))).toEqual([
    'bounced',
  ]);
  const [dead] = await listDeadAddresses(ground.context.db);
  expect(dead).toMatchObject({ address: 'quell@upper.example', bounces: 1 });
});

test('a bounce counts however late: after the five days, and after the text was forgotten', async () => {
  const letter = await sendOne();
  ground.clock.move(6 * DAY_MS);
  await settleAccepted(ground.context.db, ground.clock.now());
  expect(await readLetter(ground, letter.letterId)).toMatchObject({ state: 'settled' });
  ground.clock.move(40 * DAY_MS);
  await comesBack('qmail-no-mailbox', letter);
  expect(await readLetter(ground, letter.letterId)).toMatchObject({ state: 'bounced' });
});

test('a bounce that is faster than the yes waits, and moves the letter when it is accepted', async () => {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  sink.answer = (step) => (step === 'data' ? promise : undefined);
  const before = sink.received.length;
  const [seeded] = await seedReleased(ground, [{}]);
  const letterId = seeded?.letterId ?? '';
  const worker = startWorker(ground.context, { renderMail: renderNothing });
  const mail = await waitFor(() => sink.received[before]);
  const raw = bounceMail('postfix-user-unknown', { returnAddress: mail.from });
  expect(await postBounce({ port: intake.port(), to: mail.from, raw })).toBe(250);
  expect(await readLetter(ground, letterId)).toMatchObject({ state: 'sending', reason: 'bounce_noted' });
  expect(await deliveryOf(ground, letterId)).toMatchObject({ waits: true });
  resolve(undefined);
  await letterIn(ground, letterId, 'bounced');
  await worker.stop();
  expect((await reasonsOf(ground, letterId)).slice(-3)).toEqual(['bounce_noted', 'accepted', 'bounced']);
});

test(
  `${RACES} bounces race with the yes of the mail server, and none is overlooked`,
  async () => {
    const random = seeded(SEED);
    const posting: Promise<number>[] = [];
    sink.answer = async (step) => {
      if (step !== 'data') return undefined;
      const to = sink.received.at(-1)?.from ?? '';
      const raw = bounceMail('postfix-user-unknown', { returnAddress: to });
      posting.push(postBounce({ port: intake.port(), to, raw }));
      await sleep(random() * LONGEST_LEAD_MS);
      return undefined;
    };
    const letters = await seedReleased(
      ground,
      Array.from({ length: RACES }, () => ({})),
    );
    const worker = startWorker(ground.context, { renderMail: renderNothing, concurrency: 20 });
    for (const { letterId } of letters) await letterIn(ground, letterId, 'bounced');
    await worker.stop();
    expect(new Set(await Promise.all(posting))).toEqual(new Set([250]));
    const events = await Promise.all(letters.map(({ letterId }) => reasonsOf(ground, letterId)));
    const early = events.filter((reasons) => reasons.includes('bounce_noted')).length;
    figure(`bounces against the yes, seed ${SEED}`, { letters: RACES, 'bounce first': early });
    expect(early).toBeGreaterThan(0);
    expect(early).toBeLessThan(RACES);
    for (const reasons of events) expect(reasons.filter((reason) => reason === 'bounced')).toHaveLength(1);
  },
  RACE_LIMIT_MS,
);

test('a bounce of a try whose answer was lost waits until the letter is accepted', async () => {
  sink.answer = (step) => (step === 'data' ? 'hang_up' : undefined);
  const before = sink.received.length;
  const [seeded] = await seedReleased(ground, [{}]);
  const letterId = seeded?.letterId ?? '';
  const worker = startWorker(ground.context, { renderMail: renderNothing });
  const mail = await waitFor(() => sink.received[before]);
  await waitFor(async () => ((await readLetter(ground, letterId)).attempts === 1 ? true : undefined));
  const raw = bounceMail('exim-unrouteable', { returnAddress: mail.from });
  expect(await postBounce({ port: intake.port(), to: mail.from, raw })).toBe(250);
  expect(await readLetter(ground, letterId)).toMatchObject({ state: 'queued', reason: 'bounce_noted' });
  sink.answer = () => undefined;
  ground.clock.move(HOUR_MS);
  await letterIn(ground, letterId, 'bounced');
  await worker.stop();
  expect((await reasonsOf(ground, letterId)).slice(-2)).toEqual(['accepted', 'bounced']);
});

test('a bounce moves nothing once the letter went another way, or came back before', async () => {
  const [elsewhere, back] = await sendLetters(ground, sink, [{}, {}]);
  if (elsewhere === undefined || back === undefined) throw new Error('nothing was sent');
  // The office's own system took it after the mail failed.
  await sql`update letter set channel = 'cwc_house' where letter_id = ${elsewhere.letterId}`.execute(
    ground.context.db,
  );
  await comesBack('postfix-user-unknown', elsewhere);
  expect(await readLetter(ground, elsewhere.letterId)).toMatchObject({
    state: 'accepted',
    reason: 'bounce_noted',
  });
  expect(await deliveryOf(ground, elsewhere.letterId)).toMatchObject({ bounced: true, waits: false });
  await comesBack('postfix-user-unknown', back);
  await comesBack('qmail-no-mailbox', back);
  expect((await reasonsOf(ground, back.letterId)).at(-1)).toBe('bounced');
  expect(await applyBounces(ground.context.db, ground.clock.now())).toBe(0);
});

test.each([
  ['postfix-delayed', 'delay_reported', { delayed: true, bounced: false }],
  ['exim-delayed', 'delay_reported', { delayed: true, bounced: false }],
  ['success', 'delivery_reported', { delivered: true, bounced: false }],
  ['out-of-office', 'auto_replied', { bounced: false }],
  ['complaint-abuse', 'complained', { complained: true, bounced: false }],
])('%s is noted once and moves nothing', async (name, reason, noted) => {
  const letter = await sendOne();
  expect(await comesBack(name, letter)).toBe(250);
  const first = await deliveryOf(ground, letter.letterId);
  expect(first).toMatchObject(noted);
  ground.clock.move(HOUR_MS);
  const again = bounceMail(name, { ...letter, office: 'quell2@upper.example' });
  expect(await postBounce({ port: intake.port(), to: letter.returnAddress, raw: again })).toBe(250);
  expect(await deliveryOf(ground, letter.letterId)).toEqual(first);
  expect(await readLetter(ground, letter.letterId)).toMatchObject({ state: 'accepted' });
  expect((await reasonsOf(ground, letter.letterId)).filter((each) => each === reason)).toHaveLength(1);
});

test.each([
  ['postfix-user-unknown', true],
  ['postfix-host-not-found', true],
  ['microsoft-365-directory-edge', true],
  ['sendmail-mailbox-full', false],
  ['microsoft-365-blocked', false],
  ['dsn-blocked-as-unknown', false],
  ['postfix-gave-up', false],
  ['dsn-forwarded-to-another', false],
  ['postfix-delayed', false],
  ['out-of-office', false],
])('%s marks the address as dead: %s', async (name, dead) => {
  const letter = await sendOne({ office: { email: 'Clerk@Upper.example' } });
  await comesBack(name, letter, 'clerk@upper.example');
  const addresses = await listDeadAddresses(ground.context.db);
  expect(addresses.map(({ address }) => address)).toEqual(dead ? ['clerk@upper.example'] : []);
  for (const { answer } of addresses) expect(answer).not.toContain('@');
});

test('only the address that the letter went to is marked, whatever a report names', async () => {
  const letter = await sendOne({ office: { email: 'one@upper.example' } });
  await comesBack('postfix-user-unknown', letter, 'other@upper.example');
  expect(await listDeadAddresses(ground.context.db)).toEqual([]);
  expect(await readLetter(ground, letter.letterId)).toMatchObject({ state: 'bounced' });
});

test('a mark that staff cleared does not come back by a letter from before, only by a later one', async () => {
  const [first, second] = await sendLetters(ground, sink, [{}, {}]);
  if (first === undefined || second === undefined) throw new Error('nothing was sent');
  await comesBack('postfix-user-unknown', first);
  ground.clock.move(HOUR_MS);
  const at = ground.clock.now();
  const clearing = { email: 'QUELL@upper.example', reason: 'the office says it is there', by: 'test', at };
  await clearDeadAddress(ground.context.db, clearing);
  await expect(clearDeadAddress(ground.context.db, clearing)).rejects.toThrow('has no mark');
  await comesBack('postfix-user-unknown', second);
  expect(await readLetter(ground, second.letterId)).toMatchObject({ state: 'bounced' });
  expect(await listDeadAddresses(ground.context.db)).toEqual([]);
  ground.clock.move(HOUR_MS);
  await comesBack('postfix-user-unknown', await sendOne());
  expect(await listDeadAddresses(ground.context.db)).toHaveLength(1);
});

test('what is not understood is kept for people, sealed, at most 64 kB and ten of a letter', async () => {
  const { context, organisationId } = ground;
  const letter = await sendOne();
  for (let count = 0; count < 12; count += 1) {
    const raw = Buffer.concat([
      bounceMail('answer-of-a-person', letter),
      Buffer.from(`${count} ${'The heron flies. '.repeat(8000)}`),
    ]);
    expect(await postBounce({ port: intake.port(), to: letter.returnAddress, raw })).toBe(250);
  }
  const notices = await listNotices(context.db, { organisationId });
  expect(notices).toHaveLength(10);
  const { notice, raw } = await openNotice(context, { organisationId, noticeId: notices[0]?.noticeId ?? '' });
  expect(notice).toMatchObject({ kind: 'not_understood', letterId: letter.letterId, office: 'Mira Quell' });
  expect(raw).toHaveLength(64 * 1024);
  expect(raw?.toString()).toContain('the senator has read your letter');
  const { rows } = await sql<{ cell: string }>`
    select encode(raw, 'escape') as cell from inbound_notice`.execute(context.db);
  for (const { cell } of rows) expect(cell).not.toContain('senator');
  expect(await readLetter(ground, letter.letterId)).toMatchObject({ state: 'accepted', reason: 'accepted' });
});

test('staff are told of complaints and of refusals by policy, the latter once for an office', async () => {
  const [first, second, third] = await sendLetters(ground, sink, [{}, {}, {}]);
  if (first === undefined || second === undefined || third === undefined) throw new Error('nothing was sent');
  await comesBack('microsoft-365-blocked', first);
  await comesBack('gmail-spam', second);
  await comesBack('complaint-abuse', third);
  const notices = await listNotices(ground.context.db, { organisationId: ground.organisationId });
  expect(notices.map(({ kind, mails, hasMail }) => ({ kind, mails, hasMail }))).toEqual([
    { kind: 'blocked', mails: 2, hasMail: false },
    { kind: 'complaint', mails: 1, hasMail: false },
  ]);
});

test('bounces that come at the same time are stored together, each with its effect', async () => {
  const letters = await sendLetters(
    ground,
    sink,
    Array.from({ length: 40 }, () => ({})),
  );
  const codes = await Promise.all(letters.map((letter) => comesBack('postfix-user-unknown', letter)));
  expect(new Set(codes)).toEqual(new Set([250]));
  for (const { letterId } of letters)
    expect(await readLetter(ground, letterId)).toMatchObject({ state: 'bounced' });
  expect(await listDeadAddresses(ground.context.db)).toMatchObject([{ bounces: 40 }]);
});

test('a mail of ours to a supporter that came back is written down, and moves no letter', async () => {
  const letter = await sendOne();
  const mailId = await seedMail(ground, letter.actionId, 'copy');
  const { returnAddress } = await import('../src/delivery/return-address.js');
  const to = returnAddress(ground.context, { organisationId: ground.organisationId, deliveryId: mailId });
  for (const name of ['gmail-not-found', 'answer-of-a-person']) {
    const raw = bounceMail(name, { returnAddress: to, office: 'jane@supporter.example' });
    expect(await postBounce({ port: intake.port(), to, raw })).toBe(250);
  }
  const { rows } = await sql<{ kind: string; reason: string | null }>`
    select kind, reason from inbound_mail where mail_id = ${mailId} order by kind`.execute(ground.context.db);
  expect(rows).toEqual([
    { kind: 'failed', reason: 'no_such_address' },
    { kind: 'not_understood', reason: null },
  ]);
  expect(await listDeadAddresses(ground.context.db)).toEqual([]);
  expect(await listNotices(ground.context.db, { organisationId: ground.organisationId })).toMatchObject([
    { kind: 'not_understood', letterId: null, office: null, hasMail: true },
  ]);
  expect(await readLetter(ground, letter.letterId)).toMatchObject({ state: 'accepted', reason: 'accepted' });
});

test('a flood about one letter is refused, but for the failure that counts', async () => {
  const letter = await sendOne();
  const { rows } = await sql<{ id: string }>`
    select delivery_id as id from delivery where letter_id = ${letter.letterId}`.execute(ground.context.db);
  await sql`insert into inbound_mail (organisation_id, sha256, delivery_id, at, kind)
    select ${ground.organisationId}, sha256(n::text::bytea), ${rows[0]?.id}, now(), 'delayed'
    from generate_series(1, 200) n`.execute(ground.context.db);
  expect(await comesBack('out-of-office', letter)).toBe(554);
  expect(await comesBack('postfix-user-unknown', letter)).toBe(250);
  expect(await readLetter(ground, letter.letterId)).toMatchObject({ state: 'bounced' });
  expect(await comesBack('qmail-no-mailbox', letter)).toBe(554);
});

test('nothing of what came back, and of nobody, is in the log', () => {
  expect(ground.logged()).not.toMatch(/quell@|jane@|The quays|heron|senator has read|letters\+/i);
});
