import { Command } from 'commander';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { sql } from '../src/database/index.js';
import { deliveryCommands, lettersOfAction, measureQueue } from '../src/delivery/index.js';
import {
  type DeliveryGround,
  openDeliveryGround,
  readLetter,
  type SeededLetter,
} from './support/delivery-ground.js';
import { lease, leaseWhile, queueLetters } from './support/lane-ground.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const QUELL = 'quell@upper.example';
const LANE = `smtp:${QUELL}`;
const WHY = ['--reason', 'Their system is being mended.', '--by', 'mo'];

let ground: DeliveryGround;

beforeEach(async () => {
  ground = await openDeliveryGround({ SMTP_URL: 'smtp://127.0.0.1:9', REDRESS_OFFICE_PACE: '600' });
});

afterEach(() => ground[Symbol.asyncDispose]());

/** What a command prints; it throws what the program would show as its error. */
async function run(...words: string[]): Promise<string> {
  let text = '';
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    text += String(chunk);
    return true;
  });
  const program = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
  deliveryCommands(program, () => ground.openAgain());
  const exiting = (command: Command): void => {
    command.exitOverride().configureOutput({ writeErr: () => undefined });
    command.commands.forEach(exiting);
  };
  exiting(program);
  await program.parseAsync(['node', 'redress', ...words]).finally(() => write.mockRestore());
  return text;
}

async function queue(...options: string[]) {
  return JSON.parse(await run('queue', '--json', ...options));
}

async function laneEvents() {
  const { rows } = await sql<{ lane: string; what: string; by: string; reason: string }>`
    select lane, what, by_whom as by, reason from office_lane_event order by event_id`.execute(
    ground.context.db,
  );
  return rows;
}

async function lastEvent({ letterId }: SeededLetter) {
  const { rows } = await sql<{ from: string; to: string; reason: string; by: string; note: string }>`
    select from_state as from, to_state as to, reason, by_whom as by, note from letter_event
    where letter_id = ${letterId} order by event_id desc limit 1`.execute(ground.context.db);
  return rows[0];
}

const setState = ({ letterId }: SeededLetter, state: string) =>
  sql`update letter set state = ${state}, due_at = null, lease_owner = null where letter_id = ${letterId}`.execute(
    ground.context.db,
  );

function only<Item>(items: readonly Item[]): Item {
  const [item] = items;
  if (item === undefined) throw new Error('there is none');
  return item;
}

test('the queue tells of each office its backlog, the oldest, the pace and when it is done; the longest first', async () => {
  expect(await run('queue')).toBe('No letter is queued.\n');
  await queueLetters(ground, 'other@upper.example', 2);
  await queueLetters(ground, QUELL, 140);
  ground.clock.move(HOUR_MS);
  const [first, second] = await queue();
  expect(first).toMatchObject({
    lane: LANE,
    channel: 'smtp',
    office: 'Mira Quell',
    queued: 140,
    oldestConfirmedAt: '2026-11-23T09:00:00.000Z',
    lettersPerHour: 600,
    failures: 0,
    pausedAt: null,
  });
  expect(second).toMatchObject({ lane: 'smtp:other@upper.example', queued: 2 });
  const finish = new Date(first.expectedFinish.at).getTime() - ground.clock.now().getTime();
  const went = await leaseWhile(ground, { seconds: 1200, everyMs: 2000 });
  const last = Math.max(...went.filter(({ lane }) => lane === LANE).map(({ second: at }) => at));
  expect(Math.abs(last * 1000 - finish)).toBeLessThan(20_000);
  expect(await run('queue')).toMatch(
    /^smtp:quell@upper\.example {2}Mira Quell {2}queued 0 {2}sending 140 {2}oldest 1 h {2}600 an hour$/m,
  );
});

