import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql } from '../src/database/index.js';
import {
  expireHeld,
  expireLetters,
  expireLettersOfClosedAlerts,
  expireWaiting,
  handOverLetter,
  LETTER_STATES,
  type LetterReason,
  type LetterState,
  moveLetters,
  releaseLetters,
  scrubContents,
  settleAccepted,
  TRANSITIONS,
  withdrawLetters,
} from '../src/delivery/index.js';
import {
  type DeliveryGround,
  openDeliveryGround,
  readLetter,
  type SeededLetter,
  type SeedLetter,
  seedLetters,
  seedReleased,
} from './support/delivery-ground.js';

const DAY_MS = 86_400_000;
const WALKS = process.env.REDRESS_TRIAL === '1' ? 200 : 25;
const table: readonly {
  readonly from: readonly string[];
  readonly to: string;
  readonly reasons: readonly string[];
}[] = TRANSITIONS;
const REASONS = [...new Set(table.flatMap(({ reasons }) => reasons))];

let ground: DeliveryGround;

beforeAll(async () => {
  ground = await openDeliveryGround({ SMTP_URL: 'smtp://127.0.0.1:9' });
});

afterAll(() => ground[Symbol.asyncDispose]());

async function one(letter: SeedLetter = {}): Promise<SeededLetter> {
  const [seeded] = await seedLetters(ground, [letter]);
  if (seeded === undefined) throw new Error('nothing was seeded');
  return seeded;
}

function inTransaction<Result>(act: (db: typeof ground.context.db) => Promise<Result>): Promise<Result> {
  return ground.context.db.transaction().execute(act);
}

/** Moves as the room's own statements do; `sending` is a lease, which only workers have. */
async function move(
  letterId: string,
  change: { from: string; to: string; reason: string },
): Promise<boolean> {
  const { organisationId, clock, context } = ground;
  const typed = change as { from: LetterState; to: LetterState; reason: LetterReason };
  const moved = await moveLetters(context.db, {
    organisationId,
    letterIds: [letterId],
    ...typed,
    from: [typed.from],
    by: 'system',
    at: clock.now(),
  });
  return moved.length === 1;
}

test('a letter walks along the table and nowhere else, and every step leaves its event', async () => {
  const step = fc.record({ to: fc.constantFrom(...LETTER_STATES), reason: fc.constantFrom(...REASONS) });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
      const { letterId } = await one();
      let state = 'held';
      let events = 1;
      // A random step is seldom in the table; each walk also takes the steps that are.
      const walk = steps.flatMap((random, index) => {
        const rows = table.filter(({ to }) => to !== 'sending');
        const row = rows[index % rows.length];
        return row === undefined ? [random] : [random, { to: row.to, reason: row.reasons[0] ?? '' }];
      });
      for (const { to, reason } of walk) {
        if (to === 'sending' || state === 'sending') continue;
        const known = table.some(
          (row) => row.to === to && row.from.includes(state) && row.reasons.includes(reason),
        );
        if (known) {
          expect(await move(letterId, { from: state, to, reason })).toBe(true);
          state = to;
          events += 1;
        } else {
          await expect(move(letterId, { from: state, to, reason })).rejects.toThrow('no letter may go');
        }
      }
      const { rows } = await sql<{ from: string | null; to: string }>`
        select from_state as "from", to_state as "to" from letter_event where letter_id = ${letterId}
        order by event_id`.execute(ground.context.db);
      expect(rows).toHaveLength(events);
      expect(rows.at(-1)?.to).toBe(state);
      for (const [index, { from }] of rows.entries()) expect(from).toBe(rows[index - 1]?.to ?? null);
      expect((await readLetter(ground, letterId)).state).toBe(state);
    }),
    { numRuns: WALKS, seed: 7 },
  );
});

test('every state is entered by some row, and every reason stands in one row only for a pair of states', () => {
  const entered = new Set(['held', ...table.map(({ to }) => to)]);
  expect([...entered].sort()).toEqual([...LETTER_STATES].sort());
  const triples = table.flatMap(({ from, to, reasons }) =>
    from.flatMap((state) => reasons.map((reason) => `${state}>${to}:${reason}`)),
  );
  expect(new Set(triples).size).toBe(triples.length);
});

