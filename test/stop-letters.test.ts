import { afterAll, beforeAll, expect, test } from 'vitest';
import { withdrawAction } from '../src/actions/confirm/withdraw.js';
import { stopLettersOfLeavers } from '../src/actions/index.js';
import { sql } from '../src/database/index.js';
import { demoSet, importSet, type Legislatures, openLegislatures } from '../src/legislatures/index.js';
import { runUpkeepOnce } from '../src/upkeep/index.js';
import {
  type DeliveryGround,
  openDeliveryGround,
  seedLetters,
  seedReleased,
} from './support/delivery-ground.js';

/** More than one statement moves. */
const MANY = 1100;
const PROCESSES = 4;

let ground: DeliveryGround;
let legislatures: Legislatures;

// Nobody of the demo holds the seat to which the ground's letters go.
beforeAll(async () => {
  ground = await openDeliveryGround({ SMTP_URL: 'smtp://127.0.0.1:9' });
  await importSet(ground.context, { set: demoSet(), files: [], by: 'test', reason: 'test' });
  legislatures = await openLegislatures(ground.context);
});
afterAll(async () => {
  await legislatures?.[Symbol.asyncDispose]();
  await ground?.[Symbol.asyncDispose]();
});

async function figures(actionIds: readonly string[]) {
  const { rows } = await sql<{
    stopped: number;
    withdrawn: number;
    events: number;
    mails: number;
    told: number;
  }>`
    select (select count(*) from letter where action_id = any(${actionIds}::uuid[]) and state = 'stopped')::int as stopped,
      (select count(*) from letter where action_id = any(${actionIds}::uuid[]) and state = 'withdrawn')::int as withdrawn,
      (select count(*) from letter_event join letter using (organisation_id, letter_id)
        where action_id = any(${actionIds}::uuid[]) and reason = 'left_office')::int as events,
      count(*)::int as mails, count(distinct action_id)::int as told
    from mail where kind = 'stopped' and action_id = any(${actionIds}::uuid[])`.execute(ground.context.db);
  return rows[0];
}

test(`${MANY} letters stop once each, and each writer is told once, by ${PROCESSES} processes at a time`, async () => {
  const seeded = await seedLetters(
    ground,
    Array.from({ length: MANY }, () => ({})),
  );
  const actionIds = seeded.map(({ actionId }) => actionId);
  await sql`update letter set state = 'queued', due_at = now() where action_id = any(${actionIds}::uuid[])`.execute(
    ground.context.db,
  );
  const counts = await Promise.all(
    Array.from({ length: PROCESSES }, () => stopLettersOfLeavers(ground.context, legislatures)),
  );
  expect(counts.reduce((sum, count) => sum + count)).toBe(MANY);
  expect(await stopLettersOfLeavers(ground.context, legislatures)).toBe(0);
  expect(await figures(actionIds)).toEqual({
    stopped: MANY,
    withdrawn: 0,
    events: MANY,
    mails: MANY,
    told: MANY,
  });
});

test('those who withdraw at the same moment are not held up, and no letter is lost between the two', async () => {
  const seeded = await seedReleased(
    ground,
    Array.from({ length: 20 }, () => ({})),
  );
  const { organisationId } = ground;
  await sql`update action set state = 'confirmed' where state = 'submitted'`.execute(ground.context.db);
  const actionIds = seeded.map(({ actionId }) => actionId);
  const withdrawals = actionIds.map((actionId) =>
    withdrawAction(ground.context, { organisationId, actionId }),
  );
  const stops = Array.from({ length: PROCESSES }, () => stopLettersOfLeavers(ground.context, legislatures));
  expect(await Promise.all(withdrawals)).toEqual(actionIds.map(() => true));
  await Promise.all(stops);
  const { stopped = 0, withdrawn = 0, events } = (await figures(actionIds)) ?? {};
  expect(stopped + withdrawn).toBe(actionIds.length);
  expect(events).toBe(stopped);
});

test('the upkeep of every five minutes stops what a lost notice left', async () => {
  const [letter] = await seedReleased(ground, [{}]);
  await runUpkeepOnce(ground.context, legislatures);
  expect(await figures([letter?.actionId ?? ''])).toMatchObject({ stopped: 1, events: 1, told: 1 });
});

test('a held letter is nobody’s yet, and one that has gone stays gone', async () => {
  const [held, gone] = await seedLetters(ground, [{}, {}]);
  await sql`update letter set state = 'accepted' where letter_id = ${gone?.letterId}`.execute(
    ground.context.db,
  );
  expect(await stopLettersOfLeavers(ground.context, legislatures)).toBe(0);
  const { rows } = await sql<{ state: string }>`
    select state from letter where letter_id = any(${[held?.letterId, gone?.letterId]}::uuid[]) order by state`.execute(
    ground.context.db,
  );
  expect(rows).toEqual([{ state: 'accepted' }, { state: 'held' }]);
});