test('a paused office gets nothing; its letters wait, and its receipts say why; the others go', async () => {
  const letters = await queueLetters(ground, QUELL, 3);
  await queueLetters(ground, 'other@upper.example', 3);
  expect(await run('queue', 'pause', QUELL, ...WHY)).toBe(`Paused ${LANE}. Its letters wait.\n`);
  expect(await run('queue', 'pause', LANE, ...WHY)).toBe(`${LANE} was paused before.\n`);
  expect((await lease(ground)).map(({ lane }) => lane)).toEqual(Array(3).fill('smtp:other@upper.example'));
  const { organisationId } = ground;
  const [view] = await lettersOfAction(ground.context, { organisationId, actionId: only(letters).actionId });
  expect(view?.expectation).toMatchObject({
    waitsFor: 'paused',
    at: null,
    reason: 'Their system is being mended.',
  });
  expect(await queue()).toMatchObject([
    { lane: LANE, queued: 3, expectedFinish: null, pauseReason: 'Their system is being mended.' },
    { queued: 0, sending: 3 },
  ]);
  expect(await run('queue')).toContain('  paused since 2026-11-23T09:00Z: Their system is being mended.');

  expect(await run('queue', 'resume', LANE, '--reason', 'It is up.', '--by', 'mo')).toBe(
    `${LANE} goes on.\n`,
  );
  expect(await lease(ground)).toHaveLength(3);
  expect(await run('queue', 'log', QUELL)).toMatch(
    /^2026-11-23T09:00:00\.000Z {2}smtp:quell@upper\.example {2}resumed {2}staff:mo {2}It is up\.\n.*paused/,
  );
  expect(await laneEvents()).toEqual([
    { lane: LANE, what: 'paused', by: 'staff:mo', reason: 'Their system is being mended.' },
    { lane: LANE, what: 'resumed', by: 'staff:mo', reason: 'It is up.' },
  ]);
});

test('days stand still while an office is paused', async () => {
  const letter = only(await queueLetters(ground, QUELL, 1));
  const tried = ground.clock.now();
  await sql`update letter set attempts = 1, first_tried_at = ${tried}, due_at = ${new Date(tried.getTime() + MINUTE_MS)}
    where letter_id = ${letter.letterId}`.execute(ground.context.db);
  await run('queue', 'pause', QUELL, ...WHY);
  ground.clock.move(10 * 24 * HOUR_MS);
  expect(await lease(ground)).toHaveLength(0);
  await run('queue', 'resume', QUELL, ...WHY);
  expect(only(await lease(ground)).firstTriedAt).toEqual(new Date(ground.clock.now().getTime() - MINUTE_MS));
});

test('a whole channel pauses, for offices that come later too', async () => {
  await queueLetters(ground, QUELL, 1);
  expect(await run('queue', 'pause', '--channel', 'smtp', ...WHY)).toBe('Paused smtp. Its letters wait.\n');
  await queueLetters(ground, 'later@upper.example', 1);
  expect(await lease(ground)).toHaveLength(0);
  expect(await queue()).toMatchObject(
    [
      { lane: 'smtp:later@upper.example', pauseReason: 'Their system is being mended.' },
      { lane: LANE, pauseReason: 'Their system is being mended.' },
      { lane: 'smtp', queued: 0 },
    ].toSorted((a, b) => (b.queued ?? 1) - (a.queued ?? 1)),
  );
  await run('queue', 'resume', '--channel', 'smtp', ...WHY);
  expect(await lease(ground)).toHaveLength(2);
});

