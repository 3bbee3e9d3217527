import PostalMime, { type Email } from 'postal-mime';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql } from '../src/database/index.js';
import { wakeWorkers } from '../src/delivery/index.js';
import { storeEdit } from '../src/legislatures/overlay/edit-store.js';
import { openSmtpSink, type SmtpSink } from './support/smtp-sink.js';
import { actionBody, confirmPath, submitByApi } from './support/supporter.js';
import { publishTestAlert } from './support/test-alert.js';
import { startTestServer, type TestServer } from './support/test-server.js';
import { until } from './support/until.js';

const TODAY = '2026-11-23';
const TWO_MINUTES_MS = 120_000;
const OFFICES = /@parliament\.orvany\.example$/;

let server: TestServer;
let sink: SmtpSink;

beforeAll(async () => {
  sink = await openSmtpSink();
  // Every office asks to try again later: letters stay in the queue.
  sink.answer = (step, address) => (step === 'rcpt' && OFFICES.test(address) ? 451 : undefined);
  server = await startTestServer({
    variables: { SMTP_URL: sink.url, REDRESS_MAIL_FROM: 'letters@redress.example' },
  });
  await publishTestAlert(server.context);
  await publishTestAlert(server.context, { slug: 'mole' });
});
afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
  await sink?.[Symbol.asyncDispose]();
});

async function mailsTo(address: string, subject: RegExp): Promise<Email[]> {
  const mails = sink.received.filter(({ to }) => to.includes(address));
  const parsed = await Promise.all(mails.map(({ raw }) => PostalMime.parse(raw)));
  return parsed.filter((mail) => subject.test(mail.subject ?? ''));
}

function mailTo(address: string, subject: RegExp): Promise<Email> {
  return until(async () => (await mailsTo(address, subject))[0]);
}

interface Standing {
  readonly state: string;
  readonly reasons: readonly string[];
}

/** The letters of one action, by officeholder. */
async function lettersOf(actionId: string): Promise<Record<string, Standing>> {
  const { rows } = await sql<Standing & { officeholder: string }>`
    select l.officeholder_id as officeholder, l.state, (
      select json_agg(e.reason order by e.event_id) from letter_event e where e.letter_id = l.letter_id) as reasons
    from letter l where l.action_id = ${actionId}`.execute(server.context.db);
  return Object.fromEntries(rows.map(({ officeholder, ...letter }) => [officeholder, letter]));
}

async function write(email: string, slug = 'lamp'): Promise<{ actionId: string; confirm: string }> {
  const answer = await submitByApi({ url: server.url, body: actionBody(email), slug });
  expect(answer.status).toBe(202);
  const mail = await mailTo(email, /confirm/i);
  const { rows } = await sql<{ actionId: string }>`
    select action_id as "actionId" from action order by submitted_at desc, action_id desc limit 1`.execute(
    server.context.db,
  );
  return { actionId: rows[0]?.actionId ?? '', confirm: confirmPath(mail.text ?? '') ?? '' };
}

function resign(officeholder: string): Promise<number> {
  const change = { kind: 'resign', officeholder, on: TODAY } as const;
  return storeEdit(server.context, { setId: 'demo', change, by: 'clerk', reason: 'announced today' });
}

async function moveOn(): Promise<void> {
  server.clock.move(TWO_MINUTES_MS);
  await wakeWorkers(server.context.db);
}

const stopped = (letters: Record<string, Standing>) =>
  Object.keys(letters)
    .filter((id) => letters[id]?.state === 'stopped')
    .toSorted();

test('letters to whom resigns today stop, go to nobody else, and one mail and the receipt say so', async () => {
  const { actionId, confirm } = await write('ada@mill.example');
  const confirmed = await server.post(confirm, {});
  const receipt = (confirmed.headers.get('location') ?? '').replace(/\?.*/, '');
  await until(async () =>
    (await lettersOf(actionId))['aroha-wintersea']?.reasons.includes('temporary_refusal') ? true : undefined,
  );
  await Promise.all([resign('aroha-wintersea'), resign('kamal-devereux-sandhar')]);
  const letters = await until(async () => {
    const now = await lettersOf(actionId);
    return stopped(now).length === 2 ? now : undefined;
  });
  expect(stopped(letters)).toEqual(['aroha-wintersea', 'kamal-devereux-sandhar']);
  expect(letters['rafael-monteverde-hale']?.state).toBe('queued');
  expect(letters['aroha-wintersea']?.reasons.at(-1)).toBe('left_office');
  expect(Object.keys(letters)).toHaveLength(3);

  await moveOn();
  const mail = await mailTo('ada@mill.example', /stopped/);
  expect(mail.subject).toBe('2 letters of yours were stopped: Keep the lamp lit');
  expect(mail.text).toContain('- Senator Aroha Wintersea\n- Senator Kamal Devereux-Sandhar\n');
  expect(mail.text).toContain('We send them to nobody else.');
  expect(mail.text).not.toContain('Monteverde');
  expect(mail.text).not.toContain('grandmother');
  expect(new URL(/http:\S+\/receipts\/\S+/.exec(mail.text ?? '')?.[0] ?? '').pathname).toBe(receipt);
  await moveOn();
  expect(await mailsTo('ada@mill.example', /stopped/)).toHaveLength(1);

  const html = await (await server.get(receipt)).text();
  expect(html).toContain(
    'The person left office, so it was stopped, and we send it to nobody else. By us it did not reach the office.',
  );
  expect(html).toContain('Find who represents me today');
  expect(html).toContain('Stopped: the person left office');
  // The office's own form leads to whoever sits there now: it is offered for no letter that stopped.
  expect(html).not.toContain('/kamal-devereux-sandhar/contact');
  expect(html).toContain('My grandmother kept the lamp.');

  const place = await (await server.post('/alerts/lamp/place', { postcode: '1810' })).text();
  expect(place).not.toContain('Aroha Wintersea');
  expect(place).toContain('Vacant');
});

test('a letter that is confirmed after its addressee left is never sent', async () => {
  const { actionId, confirm } = await write('bea@mill.example', 'mole');
  expect(Object.keys(await lettersOf(actionId))).toEqual(['rafael-monteverde-hale']);
  sink.answer = () => undefined;
  await resign('rafael-monteverde-hale');
  await until(async () => {
    const place = await (await server.post('/alerts/mole/place', { postcode: '1810' })).text();
    return place.includes('Monteverde') ? undefined : true;
  });
  await server.post(confirm, {});
  expect((await lettersOf(actionId))['rafael-monteverde-hale']).toEqual({
    state: 'stopped',
    reasons: ['submitted', 'confirmed', 'left_office'],
  });
  await moveOn();
  const mail = await mailTo('bea@mill.example', /stopped/);
  expect(mail.subject).toBe('A letter of yours was stopped: Keep the lamp lit');
  expect(sink.received.filter(({ to }) => to.some((address) => OFFICES.test(address)))).toEqual([]);
});
