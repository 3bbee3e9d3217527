import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql } from '../src/database/index.js';
import { runUpkeepOnce } from '../src/upkeep/index.js';
import { actionBody, confirmPaths, submitByApi } from './support/supporter.js';
import { publishTestAlert } from './support/test-alert.js';
import { startTestServer, type TestServer } from './support/test-server.js';
import { until } from './support/until.js';

const DAY_MS = 86_400_000;
const LAST_DAY = Date.parse('2027-03-31T12:00:00Z');

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
  await publishTestAlert(server.context);
  await publishTestAlert(server.context, { slug: 'bell' });
});
afterAll(() => server[Symbol.asyncDispose]());

async function submit(email: string, slug = 'lamp'): Promise<void> {
  const answer = await submitByApi({ url: server.url, body: actionBody(email), slug });
  expect(answer.status).toBe(202);
}

async function linkOf(email: string): Promise<string> {
  const [link = ''] = await confirmPaths(server.context.config.dataDirectory, email);
  return link;
}

async function states(): Promise<{ actions: string[]; letters: string[] }> {
  const { rows: actions } = await sql<{ state: string }>`
    select state from action order by action_id desc limit 1`.execute(server.context.db);
  const { rows: letters } = await sql<{ state: string }>`
    select distinct state from letter where action_id = (select action_id from action order by action_id desc limit 1)`.execute(
    server.context.db,
  );
  return { actions: actions.map(({ state }) => state), letters: letters.map(({ state }) => state) };
}

test('a reminder goes only to those whom a first mail reached, however many alerts an address is typed into', async () => {
  const { db } = server.context;
  for (let count = 0; count < 3; count += 1) await submit('ada@mill.example');
  await submit('ada@mill.example', 'bell');
  await until(async () => {
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from mail where state = 'rehearsed'`.execute(db);
    return rows[0]?.n === 3 ? true : undefined;
  });
  server.clock.move(1.5 * DAY_MS);
  await runUpkeepOnce(server.context, server.legislatures);
  await runUpkeepOnce(server.context, server.legislatures);
  const { rows } = await sql<{ slug: string }>`
    select alert.slug from mail m join action using (organisation_id, action_id)
    join alert using (organisation_id, alert_id) where m.kind = 'reminder'`.execute(db);
  expect(rows).toEqual([{ slug: 'lamp' }]);
});

test('"this was not me" after the letters were withdrawn does not say that offices are told', async () => {
  await submit('bea@mill.example');
  const link = await linkOf('bea@mill.example');
  const confirmed = await server.post(link, {});
  const receipt = confirmed.headers.get('location')?.replace(/\?.*/, '') ?? '';
  await server.post(`${receipt}/withdrawal`, {});
  const answer = await server.post(`${link}/not-me`, {});
  expect(answer.status).toBe(409);
  const html = await answer.text();
  expect(html).toContain('These letters were withdrawn');
  expect(html).not.toContain('address is deleted');
  expect((await states()).actions).toEqual(['withdrawn']);
});

test('who confirms after the alert has ended is told so, and nothing goes', async () => {
  server.clock.move(LAST_DAY - server.clock.now().getTime());
  await submit('cy@mill.example');
  const link = await linkOf('cy@mill.example');
  server.clock.move(2 * DAY_MS);
  expect(await (await server.get(link)).text()).toContain('The alert has closed');
  const answer = await server.post(link, {});
  expect(answer.status).toBe(409);
  expect(await answer.text()).toContain('The alert has closed');
  expect(await states()).toEqual({ actions: ['submitted'], letters: ['held'] });
  await runUpkeepOnce(server.context, server.legislatures);
  expect(await states()).toEqual({ actions: ['expired'], letters: ['expired'] });
});
