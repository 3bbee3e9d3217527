import { createHash } from 'node:crypto';
import { createTransport, type Transporter } from 'nodemailer';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Simulator, startSimulator } from '../src/simulator/index.js';
import { MovedClock } from './support/moved-clock.js';
import { talkTo } from './support/smtp-talk.js';

const OFFICE = 'office@upper.example';
const OTHER = 'other@lower.example';
const MINUTE_MS = 60_000;

let clock: MovedClock;
let offices: Simulator;
const opened: Transporter[] = [];

beforeAll(async () => {
  clock = new MovedClock();
  offices = await startSimulator({ clock });
});

afterEach(() => {
  for (const key of ['mail', OFFICE, '@upper.example']) offices.setScript(key, []);
  for (const transport of opened.splice(0)) transport.close();
  offices.clear();
});

afterAll(() => offices[Symbol.asyncDispose]());

function mailer(options: object = {}): Transporter {
  const timeouts = { connectionTimeout: 500, greetingTimeout: 500, socketTimeout: 500 };
  const transport = createTransport({ url: offices.smtpUrl, ...timeouts, ...options });
  opened.push(transport);
  return transport;
}

function letter(more: object = {}) {
  return {
    from: 'letters@redress.example',
    to: OFFICE,
    subject: 'On lamps',
    text: 'Dear Senator,\n',
    ...more,
  };
}

async function failure(sending: Promise<unknown>): Promise<{ code?: string; responseCode?: number }> {
  return sending.then(
    () => {
      throw new Error('it was sent');
    },
    (error: { code?: string; responseCode?: number }) => error,
  );
}

describe('an office that serves', () => {
  test('takes a letter, and keeps it byte for byte with its envelope and its words', async () => {
    const text = 'Dear Senator,\n\n.a line with a dot\n..two\nFrom here: é 漢\n\n\n';
    const stream = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
    const { message } = await stream.sendMail(letter({ text, messageId: '<one@redress.example>' }));
    await mailer().sendMail({
      envelope: { from: 'b+1@redress.example', to: [OFFICE, OTHER] },
      raw: message as Buffer,
    });
    const [received] = offices.received();
    expect(received).toMatchObject({
      number: 1,
      at: clock.now(),
      server: 'mail',
      office: OFFICE,
      id: 'one@redress.example',
      nth: 1,
      answer: '250',
      kept: true,
      envelope: { from: 'b+1@redress.example', to: [OFFICE, OTHER] },
      sha256: createHash('sha256')
        .update(message as Buffer)
        .digest('hex'),
    });
    expect(offices.raw(1)?.equals(message as Buffer)).toBe(true);
    expect(await offices.readMail(1)).toEqual({ subject: 'On lamps', text });
  });

  test('counts a second copy by its id', async () => {
    for (let copy = 0; copy < 3; copy += 1)
      await mailer().sendMail(letter({ messageId: '<again@redress.example>' }));
    expect(offices.count('again@redress.example')).toEqual({ received: 3, kept: 3 });
    expect(offices.received({ id: 'again@redress.example' }).map(({ nth }) => nth)).toEqual([1, 2, 3]);
    expect(offices.count('never@redress.example')).toEqual({ received: 0, kept: 0 });
    expect(offices.tallies()).toEqual([
      { server: 'mail', office: OFFICE, kept: 3, answers: { 'final_dot 250': 3 }, last: clock.now() },
    ]);
  });

  test('keeps nothing of a letter that was cut off', async () => {
    await using talk = await talkTo(offices.smtpUrl);
    await talk.upTo('body');
    talk.socket.write('Subject: half\r\n\r\nHalf a');
    talk.socket.destroy();
    await mailer().sendMail(letter());
    expect(offices.received()).toHaveLength(1);
  });
});

