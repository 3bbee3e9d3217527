import { expect, test } from 'vitest';
import { sql } from '../src/database/index.js';
import { startWorker, wakeWorkers } from '../src/delivery/index.js';
import { startSimulator } from '../src/simulator/index.js';
import { openDeliveryGround, seedReleased } from './support/delivery-ground.js';
import { waitFor } from './support/smtp-sink.js';
import { auditTruth } from './support/truth-audit.js';

const MINUTE_MS = 60_000;
const LETTERS = 8;

test.each([5, 15, 60])(
  'R10: greylisted for %i minutes, each letter goes with the first try after, within twice that',
  async (minutes) => {
    await using offices = await startSimulator({ clock: { now: () => clock.now() } });
    await using ground = await openDeliveryGround({ SMTP_URL: offices.smtpUrl });
    const { clock, context } = ground;
    offices.setScript('mail', { at: 'rcpt', do: 'greylist', minutes });
    await seedReleased(
      ground,
      Array.from({ length: LETTERS }, (_, index) => ({
        office: { email: `office-${index % 2}@upper.example` },
      })),
    );
    const begun = clock.now().getTime();
    const worker = startWorker(context, { renderMail: async () => undefined });
    const count = async (where: ReturnType<typeof sql>): Promise<number> => {
      const { rows } = await sql<{ n: number }>`select count(*)::int as n from letter where ${where}`.execute(
        context.db,
      );
      return rows[0]?.n ?? 0;
    };
    const idle = async () => {
      const busy = await count(sql`state = 'sending' or state = 'queued' and due_at <= ${clock.now()}`);
      return busy === 0 ? true : undefined;
    };
    await waitFor(idle);
    while ((await count(sql`state = 'accepted'`)) < LETTERS) {
      if (clock.now().getTime() > begun + 4 * minutes * MINUTE_MS) break;
      clock.move(MINUTE_MS);
      await wakeWorkers(context.db);
      await waitFor(idle);
    }
    await worker.stop();
    const { rows } = await sql<{ ms: number; tries: number }>`
    select extract(epoch from changed_at - ${new Date(begun)}::timestamptz)::float8 * 1000 as ms, attempts as tries
    from letter`.execute(context.db);
    expect(rows.filter(({ ms }) => ms < minutes * MINUTE_MS || ms > 2 * minutes * MINUTE_MS)).toEqual([]);
    expect((await auditTruth(ground, offices)).lies).toEqual([]);
    const { rows: opened } = await sql`select from office_lane where opened_at is not null`.execute(
      context.db,
    );
    expect(opened, 'no breaker opened').toEqual([]);
  },
);
