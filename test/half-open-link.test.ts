import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { type Database, sql } from '../src/database/index.js';
import { startWorker } from '../src/delivery/index.js';
import { startSimulator } from '../src/simulator/index.js';
import { openBlackHole } from './support/black-hole.js';
import { openDeliveryGround, seedReleased } from './support/delivery-ground.js';
import { waitFor } from './support/smtp-sink.js';
import { figure, TRIAL } from './support/trial.js';
import { auditTruth } from './support/truth-audit.js';

const DETECTED_WITHIN_MS = 30_000;
const TAKEN_OVER_WITHIN_MS = 90_000;
const POLL_MS = 100;
const DRAIN_MS = 500;
const LETTERS = 12;
const POSTGRES_PORT = 5432;

test('R7: a link to the database that swallows everything is noticed, and another worker takes the letters over', {
  timeout: 180_000,
}, async () => {
  await using offices = await startSimulator({ clock: { now: () => new Date() } });
  await using ground = await openDeliveryGround({ SMTP_URL: offices.smtpUrl });
  const { hostname, port } = new URL(ground.databaseUrl);
  await using hole = await openBlackHole({ host: hostname, port: Number(port || POSTGRES_PORT) });
  const through = new URL(ground.databaseUrl);
  through.host = `127.0.0.1:${hole.port}`;
  const cutOff = await ground.openAgain({ SMTP_URL: offices.smtpUrl, DATABASE_URL: through.href });
  offices.setScript('mail', { at: 'final_dot', do: 'stall', keep: true, times: 1 });
  await seedReleased(
    ground,
    Array.from({ length: LETTERS }, (_, index) => ({ office: { email: `office-${index}@upper.example` } })),
  );
  const lost = startWorker(cutOff, { renderMail: async () => undefined, concurrency: 2, drainMs: DRAIN_MS });
  await waitFor(() => (offices.total > 0 ? true : undefined));
  hole.swallow();
  const begin = performance.now();
  const noticed = cutOff.db
    .transaction()
    .execute((db) => sql`select 1`.execute(db))
    .then(
      () => Number.POSITIVE_INFINITY,
      () => performance.now() - begin,
    );
  // Every day, the leases end as soon as the link is known to be lost.
  if (!TRIAL) void noticed.then(() => endLeases(ground.context.db));
  const other = startWorker(ground.context, { renderMail: async () => undefined });
  while ((await countAccepted(ground.context.db)) < LETTERS) {
    if (performance.now() - begin > TAKEN_OVER_WITHIN_MS + DETECTED_WITHIN_MS) break;
    await sleep(POLL_MS);
  }
  const takenOverMs = performance.now() - begin;
  const noticedMs = await noticed;
  hole.heal();
  await Promise.all([lost.stop(), other.stop()]);
  const audit = await auditTruth(ground, offices);
  figure('half-open link (R7)', {
    'noticed after s': Math.round(noticedMs / 1000),
    'the last letter sent by another worker after s': Math.round(takenOverMs / 1000),
    copies: audit.copies,
  });
  expect(await countAccepted(ground.context.db)).toBe(LETTERS);
  expect(audit.lies).toEqual([]);
  expect(noticedMs).toBeLessThanOrEqual(DETECTED_WITHIN_MS);
  expect(takenOverMs).toBeLessThanOrEqual(TAKEN_OVER_WITHIN_MS);
});

async function endLeases(db: Database): Promise<void> {
  await sql`update letter set leased_until = now() where state = 'sending'`.execute(db);
}

async function countAccepted(db: Database): Promise<number> {
  const { rows } = await sql<{ letters: number }>`
    select count(*)::int as letters from letter where state = 'accepted'`.execute(db);
  return rows[0]?.letters ?? 0;
}
