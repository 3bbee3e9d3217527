import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql } from '../src/database/index.js';
import { waitFor } from './support/smtp-sink.js';
import { publishTestAlert } from './support/test-alert.js';
import { boxesOf, fieldsOf, startTestServer, type TestServer } from './support/test-server.js';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
  await publishTestAlert(server.context);
});
afterAll(() => server[Symbol.asyncDispose]());

const POSTCODE = '1810';
const WORDS = 'My grandmother kept the lamp.\r\n\r\n. a line of one dot\r\nمرحبا, and 灯台 🗼';

async function writeForm(postcode = POSTCODE): Promise<Record<string, string | string[]>> {
  const page = await server.post('/alerts/lamp/place', { postcode });
  expect(page.status).toBe(200);
  expect(page.headers.get('cache-control')).toBe('no-store');
  const html = await page.text();
  return { ...fieldsOf(html), to: boxesOf(html, 'to'), name: 'Ada Quill', message: WORDS, consent: 'yes' };
}

async function mailTo(
  address: string,
  subject: RegExp,
): Promise<{ text: string; headers: Map<string, string> }> {
  return waitFor(async () => {
    const folder = join(server.context.config.dataDirectory, 'outbox');
    for (const name of await readdir(folder).catch(() => [])) {
      if (!name.endsWith('.eml')) continue;
      const mail = await PostalMime.parse(await readFile(join(folder, name)));
      if (mail.to?.[0]?.address !== address || !subject.test(mail.subject ?? '')) continue;
      return { text: mail.text ?? '', headers: new Map(mail.headers.map(({ key, value }) => [key, value])) };
    }
    return undefined;
  });
}

test('an alert is read, officeholders are found, a letter is written, confirmed, and followed', async () => {
  const alert = await server.get('/alerts/lamp');
  expect(alert.status).toBe(200);
  expect(await alert.text()).toContain('Keep the lamp lit');

  const form = await writeForm();
  expect(form.to).toHaveLength(3);
  const taken = await server.post('/alerts/lamp/actions', { ...form, email: 'ada@mill.example' });
  expect(taken.status).toBe(202);

  const mail = await mailTo('ada@mill.example', /confirm/i);
  expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
  expect(mail.text).not.toContain('grandmother');
  expect(mail.text).not.toContain('Quill');
  const link = new URL(/http:\S+\/confirm\/[\w-]+/.exec(mail.text)?.[0] ?? '').pathname;

  const shown = await (await server.get(link)).text();
  expect(shown).toContain('My grandmother kept the lamp.');
  expect(await statesOf()).toEqual(['held', 'held', 'held']);

  const confirmed = await server.post(link, {}, { 'sec-fetch-site': 'none' });
  expect(confirmed.status).toBe(303);
  const receipt = await (await server.get(confirmed.headers.get('location') ?? '')).text();
  expect(receipt).toContain('My grandmother kept the lamp.');
  expect(await statesOf()).not.toContain('held');
  const copy = await mailTo('ada@mill.example', /^Your letters/);
  expect(copy.text).toContain('My grandmother kept the lamp.');
});

test('the text on the confirmation page has the fingerprint that was stored', async () => {
  const form = await writeForm();
  await server.post('/alerts/lamp/actions', { ...form, email: 'bea@mill.example' });
  const mail = await mailTo('bea@mill.example', /confirm/i);
  const link = new URL(/http:\S+\/confirm\/[\w-]+/.exec(mail.text)?.[0] ?? '').pathname;
  const html = await (await server.get(link)).text();
  const bodies = [...html.matchAll(/<p class="sheet-body"[^>]*>([^<]*)<\/p>/g)].map(([, body]) => body ?? '');
  const codes = [...html.matchAll(/<code>([0-9a-f]{64})<\/code>/g)].map(([, code]) => code);
  expect(bodies).toHaveLength(3);
  const plain = bodies.map((body) =>
    body.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&'),
  );
  expect(plain.map((body) => createHash('sha256').update(body).digest('hex'))).toEqual(codes);
});

test('a form with mistakes comes back with every word that was typed', async () => {
  const form = await writeForm();
  const wrong = { ...form, name: '', email: 'nobody', consent: '', subject: 'x'.repeat(201) };
  const back = await server.post('/alerts/lamp/actions', wrong);
  expect(back.status).toBe(400);
  const html = await back.text();
  const fields = fieldsOf(html);
  expect(fields.email).toBe('nobody');
  expect(fields.message?.replaceAll('\r\n', '\n')).toBe(WORDS.replaceAll('\r\n', '\n'));
  for (const field of ['name', 'email', 'consent', 'subject'])
    expect(html).toContain(`href="#field-${field}"`);
  const mended = await server.post('/alerts/lamp/actions', {
    ...form,
    ...fields,
    name: 'Ada',
    email: 'cy@mill.example',
    subject: 'Lamp',
  });
  expect(mended.status).toBe(202);
});

test('the link of the mail changes nothing when it is only looked at', async () => {
  const form = await writeForm();
  await server.post('/alerts/lamp/actions', { ...form, email: 'dov@mill.example' });
  const mail = await mailTo('dov@mill.example', /confirm/i);
  const link = new URL(/http:\S+\/confirm\/[\w-]+/.exec(mail.text)?.[0] ?? '').pathname;
  const before = await confirmedCount();
  for (let times = 0; times < 3; times += 1) await server.get(link);
  await fetch(server.url + link, { method: 'HEAD' });
  expect(await confirmedCount()).toBe(before);
  const broken = `${link.slice(0, -1)}${link.endsWith('A') ? 'B' : 'A'}`;
  expect((await server.post(broken, {})).status).toBe(404);
});

async function statesOf(): Promise<string[]> {
  const { rows } = await sql<{ state: string }>`
    select l.state from letter l order by l.sequence limit 3`.execute(server.context.db);
  return rows.map((row) => row.state);
}

async function confirmedCount(): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from action where state = 'confirmed'`.execute(server.context.db);
  return rows[0]?.n ?? -1;
}