describe('a refusal with any code', () => {
  test.each([421, 450, 451, 452, 550, 554])('%i at each step is on the wire as scripted', async (code) => {
    const behaviour = { do: 'answer', code, words: 'as scripted' } as const;
    const said = `${code} as scripted`;

    offices.setScript('mail', { at: 'banner', ...behaviour });
    await using banner = await talkTo(offices.smtpUrl);
    expect(await banner.reply()).toBe(said);

    offices.setScript('mail', { at: 'ehlo', ...behaviour });
    await using ehlo = await talkTo(offices.smtpUrl);
    await ehlo.reply();
    expect(await ehlo.say('EHLO client.example')).toBe(said);

    offices.setScript('mail', { at: 'auth', ...behaviour });
    await using auth = await talkTo(offices.smtpUrl);
    await auth.upTo('MAIL');
    const secret = Buffer.from('\0user\0secret').toString('base64');
    expect(await auth.say(`AUTH PLAIN ${secret}`)).toBe(said);

    offices.setScript('mail', { at: 'mail', ...behaviour });
    await using mail = await talkTo(offices.smtpUrl);
    await mail.upTo('MAIL');
    expect(await mail.say('MAIL FROM:<letters@redress.example>')).toBe(said);

    offices.setScript('mail', []);
    offices.setScript(OFFICE, { at: 'rcpt', ...behaviour });
    await using rcpt = await talkTo(offices.smtpUrl);
    await rcpt.upTo('RCPT');
    expect(await rcpt.say(`RCPT TO:<${OTHER}>`)).toMatch(/^250/);
    expect(await rcpt.say(`RCPT TO:<${OFFICE}>`)).toBe(said);

    offices.setScript(OFFICE, { at: 'data', ...behaviour });
    await using data = await talkTo(offices.smtpUrl);
    await data.upTo('DATA');
    expect(await data.say('DATA')).toBe(said);
    expect(offices.received()).toEqual([]);

    offices.setScript(OFFICE, { at: 'final_dot', ...behaviour });
    await using dot = await talkTo(offices.smtpUrl);
    await dot.upTo('body');
    expect(await dot.say('Subject: x\r\n\r\ny\r\n.')).toBe(said);
    expect(offices.received()).toMatchObject([{ answer: String(code), kept: false }]);
  });

  test('nodemailer gives up where EHLO and HELO are refused', async () => {
    offices.setScript('mail', { at: 'ehlo', do: 'answer', code: 502 });
    expect(await failure(mailer().sendMail(letter()))).toMatchObject({ responseCode: 502 });
  });
});

describe('silence', () => {
  test.each(['banner', 'ehlo', 'mail', 'rcpt', 'data', 'final_dot'] as const)('at %s', async (at) => {
    offices.setScript('mail', { at, do: 'stall' });
    expect(await failure(mailer().sendMail(letter()))).toMatchObject({ code: 'ETIMEDOUT' });
    expect(offices.received().map(({ answer, kept }) => ({ answer, kept }))).toEqual(
      at === 'final_dot' ? [{ answer: 'stall', kept: true }] : [],
    );
  });

  test('at AUTH', async () => {
    offices.setScript('mail', { at: 'auth', do: 'stall' });
    const auth = { user: 'user', pass: 'secret' };
    expect(await failure(mailer({ auth }).sendMail(letter()))).toMatchObject({ code: 'ETIMEDOUT' });
  });
});

describe('a connection that drops', () => {
  test.each(['banner', 'ehlo', 'mail', 'rcpt', 'data', 'final_dot'] as const)('at %s', async (at) => {
    offices.setScript('mail', { at, do: 'drop' });
    await using talk = await talkTo(offices.smtpUrl);
    const lines = [
      'EHLO client.example',
      'MAIL FROM:<letters@redress.example>',
      `RCPT TO:<${OFFICE}>`,
      'DATA',
      'Subject: x\r\n\r\ny\r\n.',
    ];
    const replies = [await talk.reply()];
    for (const line of lines) if (replies.at(-1) !== 'closed') replies.push(await talk.say(line));
    expect(replies.at(-1)).toBe('closed');
    expect(replies).toHaveLength(['banner', 'ehlo', 'mail', 'rcpt', 'data', 'final_dot'].indexOf(at) + 1);
    expect(offices.received().map(({ answer, kept }) => ({ answer, kept }))).toEqual(
      at === 'final_dot' ? [{ answer: 'drop', kept: true }] : [],
    );
  });

  test('after the final dot the office has the letter, unless the script says no', async () => {
    offices.setScript('mail', [
      { at: 'final_dot', do: 'drop', times: 1, keep: false },
      { at: 'final_dot', do: 'drop', times: 1 },
    ]);
    const again = letter({ messageId: '<kept@redress.example>' });
    await failure(mailer().sendMail(again));
    await failure(mailer().sendMail(again));
    await mailer().sendMail(again);
    expect(offices.received().map(({ kept }) => kept)).toEqual([false, true, true]);
    expect(offices.count('kept@redress.example')).toEqual({ received: 3, kept: 2 });
  });
});

test('greylisting: the pair waits from its first try, and no other pair with it', async () => {
  offices.setScript('@upper.example', { do: 'greylist', minutes: 15 });
  const first = { envelope: { from: 'b+1@redress.example', to: OFFICE }, ...letter() };
  const second = { envelope: { from: 'b+2@redress.example', to: OFFICE }, ...letter() };
  expect(await failure(mailer().sendMail(first))).toMatchObject({ responseCode: 451 });
  clock.move(15 * MINUTE_MS - 1);
  expect(await failure(mailer().sendMail(first))).toMatchObject({ responseCode: 451 });
  expect(await failure(mailer().sendMail(second))).toMatchObject({ responseCode: 451 });
  clock.move(1);
  await mailer().sendMail(first);
  expect(await failure(mailer().sendMail(second))).toMatchObject({ responseCode: 451 });
  await mailer().sendMail(letter({ to: OTHER }));
  expect(offices.received().map(({ office }) => office)).toEqual([OFFICE, OTHER]);
  expect(offices.tallies().find(({ office }) => office === OFFICE)?.answers).toEqual({
    'rcpt greylist': 4,
    'final_dot 250': 1,
  });
});

