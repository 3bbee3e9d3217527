import { expect, test } from 'vitest';
import { sql } from '../src/database/index.js';
import { startWorker } from '../src/delivery/index.js';
import { startSimulator } from '../src/simulator/index.js';
import { type DeliveryGround, openDeliveryGround, seedReleased } from './support/delivery-ground.js';
import { doWhatIsDue } from './support/lane-ground.js';
import { figure, quantile, sized, TRIAL } from './support/trial.js';
import { auditTruth } from './support/truth-audit.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const OFFICES = 50;
const LETTERS = sized(600, 10_000);
const STEP_MS = 10_000;
const STEPS = 360;
/** Letters come in over an hour. */
const STEPS_WITH_LETTERS = sized(40, STEPS);
/** So short that twice as many probes as allowed would be seen. */
const OUTAGE_STEP_MS = sized(15, 10) * MINUTE_MS;
const RETURN_STEP_MS = MINUTE_MS;
const OTHERS_WITHIN_MS = 60_000;
/** One each half hour. */
const PROBES = 48;
/** Five failures, and what was leased with them. */
const BEFORE_IT_OPENS = 15;
const ALL_WITHIN_MS = 2 * HOUR_MS;
const DEAD = 'office-0@upper.example';

test(`R14: one of ${OFFICES} offices is dead for 24 hours: the others notice nothing, and all ${LETTERS} letters arrive`, {
  timeout: TRIAL ? 600_000 : 90_000,
}, async () => {
  await using offices = await startSimulator({ clock: { now: () => clock.now() } });
  await using ground = await openDeliveryGround({ SMTP_URL: offices.smtpUrl, REDRESS_OFFICE_PACE: '10000' });
  const { clock } = ground;
  offices.setScript(DEAD, { at: 'rcpt', do: 'drop', to: '+24h' });
  const begun = clock.now().getTime();
  const worker = startWorker(ground.context, { renderMail: async () => undefined });
  for (let step = 0; step < STEPS_WITH_LETTERS; step += 1) {
    await seedReleased(ground, lettersOfStep(step));
    await moveClock(ground, STEP_MS);
  }
  const delays = await delaysOfOthers(ground);
  while (clock.now().getTime() < begun + 24 * HOUR_MS) await moveClock(ground, OUTAGE_STEP_MS);
  const tries = triesOf(offices.tallies().find(({ office }) => office === DEAD)?.answers ?? {});
  const returned = clock.now().getTime();
  while ((await countQueued(ground)) > 0) {
    if (clock.now().getTime() > returned + 2 * ALL_WITHIN_MS) break;
    await moveClock(ground, RETURN_STEP_MS);
  }
  const afterReturn = clock.now().getTime() - returned;
  await worker.stop();
  const audit = await auditTruth(ground, offices);
  figure('one dead office of 50 (R14)', {
    letters: audit.letters,
    'others p95 s': quantile(delays, 0.95) / 1000,
    'tries at the dead office in 24 h': tries,
    'all arrived after its return in min': Math.round(afterReturn / MINUTE_MS),
    copies: audit.copies,
  });
  expect(audit.lies).toEqual([]);
  expect(audit.letters).toBe(LETTERS);
  expect(quantile(delays, 0.95)).toBeLessThan(OTHERS_WITHIN_MS);
  expect(tries).toBeLessThanOrEqual(PROBES + BEFORE_IT_OPENS);
  expect(await countQueued(ground)).toBe(0);
  expect(afterReturn).toBeLessThanOrEqual(ALL_WITHIN_MS);
});

function lettersOfStep(step: number) {
  const share = (count: number): number => Math.floor((count * LETTERS) / STEPS_WITH_LETTERS);
  return Array.from({ length: share(step + 1) - share(step) }, (_, index) => ({
    office: { email: `office-${(share(step) + index) % OFFICES}@upper.example` },
  }));
}

async function moveClock(ground: DeliveryGround, milliseconds: number): Promise<void> {
  ground.clock.move(milliseconds);
  await doWhatIsDue(ground);
}

async function countQueued({ context }: DeliveryGround): Promise<number> {
  const { rows } = await sql<{ letters: number }>`
    select count(*)::int as letters from letter where state in ('queued', 'sending')`.execute(context.db);
  return rows[0]?.letters ?? 0;
}

/** From queued to accepted, in milliseconds of business time. */
async function delaysOfOthers({ context }: DeliveryGround): Promise<readonly number[]> {
  const { rows } = await sql<{ ms: number }>`
    select extract(epoch from y.at - q.at)::float8 * 1000 as ms
    from letter l join letter_event q using (organisation_id, letter_id)
    join letter_event y using (organisation_id, letter_id)
    where l.lane <> ${`smtp:${DEAD}`} and q.reason = 'confirmed' and y.to_state = 'accepted'`.execute(
    context.db,
  );
  return rows.map(({ ms }) => ms);
}

function triesOf(answers: Readonly<Record<string, number>>): number {
  return Object.entries(answers).reduce(
    (sum, [name, count]) => (name.startsWith('rcpt') ? sum + count : sum),
    0,
  );
}
