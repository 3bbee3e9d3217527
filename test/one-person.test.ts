import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeToken } from '../src/actions/confirm/link-token.js';
import { sql } from '../src/database/index.js';
import { waitFor } from './support/smtp-sink.js';
import { actionBody, confirmPaths, outboxMails, submitByApi } from './support/supporter.js';
import { publishTestAlert } from './support/test-alert.js';
import { boxesOf, fieldsOf, startTestServer, type TestServer } from './support/test-server.js';
import { figure } from './support/trial.js';

const PARALLEL = 100;
const MAILS_A_DAY = 3;
const DAY_MS = 86_400_000;

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({ variables: { REDRESS_NETWORK_CAP: '100000' } });
  await publishTestAlert(server.context);
});
afterAll(() => server[Symbol.asyncDispose]());

interface Action {
  readonly id: string;
  readonly state: string;
}

/** The actions of one person: those with the tag that a submit of theirs has. */
async function actionsOf(email: string): Promise<Action[]> {
  const { context } = server;
  const { rows: alerts } = await sql<{ organisationId: number; keyId: Buffer }>`
    select organisation_id as "organisationId", key_id as "keyId" from alert where slug = 'lamp'`.execute(
    context.db,
  );
  const [alert] = alerts;
  if (alert === undefined) throw new Error('the alert is not there');
  const key = await context.keyring.key(alert.organisationId, alert.keyId);
  const { rows } = await sql<Action>`
    select action_id as id, state from action where person_tag = ${key.tag('person', email)}
    order by submitted_at, action_id`.execute(context.db);
  return rows;
}

