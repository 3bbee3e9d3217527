import { afterEach, beforeEach, expect, test } from 'vitest';
import { sql } from '../src/database/index.js';
import { deliveryCommands, lettersOfAction } from '../src/delivery/index.js';
import {
  type DeliveryGround,
  openDeliveryGround,
  readLetter,
  type SeededLetter,
} from './support/delivery-ground.js';
import { lease, queueLetters } from './support/lane-ground.js';
import { runCommands } from './support/run-commands.js';

const HOUR_MS = 3_600_000;
const QUELL = 'quell@upper.example';
const LANE = `smtp:${QUELL}`;
const WHY = ['--reason', 'Their system is being mended.', '--by', 'mo'];

let ground: DeliveryGround;

beforeEach(async () => {
  ground = await openDeliveryGround({ SMTP_URL: 'smtp://127.0.0.1:9', REDRESS_OFFICE_PACE: '600' });
});

afterEach(() => ground[Symbol.asyncDispose]());

/** What a command prints; it throws what the program would show as its error. */
function run(...words: string[]): Promise<string> {
  return runCommands((program) => deliveryCommands(program, () => ground.openAgain()), words);
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

const OFF: readonly (readonly [readonly string[], string])[] = [
  [['letter', 'retry', ...WHY], 'Name letters by their ids'],
  [['letter', 'retry', 'x', ...WHY], '"x" is no letter’s id'],
  [['letter', 'stop', '01a20df1-674a-7510-b073-945411b50c00', ...WHY], 'There is no letter 01a20df1'],
  [
    ['letter', 're-route', '01a20df1-674a-7510-b073-945411b50c00', '--to', 'pigeon', ...WHY],
    'Allowed choices are',
  ],
];

test('a command that is off says what to do, and moves no letter', async () => {
  const [letter] = await queueLetters(ground, QUELL, 1);
  if (letter === undefined) throw new Error('one was seeded');
  const before = await lastEvent(letter);
  for (const [words, message] of OFF) await expect(run(...words)).rejects.toThrow(message);
  expect((await readLetter(ground, letter.letterId)).state).toBe('queued');
  expect(await lastEvent(letter)).toEqual(before);
});
