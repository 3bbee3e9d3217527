import PostalMime from 'postal-mime';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql } from '../src/database/index.js';
import { openSmtpSink, type SmtpSink } from './support/smtp-sink.js';
import { publishTestAlert } from './support/test-alert.js';
import { boxesOf, fieldsOf, startTestServer, type TestServer } from './support/test-server.js';
import { until } from './support/until.js';

let server: TestServer;
let sink: SmtpSink;

beforeAll(async () => {
  sink = await openSmtpSink();
  server = await startTestServer({
    variables: { SMTP_URL: sink.url, REDRESS_MAIL_FROM: 'letters@redress.example' },
  });
  await publishTestAlert(server.context, { chambers: '[upper]' });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await sink[Symbol.asyncDispose]();
});

async function mailsTo(test: (to: string) => boolean) {
  const mails = sink.received.filter(({ to }) => to.some(test));
  return Promise.all(mails.map(({ raw }) => PostalMime.parse(raw)));
}

test('"this was not me" after the letters went withdraws, forgets, and tells the offices', async () => {
  const page = await (await server.post('/alerts/lamp/place', { postcode: '1810' })).text();
  const form = { ...fieldsOf(page), to: boxesOf(page, 'to'), name: 'Ada Quill', consent: 'yes' };
  await server.post('/alerts/lamp/actions', {
    ...form,
    email: 'ada@mill.example',
    street: '1 Quay',
    locality: 'Ostrel',
  });
  const [mail] = await until(async () => nonEmpty(await mailsTo((to) => to === 'ada@mill.example')));
  const link = new URL(/http:\S+\/confirm\/[\w-]+/.exec(mail?.text ?? '')?.[0] ?? '').pathname;
  await server.post(link, {});
  const letters = await until(async () => nonEmpty(await acceptedLetters()));

  const asked = await (await server.get(`${link}/not-me`)).text();
  expect(asked).toContain('This was not you?');
  expect((await server.post(`${link}/not-me`, {})).status).toBe(200);

  const told = await until(async () => {
    const mails = await mailsTo((to) => to !== 'ada@mill.example');
    const disavowals = mails.filter(({ subject }) => subject === 'A letter to you was disavowed');
    return disavowals.length === letters.length ? disavowals : undefined;
  });
  const codes = told.map(({ text }) => /fingerprint ([0-9a-f]{64})/.exec(text ?? '')?.[1]);
  expect(codes.toSorted()).toEqual(letters.map(({ sha256 }) => sha256).toSorted());
  expect(told.map(({ inReplyTo }) => inReplyTo).toSorted()).toEqual(letters.map(({ id }) => id).toSorted());
  for (const { text } of told) expect(text).not.toMatch(/Ada|Quill|mill\.example/);

  const verify = new URL(/http:\S+\/letters\/[\w-]+/.exec(told[0]?.text ?? '')?.[0] ?? '').pathname;
  expect((await server.get(verify)).status).toBe(200);
  const { rows } = await sql<{ state: string; supporter: Buffer | null }>`
    select state, supporter from action`.execute(server.context.db);
  expect(rows).toEqual([{ state: 'disavowed', supporter: null }]);
});

async function acceptedLetters(): Promise<{ id: string; sha256: string }[]> {
  const { rows } = await sql<{ id: string; sha256: string }>`
    select d.message_id as id, encode(l.sha256, 'hex') as sha256 from letter l
    join delivery d using (organisation_id, letter_id) where l.state = 'accepted'`.execute(server.context.db);
  const { rows: all } = await sql`select 1 from letter where channel = 'smtp'`.execute(server.context.db);
  return rows.length === all.length ? rows : [];
}

function nonEmpty<Item>(items: readonly Item[]): readonly Item[] | undefined {
  return items.length > 0 ? items : undefined;
}
