import PostalMime from 'postal-mime';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql } from '../src/database/index.js';
import { runUpkeepOnce } from '../src/upkeep/index.js';
import { publishCongress, serveOffices, TYPED } from './support/congress-ground.js';
import { CONGRESS_MAIL, ZIPS } from './support/congress-set.js';
import { openSmtpSink, type SmtpSink, waitFor } from './support/smtp-sink.js';
import { actionBody, confirmPath, submitByApi } from './support/supporter.js';
import { publishTestAlert } from './support/test-alert.js';
import { boxesOf, fieldsOf, startTestServer, type TestServer } from './support/test-server.js';
import { figure } from './support/trial.js';

const CANARIES = {
  name: 'Zephyrine Kanaria',
  email: 'zephyrine.kanaria@canary.example',
  address: '77 Kanaria Steps\nOstrel',
  subject: 'Kanaria asks about the heron',
  message: 'The heron of Kanaria flies at noon.',
} as const;
const SUPPORTER = { name: CANARIES.name, email: CANARIES.email, address: CANARIES.address };
/** Part of each of the values, in any case and any encoding that a URL has. */
const CANARY = /kanaria|zephyrine|heron/i;
const DAY_MS = 86_400_000;
const SALTMERE = '2010';
/** What the Congress's mail systems want to know, as somebody types it. */
const FACTS = {
  ...TYPED,
  given_name: 'Zephyrine',
  family_name: 'Kanaria',
  address_line1: '77 Kanaria Steps',
  address_line2: 'Heron House',
  city: 'Kanaria Springs',
};

let sink: SmtpSink;
let server: TestServer;
/** Every path with a token that somebody was given. */
const secrets: string[] = [];

beforeAll(async () => {
  sink = await openSmtpSink();
  sink.words = (address) => `5.1.1 <${address}>: ${CANARIES.name} <${CANARIES.email}> is not wanted here`;
  server = await startTestServer({
    variables: {
      SMTP_URL: sink.url,
      REDRESS_MAIL_FROM: 'letters@redress.example',
      // The metrics are read below, not served: requests are counted only where a port is set.
      REDRESS_METRICS_PORT: '9464',
      ...CONGRESS_MAIL,
    },
  });
  await publishTestAlert(server.context);
  await publishCongress(server.context);
  await server.legislatures.refresh();
  await serveOffices(server, { house: ['HCA12'], senate: ['SCA01'] });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await sink[Symbol.asyncDispose]();
});

function canaryBody(changes: Readonly<Record<string, unknown>> = {}): object {
  const { email, subject, message } = CANARIES;
  return actionBody(email, {
    place: { postcode: SALTMERE },
    supporter: SUPPORTER,
    letter: { subject, message, statement: message },
    ...changes,
  });
}

/** The log says nothing of a person, and no token; what others see does not either. */
async function expectSilence(what: string): Promise<void> {
  const logged = server.logged();
  expect(CANARY.exec(logged)?.[0], `${what}: in the log`).toBeUndefined();
  for (const secret of secrets) expect(logged.includes(secret), `${what}: a token in the log`).toBe(false);
  for (const path of ['/', '/alerts/lamp', '/nowhere', '/confirm/nothing', '/api/v1/nowhere']) {
    const page = await server.get(path);
    expect(CANARY.exec(await page.text())?.[0], `${what}: on ${path}`).toBeUndefined();
  }
  const metrics = await server.context.metrics.registry.metrics();
  expect(metrics, what).toContain('redress_http_request_seconds_count{');
  expect(CANARY.exec(metrics)?.[0], `${what}: in the metrics`).toBeUndefined();
  for (const secret of secrets)
    expect(metrics.includes(secret), `${what}: a token in the metrics`).toBe(false);
}

/** No address that a page or a mail leads to holds what was typed; `mailto:` is the person's own click. */
function expectCleanLinks(text: string, what: string): void {
  const links = [...text.matchAll(/(?:href|src|action)="([^"]*)"|(https?:\/\/[^\s"<>]+)/g)].map(
    ([, attribute, plain]) => attribute ?? plain ?? '',
  );
  for (const link of links) {
    if (!link.startsWith('mailto:')) expect(decodeURIComponent(link), what).not.toMatch(CANARY);
  }
}

function remember(path: string): string {
  const token = path.split('/').find((part) => part.length > 40);
  if (token !== undefined) secrets.push(token);
  return path;
}

async function confirmationOf(address: string): Promise<string> {
  return waitFor(async () => {
    const mail = sink.received.findLast(({ to, answer }) => to[0] === address && answer === 'yes');
    return mail === undefined ? undefined : confirmPath((await PostalMime.parse(mail.raw)).text ?? '');
  });
}

