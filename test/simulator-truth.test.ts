import { expect, test } from 'vitest';
import type { Clock } from '../src/context.js';
import { sql } from '../src/database/index.js';
import { startWorker } from '../src/delivery/index.js';
import { readScript, type Simulator, startSimulator } from '../src/simulator/index.js';
import { type DeliveryGround, openDeliveryGround, seedReleased } from './support/delivery-ground.js';
import { doAllThatComes } from './support/lane-ground.js';
import { MovedClock } from './support/moved-clock.js';
import { figure, sized } from './support/trial.js';
import { auditTruth } from './support/truth-audit.js';

const GONE = 'gone@lower.example';
const OFFICES = ['steady@upper.example', 'grey@upper.example', 'shaky@lower.example', GONE];

/** Gives each office its own bad days, drawn from the seed. */
async function openBadOffices(seed: number, clock: Clock): Promise<Simulator> {
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
      [GONE]: { at: 'rcpt', do: 'answer', code: 550, words: 'no such mailbox' },
    },
  };
  return startSimulator({ clock, script: readScript(JSON.stringify(script)) });
}

async function countStates({ context }: DeliveryGround) {
  const { rows } = await sql<{ email: string; state: string; letters: number }>`
    select office ->> 'email' as email, state, count(*)::int as letters from letter group by 1, 2`.execute(
    context.db,
  );
  return rows;
}

test.each([1, 2, 3])(
  'what the database says of each letter is what the office has, byte for byte (seed %i)',
  async (seed) => {
    let clock: Clock = new MovedClock();
    await using offices = await openBadOffices(seed, { now: () => clock.now() });
    await using ground = await openDeliveryGround({ SMTP_URL: offices.smtpUrl });
    clock = ground.clock;
    const each = sized(15, 250);
    await seedReleased(
      ground,
      Array.from({ length: each * OFFICES.length }, (_, index) => ({
        office: { email: OFFICES[index % OFFICES.length] ?? '' },
        message: `Letter ${index} of seed ${seed}.\n.\n..é 漢\n`,
      })),
    );
    const worker = startWorker(ground.context, { renderMail: async () => undefined, drainMs: 200 });
    await doAllThatComes(ground);
    await worker.stop();
    const states = await countStates(ground);
    const atGone = states.filter(({ email }) => email === GONE).map(({ state }) => state);
    // It was refused, or moved on to a way that is the supporter's.
    for (const state of atGone) expect(['refused', 'waiting']).toContain(state);
    const others = states.filter(({ email }) => email !== GONE);
    expect(others.toSorted((a, b) => a.email.localeCompare(b.email))).toEqual(
      ['grey@upper.example', 'shaky@lower.example', 'steady@upper.example'].map((email) => ({
        email,
        state: 'accepted',
        letters: each,
      })),
    );
    const messages = offices.received();
    expect(messages.filter(({ office }) => office === GONE)).toEqual([]);
    const taken = messages.filter(({ answer }) => answer === '250').map(({ id }) => id);
    expect(taken).toHaveLength(3 * each);
    expect(new Set(taken).size).toBe(3 * each);
    // Every copy too many is one that the receipt warns of.
    const { lies, letters, copies } = await auditTruth(ground, offices);
    expect(lies).toEqual([]);
    expect(letters).toBe(each * OFFICES.length);
    expect(copies).toBeGreaterThan(0);
    figure('truth between the database and the offices', { seed, letters, copies });
  },
  120_000,
);
