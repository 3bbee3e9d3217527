import { expect, test } from 'vitest';
import { sql } from '../src/database/index.js';
import { startWorker, wakeWorkers } from '../src/delivery/index.js';
import { startSimulator } from '../src/simulator/index.js';
import { letterIn, openDeliveryGround, readLetter, seedReleased } from './support/delivery-ground.js';
import { waitFor } from './support/smtp-sink.js';
import { auditTruth } from './support/truth-audit.js';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const LAST_TRY_DAYS = 7;

test('R20: a letter whose stored text is damaged, and an office that hangs, hold up nobody; after seven days it is given up', async () => {
  await using offices = await startSimulator({ clock: { now: () => clock.now() } });
  await using ground = await openDeliveryGround({ SMTP_URL: offices.smtpUrl });
  const { clock, context } = ground;
  offices.setScript('hangs@upper.example', { at: 'rcpt', do: 'stall' });
  const [damaged, other] = await seedReleased(ground, [{}, { message: 'Another letter.\n' }]);
  await sql`update letter set content = set_byte(content, 40, 255 - get_byte(content, 40))
    where letter_id = ${damaged?.letterId}`.execute(context.db);
  const hanging = await seedReleased(
    ground,
    Array.from({ length: 10 }, () => ({ office: { email: 'hangs@upper.example' } })),
  );
  const good = await seedReleased(
    ground,
    Array.from({ length: 20 }, (_, index) => ({ office: { email: `office-${index}@upper.example` } })),
  );
  const worker = startWorker(context, {
    renderMail: async () => undefined,
    timeouts: { connectMs: 2000, totalMs: 2000 },
  });
  for (const { letterId } of [other, ...good].filter((letter) => letter !== undefined))
    await letterIn(ground, letterId, 'accepted');
  expect(await readLetter(ground, damaged?.letterId ?? '')).toMatchObject({
    state: 'queued',
    reason: 'fault',
  });
  expect((await readLetter(ground, hanging[0]?.letterId ?? '')).state).not.toBe('accepted');

  offices.setScript('hangs@upper.example', []);
  const begun = clock.now().getTime();
  while ((await readLetter(ground, damaged?.letterId ?? '')).state !== 'refused') {
    expect(clock.now().getTime() - begun).toBeLessThan((LAST_TRY_DAYS + 1) * DAY_MS);
    clock.move(HOUR_MS);
    await wakeWorkers(context.db);
    await waitFor(async () => ((await countToDo()) === 0 ? true : undefined));
  }
  await worker.stop();
  expect(await readLetter(ground, damaged?.letterId ?? '')).toMatchObject({ reason: 'gave_up' });
  for (const { letterId } of hanging) expect((await readLetter(ground, letterId)).state).toBe('accepted');
  expect((await auditTruth(ground, offices)).lies).toEqual([]);

  async function countToDo(): Promise<number> {
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from letter l join office_lane o using (lane)
      where l.state = 'sending' or l.state = 'queued' and l.due_at <= ${clock.now()} and o.opened_at is null`.execute(
      context.db,
    );
    return rows[0]?.n ?? 0;
  }
});