test('a move that finds the letter in another state changes nothing', async () => {
  const { letterId } = await one();
  expect(await move(letterId, { from: 'accepted', to: 'settled', reason: 'window_passed' })).toBe(false);
  expect(await readLetter(ground, letterId)).toMatchObject({ state: 'held', reason: 'submitted' });
});

test('confirming sends each letter its own way: mail that may leave, mail that may not, the supporter’s step', async () => {
  const offices = [
    { email: 'a@upper.example' },
    { email: 'b@upper.invalid' },
    { email: 'c@parliament-of-lanterns.org' },
    { email: 'not an address', contactForm: 'https://d.example/form' },
    { email: '', website: 'https://e.example' },
  ];
  const seeded = await seedReleased(
    ground,
    offices.map((office) => ({ office })),
  );
  const states = await Promise.all(
    seeded.map(async ({ letterId }) => (await readLetter(ground, letterId)).state),
  );
  expect(states).toEqual(['queued', 'queued', 'rehearsed', 'waiting', 'waiting']);
});

test('a second confirmed letter of one person to one officeholder is put aside, not sent', async () => {
  const [first, second] = await seedLetters(ground, [{}, {}]);
  if (first === undefined || second === undefined) throw new Error('nothing was seeded');
  await sql`update letter set person_tag = 'same' where letter_id in (${first.letterId}, ${second.letterId})`.execute(
    ground.context.db,
  );
  const { context, organisationId, clock } = ground;
  for (const { actionId } of [first, second]) {
    const release = { organisationId, actionId, at: clock.now(), config: context.config };
    await inTransaction((db) => releaseLetters(db, release));
  }
  expect((await readLetter(ground, first.letterId)).state).toBe('queued');
  expect(await readLetter(ground, second.letterId)).toMatchObject({
    state: 'withdrawn',
    reason: 'already_written',
  });
});

test('withdrawing forgets the texts of what has not gone', async () => {
  const [held, queued, stopped] = [await one(), ...(await seedReleased(ground, [{}, {}]))];
  if (queued === undefined || stopped === undefined) throw new Error('nothing was seeded');
  const { organisationId, clock } = ground;
  await move(stopped.letterId, { from: 'queued', to: 'stopped', reason: 'left_office' });
  expect(await isKept(stopped.letterId)).toBe(true);
  const actionIds = [held.actionId, queued.actionId, stopped.actionId];
  await inTransaction((db) =>
    withdrawLetters(db, { organisationId, actionIds, reason: 'withdrawn', by: 'supporter', at: clock.now() }),
  );
  for (const { letterId } of [held, queued, stopped]) {
    expect(await readLetter(ground, letterId)).toMatchObject({ state: 'withdrawn', reason: 'withdrawn' });
    expect(await isKept(letterId)).toBe(false);
  }
});

test('"not me" after the office has the letter changes no state, but is written down once', async () => {
  const [letter] = await seedReleased(ground, [{}]);
  if (letter === undefined) throw new Error('nothing was seeded');
  await sql`update letter set state = 'accepted', due_at = null where letter_id = ${letter.letterId}`.execute(
    ground.context.db,
  );
  const { organisationId, clock } = ground;
  const ending = { organisationId, actionIds: [letter.actionId], reason: 'not_me', by: 'supporter' } as const;
  for (let times = 0; times < 2; times += 1) {
    await inTransaction((db) => withdrawLetters(db, { ...ending, at: clock.now() }));
  }
  expect(await readLetter(ground, letter.letterId)).toMatchObject({ state: 'accepted', reason: 'not_me' });
  const { rows } =
    await sql`select from letter_event where letter_id = ${letter.letterId} and reason = 'not_me'`.execute(
      ground.context.db,
    );
  expect(rows).toHaveLength(1);
  expect(await isKept(letter.letterId)).toBe(false);
});

