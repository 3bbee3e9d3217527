import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { sql } from '../src/database/index.js';
import { startWorker, type Worker, wakeWorkers } from '../src/delivery/index.js';
import { type Received, readScript, type Simulator, startSimulator } from '../src/simulator/index.js';
import {
  type DeliveryGround,
  openDeliveryGround,
  type SeededLetter,
  seedReleased,
} from './support/delivery-ground.js';
import { MovedClock } from './support/moved-clock.js';
import { sha256, waitFor } from './support/smtp-sink.js';
import { figure, sized } from './support/trial.js';

const STEP_MS = 10 * 60_000;
const MOST_STEPS = 1100;
const OFFICES = ['steady@upper.example', 'grey@upper.example', 'shaky@lower.example', 'gone@lower.example'];

let worker: Worker | undefined;
let ground: DeliveryGround;
const clock = new MovedClock();

beforeAll(async () => {
  ground = await openDeliveryGround({ SMTP_URL: 'smtp://127.0.0.1:1' });
});

afterEach(async () => {
  await worker?.stop();
});

afterAll(async () => {
  await ground[Symbol.asyncDispose]();
});

function moveClocks(): void {
  clock.move(STEP_MS);
  ground.clock.move(STEP_MS);
}

/** Gives each office its own bad days, drawn from the seed. */
async function openBadOffices(seed: number): Promise<Simulator> {
  const script = {
    seed,
    offices: {
      'grey@upper.example': { do: 'greylist', minutes: 15 },
      'shaky@lower.example': [
        { at: 'final_dot', do: 'drop', probability: 0.3 },
        { at: 'final_dot', do: 'drop', keep: false, probability: 0.1 },
        { at: 'final_dot', do: 'answer', code: 451, probability: 0.3 },
        { at: 'rcpt', do: 'drop', probability: 0.1 },
      ],
      'gone@lower.example': { at: 'rcpt', do: 'answer', code: 550, words: 'no such mailbox' },
    },
  };
  return startSimulator({ clock, script: readScript(JSON.stringify(script)) });
}

interface Stand {
  readonly letterId: string;
  readonly state: string;
  readonly possibleCopies: number;
}

async function readStands(letters: readonly SeededLetter[]): Promise<readonly Stand[]> {
  const { rows } = await sql<Stand>`
    select letter_id as "letterId", state,
      (select count(*)::int from letter_event e where e.letter_id = l.letter_id and reason = 'no_answer_after_data')
        as "possibleCopies"
    from letter l where letter_id = any(${letters.map(({ letterId }) => letterId)}::uuid[])`.execute(
    ground.context.db,
  );
  return rows;
}

async function untilSettled(letters: readonly SeededLetter[]): Promise<readonly Stand[]> {
  for (let step = 0; step < MOST_STEPS; step += 1) {
    await new Promise((resolve) => setTimeout(resolve, 30));
    const stands = await waitFor(async () => {
      const all = await readStands(letters);
      return all.some(({ state }) => state === 'sending') ? undefined : all;
    });
    if (stands.every(({ state }) => state !== 'queued')) return stands;
    moveClocks();
    await wakeWorkers(ground.context.db);
  }
  throw new Error('letters are still on their way');
}

async function byText(simulator: Simulator): Promise<ReadonlyMap<string, readonly Received[]>> {
  const found = new Map<string, Received[]>();
  for (const message of simulator.received()) {
    const mail = await simulator.readMail(message.number);
    const hash = sha256(Buffer.from(mail?.text ?? ''));
    found.set(hash, [...(found.get(hash) ?? []), message]);
  }
  return found;
}

test.each([1, 2, 3])(
  'what the database says of each letter is what the office has, byte for byte (seed %i)',
  async (seed) => {
    await using bad = await openBadOffices(seed);
    const letters = await seedReleased(
      ground,
      Array.from({ length: sized(60, 1000) }, (_, index) => ({
        office: { email: OFFICES[index % OFFICES.length] ?? '' },
        message: `Letter ${index} of seed ${seed}.\n.\n..é 漢\n`,
      })),
    );
    const context = await ground.openAgain({ SMTP_URL: bad.smtpUrl });
    worker = startWorker(context, { renderMail: async () => undefined, drainMs: 200 });
    const stands = await untilSettled(letters);
    const received = await byText(bad);
    let copies = 0;
    for (const [index, letter] of letters.entries()) {
      const stand = stands.find(({ letterId }) => letterId === letter.letterId);
      const messages = received.get(letter.sha256) ?? [];
      const kept = messages.filter((message) => message.kept).length;
      const office = OFFICES[index % OFFICES.length];
      if (office === 'gone@lower.example') {
        // It was refused, or moved on to a way that is the supporter's; nothing of it came.
        expect({ state: stand?.state, messages }).toEqual({
          state: expect.stringMatching(/^(refused|waiting)$/),
          messages: [],
        });
        continue;
      }
      expect(stand?.state).toBe('accepted');
      expect(messages.filter(({ answer }) => answer === '250')).toHaveLength(1);
      expect(new Set(messages.map(({ id }) => id)).size).toBe(1);
      // Every copy too many is one that the receipt warns of.
      expect(kept - 1).toBeLessThanOrEqual(stand?.possibleCopies ?? 0);
      expect(kept).toBeGreaterThan(0);
      copies += kept - 1;
    }
    expect([...received.keys()].filter((hash) => !letters.some((letter) => letter.sha256 === hash))).toEqual(
      [],
    );
    expect(copies).toBeGreaterThan(0);
    figure('truth between the database and the offices', { seed, letters: letters.length, copies });
  },
  120_000,
);