test('the pace and the hours of an office are set, and set back, each with who and why', async () => {
  await queueLetters(ground, QUELL, 30);
  await run('queue', 'pace', QUELL, '--per-hour', '3', ...WHY);
  expect(await leaseWhile(ground, { seconds: 3500, everyMs: 60_000 })).toHaveLength(3);
  await run('queue', 'pace', QUELL, '--per-hour', 'default', ...WHY);
  ground.clock.move(HOUR_MS);
  expect(await lease(ground)).toHaveLength(10);
  const hours = ['--from', '22:00', '--to', '06:00', '--time-zone', 'America/New_York', '--weekdays'];
  await run('queue', 'hours', QUELL, ...hours, ...WHY);
  expect(await queue()).toMatchObject([
    {
      hours: { opens: 1320, closes: 360, timeZone: 'America/New_York', weekdaysOnly: true },
      lettersPerHour: 600,
    },
  ]);
  ground.clock.move(2 * HOUR_MS);
  expect(await lease(ground)).toHaveLength(0);
  await run('queue', 'hours', QUELL, '--from', '0:00', '--to', '24:00', '--time-zone', 'UTC', ...WHY);
  expect(await lease(ground)).toHaveLength(10);
  await run('queue', 'hours', QUELL, '--always', ...WHY);
  expect((await queue())[0].hours).toBeUndefined();
  expect((await laneEvents()).map(({ what, reason }) => `${what}: ${reason}`)).toEqual([
    'pace_set: 3 an hour: Their system is being mended.',
    'pace_set: as the channel has it: Their system is being mended.',
    'hours_set: 22:00-6:00 America/New_York, weekdays: Their system is being mended.',
    'hours_set: 0:00-24:00 UTC: Their system is being mended.',
    'hours_set: at all hours: Their system is being mended.',
  ]);
});

const OFF: readonly (readonly [readonly string[], string])[] = [
  [
    ['queue', 'pause', 'nobody@upper.example', ...WHY],
    'There is no lane "nobody@upper.example". Those that there are: redress queue --all',
  ],
  [['queue', 'pause', ...WHY], 'Name one lane'],
  [['queue', 'pause', QUELL, '--channel', 'smtp', ...WHY], 'Name one lane'],
  [['queue', 'pause', '--channel', 'paper', ...WHY], 'We send nothing by "paper"'],
  [['queue', 'pause', QUELL], "required option '--reason <text>' not specified"],
  [['queue', 'pause', QUELL, '--reason', '  '], 'Give --reason'],
  [['queue', 'pause', QUELL, '--reason', 'x', '--by', 'a b'], '--by is "a b"'],
  [['queue', 'pace', QUELL, '--per-hour', '0', ...WHY], 'Give a whole number from 1'],
  [['queue', 'hours', QUELL, '--from', '9', '--to', '17:00', ...WHY], 'Give a time of the day like 09:00'],
  [
    ['queue', 'hours', QUELL, '--from', '09:00', '--to', '17:00', ...WHY],
    'Give --from 09:00 --to 17:00 --time-zone',
  ],
  [
    ['queue', 'hours', QUELL, '--from', '09:00', '--to', '09:00', '--time-zone', 'UTC', ...WHY],
    '--from must be another time',
  ],
  [
    ['queue', 'hours', QUELL, '--from', '09:00', '--to', '10:00', '--time-zone', 'Mars', ...WHY],
    'There is no time zone "Mars"',
  ],
  [['letter', 'retry', ...WHY], 'Name letters by their ids'],
  [['letter', 'retry', 'x', ...WHY], '"x" is no letter’s id'],
  [['letter', 'stop', '01a20df1-674a-7510-b073-945411b50c00', ...WHY], 'There is no letter 01a20df1'],
  [
    ['letter', 're-route', '01a20df1-674a-7510-b073-945411b50c00', '--to', 'pigeon', ...WHY],
    'Allowed choices are',
  ],
];

test('a command that is off says what to do, and does nothing', async () => {
  await queueLetters(ground, QUELL, 1);
  for (const [words, message] of OFF) await expect(run(...words)).rejects.toThrow(message);
  expect(await laneEvents()).toEqual([]);
});