test('S20: wrong input of every kind', async () => {
  const { name, email, address, subject, message } = CANARIES;
  const html = await (await server.post('/alerts/lamp/place', { postcode: SALTMERE })).text();
  const form = { ...fieldsOf(html), to: boxesOf(html, 'to'), name, email, street: address, subject, message };
  const wrong = [
    { ...form, consent: '' },
    { ...form, consent: 'yes', email: `${email}@${email}` },
    { ...form, consent: 'yes', name: `${name}\n${name}` },
    { ...form, consent: 'yes', to: [name] },
    { ...form, consent: 'yes', token: message },
    { ...form, consent: 'yes', key: name, token: message },
    { ...form, consent: 'yes', message: message.repeat(1000) },
  ];
  for (const each of wrong)
    expect((await server.post('/alerts/lamp/actions', each)).status).toBeGreaterThan(399);
  for (const field of ['postcode', 'division', 'at'])
    await server.post('/alerts/lamp/place', { [field]: name });
  for (const body of [
    canaryBody({ consent: message }),
    canaryBody({ [name]: message }),
    canaryBody({ supporter: { name, email, [email]: message } }),
    canaryBody({ place: { postcode: name } }),
    canaryBody({ officeholders: [name] }),
    JSON.stringify(canaryBody()).slice(0, -1),
    JSON.stringify(canaryBody()).replace('"consent"', '"__proto__"'),
  ]) {
    expect((await submitByApi({ url: server.url, body })).status).toBe(400);
  }
  expect((await submitByApi({ url: server.url, body: canaryBody(), key: name })).status).toBe(400);
  const headers = { 'content-type': name, 'user-agent': name, referer: `https://x.example/?q=${email}` };
  expect((await submitByApi({ url: server.url, body: canaryBody(), headers })).status).toBe(415);
  for (const path of [
    `/${encodeURIComponent(name)}`,
    `/?q=${encodeURIComponent(email)}`,
    `/alerts/${encodeURIComponent(name)}`,
    `/confirm/${encodeURIComponent(message)}`,
    `/%/${encodeURIComponent(name)}`,
    `/confirm/${name.repeat(40).replaceAll(' ', '')}`,
    `/api/v1/officeholders?postcode=${encodeURIComponent(name)}`,
  ]) {
    await (await server.get(path)).text();
  }
  await expectSilence('wrong input');
});

test('S20: the whole way of a letter, with every page and mail on it', async () => {
  const key = 'a-key-that-is-no-secret';
  expect((await submitByApi({ url: server.url, body: canaryBody(), key })).status).toBe(202);
  expect(
    (await submitByApi({ url: server.url, body: canaryBody({ consent: true, letter: {} }), key })).status,
  ).toBe(422);
  const path = remember(await confirmationOf(CANARIES.email));
  const pages = [await server.get(path), await server.get(`${path}/not-me`), await server.get(`${path}x`)];
  const confirmed = await server.post(path, {});
  const receipt = remember(new URL(confirmed.headers.get('location') ?? '', server.url).pathname);
  pages.push(await server.get(receipt), await server.get(`${receipt}x`));
  const html = await (await server.get(receipt)).text();
  const verify = remember(/\/letters\/[\w-]{40,}/.exec(html)?.[0] ?? '');
  const verified = await server.get(verify);
  expect(verified.status).toBe(200);
  expect(await verified.text(), 'what an office sees of the person').not.toMatch(CANARY);
  const handOver = /action="([^"]*\/hand-over)"/.exec(html)?.[1] ?? '';
  pages.push(
    await server.post(handOver, { how: CANARIES.name }),
    await server.post(`${receipt}/withdrawal`, {}),
  );
  for (const page of pages) {
    expectCleanLinks(await page.text(), page.url);
    expect(decodeURIComponent(page.headers.get('location') ?? '')).not.toMatch(CANARY);
    expect(page.headers.get('set-cookie')).toBeNull();
  }
  await waitFor(() => sink.received.some(({ to }) => to[0]?.startsWith('office-')) || undefined);
  for (const { raw } of sink.received)
    expectCleanLinks(raw.toString('latin1').replace(/=\r\n/g, ''), 'a mail');
  await expectSilence('the whole way');
});

