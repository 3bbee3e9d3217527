import { expect, test } from 'vitest';
import { sql } from '../src/database/index.js';
import { withdrawLetters } from '../src/delivery/index.js';
import { rerouteLetters } from '../src/delivery/staff/staff-moves.js';
import { openDeliveryGround } from './support/delivery-ground.js';
import { queueLetters } from './support/lane-ground.js';

const LOOKED_MS = 500;

test('a writer takes a letter back while staff give it another way: neither waits for the other', async () => {
  await using ground = await openDeliveryGround({ SMTP_URL: 'smtp://127.0.0.1:9' });
  const { context, organisationId } = ground;
  const office = { contactForm: 'https://quell.example/contact' };
  const [letter] = await queueLetters(ground, 'quell@upper.example', [{ office }]);
  if (!letter) throw new Error('one was seeded');
  const { actionId, letterId } = letter;
  const looked = await context.db.transaction().execute(async (db) => {
    await sql`select from action where action_id = ${actionId} for update`.execute(db);
    const moving = rerouteLetters(context, {
      choice: { ids: [letterId] },
      by: 'staff:mo',
      reason: 'Closed.',
    });
    await new Promise((resolve) => setTimeout(resolve, LOOKED_MS));
    const ending = {
      organisationId,
      actionIds: [actionId],
      by: 'supporter',
      at: ground.clock.now(),
    } as const;
    await withdrawLetters(db, { ...ending, reason: 'withdrawn' });
    return { moving };
  });
  const { moved, left } = await looked.moving;
  expect(moved).toBe(0);
  expect([...left]).toEqual([['it is withdrawn', 1]]);
});