test('retry sends failed letters again, and those that wait at once; what must not go is left, and said', async () => {
  const [refused, bounced, waits, gone, left, sending] = await queueLetters(ground, QUELL, 6);
  if (!refused || !bounced || !waits || !gone || !left || !sending) throw new Error('six were seeded');
  const { db } = ground.context;
  await setState(refused, 'refused');
  await setState(bounced, 'bounced');
  await sql`update letter set attempts = 3, due_at = ${new Date(ground.clock.now().getTime() + HOUR_MS)}
    where letter_id = ${waits.letterId}`.execute(db);
  await setState(gone, 'refused');
  await sql`update letter set content = null where letter_id = ${gone.letterId}`.execute(db);
  await setState(left, 'stopped');
  await sql`insert into letter_event (organisation_id, letter_id, at, from_state, to_state, reason, by_whom)
    values (${ground.organisationId}, ${left.letterId}, ${ground.clock.now()}, 'queued', 'stopped', 'left_office', 'upkeep')`.execute(
    db,
  );
  await sql`update letter set state = 'sending', lease_owner = 'x' where letter_id = ${sending.letterId}`.execute(
    db,
  );
  const ids = [refused, bounced, waits, gone, left, sending].map(({ letterId }) => letterId);
  expect(await run('letter', 'retry', ...ids, ...WHY)).toBe(
    [
      '3 letters are queued again, or tried at once.',
      '  1 letter left as it was: the text is forgotten.',
      '  1 letter left as it was: whom it names has left the seat.',
      '  1 letter left as it was: it is being sent just now.',
      '',
    ].join('\n'),
  );
  expect(await lastEvent(refused)).toEqual({
    from: 'refused',
    to: 'queued',
    reason: 'staff_decision',
    by: 'staff:mo',
    note: 'Their system is being mended.',
  });
  const listed = JSON.parse(await run('letter', 'list', '--json'));
  const { events } = listed.find(({ id }: { id: string }) => id === refused.letterId);
  expect(events.at(-1)).toMatchObject({ by: 'staff:mo', note: 'Their system is being mended.' });
  expect(events[0]).not.toHaveProperty('by');
  expect(await lastEvent(waits)).toMatchObject({ from: 'queued', to: 'queued', reason: 'staff_decision' });
  expect((await lease(ground)).map(({ letterId }) => letterId).toSorted()).toEqual(
    ids.slice(0, 3).toSorted(),
  );
  const { organisationId } = ground;
  const [view] = await lettersOfAction(ground.context, { organisationId, actionId: refused.actionId });
  expect(view?.events.at(-2)).toMatchObject({ note: 'Their system is being mended.' });
});

test('of two failed letters of one person to one office only the younger is sent again', async () => {
  const [older, younger] = await queueLetters(ground, QUELL, 2);
  if (!older || !younger) throw new Error('two were seeded');
  await lease(ground);
  await setState(older, 'refused');
  await setState(younger, 'refused');
  await sql`update letter l set person_tag = o.person_tag from letter o
    where l.letter_id = ${younger.letterId} and o.letter_id = ${older.letterId}`.execute(ground.context.db);
  expect(await run('letter', 'retry', '--lane', QUELL, ...WHY)).toContain('1 letter is queued again');
  expect((await readLetter(ground, older.letterId)).state).toBe('refused');
  expect((await readLetter(ground, younger.letterId)).state).toBe('queued');
});

test('re-route gives the letters of a dead office to their writers, who are told, and keeps the events', async () => {
  const office = { contactForm: 'https://quell.example/contact', phone: '+1 555 0100' };
  const letters = await queueLetters(ground, QUELL, [{ office }, { office }, { office: {} }]);
  const [queued, refused, nowhere] = letters;
  if (!queued || !refused || !nowhere) throw new Error('three were seeded');
  await setState(refused, 'refused');
  const out = await run('letter', 're-route', '--lane', LANE, '--to', 'web_form', ...WHY);
  expect(out).toBe(
    '2 letters are on another way.\n  1 letter left as it was: no such way leads to its office.\n',
  );
  for (const letter of [queued, refused]) {
    expect((await readLetter(ground, letter.letterId)).state).toBe('waiting');
    expect(await lastEvent(letter)).toMatchObject({
      to: 'waiting',
      reason: 'staff_decision',
      by: 'staff:mo',
    });
  }
  const { rows } = await sql<{
    actionId: string;
    kind: string;
  }>`select action_id as "actionId", kind from mail`.execute(ground.context.db);
  expect(rows.toSorted((a, b) => a.actionId.localeCompare(b.actionId))).toEqual(
    [queued, refused]
      .map(({ actionId }) => ({ actionId, kind: 'step' }))
      .toSorted((a, b) => a.actionId.localeCompare(b.actionId)),
  );
  // The next way on is found without being named.
  expect(await run('letter', 're-route', queued.letterId, ...WHY)).toContain('1 letter is on another way');
  const { rows: ways } = await sql<{
    channel: string;
  }>`select channel from letter where letter_id = ${queued.letterId}`.execute(ground.context.db);
  expect(ways).toEqual([{ channel: 'smtp' }]);
});

