import PostalMime, { type Email } from 'postal-mime';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { closeAlert } from '../src/alerts/index.js';
import { sql } from '../src/database/index.js';
import { askAgain, remindOfSilence, wakeWorkers, withdrawLetters } from '../src/delivery/index.js';
import { runUpkeepOnce } from '../src/upkeep/index.js';
import { headersOf, openSmtpSink, type SmtpSink } from './support/smtp-sink.js';
import { actionBody, confirmPath, submitByApi } from './support/supporter.js';
import { publishTestAlert } from './support/test-alert.js';
import { startTestServer, type TestServer } from './support/test-server.js';
import { until } from './support/until.js';

const DAY_MS = 86_400_000;
const LOOKED_MS = 500;
/** A worker that was woken has looked by then. */
const WOKEN_MS = 150;
const SUPPORTER = 'ada@mill.example';

let server: TestServer;
let sink: SmtpSink;
let alerts = 0;

beforeAll(async () => {
  sink = await openSmtpSink();
  server = await startTestServer({
    variables: { SMTP_URL: sink.url, REDRESS_MAIL_FROM: 'letters@redress.example' },
  });
});
beforeEach(() => {
  sink.received.length = 0;
  sink.answer = () => undefined;
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await sink[Symbol.asyncDispose]();
});

interface Mail extends Email {
  readonly raw: Buffer;
}

async function mailsTo(isTo: (to: string) => boolean): Promise<Mail[]> {
  const mails = sink.received.filter(({ to }) => to.some(isTo));
  return Promise.all(mails.map(async ({ raw }) => ({ ...(await PostalMime.parse(raw)), raw })));
}

const toOffices = () => mailsTo((to) => to !== SUPPORTER);
const chases = async () =>
  (await mailsTo((to) => to === SUPPORTER)).filter(({ subject }) => subject?.startsWith('No answer yet?'));

interface Written {
  readonly slug: string;
  readonly receipt: string;
  readonly letters: readonly Mail[];
}

/** A supporter writes two letters by mail, and the mail server takes them. */
async function write(): Promise<Written> {
  sink.received.length = 0;
  alerts += 1;
  const slug = `lamp-${alerts}`;
  await publishTestAlert(server.context, { slug, until: '2027-12-31' });
  const body = actionBody(SUPPORTER, {
    supporter: { name: 'Ada Quill', email: SUPPORTER, address: '1 Quay\nOstrel' },
  });
  expect((await submitByApi({ url: server.url, slug, body })).status).toBe(202);
  const confirm = await until(async () => {
    const texts = (await mailsTo((to) => to === SUPPORTER)).map(({ text }) => confirmPath(text ?? ''));
    return texts.find((path) => path !== undefined);
  });
  const receipt = (await server.post(confirm, {})).headers.get('location')?.split('?')[0] ?? '';
  const letters = await until(async () => {
    const { rows } = await sql`select 1 from letter where state in ('queued', 'sending')`.execute(
      server.context.db,
    );
    const mails = await toOffices();
    return mails.length > 0 && rows.length === 0 ? mails : undefined;
  });
  return { slug, receipt, letters };
}

async function pass(days: number): Promise<void> {
  server.clock.move(days * DAY_MS);
  await runUpkeepOnce(server.context, server.legislatures);
  await wakeWorkers(server.context.db);
}

/** The forms of a receipt that end so. */
function formsOf(html: string, end: string): string[] {
  return [...html.matchAll(/action="([^"]*)"/g)].flatMap(([, action = '']) =>
    action.endsWith(end) ? [action] : [],
  );
}

/** What a page shows as text in its sheets. */
function sheetsOf(html: string): string[] {
  return [...html.matchAll(/<p class="sheet-body"[^>]*>([^<]*)<\/p>/g)].map(([, text = '']) =>
    text
      .replaceAll('&gt;', '>')
      .replaceAll('&lt;', '<')
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'")
      .replaceAll('&amp;', '&'),
  );
}

