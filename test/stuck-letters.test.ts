import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Context } from '../src/context.js';
import { newId, sql } from '../src/database/index.js';
import { advanceLetters } from '../src/delivery/advance-letters.js';
import { giveUpOnSilentOffices } from '../src/delivery/lanes/give-up.js';
import { mendDueTimes } from '../src/delivery/lanes/mend-due-times.js';
import type { ChannelName } from '../src/delivery/office.js';
import { openLetterSettler, settlementOf } from '../src/delivery/settle-letters.js';
import { type Simulator, startSimulator } from '../src/simulator/index.js';
import { cwcVariables, letterContent, startCwcWorker, toOffice } from './support/cwc-ground.js';
import {
  type DeliveryGround,
  letterIn,
  openDeliveryGround,
  readLetter,
  type SeededLetter,
} from './support/delivery-ground.js';
import { lease, queueLetters } from './support/lane-ground.js';
import { MovedClock } from './support/moved-clock.js';
import { openSmtpSink, type SmtpSink, waitFor } from './support/smtp-sink.js';

const MINUTE_MS = 60_000;
const LOOKED_MS = 300;
const DAY_MS = 24 * 60 * MINUTE_MS;
const MAIL = 'quell@upper.example';
const FORM = 'https://quell.example/contact';

let sink: SmtpSink;
let offices: Simulator;
let ground: DeliveryGround;
let stack: AsyncDisposableStack;

beforeEach(async () => {
  stack = new AsyncDisposableStack();
  sink = stack.use(await openSmtpSink());
  offices = stack.use(await startSimulator({ clock: new MovedClock() }));
  ground = stack.use(await openDeliveryGround({ SMTP_URL: sink.url, ...cwcVariables(offices.url) }));
});
afterEach(() => stack.disposeAsync());

/** A worker with these settings. */
async function work(context: Context = ground.context): Promise<void> {
  stack.use(await startCwcWorker(context, ground));
}

/** Queued letters by the House's system. */
function toHouse(count: number): Promise<readonly SeededLetter[]> {
  const { constituent, campaign } = letterContent();
  const facts = { ...(constituent && { constituent }), ...(campaign && { campaign }) };
  const office = { ...toOffice('HVA04').office, channels: ['cwc_house', 'web_form'] as const };
  return queueLetters(
    ground,
    MAIL,
    Array.from({ length: count }, () => ({ office: { ...office, contactForm: FORM }, facts })),
  );
}

/** A letter by these ways whose first one refused it for good. */
async function refused(channels: readonly ChannelName[]): Promise<SeededLetter> {
  const [letter] = await queueLetters(ground, MAIL, [
    { office: { channels, contactForm: FORM, ...(channels[0] !== 'smtp' && { code: 'HVA04' }) } },
  ]);
  if (letter === undefined) throw new Error('nothing was seeded');
  const { db } = ground.context;
  await sql`insert into delivery (organisation_id, delivery_id, letter_id, channel, message_id, created_at)
    values (${ground.organisationId}, ${newId()}, ${letter.letterId}, ${channels[0]}, ${newId()},
      ${ground.clock.now()})`.execute(db);
  await sql`update letter set state = 'refused', due_at = null, advance_due = true
    where letter_id = ${letter.letterId}`.execute(db);
  return letter;
}

async function wayOf({ letterId }: SeededLetter): Promise<string> {
  const { rows } = await sql<{ way: string }>`
    select state || ' ' || channel as way from letter where letter_id = ${letterId}`.execute(
    ground.context.db,
  );
  return rows[0]?.way ?? '';
}

async function brokenSince(lane: string): Promise<Date | null> {
  const { rows } = await sql<{ openedAt: Date | null }>`
    select opened_at as "openedAt" from office_lane where lane = ${lane}`.execute(ground.context.db);
  return rows[0]?.openedAt ?? null;
}