test('a refused letter is not handed over beside another that lives', async () => {
  const [refused, living] = await seedReleased(ground, [{}, {}]);
  if (refused === undefined || living === undefined) throw new Error('nothing was seeded');
  const { context, organisationId, clock } = ground;
  await sql`update letter set state = 'refused', due_at = null, person_tag = 'twin'
    where letter_id = ${refused.letterId}`.execute(context.db);
  await sql`update letter set person_tag = 'twin' where letter_id = ${living.letterId}`.execute(context.db);
  const handOver = { organisationId, letterId: refused.letterId, way: 'on_paper', at: clock.now() } as const;
  expect(await handOverLetter(context.db, handOver)).toBe(false);
  await sql`update letter set state = 'withdrawn', due_at = null where letter_id = ${living.letterId}`.execute(
    context.db,
  );
  expect(await handOverLetter(context.db, handOver)).toBe(true);
});

test('the supporter hands a letter over once, and not one that the server took', async () => {
  const [waiting, queued] = await seedReleased(ground, [{ office: { email: '' } }, {}]);
  if (waiting === undefined || queued === undefined) throw new Error('nothing was seeded');
  const { context, organisationId, clock } = ground;
  const handOver = ({ letterId }: SeededLetter) =>
    handOverLetter(context.db, { organisationId, letterId, way: 'by_form', at: clock.now() });
  expect(await handOver(waiting)).toBe(true);
  expect(await handOver(waiting)).toBe(false);
  await sql`update letter set state = 'accepted', due_at = null where letter_id = ${queued.letterId}`.execute(
    context.db,
  );
  expect(await handOver(queued)).toBe(false);
});

test('lifetimes: 7 days unconfirmed, 28 waiting, 5 to settle, 28 for the text; not a millisecond early', async () => {
  const { context, clock, organisationId } = ground;
  await sql`update letter set state = 'withdrawn', content = null, due_at = null where state <> 'sending'`.execute(
    context.db,
  );
  const [held] = await seedLetters(ground, [{}]);
  const [waiting, accepted] = await seedReleased(ground, [{ office: { email: '' } }, {}]);
  if (held === undefined || waiting === undefined || accepted === undefined)
    throw new Error('nothing was seeded');
  await sql`update letter set state = 'accepted', due_at = null where letter_id = ${accepted.letterId}`.execute(
    context.db,
  );
  const begun = clock.now().getTime();
  const at = (days: number, extra = 0) => new Date(begun + days * DAY_MS + extra);
  expect([await settleAccepted(context.db, at(5)), await settleAccepted(context.db, at(5, 1))]).toEqual([
    0, 1,
  ]);
  expect([await expireHeld(context.db, at(7)), await expireHeld(context.db, at(7, 1))]).toEqual([0, 1]);
  expect(await isKept(held.letterId)).toBe(false);
  expect([await expireWaiting(context.db, at(28)), await expireWaiting(context.db, at(28, 1))]).toEqual([
    0, 1,
  ]);
  expect(await isKept(waiting.letterId)).toBe(false);
  // Settling was a change: the 28 days of the text begin there.
  expect([await scrubContents(context.db, at(33, 1)), await scrubContents(context.db, at(33, 2))]).toEqual([
    0, 1,
  ]);
  expect(await isKept(accepted.letterId)).toBe(false);

  const [closed] = await seedReleased(ground, [{ office: { email: '' } }]);
  expect(await expireLettersOfClosedAlerts(context.db, clock.now())).toBe(0);
  await sql`update alert set state = 'closed', closed_at = now()`.execute(context.db);
  expect(await expireLettersOfClosedAlerts(context.db, clock.now())).toBe(1);
  await sql`update alert set state = 'published', closed_at = null`.execute(context.db);
  expect(await readLetter(ground, closed?.letterId ?? '')).toMatchObject({
    state: 'expired',
    reason: 'alert_closed',
  });

  const late = await one();
  const ending = {
    organisationId,
    actionIds: [late.actionId],
    reason: 'not_confirmed_in_time',
    by: 'upkeep',
  } as const;
  await expireLetters(context.db, { ...ending, at: clock.now() });
  expect((await readLetter(ground, late.letterId)).state).toBe('expired');
});

async function isKept(letterId: string): Promise<boolean> {
  const { rows } = await sql<{ kept: boolean }>`
    select content is not null as kept from letter where letter_id = ${letterId}`.execute(ground.context.db);
  return rows[0]?.kept === true;
}