/** Waits until all that is due has gone, letters that wait for staff apart, and a little longer. */
async function nothingMore(mails: () => Promise<readonly unknown[]>, count: number): Promise<void> {
  await wakeWorkers(server.context.db);
  await until(async () => {
    const { rows } = await sql`
      select 1 from mail where state in ('queued', 'sending') and due_at <= ${server.clock.now()}
      union all select 1 from letter l left join office_lane o using (lane)
        where l.state = 'sending' or l.state = 'queued' and l.due_at <= ${server.clock.now()} and o.paused_at is null`.execute(
      server.context.db,
    );
    return rows.length === 0 ? true : undefined;
  });
  await new Promise((resolve) => setTimeout(resolve, WOKEN_MS));
  expect(await mails()).toHaveLength(count);
}

test('two weeks without an answer: one mail, one click, one follow-up in the writer’s name, as shown', async () => {
  const { receipt, letters } = await write();
  await pass(5.1);
  await pass(8.8);
  await nothingMore(chases, 0);
  expect(formsOf(await (await server.get(receipt)).text(), '/follow-up')).toEqual([]);

  await pass(0.2);
  const [chase] = await until(async () => ((await chases()).length > 0 ? chases() : undefined));
  expect(chase?.text).toContain(receipt);
  expect(chase?.html).toContain(receipt);
  await pass(1);
  await nothingMore(chases, 1);

  const page = await (await server.get(receipt)).text();
  const forms = formsOf(page, '/follow-up');
  expect(forms).toHaveLength(letters.length);
  const shown = sheetsOf(page).filter((text) => text.includes('On 23 November 2026 I wrote to you.'));
  expect(shown).toHaveLength(letters.length);
  // To look at it sends nothing.
  await nothingMore(toOffices, letters.length);

  const [form = '', other = ''] = forms;
  const twice = await Promise.all([server.post(form, {}), server.post(form, {})]);
  expect(twice.map(({ status }) => status)).toEqual([303, 303]);
  const followUps = await until(async () => {
    const mails = (await toOffices()).filter(({ subject }) => subject?.startsWith('Re: '));
    return mails.length > 0 ? mails : undefined;
  });
  const [followUp] = followUps;
  const original = letters.find(({ messageId }) => messageId === followUp?.inReplyTo);
  expect(headersOf(followUp?.raw ?? Buffer.alloc(0), 'References')).toEqual([original?.messageId]);
  expect(headersOf(followUp?.raw ?? Buffer.alloc(0), 'Auto-Submitted')).toEqual([]);
  expect(followUp?.from).toEqual(original?.from);
  expect(followUp?.replyTo).toEqual(original?.replyTo);
  expect(followUp?.to).toEqual(original?.to);
  expect(followUp?.subject).toBe(`Re: ${original?.subject}`);
  const text = followUp?.text?.replaceAll('\r\n', '\n') ?? '';
  expect(shown).toContain(text);
  for (const line of (original?.text ?? '').replaceAll('\r\n', '\n').trimEnd().split('\n'))
    expect(text).toContain(line === '' ? '\n>\n' : `> ${line}\n`);
  expect(text).toMatch(/To check that this letter is genuine: http:\S+\/letters\/\S+\n\nMy letter of/);

  await pass(1);
  await nothingMore(toOffices, letters.length + 1);
  const after = await (await server.get(receipt)).text();
  expect(after).toContain('You asked the office for an answer.');
  expect(formsOf(after, '/follow-up')).toEqual([other]);
  const { rows } = await sql<{ letters: number; actions: number }>`
    select (select count(*)::int from letter where channel = 'smtp') as letters,
      (select count(*)::int from action) as actions`.execute(server.context.db);
  expect(rows).toEqual([{ letters: letters.length, actions: 1 }]);
}, 60_000);

test('“I had an answer” is kept, and ends the offer', async () => {
  const { receipt, letters } = await write();
  await pass(5.1);
  await pass(9);
  const page = await (await server.get(receipt)).text();
  for (const form of formsOf(page, '/answer')) expect((await server.post(form, {})).status).toBe(303);
  const after = await (await server.get(receipt)).text();
  expect(after).toMatch(/You told us on \d+ \w+ 202\d at \d\d:\d\d UTC that an answer came/);
  expect(formsOf(after, '/follow-up')).toEqual([]);
  expect(formsOf(after, '/answer')).toEqual([]);
  for (const form of formsOf(page, '/follow-up')) await server.post(form, {});
  await nothingMore(toOffices, letters.length);
  const { rows } = await sql`select 1 from letter_event where reason = 'answer_heard'`.execute(
    server.context.db,
  );
  expect(rows).toHaveLength(letters.length);
}, 60_000);