async function openBreaker(lane: string, openedAt: Date, probeAt: Date): Promise<void> {
  await sql`insert into office_lane (lane, channel, failures, failing_since, opened_at, probe_at)
    values (${lane}, ${lane.split(':')[0]}, 5, ${openedAt}, ${openedAt}, ${probeAt})
    on conflict (lane) do update set failures = 5, opened_at = excluded.opened_at, probe_at = excluded.probe_at
  `.execute(ground.context.db);
}

test('a letter whose office lost its address is tried like others, and moves on', async () => {
  const [letter] = await queueLetters(ground, MAIL, [{ office: { contactForm: FORM } }]);
  await sql`update letter set office = office - 'email' where letter_id = ${letter?.letterId}`.execute(
    ground.context.db,
  );
  expect(await lease(ground)).toMatchObject([{ letterId: letter?.letterId, lane: 'smtp:' }]);
});

test('the answer of a test system closes a breaker as any other', async () => {
  const trial = await ground.openAgain(cwcVariables(offices.url, 'test'));
  const letters = await toHouse(3);
  await openBreaker('cwc_house:HVA04', ground.clock.now(), ground.clock.now());
  await work(trial);
  for (const { letterId } of letters) await letterIn(ground, letterId, 'rehearsed');
  await waitFor(async () => ((await brokenSince('cwc_house:HVA04')) === null ? true : undefined));
});

test('what was decided here, with nobody asked, says nothing about an office: its breaker stays open', async () => {
  offices.setScript('HVA04', { do: 'inactive' });
  const [letter] = await toHouse(1);
  await openBreaker('cwc_house:HVA04', ground.clock.now(), ground.clock.now());
  await work();
  await letterIn(ground, letter?.letterId ?? '', 'refused');
  await new Promise((resolve) => setTimeout(resolve, LOOKED_MS));
  expect(await brokenSince('cwc_house:HVA04')).not.toBeNull();
});

test('two letters of one person to one office that failed together hold up nobody: the newer one moves on', async () => {
  const [older, newer, other] = [
    await refused(['smtp', 'web_form']),
    await refused(['smtp', 'web_form']),
    await refused(['smtp', 'web_form']),
  ];
  await sql`update letter l set person_tag = o.person_tag from letter o
    where l.letter_id = ${newer.letterId} and o.letter_id = ${older.letterId}`.execute(ground.context.db);
  expect(await advanceLetters(ground.context)).toBe(3);
  expect(await wayOf(older)).toBe('refused smtp');
  expect(await wayOf(newer)).toBe('waiting web_form');
  expect(await wayOf(other)).toBe('waiting web_form');
});

test.each([
  ['mail is switched off', {}],
  ['mail may go to tests only', { REDRESS_DELIVERY: 'off', SMTP_URL: 'smtp://127.0.0.1:9' }],
])(
  'where %s a failed letter is not queued for it: it would wait for ever, or go one day',
  async (_, more) => {
    const context = await ground.openAgain({ ...cwcVariables(offices.url), ...more });
    const letter = await refused(['cwc_house', 'smtp', 'web_form']);
    await sql`update letter set office = jsonb_set(office, '{email}', '"quell@parliament.org"')`.execute(
      context.db,
    );
    await advanceLetters(context);
    expect(await wayOf(letter)).toBe('waiting web_form');
  },
);

test('what may have arrived is not sent by a second way under another id: its writer decides', async () => {
  const letter = await refused(['cwc_house', 'smtp', 'web_form']);
  await sql`insert into letter_event (organisation_id, letter_id, at, from_state, to_state, reason, by_whom)
    values (${ground.organisationId}, ${letter.letterId}, ${ground.clock.now()}, 'sending', 'queued',
      'no_answer_after_data', 'worker:a')`.execute(ground.context.db);
  await advanceLetters(ground.context);
  expect(await wayOf(letter)).toBe('waiting web_form');
});

