import PostalMime from 'postal-mime';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { oneLine } from '../src/delivery/index.js';
import { INJECTIONS, MARK, ODD_TEXTS } from './support/naughty-texts.js';
import { openSmtpSink, type ReceivedMail, type SmtpSink, waitFor } from './support/smtp-sink.js';
import { actionBody, confirmPath, submitByApi } from './support/supporter.js';
import { publishTestAlert } from './support/test-alert.js';
import { boxesOf, fieldsOf, startTestServer, type TestServer } from './support/test-server.js';
import { figure, sized } from './support/trial.js';

const TEXTS = [...INJECTIONS, ...ODD_TEXTS];
/** Each day every so many texts for a field, beginning at another one for each field; all of them in a trial. */
const STEP = sized(4, 1);
const HUGE = 'x'.repeat(100_000);
const WRONG_TYPES = [null, 7, true, [], ['x'], {}, { x: 1 }];
// Its deputy answers only to people who give a street address.
const SALTMERE = '2010';
// What a mail of ours may say of itself; anything else came in from outside.
const OUR_HEADERS = new Set([
  'auto-submitted',
  'content-language',
  'content-transfer-encoding',
  'content-type',
  'date',
  'from',
  'message-id',
  'mime-version',
  'reply-to',
  'subject',
  'to',
]);

let sink: SmtpSink;
let server: TestServer;

beforeAll(async () => {
  sink = await openSmtpSink();
  const variables = {
    REDRESS_NETWORK_CAP: '1000000',
    REDRESS_MAIL_BUDGET: '1000000',
    SMTP_URL: sink.url,
    REDRESS_MAIL_FROM: 'letters@redress.example',
  };
  server = await startTestServer({ variables });
  await publishTestAlert(server.context);
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await sink[Symbol.asyncDispose]();
});

function textsFor(field: string): readonly string[] {
  return TEXTS.filter((_, index) => (index + field.length) % STEP === 0);
}

interface Problem {
  readonly code: string;
  readonly title: string;
  readonly errors?: readonly { readonly field: string; readonly message: string }[];
}

/** Taken, or refused with a sentence for each field; never a fault of our own. */
async function takenOrExplained(answer: Response, what: string): Promise<'taken' | 'refused'> {
  if (answer.status === 202) {
    await answer.body?.cancel();
    return 'taken';
  }
  expect(answer.status, what).toBe(400);
  const problem: Problem = await answer.json();
  expect(problem.code, what).toBe('invalid_input');
  expect(problem.errors?.length, what).toBeGreaterThan(0);
  for (const { field, message } of problem.errors ?? []) {
    expect(field, what).not.toBe('');
    expect(message, what).toMatch(/^[A-Z].*[.:?]$/s);
    expect(message, what).not.toContain(MARK);
  }
  return 'refused';
}

type Change = (value: unknown) => Readonly<Record<string, unknown>>;

const EMAIL = 'ada@mill.example';
const API_FIELDS: Readonly<Record<string, Change>> = {
  'place.postcode': (postcode) => ({ place: { postcode } }),
  'place.division': (division) => ({ place: { division } }),
  'place.at': (at) => ({ place: { at } }),
  'place.at.latitude': (latitude) => ({ place: { at: { latitude, longitude: 1 } } }),
  place: (place) => ({ place }),
  officeholders: (officeholders) => ({ officeholders }),
  'officeholders[0]': (id) => ({ officeholders: [id] }),
  letter: (letter) => ({ letter }),
  'letter.subject': (subject) => ({ letter: { subject } }),
  'letter.statement': (statement) => ({ letter: { statement } }),
  'letter.message': (message) => ({ letter: { message } }),
  letters: (letters) => ({ letters }),
  'letters[x]': (text) => ({ letters: { 'rafael-monteverde-hale': text } }),
  'letters[x].message': (message) => ({ letters: { 'rafael-monteverde-hale': { message } } }),
  supporter: (supporter) => ({ supporter }),
  'supporter.name': (name) => ({ supporter: { name, email: EMAIL } }),
  'supporter.email': (email) => ({ supporter: { name: 'Ada', email } }),
  'supporter.address': (address) => ({ supporter: { name: 'Ada', email: EMAIL, address } }),
  consent: (consent) => ({ consent }),
  proof: (proof) => ({ proof }),
};