test('S20: facts for the Congress, wrong and right, to the page that shows them to their writer alone', async () => {
  const email = `facts.${CANARIES.email}`;
  const html = await (await server.post('/alerts/congress/place', { postcode: ZIPS.twelfth })).text();
  const { message } = CANARIES;
  const form = { ...fieldsOf(html), ...FACTS, to: boxesOf(html, 'to'), email, message, consent: 'yes' };
  for (const field of Object.keys(FACTS)) {
    const typed = `${CANARIES.name}\n${CANARIES.name}`;
    const wrong = await server.post('/alerts/congress/actions', { ...form, [field]: typed });
    expect([field, wrong.status]).toEqual([field, 400]);
    expectCleanLinks(await wrong.text(), field);
  }
  const taken = await server.post('/alerts/congress/actions', form);
  expect(taken.status).toBe(202);
  const path = remember(await confirmationOf(email));
  const page = await (await server.get(path)).text();
  expect(page).toContain('Kanaria Springs');
  expectCleanLinks(page, 'the page that shows the facts');
  await (await server.post(path, {})).text();
  const { rows } = await sql<{ seen: string }>`
    select (office::text || officeholder_id || coalesce(lane, '')) as seen from letter
    union all select coalesce(answer, '') from delivery`.execute(server.context.db);
  for (const { seen } of rows) expect(seen).not.toMatch(/springs|steps/i);
  await expectSilence('facts for the Congress');
});

test('S20: a mail server that quotes people when it refuses', async () => {
  sink.answer = (step) => (step === 'rcpt' ? 550 : undefined);
  const email = `refused.${CANARIES.email}`;
  const body = canaryBody({ supporter: { ...SUPPORTER, email } });
  await submitByApi({ url: server.url, body });
  await answered('mail', 'refused');
  sink.answer = () => undefined;
  await submitByApi({
    url: server.url,
    body: canaryBody({
      supporter: { ...SUPPORTER, email },
      letter: { message: `${CANARIES.message} Again.` },
    }),
  });
  const path = remember(await confirmationOf(email));
  sink.answer = (step, address) => (step === 'data' && address.startsWith('office-') ? 451 : undefined);
  await server.post(path, {});
  await answered('delivery', undefined);
  sink.answer = () => undefined;
  const { rows } = await sql<{ answer: string }>`
    select answer from mail where answer is not null union all select answer from delivery where answer is not null
  `.execute(server.context.db);
  const quoting = rows.filter(({ answer }) => answer.includes('not wanted here'));
  expect(quoting.length).toBeGreaterThan(0);
  for (const { answer } of quoting) expect(answer).not.toMatch(/@canary\.example/);
  await expectSilence('refusals');
});

test('S20: faults of the database, and cells that do not open', async () => {
  const { db } = server.context;
  for (const table of ['action', 'letter', 'mail', 'address_quota']) {
    const name = sql.table(table);
    await sql`alter table ${name} add constraint refuse_all check (false) not valid`.execute(db);
    const supporter = { ...SUPPORTER, email: `kanaria.${table}@canary.example` };
    expect((await submitByApi({ url: server.url, body: canaryBody({ supporter }) })).status).toBe(500);
    await sql`alter table ${name} drop constraint refuse_all`.execute(db);
  }
  await sql`alter table letter rename column content to content_away`.execute(db);
  expect((await submitByApi({ url: server.url, body: canaryBody() })).status).toBeGreaterThan(499);
  await sql`alter table letter rename column content_away to content`.execute(db);
  await submitByApi({
    url: server.url,
    body: canaryBody({ supporter: { ...SUPPORTER, email: 'kanaria.two@canary.example' } }),
  }).then((answer) => answer.body?.cancel());
  await sql`update action set supporter = set_byte(supporter, 40, get_byte(supporter, 40) # 1)
    where supporter is not null`.execute(db);
  await sql`update letter set content = set_byte(content, 40, get_byte(content, 40) # 1)
    where content is not null`.execute(db);
  for (const secret of secrets) {
    for (const way of ['confirm', 'receipts', 'letters'])
      await (await server.get(`/${way}/${secret}`)).text();
  }
  await expectSilence('faults');
});

test('S20: what happens by the clock alone', async () => {
  for (const days of [1, 6, 1, 28]) {
    server.clock.move(days * DAY_MS + 1000);
    await runUpkeepOnce(server.context, server.legislatures);
  }
  await expectSilence('upkeep');
  figure('canaries', { 'log lines searched': server.logged().split('\n').length, tokens: secrets.length });
});

async function answered(table: 'mail' | 'delivery', state: string | undefined): Promise<void> {
  await waitFor(async () => {
    const { rows } = await sql`
      select from ${sql.table(table)} where answer like '%not wanted here%'
        ${state === undefined ? sql`` : sql`and state = ${state}`}`.execute(server.context.db);
    return rows.length > 0 || undefined;
  });
}