test('a letter that fails after its alert closed keeps its text and its way on, and its writer is told', async () => {
  const letter = await refused(['smtp', 'web_form']);
  await sql`update alert set state = 'closed', closed_at = ${ground.clock.now()} where alert_id = ${ground.alertId}`.execute(
    ground.context.db,
  );
  await advanceLetters(ground.context);
  expect(await wayOf(letter)).toBe('refused smtp');
  const { rows } =
    await sql`select from mail where action_id = ${letter.actionId} and kind = 'failed'`.execute(
      ground.context.db,
    );
  expect(rows).toHaveLength(1);
});

test.each([
  ['it was not asked for days: staff paused it', 'paused'],
  ['it was not asked for days: its channel was paused', 'channel paused'],
  ['it was not asked for days: no worker ran', 'not asked'],
])('no office is given up as silent while %s', async (_, how) => {
  const [letter] = await queueLetters(ground, MAIL, 1);
  const began = ground.clock.now();
  const lane = `smtp:${MAIL}`;
  ground.clock.move(8 * DAY_MS);
  const now = ground.clock.now();
  const askedAt = how === 'not asked' ? began : new Date(now.getTime() - 5 * MINUTE_MS);
  await openBreaker(lane, began, new Date(askedAt.getTime() + 30 * MINUTE_MS));
  if (how === 'paused') await sql`update office_lane set paused_at = ${began}`.execute(ground.context.db);
  if (how === 'channel paused')
    await sql`insert into office_lane (lane, channel, paused_at) values ('smtp', 'smtp', ${began})`.execute(
      ground.context.db,
    );
  expect(await giveUpOnSilentOffices(ground.context.db, now)).toBe(0);
  await sql`delete from office_lane where lane = 'smtp'`.execute(ground.context.db);
  await sql`update office_lane set paused_at = null, probe_at = ${new Date(now.getTime() + 25 * MINUTE_MS)}`.execute(
    ground.context.db,
  );
  expect(await giveUpOnSilentOffices(ground.context.db, now)).toBe(1);
  expect((await readLetter(ground, letter?.letterId ?? '')).reason).toBe('office_silent');
});

test('letters that nobody may send now are looked at less and less often, not twice a minute for ever', async () => {
  await toHouse(1);
  const { db } = ground.context;
  const letters = openLetterSettler(db, 'test');
  const lanes = { most: 1, channel: 'cwc_house' } as const;
  const waits: number[] = [];
  const began = ground.clock.now().getTime();
  while (ground.clock.now().getTime() < began + DAY_MS) {
    const [letter] = await lease(ground, lanes);
    if (letter === undefined) throw new Error('nothing was due');
    const now = ground.clock.now();
    const row = settlementOf(letter, { kind: 'paused', reason: 'sending_off' }, now);
    await letters.submit(row);
    expect(await mendDueTimes(db, now)).toBe(0);
    waits.push(((row.due_at?.getTime() ?? 0) - now.getTime()) / MINUTE_MS);
    ground.clock.move((row.due_at?.getTime() ?? 0) - now.getTime());
  }
  expect(waits.slice(0, 8)).toEqual([1, 1, 2, 4, 8, 16, 32, 60]);
  expect(waits.length).toBeLessThan(32);
});

test('an office whose answers nobody can read gets no letter after letter: its breaker opens at the fifth', async () => {
  offices.setScript('HVA04', { do: 'answer', status: 200, errors: ['something went wrong'] });
  const letters = await toHouse(12);
  await work();
  await waitFor(async () => ((await opened()) ? true : undefined));
  const unclear = offices.received({ office: 'HVA04' }).length;
  expect(unclear).toBeGreaterThanOrEqual(5);
  expect(unclear).toBeLessThan(letters.length);

  async function opened(): Promise<boolean> {
    const { rows } = await sql`select from office_lane where opened_at is not null`.execute(
      ground.context.db,
    );
    return rows.length > 0;
  }
});
