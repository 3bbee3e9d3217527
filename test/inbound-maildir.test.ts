import { mkdir, mkdtemp, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { sql } from '../src/database/index.js';
import { startIntake } from '../src/delivery/index.js';
import { reasonsOf, type SentLetter, sendLetters } from './support/bounce-ground.js';
import { bounceMail } from './support/bounce-mail.js';
import { type DeliveryGround, openDeliveryGround, readLetter } from './support/delivery-ground.js';
import { openSmtpSink, type SmtpSink, waitFor } from './support/smtp-sink.js';
import { sized } from './support/trial.js';

const MAILS = sized(60, 1000);
const MiB = 1024 * 1024;

let sink: SmtpSink;
let ground: DeliveryGround;
let maildir: string;
let delivered = 0;

beforeAll(async () => {
  sink = await openSmtpSink();
  maildir = await mkdtemp(join(tmpdir(), 'redress-maildir-'));
  ground = await openDeliveryGround({ SMTP_URL: sink.url, REDRESS_BOUNCE_MAILDIR: maildir });
});

beforeEach(async () => {
  for (const folder of ['new', 'cur', 'tmp']) {
    await rm(join(maildir, folder), { recursive: true, force: true });
    await mkdir(join(maildir, folder));
  }
});

afterAll(async () => {
  await ground[Symbol.asyncDispose]();
  await sink[Symbol.asyncDispose]();
  await rm(maildir, { recursive: true, force: true });
});

async function sendOne(): Promise<SentLetter> {
  const [letter] = await sendLetters(ground, sink, [{}]);
  if (letter === undefined) throw new Error('nothing was sent');
  return letter;
}

/** Puts a mail into the folder as a delivery program does; answers the name of its file. */
async function deliver(raw: Buffer | string): Promise<string> {
  delivered += 1;
  const name = `1795514400.M${delivered}P1.mx`;
  await writeFile(join(maildir, 'tmp', name), raw);
  await rename(join(maildir, 'tmp', name), join(maildir, 'new', name));
  return name;
}

async function taken(name: string): Promise<string> {
  return waitFor(async () => (await readdir(join(maildir, 'cur'))).find((file) => file.startsWith(name)));
}

/** With nothing in its headers that tells for whom it came. */
function withoutRecipient(raw: Buffer): string {
  return raw.toString('latin1').replace(/^To: .*\r\n/m, 'To: <letters@redress.example>\r\n');
}

/** Delivers mails, has them taken, and answers what their files are called then. */
async function take(...mails: readonly (Buffer | string)[]): Promise<readonly string[]> {
  const names: string[] = [];
  for (const mail of mails) names.push(await deliver(mail));
  const intake = await startIntake(ground.context);
  return Promise.all(names.map(taken)).finally(() => intake.stop());
}

test.each([
  ['To', (letter: SentLetter, raw: string) => raw.replace(/^To: .*$/m, `To: <${letter.returnAddress}>`)],
  ['Delivered-To', (letter: SentLetter, raw: string) => `Delivered-To: ${letter.returnAddress}\r\n${raw}`],
  ['X-Original-To', (letter: SentLetter, raw: string) => `X-Original-To: ${letter.returnAddress}\r\n${raw}`],
])('a mail whose %s has the signed address is taken, and its file is moved as seen', async (_, address) => {
  const letter = await sendOne();
  const raw = withoutRecipient(
    bounceMail('qmail-no-mailbox', { ...letter, returnAddress: 'x@redress.example' }),
  );
  expect(await take(address(letter, raw))).toEqual([expect.stringMatching(/:2,S$/)]);
  expect(await readdir(join(maildir, 'new'))).toEqual([]);
  expect(await readLetter(ground, letter.letterId)).toMatchObject({ state: 'bounced' });
});

test('where the address was lost on the way, what is returned names it: signed address and Message-ID together', async () => {
  const letter = await sendOne();
  await take(withoutRecipient(bounceMail('postfix-user-unknown', letter)));
  expect(await readLetter(ground, letter.letterId)).toMatchObject({ state: 'bounced' });
});

test('what names no letter by a signature changes nothing, and stays unseen for whoever reads the folder', async () => {
  const [letter, other] = await sendLetters(ground, sink, [{}, {}]);
  if (letter === undefined || other === undefined) throw new Error('nothing was sent');
  const { returnAddress, messageId } = letter;
  const forged = returnAddress.replace(/.(?=@)/, (digit) => (digit === '0' ? '1' : '0'));
  const mails = [
    withoutRecipient(bounceMail('qmail-no-mailbox', { returnAddress: 'letters@redress.example', messageId })),
    withoutRecipient(bounceMail('postfix-user-unknown', { returnAddress: forged, messageId })),
    withoutRecipient(bounceMail('postfix-user-unknown', { returnAddress, messageId: other.messageId })),
    bounceMail('spam', { returnAddress: 'letters@redress.example' }).toString(),
    '',
    '\0'.repeat(100),
  ];
  for (const file of await take(...mails)) expect(file).toMatch(/:2,$/);
  for (const { letterId } of [letter, other])
    expect(await readLetter(ground, letterId)).toMatchObject({ state: 'accepted', reason: 'accepted' });
});

test(`two workers read one folder of ${MAILS} mails, and each mail has its effect once`, {
  timeout: 180_000,
}, async () => {
  const letters = await sendLetters(
    ground,
    sink,
    Array.from({ length: MAILS }, () => ({})),
  );
  for (const letter of letters) await deliver(bounceMail('postfix-user-unknown', letter));
  const workers = await Promise.all([startIntake(ground.context), startIntake(await ground.openAgain())]);
  await waitFor(async () => (await readdir(join(maildir, 'cur'))).length === MAILS || undefined, 60_000);
  for (const worker of workers) await worker.stop();
  expect(await readdir(join(maildir, 'new'))).toEqual([]);
  for (const { letterId } of letters) {
    expect((await reasonsOf(ground, letterId)).filter((reason) => reason.includes('bounce'))).toEqual([
      'bounced',
    ]);
  }
  expect(ground.logged()).not.toContain('could not be taken');
});

test('killed between the commit and the move, a worker reads the mail again, and it changes nothing', async () => {
  const letter = await sendOne();
  const raw = bounceMail('postfix-user-unknown', letter);
  const [file = ''] = await take(raw);
  await rm(join(maildir, 'cur', file));
  await take(raw);
  expect((await reasonsOf(ground, letter.letterId)).filter((reason) => reason === 'bounced')).toHaveLength(1);
});

test('while the database does not take it, a mail stays where it is, and no other file is looked into', async () => {
  const letter = await sendOne();
  const { db } = ground.context;
  await symlink('/etc/hostname', join(maildir, 'new', 'link'));
  await mkdir(join(maildir, 'new', 'folder'));
  await sql`alter table inbound_mail rename to inbound_mail_away`.execute(db);
  const name = await deliver(bounceMail('postfix-user-unknown', letter));
  const intake = await startIntake(ground.context);
  await waitFor(() => ground.logged().includes('could not be taken; it stays') || undefined);
  await intake.stop();
  expect((await readdir(join(maildir, 'new'))).toSorted()).toEqual([name, 'folder', 'link'].toSorted());
  await sql`alter table inbound_mail_away rename to inbound_mail`.execute(db);
  const again = await startIntake(ground.context);
  await taken(name);
  await again.stop();
  expect((await readdir(join(maildir, 'new'))).toSorted()).toEqual(['folder', 'link']);
  expect(await readLetter(ground, letter.letterId)).toMatchObject({ state: 'bounced' });
});

test('of a huge mail the beginning is read', async () => {
  const letter = await sendOne();
  const raw = bounceMail('qmail-no-mailbox', letter);
  await take(Buffer.concat([raw, Buffer.alloc(32 * MiB, 'x')]));
  expect(await readLetter(ground, letter.letterId)).toMatchObject({ state: 'bounced' });
});

test('a folder that is no Maildir stops the start with words', async () => {
  const context = await ground.openAgain({ REDRESS_BOUNCE_MAILDIR: join(maildir, 'new') });
  await expect(startIntake(context)).rejects.toThrow('REDRESS_BOUNCE_MAILDIR names');
});