describe('the API', () => {
  test.for(Object.keys(API_FIELDS))(
    '%s: every bad value is taken as it is, or refused with a sentence',
    async (field) => {
      const change = API_FIELDS[field];
      if (change === undefined) throw new Error('no such field');
      const outcomes = { taken: 0, refused: 0 };
      for (const value of ['', ' ', '\n', HUGE, ...textsFor(field), ...WRONG_TYPES]) {
        const body = actionBody(EMAIL, change(value));
        const what = `${field} = ${JSON.stringify(value)?.slice(0, 60)}`;
        outcomes[await takenOrExplained(await submitByApi({ url: server.url, body }), what)] += 1;
      }
      expect(outcomes.refused, 'no value of a wrong type is taken').toBeGreaterThan(0);
    },
  );

  test('an idempotency key of any other form is refused with a sentence', async () => {
    for (const key of [
      '',
      'short',
      'x'.repeat(256),
      'with space',
      'ä'.repeat(8),
      '../../../x',
      '<b>aaaaaa</b>',
    ]) {
      const answer = await submitByApi({ url: server.url, body: actionBody(EMAIL), key });
      expect(await takenOrExplained(answer, key)).toBe('refused');
    }
  });

  test('who represents a place: any query is answered or refused, never a fault', async () => {
    for (const value of ['', ' ', HUGE.slice(0, 5000), ...textsFor('query')]) {
      for (const name of ['postcode', 'at', 'division', 'country', 'language']) {
        const query = new URLSearchParams({
          ...(name !== 'postcode' && { postcode: '1810' }),
          [name]: value,
        });
        const answer = await server.get(`/api/v1/officeholders?${query}`);
        expect([200, 400, 404], `${name}=${value.slice(0, 40)}`).toContain(answer.status);
        await answer.body?.cancel();
      }
    }
  });
});

const FORM_FIELDS = [
  'postcode',
  'division',
  'to',
  'subject',
  'statement',
  'message',
  'message.rafael-monteverde-hale',
  'name',
  'email',
  'street',
  'locality',
  'consent',
  'key',
  'token',
  'altcha',
] as const;

