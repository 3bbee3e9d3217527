import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  classifyFailure,
  FAILURE_REASONS,
  saysAddressIsDead,
} from '../src/delivery/inbound/classify-failure.js';
import { ACTIONS, readDeliveryStatus } from '../src/delivery/inbound/read-delivery-status.js';
import { readMail } from '../src/delivery/inbound/read-mail.js';
import { type Understanding, understandMail } from '../src/delivery/inbound/understand-mail.js';
import { bounceMail, bounceMailNames } from './support/bounce-mail.js';
import { figure, sized } from './support/trial.js';

const RUNS = sized(300, 10_000);
const SEED = 20_261_124;
const KINDS: readonly Understanding['kind'][] = [
  'failed',
  'delayed',
  'delivered',
  'auto_reply',
  'complaint',
  'not_understood',
];
/** One mail blocks the other work of its process no longer than this. */
const LONGEST_MS = 500;
const MOST_HEAP_BYTES = 200 * 1024 * 1024;

/** What each of the mails says: its kind, why, its status, and the words that are kept. */
const SAYS: Readonly<
  Record<
    string,
    readonly [kind: string, reason?: string | undefined, status?: string | undefined, words?: RegExp]
  >
> = {
  'postfix-user-unknown': ['failed', 'no_such_address', '5.1.1', /User unknown in virtual/],
  'postfix-host-not-found': ['failed', 'no_such_domain', '5.4.4', /Host not found/],
  'postfix-delayed': ['delayed', undefined, '4.4.1', /Connection timed out/],
  'postfix-gave-up': ['failed', 'gave_up', '4.4.1', /Connection timed out/],
  'postfix-without-report': ['failed', 'no_such_address', undefined, /User unknown/],
  'sendmail-mailbox-full': ['failed', 'mailbox_full', '5.2.2', /Over quota/],
  'sendmail-relayed': ['delivered'],
  'sendmail-without-report': ['failed', 'no_such_address', '5.1.1', /User unknown/],
  success: ['delivered'],
  'microsoft-365-not-found': ['failed', 'no_such_address', '5.1.10', /RecipientNotFound/],
  'microsoft-365-directory-edge': ['failed', 'no_such_address', '5.4.1', /Access denied/],
  'microsoft-365-blocked': ['failed', 'policy', '5.7.511', /banned sender/],
  'gmail-not-found': ['failed', 'no_such_address', '5.1.1', /does not exist/],
  'gmail-delayed': ['delayed', undefined, '4.4.1', /did not accept/],
  'gmail-spam': ['failed', 'policy', '5.7.1', /unsolicited/],
  'gmail-old-form': ['failed', 'no_such_address', '5.1.1', /User unknown/],
  'dsn-without-action': ['failed', 'no_such_domain', '5.1.2'],
  'dsn-vague-status': ['failed', 'no_such_address', '5.1.1', /User does not exist/],
  'dsn-forwarded-to-another': ['failed', 'no_such_address', '5.1.1'],
  'dsn-in-part': ['not_understood'],
  'dsn-blocked-as-unknown': ['failed', 'policy', '5.1.1', /blocklist/],
  'dsn-utf8': ['failed', 'disabled', '5.2.1', /disabled/],
  'qmail-no-mailbox': ['failed', 'no_such_address', '5.1.1', /no mailbox here/],
  'qmail-queue-too-long': ['failed', 'gave_up', undefined, /queue too long/],
  'exim-unrouteable': ['failed', 'no_such_domain', undefined, /Unrouteable/],
  'exim-delayed': ['delayed', undefined, '4.7.1', /Greylisting/],
  'exim-remote-refusal': ['failed', 'policy', '5.7.1', /blocked using/],
  'exchange-old-ndr': ['failed', 'no_such_address', '5.1.1'],
  'exchange-html-only': ['failed', 'mailbox_full', '5.2.2', /STOREDRV/],
  'yahoo-no-account': ['failed', 'no_such_address', undefined, /delivery error/],
  'domino-not-listed': ['failed', 'no_such_address', undefined, /not listed/],
  'courier-timed-out': ['failed', 'gave_up', undefined, /timed out/],
  'original-headers-only': ['failed', 'other', undefined, /^$/],
  'out-of-office': ['auto_reply'],
  'vacation-program': ['auto_reply'],
  'office-acknowledgement': ['auto_reply'],
  abwesenheit: ['auto_reply'],
  'read-receipt': ['auto_reply'],
  'complaint-abuse': ['complaint'],
  'report-of-signature': ['not_understood'],
  challenge: ['not_understood'],
  'answer-of-a-person': ['not_understood'],
  spam: ['not_understood'],
};