test('stop holds letters back until staff decide again', async () => {
  const [letter, waiting] = await queueLetters(ground, QUELL, 2);
  if (!letter || !waiting) throw new Error('two were seeded');
  expect(await run('letter', 'stop', letter.letterId, waiting.letterId, ...WHY)).toBe(
    '2 letters are stopped.\n',
  );
  expect(await lastEvent(letter)).toMatchObject({
    from: 'queued',
    to: 'stopped',
    reason: 'staff_paused',
    note: 'Their system is being mended.',
  });
  expect(await lease(ground)).toHaveLength(0);
  expect(await run('letter', 'stop', letter.letterId, ...WHY)).toBe(
    '0 letters are stopped.\n  1 letter left as it was: it is stopped.\n',
  );
  await run('letter', 'retry', letter.letterId, ...WHY);
  expect(await lease(ground)).toHaveLength(1);
});

test('letters that nobody can tell of are listed, and settled by evidence', async () => {
  const [took, lost] = await queueLetters(ground, QUELL, 2);
  if (!took || !lost) throw new Error('two were seeded');
  await lease(ground);
  await sql`update letter set state = 'unclear', lease_owner = null, leased_until = null`.execute(
    ground.context.db,
  );
  await sql`update delivery set answer = '299 perhaps', host = 'mx.upper.example'`.execute(ground.context.db);
  const listed = JSON.parse(await run('letter', 'unclear', '--json'));
  expect(listed).toHaveLength(2);
  expect(listed[0]).toMatchObject({
    alert: 'quays',
    office: 'Mira Quell',
    lane: LANE,
    answer: '299 perhaps',
  });
  expect(await run('letter', 'unclear')).toContain('mx.upper.example: 299 perhaps');

  const evidence = ['--reason', 'Their log has it.', '--by', 'mo'];
  expect(await run('letter', 'settle-unclear', took.letterId, '--as', 'accepted', ...evidence)).toBe(
    '1 letter is settled.\n',
  );
  expect(await run('letter', 'settle-unclear', lost.letterId, '--as', 'refused', ...evidence)).toBe(
    '1 letter is settled.\n',
  );
  expect(await run('letter', 'unclear')).toBe('No letter is unclear.\n');
  expect(await lastEvent(took)).toMatchObject({
    to: 'accepted',
    reason: 'staff_evidence',
    note: 'Their log has it.',
  });
  const { organisationId } = ground;
  const [view] = await lettersOfAction(ground.context, { organisationId, actionId: took.actionId });
  expect(view?.delivery).toMatchObject({ acceptedBy: null, acceptedAt: ground.clock.now() });
  const { rows } = await sql<{
    due: boolean;
  }>`select advance_due as due from letter where letter_id = ${lost.letterId}`.execute(ground.context.db);
  expect(rows).toEqual([{ due: true }]);
});

test('the metrics tell of the backlog, the oldest letter, the offices that do not answer and those that are paused', async () => {
  const { context, clock } = ground;
  await queueLetters(ground, 'other@upper.example', 2);
  clock.move(HOUR_MS);
  await queueLetters(ground, QUELL, 5);
  await run('queue', 'pause', QUELL, ...WHY);
  await sql`update office_lane set opened_at = ${clock.now()}, probe_at = ${clock.now()}`.execute(context.db);
  await measureQueue(context);
  const text = await context.metrics.registry.metrics();
  expect(text).toContain('redress_letters_queued{channel="smtp"} 7\n');
  expect(text).toContain('redress_letters_queued{channel="cwc_house"} 0\n');
  expect(text).toContain('redress_oldest_letter_seconds{channel="smtp"} 3600\n');
  expect(text).toContain('redress_breakers_open{channel="smtp"} 1\n');
  expect(text).toContain('redress_offices_paused{channel="smtp"} 1\n');
});