describe('the form', () => {
  test.for(FORM_FIELDS)('%s: every bad value comes back as it was typed, or is taken', async (field) => {
    const html = await (await server.post('/alerts/lamp/place', { postcode: '1810' })).text();
    const form = {
      ...fieldsOf(html),
      to: boxesOf(html, 'to'),
      name: 'Ada Quill',
      email: EMAIL,
      consent: 'yes',
    };
    for (const value of ['', ' ', '\n', HUGE, ...textsFor(field)]) {
      const answer = await server.post('/alerts/lamp/actions', { ...form, [field]: value });
      const page = await answer.text();
      const what = `${field} = ${JSON.stringify(value).slice(0, 60)}`;
      expect([202, 303, 400, 403, 422], what).toContain(answer.status);
      if (answer.status === 400) expect(page, what).toMatch(/href="#field-/);
      expectNoInjectedTag(page, what);
    }
  });

  test('the place: every bad value is found, or asked for again', async () => {
    for (const field of ['postcode', 'division', 'at']) {
      for (const value of ['', ' ', HUGE, ...textsFor(field)]) {
        const answer = await server.post('/alerts/lamp/place', { [field]: value });
        expect([200, 400], `${field} = ${value.slice(0, 40)}`).toContain(answer.status);
        expectNoInjectedTag(await answer.text(), value);
      }
    }
  });

  test('a path or a language that is something else is answered without a fault', async () => {
    for (const value of TEXTS) {
      const part = encodeURIComponent(value.toWellFormed());
      for (const path of [
        `/alerts/${part}`,
        `/alerts/lamp?language=${part}`,
        `/confirm/${part}`,
        `/receipts/${part}`,
        `/letters/${part}`,
        `/outbox/${part}`,
        `/pictures/${part}`,
        `/assets/${part}`,
        `/${part}`,
      ]) {
        const answer = await server.get(path);
        expect([200, 301, 400, 404], path).toContain(answer.status);
        expectNoInjectedTag(await answer.text(), path);
      }
    }
  });
});

const TAG =
  /<\/?[a-z][a-z0-9-]*((?:\s+[^\s"'<>/=]+(?:="[^"]*"|='[^']*'|=[^\s"'=<>`]+)?)*)\s*\/?>|<!doctype html>/gi;
const ATTRIBUTE = /\s+([^\s"'<>/=]+)(?:="([^"]*)"|='([^']*)'|=([^\s"'=<>`]+))?/g;

/** Reads a page tag by tag: every "<" begins one of ours, and none has a handler, a script or the mark. */
function expectNoInjectedTag(html: string, what: string): void {
  const withoutStyle = html.replace(/<style>[^<]*<\/style>/g, '');
  expect(withoutStyle.replace(TAG, ''), what).not.toContain('<');
  for (const [tag, attributes = ''] of withoutStyle.matchAll(TAG)) {
    if (/^<script/i.test(tag)) expect(tag, what).toMatch(/ src="\/assets\/[\w.-]+"/);
    for (const [, name = '', ...values] of attributes.matchAll(ATTRIBUTE)) {
      const value = values.find((one) => one !== undefined) ?? '';
      expect(name, what).not.toMatch(/^on/i);
      expect(name === 'id' && value === MARK, what).toBe(false);
      if (name === 'href' || name === 'src') expect(value, what).not.toMatch(/^\s*(javascript|data):/i);
    }
  }
}

function mailsTo(address: RegExp): ReceivedMail[] {
  return sink.received.filter(({ to }) => to.some((one) => address.test(one)));
}

describe('S2: what is typed stays text in pages and mails', () => {
  // The fields that a letter takes whatever stands in them.
  const SALT = TEXTS.filter((text) => text.trim() !== '' && oneLine(text) !== '');

  test('a letter of such texts arrives word for word, to one recipient, with no header of its own', async () => {
    const taken: { email: string; text: string }[] = [];
    for (const [index, text] of SALT.entries()) {
      const email = `salt-${index}@salt.example`;
      const name = [text, 'Ada Quill'].find((one) => !/[\p{Cc}\u2028\u2029]/u.test(one.trim())) ?? '';
      const body = actionBody(email, {
        place: { postcode: SALTMERE },
        supporter: { name, email, address: text },
        letter: { subject: text.slice(0, 200), statement: text, message: `${text}\n{{constituent.name}}` },
      });
      const answer = await submitByApi({ url: server.url, body });
      if ((await takenOrExplained(answer, text)) === 'taken') taken.push({ email, text });
    }
    expect(taken.length).toBeGreaterThan(SALT.length / 2);
    for (const { email, text } of taken) {
      const mail = await waitFor(() => mailsTo(new RegExp(`^${email}$`))[0]);
      const parsed = await PostalMime.parse(mail.raw);
      expect(`${parsed.subject}${parsed.text}${parsed.html}`, 'the confirmation').not.toContain(MARK);
      const path = confirmPath(parsed.text ?? '') ?? '';
      expectNoInjectedTag(await (await server.get(path)).text(), text);
      const confirmed = await server.post(path, {});
      expect(confirmed.status).toBe(303);
      const receipt = new URL(confirmed.headers.get('location') ?? '', server.url).pathname;
      expectNoInjectedTag(await (await server.get(receipt)).text(), text);
    }
    await waitFor(() => mailsTo(/@salt\.example$/).length === 2 * taken.length || undefined);
    await waitFor(() => mailsTo(/^office-/).length >= taken.length || undefined);
    const recipients = new Set<string>();
    for (const { raw, to } of sink.received) {
      const mail = await PostalMime.parse(raw);
      expect(to).toHaveLength(1);
      expect(mail.to?.map(({ address }) => address)).toEqual(to);
      expect([mail.cc, mail.bcc]).toEqual([undefined, undefined]);
      expect(mail.from?.address).toBe('letters@redress.example');
      expect(mail.headers.map(({ key }) => key).filter((key) => !OUR_HEADERS.has(key))).toEqual([]);
      expect(mail.headers.length).toBe(new Set(mail.headers.map(({ key }) => key)).size);
      expectNoInjectedTag(mail.html ?? '', mail.subject ?? '');
      for (const one of to)
        recipients.add(one.replace(/^salt-\d+/, 'salt').replace(/^office-.*@/, 'office@'));
    }
    expect([...recipients].sort()).toEqual(
      ['office@parliament.orvany.example', 'salt@salt.example']
        .concat(recipients.has(EMAIL) ? [EMAIL] : [])
        .sort(),
    );
    const letters = await Promise.all(mailsTo(/^office-/).map(({ raw }) => PostalMime.parse(raw)));
    for (const { email, text } of taken) {
      const letter = letters.find((mail) => mail.replyTo?.some(({ address }) => address === email));
      expect(letter?.subject, text).toBe(oneLine(text.slice(0, 200)).toWellFormed());
      expect(letter?.text, 'a placeholder that was typed').toContain('{{constituent.name}}');
    }
    figure('injected texts', { sent: taken.length, mails: sink.received.length, letters: letters.length });
  });
});
