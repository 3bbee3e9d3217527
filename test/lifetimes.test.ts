import { afterEach, beforeEach, expect, test } from 'vitest';
import { sql } from '../src/database/index.js';
import { wakeWorkers } from '../src/delivery/index.js';
import { runUpkeepOnce } from '../src/upkeep/index.js';
import { waitFor } from './support/smtp-sink.js';
import { actionBody, confirmPath, confirmPaths, outboxMails, submitByApi } from './support/supporter.js';
import { publishTestAlert } from './support/test-alert.js';
import { startTestServer, type TestServer } from './support/test-server.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const ADA = 'ada@mill.example';
/** The noon, UTC, after the day until which the test's alert asks: then that day has ended everywhere. */
const ALERT_ENDS = new Date('2027-04-01T12:00:00Z');

let server: TestServer;

beforeEach(async () => {
  server = await startTestServer();
  await publishTestAlert(server.context);
});
afterEach(() => server[Symbol.asyncDispose]());

/** Waits until every mail that is due has gone, then moves the clock and does what is due by it, twice. */
async function pass(milliseconds: number): Promise<void> {
  await wakeWorkers(server.context.db);
  await waitFor(async () => {
    const { rows } = await sql`select from mail where state in ('queued', 'sending')`.execute(
      server.context.db,
    );
    return rows.length === 0 || undefined;
  });
  server.clock.move(milliseconds);
  await runUpkeepOnce(server.context, server.legislatures);
  await runUpkeepOnce(server.context, server.legislatures);
  await wakeWorkers(server.context.db);
}

async function submit(email = ADA, changes: Readonly<Record<string, unknown>> = {}): Promise<void> {
  expect((await submitByApi({ url: server.url, body: actionBody(email, changes) })).status).toBe(202);
}

async function confirm(email = ADA): Promise<string> {
  const [path = ''] = await confirmPaths(server.context.config.dataDirectory, email);
  const confirmed = await server.post(path, {});
  expect(confirmed.status).toBe(303);
  return new URL(confirmed.headers.get('location') ?? '', server.url).pathname;
}

interface Kept {
  readonly action: string;
  readonly supporter: boolean;
  readonly letters: string;
  readonly texts: number;
}

/** What is kept of each action, in the order they came in. */
async function kept(): Promise<Kept[]> {
  const { rows } = await sql<Kept>`
    select a.state as action, a.supporter is not null as supporter,
      string_agg(distinct l.state, ' ' order by l.state) as letters, count(l.content)::int as texts
    from action a join letter l using (organisation_id, action_id)
    group by a.action_id, a.state, a.supporter is not null, a.submitted_at order by a.submitted_at, a.action_id`.execute(
    server.context.db,
  );
  return rows;
}

async function events(): Promise<string[]> {
  const { rows } = await sql<{ event: string }>`
    select distinct from_state || '>' || to_state || ':' || reason as event from letter_event
    where from_state is not null order by 1`.execute(server.context.db);
  return rows.map(({ event }) => event);
}

async function reminders(): Promise<{ to: string; text: string }[]> {
  const mails = await outboxMails(server.context.config.dataDirectory);
  return mails
    .filter(({ mail }) => /^Your letter still waits/.test(mail.subject ?? ''))
    .map(({ mail }) => ({ to: mail.to?.[0]?.address ?? '', text: mail.text ?? '' }));
}

test('who has not confirmed is reminded once, a day later, and the link in the reminder works', async () => {
  await submit();
  await submit();
  await submit('bea@mill.example');
  await confirm('bea@mill.example');
  await submit('bea@mill.example', { letter: { message: 'After I had confirmed.' } });
  await confirmPaths(server.context.config.dataDirectory, ADA, 2);
  await pass(DAY_MS - 1000);
  expect(await reminders()).toEqual([]);
  await pass(2000);
  const [reminder] = await waitFor(async () => {
    const all = await reminders();
    return all.length > 0 ? all : undefined;
  });
  for (let day = 0; day < 5; day += 1) await pass(DAY_MS);
  expect((await reminders()).map(({ to }) => to)).toEqual([ADA]);
  expect((await server.post(confirmPath(reminder?.text ?? '') ?? '', {})).status).toBe(303);
});