async function understand(raw: Buffer): Promise<Understanding> {
  return understandMail(await readMail(raw));
}

describe('each mail system in its manner', () => {
  test('every one of the mails is told what it says', () => {
    expect(bounceMailNames()).toEqual(Object.keys(SAYS).sort());
  });

  test.each(Object.entries(SAYS))('%s', async (name, [kind, reason, status, words]) => {
    const understanding = await understand(
      bounceMail(name, { returnAddress: 'letters+1-x-y@redress.example' }),
    );
    expect(understanding.kind).toBe(kind);
    if (understanding.kind === 'failed') expect(understanding.reason).toBe(reason);
    if (understanding.kind !== 'failed' && understanding.kind !== 'delayed') return;
    expect(understanding.status).toBe(status);
    expect(understanding.answer).toMatch(words ?? /^/);
    expect(understanding.answer, 'no address, nothing of the letter').not.toMatch(/@|quays|worry|Jane/);
  });

  test('with lines ended by LF alone, and with all headers in capitals, it is the same', async () => {
    for (const name of bounceMailNames()) {
      const raw = bounceMail(name, { returnAddress: 'letters+1-x-y@redress.example' }).toString('latin1');
      const said = await understand(Buffer.from(raw, 'latin1'));
      const [head = '', ...body] = raw.split('\r\n\r\n');
      const shouted = head.replace(/^[\w-]+:/gm, (field) => field.toUpperCase());
      expect(await understand(Buffer.from(raw.replaceAll('\r\n', '\n'), 'latin1')), name).toEqual(said);
      expect(await understand(Buffer.from([shouted, ...body].join('\r\n\r\n'), 'latin1')), name).toEqual(
        said,
      );
    }
  });
});

const field = fc.record({
  action: fc.option(fc.constantFrom(...ACTIONS, 'unknown'), { nil: undefined }),
  status: fc.option(
    fc.tuple(fc.constantFrom(2, 4, 5), fc.nat(999), fc.nat(999)).map((parts) => parts.join('.')),
    { nil: undefined },
  ),
  address: fc.option(fc.emailAddress(), { nil: undefined }),
  diagnostic: fc
    .string({ unit: 'grapheme', maxLength: 60 })
    .map((text) => text.replace(/[\r\n]/g, ' ').trim()),
});

describe('reports', () => {
  test('a report of any recipients is read as it was written, however it is folded', () => {
    fc.assert(
      fc.property(fc.array(field, { minLength: 1, maxLength: 5 }), fc.boolean(), (recipients, crlf) => {
        const written = recipients.filter(({ action, status, address }) => action ?? status ?? address);
        const text = ['Reporting-MTA: dns; mx.office.example', ...written.map(groupText)].join('\n\n');
        const read = readDeliveryStatus(crlf ? text.replaceAll('\n', '\r\n') : text);
        expect(read).toHaveLength(written.length);
        for (const [index, { action, status, address }] of written.entries()) {
          expect(read[index]?.action).toBe(action === 'unknown' ? undefined : action);
          if (status !== undefined && !status.endsWith('.0.0')) expect(read[index]?.status).toBe(status);
          expect(read[index]?.addresses).toEqual(address === undefined ? [] : [address.toLowerCase()]);
        }
      }),
      { numRuns: RUNS, seed: SEED },
    );
  });

  test('every status has one reason; only a missing person or domain makes an address dead', () => {
    for (let subject = 0; subject < 12; subject += 1) {
      for (let detail = 0; detail < 40; detail += 1) {
        const status = `5.${subject}.${detail}`;
        const reason = classifyFailure({ status, words: '' });
        expect(FAILURE_REASONS).toContain(reason);
        expect(saysAddressIsDead(reason), status).toBe(/^5\.1\.(?:1|2|3|6|10)$/.test(status));
        expect(
          saysAddressIsDead(classifyFailure({ status: `4.${subject}.${detail}`, words: 'user unknown' })),
          status,
        ).toBe(false);
      }
    }
  });

  test.each([
    '550 5.1.1 user unknown, blocked for spam',
    '552 5.2.2 user unknown: mailbox is full',
    '550 5.7.1 no such user here for you',
    '550 Relay access denied',
    '554 your address has a bad reputation; the recipient does not exist for you',
    '452 4.2.2 over quota',
    'quota exceeded',
  ])('an address lives on after: %s', (words) => {
    const status = /[45]\.\d+\.\d+/.exec(words)?.[0];
    expect(saysAddressIsDead(classifyFailure({ status, words }))).toBe(false);
  });
});

