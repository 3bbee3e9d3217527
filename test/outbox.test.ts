import { readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Context } from '../src/context.js';
import { sql } from '../src/database/index.js';
import {
  deliveryRoutes,
  type RenderMail,
  showsOutbox,
  startWorker,
  sweepOutbox,
  verifyUrl,
  withdrawLetters,
} from '../src/delivery/index.js';
import { openApp } from '../src/http/index.js';
import {
  type DeliveryGround,
  letterIn,
  openDeliveryGround,
  type SeededLetter,
  seedLetters,
  seedMail,
  seedReleased,
} from './support/delivery-ground.js';
import { waitFor } from './support/smtp-sink.js';

const DAY_MS = 86_400_000;
const OURS = 'http://127.0.0.1:3000';
const renderMail: RenderMail = async () => ({
  to: 'jane@supporter.example',
  subject: 'Please confirm <b>now</b>',
  text: `Confirm: ${OURS}/confirm/TOKEN\nNot ours: https://elsewhere.example/x and ${OURS}.evil.example/\n`,
  html: `<p>Confirm</p><script>alert(1)</script>`,
  language: 'en',
});

let ground: DeliveryGround;
let app: FastifyInstance;
let letter: SeededLetter;
let mailId: string;
let folder: string;

beforeAll(async () => {
  ground = await openDeliveryGround();
  folder = join(ground.context.config.dataDirectory, 'outbox');
  app = await openAppFor(ground.context);
  const [released] = await seedReleased(ground, [
    { message: 'I walk there each day.\n', subject: 'The quays' },
  ]);
  if (released === undefined) throw new Error('nothing was seeded');
  letter = released;
  mailId = await seedMail(ground, letter.actionId, 'confirmation');
  const worker = startWorker(ground.context, { renderMail });
  await waitFor(async () => ((await readdir(folder).catch(() => [])).length === 2 ? true : undefined));
  await worker.stop();
});

afterAll(async () => {
  await app.close();
  await ground[Symbol.asyncDispose]();
});

function openAppFor(context: Context): Promise<FastifyInstance> {
  const site = () => ({ name: 'The Lanternists', home: '/', rehearsal: true, data: [] });
  return openApp({ context, site }, [(server) => deliveryRoutes(server, { context, site })]);
}

function get(path: string) {
  return app.inject({ method: 'GET', url: path, headers: { host: '127.0.0.1:3000', accept: 'text/html' } });
}

test('where sending is off, letters and mails are files: for their owner alone, named by no person', async () => {
  await letterIn(ground, letter.letterId, 'rehearsed');
  expect((await readdir(folder)).sort()).toEqual([`${letter.letterId}.eml`, `${mailId}.eml`].sort());
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  for (const name of await readdir(folder)) expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
});

test('the outbox lists them and shows each as text, marked as not sent', async () => {
  const list = await get('/outbox');
  expect(list.statusCode).toBe(200);
  expect(list.body).toContain(`/outbox/${letter.letterId}.eml`);
  expect(list.body).toContain('The quays');
  expect(list.body).toContain('Not sent');

  const page = await get(`/outbox/${letter.letterId}.eml`);
  expect(page.body).toContain('I walk there each day.');
  expect(page.body).toContain('Not sent');
  expect(page.headers['cache-control']).toBe('no-store');
});

test('only links of this site can be followed, and no HTML of a mail is rendered', async () => {
  const { body } = await get(`/outbox/${mailId}.eml`);
  expect(body).toContain(`<a href="${OURS}/confirm/TOKEN">`);
  expect(body).not.toContain('href="https://elsewhere.example');
  expect(body).not.toContain('evil.example/"');
  expect(body).not.toContain('<script>alert');
  expect(body).toContain('Please confirm &lt;b>now&lt;/b>');
});

test('the file is the whole message, to be opened by a mail program', async () => {
  const file = await get(`/outbox/${letter.letterId}.eml/file`);
  expect(file.headers['content-type']).toContain('message/rfc822');
  expect(file.headers['content-disposition']).toContain('attachment');
  const parsed = await PostalMime.parse(file.rawPayload);
  expect(parsed.text?.replaceAll('\r\n', '\n')).toBe(letter.body);
  expect(parsed.headers.find(({ key }) => key === 'x-redress-not-sent')?.value).toContain('NOT SENT');
});

