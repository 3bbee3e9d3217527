import { generateKeyPairSync } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { takeText } from '../src/alerts/index.js';
import { lettersOfAction, type RenderMail, readReturnAddress, startWorker } from '../src/delivery/index.js';
import {
  type DeliveryGround,
  letterIn,
  openDeliveryGround,
  seedReleased,
} from './support/delivery-ground.js';
import { decodedBody, headersOf, openSmtpSink, type SmtpSink, sha256 } from './support/smtp-sink.js';
import { temporaryFolder } from './support/temporary-file.js';

const renderNothing: RenderMail = async () => undefined;
const LETTERS = process.env.REDRESS_TRIAL === '1' ? 500 : 60;
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

let sink: SmtpSink;
let ground: DeliveryGround;

beforeAll(async () => {
  sink = await openSmtpSink();
  const keyFile = join(temporaryFolder('dkim'), 'key.pem');
  await writeFile(keyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  ground = await openDeliveryGround({
    SMTP_URL: sink.url,
    REDRESS_DKIM_KEY_FILE: keyFile,
    REDRESS_DKIM_SELECTOR: 'test',
  });
});

afterAll(async () => {
  await ground[Symbol.asyncDispose]();
  await sink[Symbol.asyncDispose]();
});

test('an office gets the letter from our address, in the supporter’s name, answered to the supporter', async () => {
  const [letter] = await seedReleased(ground, [{ message: 'I walk there each day.\n' }]);
  const worker = startWorker(ground.context, { renderMail: renderNothing });
  const [mail] = await sink.accepted(1);
  await letterIn(ground, letter?.letterId ?? '', 'accepted');
  await worker.stop();
  if (mail === undefined || letter === undefined) throw new Error('nothing came');

  expect(mail.to).toEqual(['quell@upper.example']);
  expect(headersOf(mail.raw, 'From')).toEqual(['Jane Doe via The Lanternists <letters@redress.example>']);
  expect(headersOf(mail.raw, 'Reply-To')).toEqual(['Jane Doe <jane@supporter.example>']);
  expect(headersOf(mail.raw, 'To')).toEqual(['Senator Mira Quell <quell@upper.example>']);
  expect(headersOf(mail.raw, 'Content-Type')).toEqual(['text/plain; charset=utf-8']);
  for (const name of ['List-Unsubscribe', 'Auto-Submitted', 'X-Mailer', 'Sender', 'Bcc']) {
    expect(headersOf(mail.raw, name)).toEqual([]);
  }
  expect(decodedBody(mail.raw).toString('utf8')).toBe(letter.body);

  const [view] = await lettersOfAction(ground.context, { organisationId: ground.organisationId, ...letter });
  expect(view).toMatchObject({ state: 'accepted', attempts: 1, possibleCopies: 0, sha256: letter.sha256 });
  expect(view?.delivery).toMatchObject({ acceptedBy: 'relay', tries: 1 });
  expect(view?.events.map(({ to, reason }) => `${to}: ${reason}`)).toEqual([
    'held: submitted',
    'queued: confirmed',
    'sending: leased',
    'accepted: accepted',
  ]);
  expect(headersOf(mail.raw, 'Message-ID')).toEqual([view?.delivery?.messageId]);
  expect(view?.delivery?.messageId).toMatch(/^<[0-9a-f-]{36}@redress\.example>$/);
  const { organisationId } = ground;
  expect(readReturnAddress(ground.context, mail.from)).toEqual({
    organisationId,
    deliveryId: view?.delivery?.messageId.slice(1, 37),
  });
});

test('the signature verifies as a receiver would verify it', async () => {
  const [mail] = sink.received;
  const record = `v=DKIM1; k=rsa; p=${publicKey.export({ type: 'spki', format: 'der' }).toString('base64')}`;
  const { results } = await dkimVerify(mail?.raw ?? '', { resolver: async () => [[record]] });
  expect(results.map(({ status, signingDomain }) => `${signingDomain}: ${status.result}`)).toEqual([
    'redress.example: pass',
  ]);
});

/** All of Unicode, and what breaks mail: long lines, dots, "From ", spaces at line ends, bare CR, right-to-left. */
const word = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.constantFrom(
    '.',
    '..',
    '. ',
    'From me',
    ' ',
    '\t',
    '=',
    '=20',
    '=\n',
    '--',
    '\u2028',
    '\u0085',
    '\ufeff',
    '\u200f',
  ),
  fc.constantFrom('كتبت هذه الرسالة', 'שלום עליכם', '\u202eabc\u202c', '🇺🇳👩‍👩‍👧', 'e\u0301', '\0', '\ud800'),
  fc.integer({ min: 990, max: 3000 }).map((length) => 'x'.repeat(length)),
  fc.integer({ min: 300, max: 900 }).map((length) => 'ç'.repeat(length)),
);
const lineEnd = fc.constantFrom('\n', '\r\n', '\r', '\n\n', '\r\n.\r\n', '\n.\n', ' \n', '\n\r');
const rawText = fc.array(fc.tuple(word, lineEnd), { maxLength: 12 }).map((parts) => parts.flat().join(''));

