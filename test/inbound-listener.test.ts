import { writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import certificateForTests from 'smtp-server/lib/tls-options.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql } from '../src/database/index.js';
import { type Intake, readReturnAddress, startIntake } from '../src/delivery/index.js';
import {
  type BounceGround,
  deliveryOf,
  openBounceGround,
  postBounce,
  type SentLetter,
  sendLetters,
} from './support/bounce-ground.js';
import { bounceMail } from './support/bounce-mail.js';
import { type DeliveryGround, letterIn, readLetter } from './support/delivery-ground.js';
import { type SmtpSink, waitFor } from './support/smtp-sink.js';
import { temporaryFolder } from './support/temporary-file.js';
import { freePort } from './support/test-server.js';

const MiB = 1024 * 1024;
const MOST_CONNECTIONS = 50;

let opened: BounceGround;
let sink: SmtpSink;
let ground: DeliveryGround;
let intake: Intake;

beforeAll(async () => {
  opened = await openBounceGround();
  ({ sink, ground, intake } = opened);
});

afterAll(() => opened[Symbol.asyncDispose]());

async function sendTwo(): Promise<readonly [SentLetter, SentLetter]> {
  const [first, second] = await sendLetters(ground, sink, [{}, {}]);
  if (first === undefined || second === undefined) throw new Error('nothing was sent');
  return [first, second];
}

/** A conversation by hand: sends lines, and waits for the answer to each. */
class Talk implements Disposable {
  readonly #socket;
  heard = '';
  closed = false;

  constructor(port = intake.port()) {
    this.#socket = connect(port ?? 0, '127.0.0.1');
    this.#socket.on('data', (chunk: Buffer) => {
      this.heard += chunk.toString();
    });
    this.#socket.on('close', () => {
      this.closed = true;
    });
    this.#socket.on('error', () => undefined);
  }

  /** The last answer's code, once it came. */
  async say(line: string): Promise<number> {
    this.heard = '';
    this.#socket.write(`${line}\r\n`);
    return this.answer();
  }

  async answer(): Promise<number> {
    const code = await waitFor(
      () => /^(\d{3}) .*\r\n$/m.exec(this.heard)?.[1] ?? (this.closed ? '0' : undefined),
    );
    return Number(code);
  }

  write(text: string): boolean {
    return this.#socket.write(text);
  }

  async begin(): Promise<void> {
    await this.answer();
    await this.say('EHLO mx.office.example');
    await this.say('MAIL FROM:<>');
  }

  [Symbol.dispose](): void {
    this.#socket.destroy();
  }
}