test.each(['..%2F..%2Fetc%2Fpasswd', 'x.eml', '%00.eml', `${'0'.repeat(36)}.eml`])(
  'there is no file %s in the outbox',
  async (name) => {
    expect((await get(`/outbox/${name}`)).statusCode).toBe(404);
    expect((await get(`/outbox/${name}/file`)).statusCode).toBe(404);
  },
);

test.each([
  [{ REDRESS_URL: 'https://act.example.org' }, false],
  [{ REDRESS_URL: 'http://localhost:3000' }, true],
  [{ HOST: '0.0.0.0', REDRESS_URL: 'http://127.0.0.1:3000' }, false],
  [{ REDRESS_TRUSTED_PROXIES: '127.0.0.1' }, false],
  [{ SMTP_URL: 'smtp://127.0.0.1:9' }, true],
  [{ SMTP_URL: 'smtp://127.0.0.1:9', REDRESS_DELIVERY: 'on' }, false],
])('with %j the outbox is shown: %s', async (variables: Record<string, string>, shown) => {
  const context = await ground.openAgain(variables);
  expect(showsOutbox(context.config)).toBe(shown);
  const other = await openAppFor(context);
  const { host } = new URL(context.config.url);
  expect((await other.inject({ method: 'GET', url: '/outbox', headers: { host } })).statusCode).toBe(
    shown ? 200 : 404,
  );
  await other.close();
});

test('a letter that cannot be opened does not keep the others from being written', async () => {
  const [broken, whole] = await seedReleased(ground, [{}, {}]);
  await sql`update letter set content = content || '\\x00' where letter_id = ${broken?.letterId}`.execute(
    ground.context.db,
  );
  const worker = startWorker(ground.context, { renderMail });
  await waitFor(async () => ((await readdir(folder)).includes(`${whole?.letterId}.eml`) ? true : undefined));
  await worker.stop();
  expect(await readdir(folder)).not.toContain(`${broken?.letterId}.eml`);
  await rm(join(folder, `${whole?.letterId}.eml`));
});

test('kept mail is removed after 28 days', async () => {
  const { context, clock } = ground;
  const old = new Date(clock.now().getTime() - 28 * DAY_MS - 1000);
  const young = new Date(clock.now().getTime() - 28 * DAY_MS + 1000);
  await utimes(join(folder, `${mailId}.eml`), old, old);
  await utimes(join(folder, `${letter.letterId}.eml`), young, young);
  expect(await sweepOutbox(context)).toBe(1);
  expect(await readdir(folder)).toEqual([`${letter.letterId}.eml`]);
});

test('an office sees that a letter is genuine, and nothing of the person who wrote it', async () => {
  const { context, organisationId } = ground;
  const [unconfirmed] = await seedLetters(ground, [{}]);
  const path = (letterId: string) =>
    verifyUrl(context, organisationId, letterId).slice(context.config.url.length);
  const genuine = await get(path(letter.letterId));
  expect(genuine.statusCode).toBe(200);
  expect(genuine.body).toContain('This letter is genuine');
  expect(genuine.body).toContain(letter.sha256);
  expect(genuine.body).toContain('Keep the lamp lit');
  for (const personal of ['Jane', 'Doe', 'jane@', 'I walk there', '2140']) {
    expect(genuine.body).not.toContain(personal);
  }
  expect((await get(path(unconfirmed?.letterId ?? ''))).body).toContain('Nobody confirmed this letter');

  const ending = { organisationId, actionIds: [letter.actionId], reason: 'not_me', by: 'supporter' } as const;
  await context.db.transaction().execute((db) => withdrawLetters(db, { ...ending, at: context.clock.now() }));
  expect((await get(path(letter.letterId))).body).toContain('This letter was disavowed');
});

test('no bit of a verifying link can be changed', async () => {
  const { context, organisationId } = ground;
  const token = verifyUrl(context, organisationId, letter.letterId).split('/').at(-1) ?? '';
  const bytes = Buffer.from(token, 'base64url');
  for (let bit = 0; bit < bytes.length * 8; bit += 7) {
    const forged = Buffer.from(bytes);
    forged[bit >> 3] = (forged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect((await get(`/letters/${forged.toString('base64url')}`)).statusCode).toBe(404);
  }
  for (const wrong of ['', 'x', token.slice(0, -1), `${token}A`, `${token}=`]) {
    expect((await get(`/letters/${wrong}`)).statusCode).toBe(404);
  }
});