test(`SHA-256 of the text received is that of the text confirmed, for ${LETTERS} letters`, async () => {
  const texts = fc.sample(fc.tuple(rawText, rawText, fc.string({ unit: 'grapheme', maxLength: 120 })), {
    numRuns: LETTERS,
    seed: 20_261_123,
  });
  sink.received.length = 0;
  const seeded = await seedReleased(
    ground,
    texts.map(([statement, message, subject]) => ({
      statement: takeText(statement),
      message: takeText(message),
      subject,
    })),
  );
  const worker = startWorker(ground.context, { renderMail: renderNothing });
  const mails = await sink.accepted(seeded.length);
  await worker.stop();
  const received = mails.map(({ raw }) => sha256(decodedBody(raw))).sort();
  expect(received).toEqual(seeded.map((letter) => letter.sha256).sort());

  // A second, unrelated parser reads the same text; it eats a leading byte order mark, which no body can have.
  const parsed = await Promise.all(mails.map(async ({ raw }) => (await PostalMime.parse(raw)).text ?? ''));
  const bodies = new Set(seeded.map((letter) => letter.body));
  expect(parsed.map((text) => text.replaceAll('\r\n', '\n')).filter((text) => !bodies.has(text))).toEqual([]);
});

const HOSTILE = [
  'a\r\nBcc: evil@attacker.example',
  'a\nBcc: evil@attacker.example',
  'a\rBcc: evil@attacker.example',
  'a\u2028Bcc: evil@attacker.example',
  'a\u0085Bcc: evil@attacker.example',
  'a\0\r\n\r\nBcc: evil@attacker.example',
  '=?utf-8?B?DQpCY2M6IGV2aWxAYXR0YWNrZXIuZXhhbXBsZQ==?=',
  '"Jane" <evil@attacker.example>, x',
  'a, evil@attacker.example',
  `${'long '.repeat(300)}\r\nBcc: evil@attacker.example`,
];

test('no name, subject, office or address adds a header or a recipient', async () => {
  sink.received.length = 0;
  const letters = HOSTILE.flatMap((hostile) => [
    { name: hostile },
    { subject: hostile },
    // PostgreSQL takes no NUL in an office, which is an importer's to refuse.
    { office: { name: hostile.replaceAll('\0', ''), title: hostile.replaceAll('\0', '') } },
    { email: hostile },
    { email: `jane@supporter.example${hostile.slice(1)}` },
  ]);
  const seeded = await seedReleased(ground, letters);
  const worker = startWorker(ground.context, { renderMail: renderNothing });
  const mails = await sink.accepted(seeded.length);
  await worker.stop();
  for (const { raw, to } of mails) {
    expect(to).toEqual(['quell@upper.example']);
    for (const name of ['Bcc', 'Cc']) expect(headersOf(raw, name)).toEqual([]);
    for (const name of ['From', 'To', 'Subject']) expect(headersOf(raw, name)).toHaveLength(1);
    const parsed = await PostalMime.parse(raw);
    expect(parsed.from?.address).toBe('letters@redress.example');
    expect(parsed.to?.map(({ address }) => address)).toEqual(['quell@upper.example']);
    expect(parsed.replyTo?.map(({ address }) => address) ?? []).toEqual(
      parsed.replyTo === undefined ? [] : ['jane@supporter.example'],
    );
  }
});

test('an office address that is not exactly one plain address is never mailed', async () => {
  sink.received.length = 0;
  const addresses = [
    'a@b.example, c@d.example',
    'a@b@c.example',
    '"a b"@c.example',
    'a@c.example>',
    'grp: a@c.example;',
  ];
  const seeded = await seedReleased(
    ground,
    addresses.map((email) => ({ office: { email } })),
  );
  for (const { letterId } of seeded) await letterIn(ground, letterId, 'waiting');
  expect(sink.received).toEqual([]);
});
