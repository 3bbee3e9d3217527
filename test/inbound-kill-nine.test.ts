import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { sql } from '../src/database/index.js';
import { postBounce, type SentLetter, sendLetters } from './support/bounce-ground.js';
import { bounceMail } from './support/bounce-mail.js';
import { type DeliveryGround, openDeliveryGround } from './support/delivery-ground.js';
import { openSmtpSink, waitFor } from './support/smtp-sink.js';
import { temporaryFolder } from './support/temporary-file.js';
import { freePort } from './support/test-server.js';
import { figure, seeded, sized } from './support/trial.js';

const MAIN = fileURLToPath(new URL('../build/main.js', import.meta.url));
const SEED = 20_261_124;
const KILLS = sized(6, 100);
const LETTERS_PER_KILL = 15;
const POSTERS = 10;
const LONGEST_BEFORE_KILL_MS = 250;
const COME_AGAIN_MS = 50;
const READY_MS = 30_000;
const TEST_LIMIT_MS = sized(180_000, 1_800_000);

test(`kill -9 of the worker ${KILLS} times under load: each bounce that got 250 is there, once`, {
  timeout: TEST_LIMIT_MS,
}, async () => {
  await using sink = await openSmtpSink();
  const maildir = temporaryFolder('maildir');
  for (const folder of ['new', 'cur', 'tmp']) await mkdir(join(maildir, folder));
  await using ground = await openDeliveryGround({ SMTP_URL: sink.url });
  const port = await freePort();
  const half = KILLS * LETTERS_PER_KILL;
  const letters = await sendLetters(
    ground,
    sink,
    Array.from({ length: 2 * half }, () => ({})),
  );
  const filed = letters.slice(half);
  for (const [index, letter] of filed.entries())
    await writeFile(
      join(maildir, 'new', `1795514400.M${index}P1.mx`),
      bounceMail('qmail-no-mailbox', letter),
    );
  const posted = letters.slice(0, half);
  const posters = new Posters(port, posted);
  const random = seeded(SEED);
  const settings = settingsOf(ground, { port, maildir });
  let storedUnheard = 0;
  for (let kill = 0; kill < KILLS; kill += 1) {
    const worker = await startWork(settings, port);
    posters.allow(Math.ceil(((kill + 1) * half) / KILLS));
    await sleep(random() * LONGEST_BEFORE_KILL_MS);
    worker.kill('SIGKILL');
    await once(worker, 'exit');
    await sleep(COME_AGAIN_MS);
    storedUnheard += (await storedOf(ground, posted)) - posters.acknowledged.length;
  }
  await expectAllStored(ground, posters.acknowledged);
  const acknowledgedUnderKills = posters.acknowledged.length;
  const last = await startWork(settings, port);
  posters.allow(half);
  await posters.ended();
  await waitFor(async () => (await readdir(join(maildir, 'new'))).length === 0 || undefined, TEST_LIMIT_MS);
  last.kill('SIGTERM');
  const [code] = await once(last, 'exit');
  figure(`kill -9 of the intake, seed ${SEED}`, {
    kills: KILLS,
    'acknowledged under kills': acknowledgedUnderKills,
    'stored, but killed before the 250': storedUnheard,
    'from the folder': filed.length,
  });
  expect(code).toBe(0);
  expect(acknowledgedUnderKills).toBeGreaterThan(KILLS);
  expect(await readdir(join(maildir, 'cur'))).toHaveLength(filed.length);
  await expectAllStored(ground, letters);
});

/** Mail systems that hand bounces over, and come again when they were broken off. */
class Posters {
  readonly acknowledged: SentLetter[] = [];
  readonly #port: number;
  readonly #letters: readonly SentLetter[];
  readonly #running: readonly Promise<void>[];
  #next = 0;
  #allowed = 0;

  constructor(port: number, letters: readonly SentLetter[]) {
    this.#port = port;
    this.#letters = letters;
    this.#running = Array.from({ length: POSTERS }, () => this.#work());
  }

  /** How many of the letters' bounces may have been handed over from now on. */
  allow(count: number): void {
    this.#allowed = count;
  }

  async ended(): Promise<void> {
    await Promise.all(this.#running);
  }

  async #work(): Promise<void> {
    while (this.#next < this.#letters.length) {
      if (this.#next >= this.#allowed) {
        await sleep(5);
        continue;
      }
      const letter = this.#letters[this.#next];
      this.#next += 1;
      if (letter !== undefined) await this.#post(letter);
    }
  }

  async #post(letter: SentLetter): Promise<void> {
    const raw = bounceMail('postfix-user-unknown', letter);
    for (;;) {
      const code = await postBounce({ port: this.#port, to: letter.returnAddress, raw });
      if (code === 250) {
        this.acknowledged.push(letter);
        return;
      }
      await sleep(COME_AGAIN_MS);
    }
  }
}

function settingsOf({ context, databaseUrl }: DeliveryGround, intake: { port: number; maildir: string }) {
  const { PATH } = process.env;
  const { config, secrets } = context;
  return {
    PATH,
    DATABASE_URL: databaseUrl,
    REDRESS_DATA: config.dataDirectory,
    REDRESS_MASTER_KEY: secrets.masterKey.toString('base64'),
    REDRESS_MAIL_FROM: config.mail.from,
    REDRESS_BOUNCE_PORT: String(intake.port),
    REDRESS_BOUNCE_MAILDIR: intake.maildir,
  };
}

/** Starts `redress work`, and waits until it takes bounces. */
async function startWork(env: NodeJS.ProcessEnv, port: number): Promise<ChildProcess> {
  const child = spawn(process.execPath, [MAIN, 'work'], { env, stdio: 'ignore' });
  await waitFor(async () => {
    if (child.exitCode !== null) throw new Error('the worker ended');
    const code = await postBounce({ port, to: 'nobody@redress.example', raw: Buffer.from('\r\n') });
    return code === 550 || undefined;
  }, READY_MS);
  return child;
}

async function storedOf(ground: DeliveryGround, letters: readonly SentLetter[]): Promise<number> {
  const ids = letters.map(({ letterId }) => letterId);
  const { rows } = await sql<{ count: number }>`
    select count(*) from inbound_mail join delivery d using (organisation_id, delivery_id)
    where d.letter_id = any(${ids}::uuid[])`.execute(ground.context.db);
  return rows[0]?.count ?? 0;
}

async function expectAllStored(ground: DeliveryGround, letters: readonly SentLetter[]): Promise<void> {
  const ids = letters.map(({ letterId }) => letterId);
  const { rows } = await sql<{ letters: number; mails: number; events: number; once: number }>`
    select count(*) as letters, sum(mails) as mails, sum(events) as events,
      count(*) filter (where l.state = 'bounced' and mails = 1 and events = 1) as once
    from letter l join delivery d using (organisation_id, letter_id)
    cross join lateral (select count(*)::int as mails from inbound_mail i where i.delivery_id = d.delivery_id) i
    cross join lateral (
      select count(*)::int as events from letter_event e
      where e.letter_id = l.letter_id and e.to_state = 'bounced') e
    where l.letter_id = any(${ids}::uuid[])`.execute(ground.context.db);
  const count = letters.length;
  expect(rows).toEqual([{ letters: count, mails: count, events: count, once: count }]);
}
