import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { sql } from '../src/database/index.js';
import { startWorker } from '../src/delivery/index.js';
import { startSimulator } from '../src/simulator/index.js';
import { type DeliveryGround, openDeliveryGround, seedReleased } from './support/delivery-ground.js';
import { waitFor } from './support/smtp-sink.js';
import { figure, seeded, sized, TRIAL } from './support/trial.js';
import { auditTruth } from './support/truth-audit.js';

const MAIN = fileURLToPath(new URL('../build/main.js', import.meta.url));
const SEEDS = [20_261_123, 20_261_124, 20_261_125];
const KILLS_OF_A_SEED = sized(2, 67);
const LETTERS_OF_A_ROUND = 12;
const LATEST_KILL_MS = 20;
const READY_WITHIN_MS = 30_000;

test(`R13: a worker is killed ${SEEDS.length * KILLS_OF_A_SEED} times between the offices’ yes and our commit: none lost, one copy at most, one id`, {
  timeout: TRIAL ? 900_000 : 120_000,
}, async () => {
  await using offices = await startSimulator({ clock: { now: () => new Date() } });
  await using ground = await openDeliveryGround({ SMTP_URL: offices.smtpUrl });
  let crashed = 0;
  for (const seed of SEEDS) {
    const random = seeded(seed);
    for (let kill = 0; kill < KILLS_OF_A_SEED; kill += 1)
      crashed += await killAfterYes(ground, offices, random);
  }
  const audit = await auditTruth(ground, offices);
  const times = offices.received().map(({ id }) => offices.count(id).kept);
  figure('killed between the yes and the commit (R13)', {
    kills: SEEDS.length * KILLS_OF_A_SEED,
    'letters with a yes that was never stored': crashed,
    letters: audit.letters,
    copies: audit.copies,
    'most copies of one letter': Math.max(...times) - 1,
  });
  expect(audit.lies).toEqual([]);
  expect(await countNot(ground, 'accepted')).toBe(0);
  expect(crashed, 'the moment was hit').toBeGreaterThan(0);
  expect(audit.copies).toBeLessThanOrEqual(crashed);
  expect(Math.max(...times)).toBeLessThanOrEqual(2);
});

/** Kills a worker process at a random moment after one of the first answers; answers how many letters were in between. */
async function killAfterYes(ground: DeliveryGround, offices: Offices, random: () => number): Promise<number> {
  const killed = await startWorkerProcess(ground, offices);
  const before = offices.total;
  await seedReleased(
    ground,
    Array.from({ length: LETTERS_OF_A_ROUND }, (_, index) => ({
      office: { email: `office-${index}@upper.example` },
    })),
  );
  const answers = 1 + Math.floor(random() * (LETTERS_OF_A_ROUND / 2));
  await waitFor(() => (offices.total >= before + answers ? true : undefined));
  await sleep(random() * LATEST_KILL_MS);
  killed.kill('SIGKILL');
  await once(killed, 'exit');
  const crashed = await countBetween(ground, offices);
  await sql`update letter set leased_until = now() where state = 'sending'`.execute(ground.context.db);
  const worker = startWorker(ground.context, { renderMail: async () => undefined });
  await waitFor(async () => ((await countNot(ground, 'accepted')) === 0 ? true : undefined));
  await worker.stop();
  return crashed;
}

type Offices = Awaited<ReturnType<typeof startSimulator>>;

async function startWorkerProcess(
  { context, databaseUrl }: DeliveryGround,
  offices: Offices,
): Promise<ChildProcess> {
  const { PATH = '' } = process.env;
  const { config, secrets } = context;
  const env = {
    PATH,
    DATABASE_URL: databaseUrl,
    REDRESS_DATA: config.dataDirectory,
    REDRESS_MASTER_KEY: secrets.masterKey.toString('base64'),
    REDRESS_MAIL_FROM: config.mail.from,
    REDRESS_OFFICE_PACE: String(config.mailsPerOfficeAndHour),
    SMTP_URL: offices.smtpUrl,
  };
  const child = spawn(process.execPath, [MAIN, 'work'], { env, stdio: ['ignore', 'pipe', 'ignore'] });
  let said = '';
  child.stdout.on('data', (bytes: Buffer) => (said += bytes.toString()));
  await waitFor(() => (said.includes('Working') ? true : undefined), READY_WITHIN_MS);
  return child;
}

/** Letters that an office took while we do not know it. */
async function countBetween({ context }: DeliveryGround, offices: Offices): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    select btrim(d.message_id, '<>') as id from letter l join delivery d using (organisation_id, letter_id)
    where l.state = 'sending'`.execute(context.db);
  return rows.filter(({ id }) => offices.count(id).kept > 0).length;
}

async function countNot({ context }: DeliveryGround, state: string): Promise<number> {
  const { rows } = await sql<{ letters: number }>`
    select count(*)::int as letters from letter where state <> ${state}`.execute(context.db);
  return rows[0]?.letters ?? 0;
}