test('an automatic answer is shown as one, and the chase says so', async () => {
  const { receipt } = await write();
  await sql`update delivery set auto_replied_at = ${server.clock.now()} where accepted_at >= ${new Date(server.clock.now().getTime() - DAY_MS)}`.execute(
    server.context.db,
  );
  const page = await (await server.get(receipt)).text();
  expect(page).toContain('An automatic answer came on');
  expect(page).toContain('That is no answer from a person.');
  await pass(5.1);
  await pass(9);
  const [chase] = await until(async () => ((await chases()).length > 0 ? chases() : undefined));
  expect(chase?.text).toContain('(automatic answer)');
}, 60_000);

test('a letter whose text is gone, an action that was withdrawn: nothing is offered, and nothing goes', async () => {
  const gone = await write();
  await pass(5.1);
  await pass(9);
  const page = await (await server.get(gone.receipt)).text();
  const forms = formsOf(page, '/follow-up');
  expect(forms.length).toBeGreaterThan(0);
  await pass(20);
  sink.received.length = 0;
  expect(formsOf(await (await server.get(gone.receipt)).text(), '/follow-up')).toEqual([]);
  for (const form of forms) await server.post(form, {});

  const withdrawn = await write();
  await server.post(`${withdrawn.receipt}/withdrawal`, {});
  const before = (await toOffices()).length;
  await pass(5.1);
  await pass(9);
  await nothingMore(async () => [...(await chases()), ...(await toOffices())], before);
}, 60_000);

test('an alert that closed more than 28 days ago is not chased; one that closed since is', async () => {
  const { slug } = await write();
  const organisationId = 1;
  await pass(5.1);
  await closeAlert(server.context, { organisationId, slug, reason: 'decided', by: 'test' });
  await sql`update alert set closed_at = ${new Date(server.clock.now().getTime() - 20 * DAY_MS)} where slug = ${slug}`.execute(
    server.context.db,
  );
  await pass(9);
  await nothingMore(chases, 0);

  const since = await write();
  await closeAlert(server.context, { organisationId, slug: since.slug, reason: 'decided', by: 'test' });
  await pass(5.1);
  await pass(9);
  await until(async () => ((await chases()).length === 1 ? true : undefined));
}, 60_000);

test('a follow-up waits while staff pause letters to its office, and is spread by its pace', async () => {
  const { receipt, letters } = await write();
  await pass(5.1);
  await pass(9);
  await sql`update office_lane set paused_at = ${server.clock.now()}, letters_per_hour = 60`.execute(
    server.context.db,
  );
  for (const form of formsOf(await (await server.get(receipt)).text(), '/follow-up'))
    await server.post(form, {});
  await nothingMore(toOffices, letters.length);
  await sql`update office_lane set paused_at = null, letters_per_hour = null`.execute(server.context.db);
  server.clock.move(3 * 60_000);
  await wakeWorkers(server.context.db);
  await until(async () => ((await toOffices()).length === 2 * letters.length ? true : undefined));
}, 60_000);

test('asked again and again, a follow-up takes one turn of its office', async () => {
  const { receipt } = await write();
  await pass(5.1);
  await pass(9);
  const [form = ''] = formsOf(await (await server.get(receipt)).text(), '/follow-up');
  const { db } = server.context;
  await sql`update office_lane set letters_per_hour = 60`.execute(db);
  const turns = async () => {
    const { rows } = await sql`select lane, follow_up_at from office_lane order by lane`.execute(db);
    return rows;
  };
  await server.post(form, {});
  const once = await turns();
  for (let more = 0; more < 3; more += 1) expect((await server.post(form, {})).status).toBe(303);
  expect(await turns()).toEqual(once);
  await sql`update office_lane set letters_per_hour = null`.execute(db);
}, 60_000);

