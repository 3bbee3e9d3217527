import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql } from '../src/database/index.js';
import { storeEdit } from '../src/legislatures/overlay/edit-store.js';
import { demoDivisionReachedByHand } from './support/demo-places.js';
import { publishTestAlert } from './support/test-alert.js';
import { boxesOf, fieldsOf, startTestServer, type TestServer } from './support/test-server.js';
import { until } from './support/until.js';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
  await publishTestAlert(server.context, { chambers: '[lower]' });
});
afterAll(() => server[Symbol.asyncDispose]());

async function counts(): Promise<{ mails: number; states: string[]; letters: string[] }> {
  const { db } = server.context;
  const mails = await sql<{ n: number }>`select count(*)::int as n from mail`.execute(db);
  const actions = await sql<{ state: string }>`select state from action order by action_id`.execute(db);
  const letters = await sql<{ state: string }>`select state from letter order by sequence`.execute(db);
  return {
    mails: mails.rows[0]?.n ?? -1,
    states: actions.rows.map(({ state }) => state),
    letters: letters.rows.map(({ state }) => state),
  };
}

test('where every office takes letters by its own page only, no mail is needed and nothing counts before it is said', async () => {
  const division = demoDivisionReachedByHand();
  const page = await server.post('/alerts/lamp/place', { division });
  const html = await page.text();
  expect(html).not.toContain('name="email"');
  const form = {
    ...fieldsOf(html),
    to: boxesOf(html, 'to'),
    name: 'Ada Quill',
    message: 'Keep it.',
    consent: 'yes',
  };
  const taken = await server.post('/alerts/lamp/actions', form);
  expect(taken.status).toBe(303);
  const receipt = taken.headers.get('location') ?? '';
  expect(await counts()).toEqual({ mails: 0, states: ['submitted'], letters: ['held'] });

  const shown = await (await server.get(receipt)).text();
  expect(shown).toContain('Keep it.');
  expect(shown).toContain('We cannot send to these offices ourselves');
  expect(shown).toContain('The last step is yours');
  expect(shown, 'no mail was sent that could be confirmed').not.toContain('waits for your confirmation');
  const handOver = /action="(\/receipts\/[^"]*\/hand-over)"/.exec(shown)?.[1] ?? '';
  expect((await server.post(handOver, { how: 'by_form' })).status).toBe(303);
  expect(await counts()).toEqual({ mails: 0, states: ['self_reported'], letters: ['handed_over'] });

  const again = await server.post('/alerts/lamp/actions', form);
  expect(again.headers.get('location')).toBe(receipt);
  expect((await counts()).states).toHaveLength(1);
});

test('whoever leaves out the offices that take mail needs no mail either', async () => {
  await publishTestAlert(server.context, { slug: 'both', chambers: '[lower, upper]' });
  const html = await (await server.post('/alerts/both/place', { postcode: '1810' })).text();
  expect(html).toContain('name="email"');
  const byPageOnly = 'kamal-devereux-sandhar';
  expect(boxesOf(html, 'to')).toContain(byPageOnly);
  const form = { ...fieldsOf(html), to: [byPageOnly], name: 'Ada Quill', email: '', consent: 'yes' };
  const taken = await server.post('/alerts/both/actions', form);
  expect(taken.status).toBe(303);
  expect((await counts()).mails).toBe(0);
});

test('the count of those who wrote by themselves stands apart', async () => {
  const alert = await (await server.get('/alerts/lamp?language=en')).text();
  expect(alert).toContain('nobody checked');
  expect(alert).not.toContain('One person has confirmed');
});

test('when whom it is to leaves, a letter that is shown stops, the receipt says so, and withdrawing forgets it', async () => {
  await publishTestAlert(server.context, { slug: 'mole', chambers: '[upper]' });
  const to = 'kamal-devereux-sandhar';
  const html = await (await server.post('/alerts/mole/place', { postcode: '1810' })).text();
  const form = { ...fieldsOf(html), to: [to], name: 'Ada Quill', message: 'Keep it.', consent: 'yes' };
  const taken = await server.post('/alerts/mole/actions', form);
  const receipt = taken.headers.get('location') ?? '';
  const change = { kind: 'resign', officeholder: to, on: '2026-11-23' } as const;
  await storeEdit(server.context, { setId: 'demo', change, by: 'clerk', reason: 'announced today' });
  const stopped = await until(async () => {
    const page = await (await server.get(receipt)).text();
    return page.includes('Stopped: the person left office') ? page : undefined;
  });
  expect(stopped).toContain('left office before you told us that you had sent it');
  expect(stopped, 'we cannot know that').not.toContain('It was sent to nobody');
  expect(stopped).not.toContain('Send each letter the way that suits you');
  expect(stopped).not.toContain('/hand-over');
  expect(stopped).toContain('Keep it.');
  expect((await counts()).mails, 'there is no address to write to').toBe(0);
  const { rows: events } = await sql<{ from: string; reason: string }>`
    select from_state as "from", reason from letter_event where to_state = 'stopped' and letter_id in (
      select letter_id from letter join alert using (organisation_id, alert_id) where slug = 'mole')`.execute(
    server.context.db,
  );
  expect(events).toEqual([{ from: 'held', reason: 'left_office' }]);

  expect((await server.post(`${receipt}/withdrawal`, {})).status).toBe(303);
  expect(await (await server.get(receipt)).text()).not.toContain('Keep it.');
  const { rows } = await sql<{ state: string; content: Buffer | null }>`
    select l.state, l.content from letter l join alert a using (organisation_id, alert_id)
    where a.slug = 'mole'`.execute(server.context.db);
  expect(rows).toEqual([{ state: 'withdrawn', content: null }]);
});