async function inboundMails(): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) from inbound_mail`.execute(ground.context.db);
  return rows[0]?.count ?? 0;
}

test('mail is taken for signed return addresses alone; nothing is passed on, nobody signs in', async () => {
  const [letter] = await sendTwo();
  const sent = sink.received.length;
  const tampered = letter.returnAddress.replace(/.(?=@)/, (digit) => (digit === '0' ? '1' : '0'));
  expect(readReturnAddress(ground.context, tampered)).toBeUndefined();
  using talk = new Talk();
  await talk.begin();
  for (const address of [
    tampered,
    'letters@redress.example',
    'quell@upper.example',
    'jane@supporter.example',
    'postmaster@redress.example',
    letter.returnAddress.replace('+1-', '+2-'),
  ]) {
    expect(await talk.say(`RCPT TO:<${address}>`), address).toBe(550);
  }
  expect(await talk.say('DATA')).toBe(503);
  expect(await talk.say(`RCPT TO:<${letter.returnAddress.toUpperCase()}>`)).toBe(250);
  expect(await talk.say(`RCPT TO:<x${letter.returnAddress}>`)).toBe(452);
  expect(await talk.say('RSET')).toBe(250);
  expect(await talk.say('EHLO mx.office.example')).toBe(250);
  expect(talk.heard).not.toMatch(/AUTH|STARTTLS/);
  expect(talk.heard).toContain(`SIZE ${MiB}`);
  expect(await talk.say('AUTH PLAIN AGEAYg==')).toBe(500);
  expect(await talk.say('MAIL FROM:<> SIZE=1048577')).toBe(552);
  expect(sink.received).toHaveLength(sent);
  expect(await readLetter(ground, letter.letterId)).toMatchObject({ state: 'accepted', reason: 'accepted' });
});

test('whoever guesses addresses is hung up on', async () => {
  using talk = new Talk();
  await talk.begin();
  for (let guess = 1; guess <= 10; guess += 1)
    expect(
      await talk.say(
        `RCPT TO:<letters+1-${'0'.repeat(25)}-${String(guess).padStart(12, '0')}@redress.example>`,
      ),
    ).toBe(550);
  await waitFor(() => talk.closed || undefined);
});

test('a forged bounce moves nothing but what its signed address names', async () => {
  const [own, other] = await sendTwo();
  const before = await inboundMails();
  const forged = bounceMail('postfix-user-unknown', other);
  for (const to of ['letters@redress.example', other.returnAddress.replace(/.(?=@)/, 'x')])
    expect(await postBounce({ port: intake.port(), to, raw: forged })).toBe(550);
  expect(await inboundMails()).toBe(before);
  // Whoever holds one letter's address speaks of that letter alone, whatever else the mail quotes.
  expect(await postBounce({ port: intake.port(), to: own.returnAddress, raw: forged })).toBe(250);
  expect(await readLetter(ground, own.letterId)).toMatchObject({ state: 'bounced' });
  expect(await readLetter(ground, other.letterId)).toMatchObject({ state: 'accepted', reason: 'accepted' });
  expect(await deliveryOf(ground, other.letterId)).toMatchObject({ bounced: false, waits: false });
});

test('a mail beyond a megabyte is refused, and one without end is cut off', async () => {
  const [letter] = await sendTwo();
  const raw = Buffer.concat([bounceMail('postfix-user-unknown', letter), Buffer.alloc(MiB, 'x\r\n')]);
  using talk = new Talk();
  await talk.begin();
  expect(await talk.say(`RCPT TO:<${letter.returnAddress}>`)).toBe(250);
  expect(await talk.say('DATA')).toBe(354);
  expect(await talk.say(`${raw.toString('latin1')}\r\n.`)).toBe(552);
  await talk.say('MAIL FROM:<>');
  await talk.say(`RCPT TO:<${letter.returnAddress}>`);
  await talk.say('DATA');
  const chunk = 'y'.repeat(MiB);
  for (let count = 0; count < 64 && !talk.closed; count += 1) {
    talk.write(chunk);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  await waitFor(() => talk.closed || undefined);
  expect(await readLetter(ground, letter.letterId)).toMatchObject({ state: 'accepted', reason: 'accepted' });
});

test('one connection too many is told to come again', async () => {
  const talks = Array.from({ length: MOST_CONNECTIONS }, () => new Talk());
  await Promise.all(talks.map((talk) => talk.answer()));
  using late = new Talk();
  expect(await late.answer()).toBe(421);
  for (const talk of talks) talk[Symbol.dispose]();
  await waitFor(async () => {
    using talk = new Talk();
    return (await talk.answer()) === 220 || undefined;
  });
});

test('where the database does not take it, the sender is told to come again, and comes', async () => {
  const [letter] = await sendTwo();
  const { db } = ground.context;
  const post = { port: intake.port(), to: letter.returnAddress, raw: bounceMail('gmail-not-found', letter) };
  await sql`alter table inbound_mail rename to inbound_mail_away`.execute(db);
  expect(await postBounce(post)).toBe(451);
  await sql`alter table inbound_mail_away rename to inbound_mail`.execute(db);
  expect(await readLetter(ground, letter.letterId)).toMatchObject({ state: 'accepted', reason: 'accepted' });
  expect(await postBounce(post)).toBe(250);
  expect(await readLetter(ground, letter.letterId)).toMatchObject({ state: 'bounced' });
});

test('a sender that breaks off in the middle leaves nothing behind, and no noise', async () => {
  const [letter] = await sendTwo();
  const before = await inboundMails();
  const talk = new Talk();
  await talk.begin();
  await talk.say(`RCPT TO:<${letter.returnAddress}>`);
  await talk.say('DATA');
  talk.write(bounceMail('postfix-user-unknown', letter).toString('latin1'));
  talk[Symbol.dispose]();
  await waitFor(() => talk.closed || undefined);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(await inboundMails()).toBe(before);
  expect(ground.logged()).not.toContain('ERR_STREAM_PREMATURE_CLOSE');
});

test('stopping ends what is being taken, sends the others away, and the next process takes the port over', async () => {
  const [letter] = await sendTwo();
  const port = await freePort();
  const own = await ground.openAgain({ SMTP_URL: sink.url, REDRESS_BOUNCE_PORT: String(port) });
  const first = await startIntake(own);
  const second = await startIntake(own);
  expect([first.port(), second.port()]).toEqual([port, undefined]);
  expect(ground.logged()).toContain('the port for bounces is in use');
  using idle = new Talk(port);
  await idle.begin();
  using busy = new Talk(port);
  await busy.begin();
  await busy.say(`RCPT TO:<${letter.returnAddress}>`);
  await busy.say('DATA');
  const [half, rest] = bounceMail('postfix-user-unknown', letter)
    .toString('latin1')
    .split(/(?<=Status: )/);
  busy.write(half ?? '');
  for (const talk of [idle, busy]) talk.heard = '';
  const stopped = first.stop();
  expect(await idle.answer()).toBe(421);
  busy.write(rest ?? '');
  expect(await busy.say('\r\n.')).toBe(250);
  await stopped;
  await letterIn(ground, letter.letterId, 'bounced');
  await waitFor(() => second.port());
  await second.stop();
});

test('with a key and a certificate it speaks TLS', async () => {
  const folder = temporaryFolder('tls');
  const { key, cert } = certificateForTests();
  await writeFile(join(folder, 'key.pem'), String(key));
  await writeFile(join(folder, 'cert.pem'), String(cert));
  const [letter] = await sendTwo();
  const context = await ground.openAgain({
    REDRESS_BOUNCE_PORT: '0',
    REDRESS_BOUNCE_TLS_KEY_FILE: join(folder, 'key.pem'),
    REDRESS_BOUNCE_TLS_CERT_FILE: join(folder, 'cert.pem'),
  });
  const encrypted = await startIntake(context);
  const transport = createTransport({
    host: '127.0.0.1',
    port: encrypted.port() ?? 0,
    requireTLS: true,
    tls: { rejectUnauthorized: false },
  });
  const raw = bounceMail('postfix-user-unknown', letter);
  await transport.sendMail({ envelope: { from: '', to: letter.returnAddress }, raw });
  transport.close();
  await encrypted.stop();
  expect(await readLetter(ground, letter.letterId)).toMatchObject({ state: 'bounced' });
});

test('a port that may not be listened on stops the start with words', async () => {
  const context = await ground.openAgain({ REDRESS_BOUNCE_PORT: '2525', REDRESS_BOUNCE_HOST: '192.0.2.1' });
  await expect(startIntake(context)).rejects.toThrow(
    'Bounces cannot be listened for on 192.0.2.1, port 2525',
  );
});