test('a writer who takes it back at that moment: nobody waits for the other, and nothing is asked', async () => {
  await write();
  await pass(5.1);
  server.clock.move(9 * DAY_MS);
  const { db, clock, config } = server.context;
  const at = clock.now();
  const { rows } = await sql<{ organisationId: number; actionId: string; letterId: string }>`
    select organisation_id as "organisationId", action_id as "actionId", letter_id as "letterId" from letter
    where state = 'settled' and channel = 'smtp' and chased_at is null order by sequence desc limit 1`.execute(
    db,
  );
  const [letter = { organisationId: 0, actionId: '', letterId: '' }] = rows;
  const { organisationId, actionId } = letter;
  const looked = await db.transaction().execute(async (transaction) => {
    await sql`select from action where action_id = ${actionId} for update`.execute(transaction);
    const working = Promise.all([remindOfSilence(db, at), askAgain(db, { ...letter, at, config })]);
    await new Promise((resolve) => setTimeout(resolve, LOOKED_MS));
    const ending = { organisationId, actionIds: [actionId], by: 'supporter', at } as const;
    await withdrawLetters(transaction, { ...ending, reason: 'withdrawn' });
    return { working };
  });
  expect((await looked.working)[1]).toBe(false);
  await remindOfSilence(db, at);
  const { rows: mails } = await sql`
    select from mail where action_id = ${actionId} and kind in ('chase', 'follow_up')`.execute(db);
  expect(mails).toEqual([]);
}, 60_000);

test('the receipt as JSON tells the same: each way with its tries, what is expected, and the text', async () => {
  const { receipt, letters } = await write();
  const answer = await server.get(`/api/v1${receipt}`, { accept: 'application/json' });
  expect(answer.headers.get('cache-control')).toBe('no-store');
  const json = await answer.json();
  expect(json).toMatchObject({ kind: 'by_mail', state: 'confirmed' });
  const sent = json.letters.filter(({ channel }: { channel: string }) => channel === 'smtp');
  expect(sent).toHaveLength(letters.length);
  for (const letter of sent) {
    expect(letter).toMatchObject({
      state: 'accepted',
      mayFollowUp: false,
      deliveries: [{ channel: 'smtp', tries: 1, acceptedBy: 'relay', host: '127.0.0.1' }],
    });
    expect(letter.words).toMatch(/^Our mail service .*127\.0\.0\.1.* took it on 23|^Our mail service/);
    expect(letter.words).toContain('mail that comes back is not read here');
    const mail = letters.find(({ messageId }) => messageId === letter.deliveries[0].messageId);
    expect(mail?.text?.replaceAll('\r\n', '\n')).toBe(letter.letter.body);
  }
  expect((await server.get('/api/v1/receipts/forged')).status).toBe(404);
}, 60_000);

test('the mail about a letter that failed says by which way, when, what was answered, and how on, with the copy', async () => {
  sink.answer = (step, address) => (step === 'rcpt' && address !== SUPPORTER ? 550 : undefined);
  sink.words = () => '5.1.1 nobody of that name';
  alerts += 1;
  const slug = `lamp-${alerts}`;
  await publishTestAlert(server.context, { slug, until: '2027-12-31' });
  expect((await submitByApi({ url: server.url, slug, body: actionBody(SUPPORTER) })).status).toBe(202);
  const confirm = await until(async () => {
    const texts = (await mailsTo((to) => to === SUPPORTER)).map(({ text }) => confirmPath(text ?? ''));
    return texts.find((path) => path !== undefined);
  });
  await server.post(confirm, {});
  const failed = await until(async () => {
    const mails = await mailsTo((to) => to === SUPPORTER);
    return mails.find(({ subject }) => subject?.includes('did not get through'));
  });
  for (const text of [failed.text, failed.html]) {
    expect(text).toContain('By e-mail');
    expect(text).toContain('Tried once, on');
    expect(text).toContain('5.1.1 nobody of that name');
    expect(text).toContain('You can still send it yourself');
    expect(text).toContain('My grandmother kept the lamp.');
  }
  sink.words = () => 'scripted answer';
}, 60_000);