test('after seven days without a confirmation nothing is left of what was typed, and the link says so', async () => {
  await submit();
  const [path = ''] = await confirmPaths(server.context.config.dataDirectory, ADA);
  await pass(7 * DAY_MS - 1000);
  expect(await kept()).toEqual([{ action: 'submitted', supporter: true, letters: 'held', texts: 3 }]);
  expect((await server.get(path)).status).toBe(200);
  await pass(2000);
  expect(await kept()).toEqual([{ action: 'expired', supporter: false, letters: 'expired', texts: 0 }]);
  expect(await events()).toEqual(['held>expired:not_confirmed_in_time']);
  for (const method of ['GET', 'POST']) {
    expect((await fetch(server.url + path, { method })).status).toBe(410);
  }
  await submit();
  expect((await kept()).map(({ action }) => action)).toEqual(['expired', 'submitted']);
});

test('when the alert closes, what was not confirmed or not taken to an office ends', async () => {
  server.clock.move(ALERT_ENDS.getTime() - DAY_MS - server.clock.now().getTime());
  await submit('bea@mill.example');
  await confirm('bea@mill.example');
  await submit();
  const [path = ''] = await confirmPaths(server.context.config.dataDirectory, ADA);
  expect((await kept()).map(({ letters }) => letters)).toEqual(['rehearsed waiting', 'held']);
  await pass(DAY_MS - 1000);
  expect((await kept()).map(({ action }) => action)).toEqual(['confirmed', 'submitted']);
  await pass(1000);
  expect(await kept()).toEqual([
    { action: 'confirmed', supporter: true, letters: 'expired rehearsed', texts: 2 },
    { action: 'expired', supporter: false, letters: 'expired', texts: 0 },
  ]);
  expect(await events()).toContain('held>expired:alert_closed');
  expect(await events()).toContain('waiting>expired:alert_closed');
  expect(await (await server.get(path)).text()).toMatch(/ended|closed/i);
  expect((await server.post(path, {})).status).toBe(409);
  expect((await submitByApi({ url: server.url, body: actionBody('cy@mill.example') })).status).toBe(410);
});

test('28 days after the last change the texts and the person are forgotten; states and counts stay', async () => {
  await submit();
  const receipt = await confirm();
  const [before] = await kept();
  expect(before).toEqual({ action: 'confirmed', supporter: true, letters: 'rehearsed waiting', texts: 3 });
  await pass(28 * DAY_MS - 1000);
  expect(await (await server.get(receipt)).text()).toContain('My grandmother kept the lamp.');
  await pass(2000);
  // The letter that waited for the supporter expired just now; its text went at once.
  expect(await kept()).toEqual([
    { action: 'confirmed', supporter: false, letters: 'expired rehearsed', texts: 0 },
  ]);
  const page = await server.get(receipt);
  expect(page.status).toBe(200);
  const html = await page.text();
  expect(html).not.toContain('grandmother');
  expect(html).toMatch(/text was deleted/);
  expect(await events()).toContain('waiting>expired:step_not_taken');
  expect(await (await server.get('/alerts/lamp')).text()).toMatch(/\b1\b/);
});

test('what is withdrawn is forgotten at once, as far as it has not gone', async () => {
  await submit();
  const receipt = await confirm();
  await server.post(`${receipt}/withdrawal`, {});
  const [{ action, letters } = { action: '', letters: '' }] = await kept();
  expect([action, letters]).toEqual(['withdrawn', 'rehearsed withdrawn']);
  await submit('bea@mill.example');
  const [path = ''] = await confirmPaths(server.context.config.dataDirectory, 'bea@mill.example');
  await server.post(`${path}/not-me`, {});
  expect((await kept())[1]).toEqual({
    action: 'disavowed',
    supporter: false,
    letters: 'withdrawn',
    texts: 0,
  });
});

test('quotas are forgotten two days later, with them who wrote from where', async () => {
  await submit();
  await pass(2 * DAY_MS + DAY_MS);
  const { rows } = await sql<{ n: number }>`
    select ((select count(*) from address_quota) + (select count(*) from network_quota))::int as n
  `.execute(server.context.db);
  expect(rows[0]?.n).toBe(0);
});

test('a clock that is set back a day sends nothing again and expires nothing early', async () => {
  await submit();
  await confirmPaths(server.context.config.dataDirectory, ADA);
  await pass(DAY_MS + 1000);
  await waitFor(async () => ((await reminders()).length === 1 ? true : undefined));
  await pass(-2 * DAY_MS);
  await pass(3 * DAY_MS);
  expect(await reminders()).toHaveLength(1);
  expect((await kept())[0]?.action).toBe('submitted');
});