test('slow drip: byte by byte, at the speed of the script', async () => {
  offices.setScript('mail', { at: 'rcpt', do: 'drip', bytesPerSecond: 50 });
  await using talk = await talkTo(offices.smtpUrl);
  await talk.upTo('RCPT');
  const chunks: string[] = [];
  talk.socket.on('data', (chunk) => chunks.push(chunk.toString()));
  const begin = performance.now();
  talk.socket.write(`RCPT TO:<${OFFICE}>\r\n`);
  expect(await talk.reply(5000)).toBe('250 Accepted');
  expect(performance.now() - begin).toBeGreaterThan(200);
  expect(chunks.length).toBeGreaterThan(8);
  expect(chunks.every((chunk) => chunk.length <= 2)).toBe(true);
});

describe('TLS', () => {
  test('is not offered where no script spoils it', async () => {
    await using talk = await talkTo(offices.smtpUrl);
    await talk.reply();
    expect(await talk.say('EHLO client.example')).not.toContain('STARTTLS');
  });

  test('is offered with a certificate that nobody trusts', async () => {
    offices.setScript('mail', { do: 'untrusted_certificate' });
    expect(await failure(mailer().sendMail(letter()))).toMatchObject({
      code: expect.stringMatching(/SELF_SIGNED|ESOCKET|ETLS/),
    });
    await mailer({ tls: { rejectUnauthorized: false } }).sendMail(letter());
    expect(offices.received()).toHaveLength(1);
  });

  test('is offered, and broken', async () => {
    offices.setScript('mail', { do: 'broken_tls' });
    expect(await failure(mailer({ tls: { rejectUnauthorized: false } }).sendMail(letter()))).toMatchObject({
      code: expect.stringMatching(/ESOCKET|ETLS/),
    });
    expect(offices.received()).toEqual([]);
    expect(offices.tallies()).toMatchObject([{ office: '', answers: { 'starttls broken_tls': 1 } }]);
  });
});

describe('when a behaviour holds', () => {
  test('from and to are by the clock that the test moves', async () => {
    offices.setScript(OFFICE, { at: 'rcpt', do: 'answer', code: 451, from: '+10m', to: '+2h' });
    await mailer().sendMail(letter());
    clock.move(10 * MINUTE_MS);
    await failure(mailer().sendMail(letter()));
    clock.move(110 * MINUTE_MS - 1);
    await failure(mailer().sendMail(letter()));
    clock.move(1);
    await mailer().sendMail(letter());
  });

  test('the office goes before its domain, and both before the whole server; work is an exception', async () => {
    offices.setScript('mail', { at: 'rcpt', do: 'answer', code: 450 });
    offices.setScript('@upper.example', { at: 'rcpt', do: 'answer', code: 451 });
    offices.setScript(OFFICE, { at: 'rcpt', do: 'answer', code: 550, times: 1 });
    const codes: (number | undefined)[] = [];
    for (const to of [OFFICE, OFFICE, OTHER])
      codes.push((await failure(mailer().sendMail(letter({ to })))).responseCode);
    expect(codes).toEqual([550, 451, 450]);
    offices.setScript(OFFICE, { at: 'rcpt', do: 'work' });
    await mailer().sendMail(letter());
  });

  test('probability draws the same from the same seed', async () => {
    const draw = async (): Promise<string> => {
      offices.setScript(OFFICE, { at: 'rcpt', do: 'answer', code: 451, probability: 0.5 });
      await using talk = await talkTo(offices.smtpUrl);
      await talk.upTo('RCPT');
      let drawn = '';
      for (let n = 0; n < 40; n += 1) drawn += (await talk.say(`RCPT TO:<${OFFICE}>`)).charAt(0);
      return drawn;
    };
    const first = await draw();
    expect(first).toMatch(/^[24]{40}$/);
    expect(first.replaceAll('2', '').length).toBeGreaterThan(8);
    expect(first.replaceAll('4', '').length).toBeGreaterThan(8);
    expect(await draw()).toBe(first);
  });
});

test('ends at once while somebody waits for an answer', async () => {
  const simulator = await startSimulator({ clock });
  simulator.setScript('mail', { at: 'banner', do: 'stall' });
  await using talk = await talkTo(simulator.smtpUrl);
  expect(await talk.reply()).toBe('silence');
  const begin = performance.now();
  await simulator[Symbol.asyncDispose]();
  expect(performance.now() - begin).toBeLessThan(2000);
  expect(await talk.reply()).toBe('closed');
});