async function rowCount(): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select ((select count(*) from action) + (select count(*) from letter) + (select count(*) from letter_event)
      + (select count(*) from mail))::int as n`.execute(server.context.db);
  return rows[0]?.n ?? -1;
}

async function mailStates(actionIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ state: string }>`
    select state from mail where kind = 'confirmation' and action_id = any(${actionIds}::uuid[])`.execute(
    server.context.db,
  );
  return rows.map(({ state }) => state);
}

function submit(email: string, changes: Readonly<Record<string, unknown>> = {}, key?: string) {
  return submitByApi({
    url: server.url,
    body: actionBody(email, changes),
    ...(key !== undefined && { key }),
  });
}

test(`R16: one key sent ${PARALLEL} times at once is one action, one mail and one answer`, async () => {
  const key = randomUUID();
  const answers = await Promise.all(
    Array.from({ length: PARALLEL }, async () => {
      const response = await submit('key@mill.example', {}, key);
      return `${response.status} ${await response.text()}`;
    }),
  );
  expect(new Set(answers).size).toBe(1);
  expect(answers[0]).toMatch(/^202 /);
  const actions = await actionsOf('key@mill.example');
  expect(actions).toHaveLength(1);
  expect(await confirmPaths(server.context.config.dataDirectory, 'key@mill.example')).toHaveLength(1);
  expect(await mailStates(actions.map(({ id }) => id))).toHaveLength(1);
});

test('R17: a key with another content is refused, and nothing is stored', async () => {
  const key = randomUUID();
  expect((await submit('first@mill.example', {}, key)).status).toBe(202);
  const before = await rowCount();
  const others: Readonly<Record<string, unknown>>[] = [
    { letter: { message: 'Other words.' } },
    { supporter: { name: 'Ada Quill', email: 'second@mill.example' } },
    { supporter: { name: 'Bea Quill', email: 'first@mill.example' } },
    { place: { postcode: '1110' } },
  ];
  for (const other of others) {
    const refused = await submit('first@mill.example', other, key);
    expect(refused.status).toBe(422);
    expect(await refused.json()).toMatchObject({ code: 'idempotency_mismatch' });
  }
  expect(await rowCount()).toBe(before);
  expect(await actionsOf('second@mill.example')).toEqual([]);
});

test(`R16: ${PARALLEL} submits of one person end in at most ${MAILS_A_DAY} mails and one confirmed action`, async () => {
  const email = 'many@mill.example';
  const answers = await Promise.all(
    Array.from({ length: PARALLEL }, async () => (await submit(email)).status),
  );
  expect(new Set(answers)).toEqual(new Set([202]));
  const written = await actionsOf(email);
  expect(written).toHaveLength(PARALLEL);
  const paths = await confirmPaths(server.context.config.dataDirectory, email, MAILS_A_DAY);
  expect(paths).toHaveLength(MAILS_A_DAY);
  expect(await mailStates(written.map(({ id }) => id))).toHaveLength(MAILS_A_DAY);

  // The links of the other submits too, as if each had been mailed: nothing but the index may hold.
  const links = written.map(
    ({ id }) => `/confirm/${makeToken(server.context, 'confirm', { organisationId: 1, actionId: id })}`,
  );
  const outcomes = await Promise.all(links.map(async (path) => (await server.post(path, {})).status));
  figure('parallel confirms of one person', {
    confirmed: outcomes.filter((status) => status === 303).length,
    'put aside': outcomes.filter((status) => status === 409).length,
  });
  expect(new Set(outcomes)).toEqual(new Set([303, 409]));
  expect(outcomes.filter((status) => status === 303)).toHaveLength(1);
  const states = (await actionsOf(email)).map(({ state }) => state);
  expect(states.filter((state) => state === 'confirmed')).toHaveLength(1);
  expect(states.filter((state) => state === 'superseded')).toHaveLength(PARALLEL - 1);
});

test('an unconfirmed submit of somebody else with my address blocks nobody', async () => {
  const email = 'mine@mill.example';
  const [stranger] = [await submit(email, { supporter: { name: 'Mallory Pretend', email } })];
  expect(stranger?.status).toBe(202);
  expect((await submit(email)).status).toBe(202);
  const { dataDirectory } = server.context.config;
  const paths = await confirmPaths(dataDirectory, email, 2);
  const pages = await Promise.all(
    paths.map(async (path) => ({ path, html: await (await server.get(path)).text() })),
  );
  const mine = pages.find(({ html }) => !html.includes('Mallory'));
  const strangers = pages.find(({ html }) => html.includes('Mallory'));
  expect((await server.post(mine?.path ?? '', {})).status).toBe(303);
  const late = await server.post(strangers?.path ?? '', {});
  expect(late.status).toBe(409);
  expect((await actionsOf(email)).map(({ state }) => state).sort()).toEqual(['confirmed', 'superseded']);
});

test('the answer has the same bytes for an address that is known and one that is not', async () => {
  const known = 'known@mill.example';
  await submit(known);
  const [path = ''] = await confirmPaths(server.context.config.dataDirectory, known);
  expect((await server.post(path, {})).status).toBe(303);
  const [again, fresh] = [await submit(known), await submit('fresh@mill.example')];
  expect(await bytesOf(again)).toBe(await bytesOf(fresh));

  const forms = [known, 'newer@mill.example'].map(async (email) => bytesOf(await submitForm(email)));
  const [pageOfKnown, pageOfFresh] = await Promise.all(forms);
  expect(pageOfKnown).toBe(pageOfFresh);
  // The fourth of a day gets no mail, and the page does not tell that either.
  for (let times = 0; times < MAILS_A_DAY; times += 1) await submit('often@mill.example');
  expect(await bytesOf(await submitForm('often@mill.example'))).toBe(pageOfFresh);
});

test('who withdrew can act again, and a day later is sent mails again', async () => {
  const email = 'again@mill.example';
  const { dataDirectory } = server.context.config;
  await submit(email);
  const [first = ''] = await confirmPaths(dataDirectory, email);
  const receipt = (await server.post(first, {})).headers.get('location') ?? '';
  const path = new URL(receipt, server.url).pathname;
  expect((await server.post(`${path}/withdrawal`, {})).status).toBe(303);
  await submit(email, { letter: { message: 'Once more, in other words.' } });
  const paths = await confirmPaths(dataDirectory, email, 2);
  const second = paths.find((candidate) => candidate !== first) ?? '';
  expect((await server.post(second, {})).status).toBe(303);
  expect((await actionsOf(email)).map(({ state }) => state)).toEqual(['withdrawn', 'confirmed']);

  for (let times = 0; times < MAILS_A_DAY; times += 1) await submit(email);
  server.clock.move(DAY_MS);
  await submit(email);
  await waitFor(async () => {
    const mails = (await outboxMails(dataDirectory)).filter(
      ({ mail }) => mail.to?.[0]?.address === email && /confirm/i.test(mail.subject ?? ''),
    );
    return mails.length === MAILS_A_DAY + 1 ? mails : undefined;
  });
});

async function submitForm(email: string): Promise<Response> {
  const html = await (await server.post('/alerts/lamp/place', { postcode: '1810' })).text();
  const form = { ...fieldsOf(html), to: boxesOf(html, 'to'), name: 'Ada Quill', consent: 'yes', email };
  return server.post('/alerts/lamp/actions', form);
}

/** Status, headers and body; without the date, which is the only thing that may differ. */
async function bytesOf(response: Response): Promise<string> {
  const headers = [...response.headers].filter(([name]) => name !== 'date');
  return JSON.stringify([response.status, headers, await response.text()]);
}