describe('hostile mails', () => {
  test('whatever bytes come, the answer is one of the set', async () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.constantFrom(
        'Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n',
        'Content-Type: message/delivery-status\r\n',
        'Content-Type: message/feedback-report\r\n',
        'Content-Transfer-Encoding: base64\r\n',
        'Auto-Submitted: auto-replied\r\n',
        'X-Failed-Recipients: \r\n',
        'From: MAILER-DAEMON@x.example\r\n',
        'Final-Recipient: rfc822; a@b.example\r\nAction: failed\r\nStatus: 5.1.1\r\n',
        'Feedback-Type: abuse\r\n',
        'Hi. This is the qmail-send program\r\n',
        '--b\r\n',
        '--b--\r\n',
        '\r\n',
        '550 5.1.1 x\r\n',
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 30 }), async (pieces) => {
        const understanding = await understand(Buffer.from(pieces.join(''), 'latin1'));
        expect(KINDS).toContain(understanding.kind);
        if ('answer' in understanding) expect(understanding.answer.length).toBeLessThanOrEqual(300);
      }),
      { numRuns: RUNS, seed: SEED },
    );
  });

  const mixed = 'Content-Type: multipart/mixed; boundary=b\r\n\r\n';
  const MiB = 1024 * 1024;
  test.each<[string, string]>([
    ['100,000 parts', mixed + '--b\r\n\r\nx\r\n'.repeat(100_000)],
    [
      '100,000 reports',
      mixed + '--b\r\nContent-Type: message/delivery-status\r\n\r\nAction: failed\r\n'.repeat(100_000),
    ],
    ['a million empty lines', `${mixed}--b\r\n\r\n${'\n'.repeat(MiB)}`],
    ['200,000 headers', `${'X-A: y\r\n'.repeat(200_000)}\r\n`],
    ['one header of a megabyte', `Subject: ${'=?utf-8?q?a?= '.repeat(MiB / 14)}\r\n\r\n`],
    ['one address list of a megabyte', `From: ${'<'.repeat(MiB)}\r\n\r\n`],
    [
      'parts within parts',
      Array.from(
        { length: 5000 },
        (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n`,
      ).join(''),
    ],
    [
      'one line of a megabyte',
      `From: mailer-daemon@x.example\r\nSubject: failure notice\r\n\r\n${'5.1.1 '.repeat(MiB / 6)}`,
    ],
    ['a megabyte of HTML', `Content-Type: text/html\r\n\r\n${'<a &nbsp;'.repeat(MiB / 9)}`],
    [
      'a report of a megabyte',
      `${mixed}--b\r\nContent-Type: message/delivery-status\r\n\r\n${'Diagnostic-Code: x\r\n y\r\n'.repeat(MiB / 24)}`,
    ],
    [
      'spaces',
      `From: mailer-daemon@x.example\r\nSubject: ${'undeliverable '.repeat(5000)}\r\n\r\n${' '.repeat(MiB)}`,
    ],
  ])('%s cost little time and memory', async (name, text) => {
    const raw = Buffer.from(text, 'latin1');
    const heap = process.memoryUsage().heapUsed;
    const begin = performance.now();
    const understanding = await understand(raw);
    const took = performance.now() - begin;
    figure(`hostile mail, ${name}`, { bytes: raw.length, ms: Math.round(took), kind: understanding.kind });
    expect(KINDS).toContain(understanding.kind);
    expect(took).toBeLessThan(LONGEST_MS);
    expect(process.memoryUsage().heapUsed - heap).toBeLessThan(MOST_HEAP_BYTES);
  });
});

function groupText({
  action,
  status,
  address,
  diagnostic,
}: typeof field extends fc.Arbitrary<infer F> ? F : never) {
  return [
    ...(address === undefined ? [] : [`Final-Recipient: rfc822;\n  ${address}`]),
    ...(action === undefined ? [] : [`ACTION: ${action.toUpperCase()} (said so)`]),
    ...(status === undefined ? [] : [`Status: ${status}`]),
    ...(diagnostic === '' ? [] : [`Diagnostic-Code: smtp; ${diagnostic.replaceAll(' ', '\n  ')}`]),
  ].join('\n');
}
