import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql } from '../src/database/index.js';
import { advanceLetters } from '../src/delivery/advance-letters.js';
import { wakeWorkers } from '../src/delivery/index.js';
import { importSet } from '../src/legislatures/index.js';
import { openSmtpSink, type SmtpSink } from './support/smtp-sink.js';
import { publishTestAlert } from './support/test-alert.js';
import { fieldsOf, startTestServer, type TestServer } from './support/test-server.js';
import { until } from './support/until.js';
import { WAYS_POSTCODE, waysSet } from './support/ways-set.js';

const WRITER = 'ada@mill.example';
const { promise: closed, resolve: sayClosed } = Promise.withResolvers<undefined>();

let server: TestServer;
let sink: SmtpSink;

beforeAll(async () => {
  sink = await openSmtpSink();
  sink.answer = (step, address) =>
    step === 'rcpt' && address === 'mail@chamber.example' ? closed.then(() => 550) : undefined;
  server = await startTestServer({
    variables: { SMTP_URL: sink.url, REDRESS_MAIL_FROM: 'letters@redress.example' },
  });
  await importSet(server.context, { set: waysSet(), files: [], by: 'test', reason: 'test' });
  await server.legislatures.refresh();
  await publishTestAlert(server.context, { slug: 'ways', legislature: 'ways', chambers: '[chamber]' });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await sink[Symbol.asyncDispose]();
});

function mailWith(words: string): Promise<string> {
  return until(() =>
    sink.received
      .filter(({ to }) => to[0] === WRITER)
      .map(({ raw }) => raw.toString().replace(/=\r\n/g, ''))
      .find((text) => text.includes(words)),
  );
}

/** How the letters stand whose text is still there. */
async function statesOfTexts(): Promise<readonly string[]> {
  const { rows } = await sql<{ state: string }>`
    select state from letter where content is not null`.execute(server.context.db);
  return rows.map(({ state }) => state);
}

test('a letter fails after its alert closed: it stays refused, and the mail and the receipt give the ways on', async () => {
  const form = await (await server.post('/alerts/ways/place', { postcode: WAYS_POSTCODE })).text();
  const person = {
    name: 'Ada Quill',
    email: WRITER,
    consent: 'yes',
    to: ['mail'],
    message: 'Keep the lamp.',
  };
  await server.post('/alerts/ways/actions', { ...fieldsOf(form), ...person });
  const link = /\/confirm\/[\w-]+/.exec(await mailWith('/confirm/'))?.[0] ?? '';
  const confirmed = await server.post(link, {}, { 'sec-fetch-site': 'none' });
  const receipt = confirmed.headers.get('location')?.replace(/\?.*/, '') ?? '';
  await sql`update alert set state = 'closed', closed_at = now() where slug = 'ways'`.execute(
    server.context.db,
  );
  sayClosed(undefined);
  await until(async () => ((await statesOfTexts()).includes('refused') ? true : undefined));
  await advanceLetters(server.context);
  const mail = await mailWith('did not get through');
  expect(mail).toContain('You can still send it yourself: the receipt shows how');
  expect(mail).not.toContain('We know of no other way');
  expect(await statesOfTexts()).toEqual(['refused']);
  expect(await (await server.get(receipt)).text()).toContain('/hand-over');

  await sql`
    insert into letter_event (organisation_id, letter_id, at, from_state, to_state, reason, by_whom)
    select organisation_id, letter_id, changed_at, 'sending', 'queued', 'no_answer_after_data', 'system'
    from letter where state = 'refused'`.execute(server.context.db);
  // Its outcome is stored soon after the mail server has it.
  await until(async () => {
    const { numAffectedRows } = await sql`
      update mail set state = 'queued', due_at = changed_at where kind = 'failed' and state <> 'sending'`.execute(
      server.context.db,
    );
    return numAffectedRows === 1n ? true : undefined;
  });
  await wakeWorkers(server.context.db);
  const perhaps = await mailWith('A letter of yours may not have got through');
  expect(perhaps.replaceAll(/=\n|\n/g, ' ')).toContain('so the office may have it all the same');
  expect(perhaps).not.toMatch(/could not be delivered|did not get through/);
});
