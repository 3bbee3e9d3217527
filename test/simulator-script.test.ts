import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AppError } from '../src/errors.js';
import { readScript, startSimulator } from '../src/simulator/index.js';
import { MovedClock } from './support/moved-clock.js';
import { sized } from './support/trial.js';

const MAIL_STEPS = ['banner', 'ehlo', 'auth', 'mail', 'rcpt', 'data', 'final_dot'];

function problemsOf(script: unknown): string {
  try {
    readScript(typeof script === 'string' ? script : JSON.stringify(script));
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
  throw new Error('it was taken');
}

const moment = fc.oneof(
  fc
    .date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString()),
  fc
    .tuple(fc.nat({ max: 9999 }), fc.constantFrom('s', 'm', 'h', 'd'))
    .map(([count, unit]) => `+${count}${unit}`),
);
const when = fc.record(
  {
    from: moment,
    to: moment,
    probability: fc.double({ min: 0, max: 1, noNaN: true }),
    times: fc.integer({ min: 1, max: 1000 }),
    keep: fc.boolean(),
  },
  { requiredKeys: [] },
);
const mailStep = fc.constantFrom(...MAIL_STEPS);
const cwcStep = fc.constantFrom('message', 'validate', 'offices');
const mailBehaviour = fc
  .tuple(
    fc.oneof(
      fc.record({ do: fc.constant('answer'), at: mailStep, code: fc.integer({ min: 400, max: 599 }) }),
      fc.record({ do: fc.constantFrom('stall', 'drop', 'drip', 'work'), at: mailStep }),
      fc.record({ do: fc.constant('greylist'), minutes: fc.integer({ min: 1, max: 600 }) }),
      fc.record({ do: fc.constantFrom('broken_tls', 'untrusted_certificate') }),
    ),
    when,
  )
  .map(([action, condition]) => ({ ...action, ...condition }));
const cwcBehaviour = fc
  .tuple(
    fc.oneof(
      fc.record({ do: fc.constant('answer'), status: fc.integer({ min: 200, max: 599 }) }),
      fc.record({ do: fc.constantFrom('stall', 'drop', 'drip', 'work', 'truncated', 'huge'), at: cwcStep }),
    ),
    when,
  )
  .map(([action, condition]) => ({ ...action, ...condition }));

test('every script that follows the format is read, with all its behaviours', () => {
  const script = fc.record(
    {
      seed: fc.nat(),
      offices: fc.record(
        { mail: fc.array(mailBehaviour), house: cwcBehaviour, senate: fc.array(cwcBehaviour) },
        { requiredKeys: [] },
      ),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(script, (given) => {
      const read = readScript(JSON.stringify(given));
      const { mail, house, senate } = {
        mail: undefined,
        house: undefined,
        senate: undefined,
        ...given.offices,
      };
      const expected = { mail, house: house && [house], senate };
      for (const [key, behaviours] of Object.entries(expected)) {
        const found = read.offices.find((office) => office.key === key);
        expect(JSON.stringify(found?.behaviours)).toBe(JSON.stringify(behaviours));
      }
    }),
    { numRuns: sized(200, 5000) },
  );
});

test('whatever stands in a script, it is read or refused with words, and never anything else', () => {
  const damaged = fc.dictionary(
    fc.oneof(fc.constantFrom('mail', 'house', 'HVA04', 'office@upper.example', '__proto__'), fc.string()),
    fc.oneof(
      mailBehaviour,
      fc.array(fc.oneof(mailBehaviour, cwcBehaviour, fc.jsonValue())),
      fc.dictionary(fc.constantFrom('do', 'at', 'code', 'from', 'times'), fc.jsonValue()),
    ),
  );
  const text = fc.oneof(
    fc.string(),
    fc.json(),
    damaged.map((offices) => JSON.stringify({ offices })),
    fc.jsonValue().map((value) => JSON.stringify({ seed: value, keys: value, activeOffices: value })),
  );
  fc.assert(
    fc.property(text, (given) => {
      try {
        readScript(given);
      } catch (error) {
        expect(error).toBeInstanceOf(AppError);
        expect(error).toMatchObject({ code: 'invalid_file' });
      }
    }),
    { numRuns: sized(500, 20_000) },
  );
});

describe('what is wrong is told with its place', () => {
  test.each([
    ['{"offices": ', 'The script is no JSON'],
    [[], 'must be object'],
    [{ office: {} }, '"office" is not known here'],
    [{ seed: 'one' }, 'seed: must be integer'],
    [{ offices: { 'Senator Smith': [] } }, 'offices["Senator Smith"]: "Senator Smith" is no office.'],
    [{ offices: { mail: { at: 'rcpt' } } }, 'offices["mail"]: "do" must be one of answer, stall,'],
    [{ offices: { mail: [{ do: 'stall' }] } }, 'offices["mail"][0]: at is missing'],
    [
      { offices: { mail: [{ do: 'stall', at: 'rctp' }] } },
      'offices["mail"][0].at: must be one of banner, ehlo',
    ],
    [{ offices: { mail: { do: 'answer', at: 'rcpt', code: 250 } } }, 'offices["mail"].code: must be >= 400'],
    [{ offices: { mail: { do: 'stall', at: 'rcpt', form: '+1h' } } }, '"form" is not known here'],
    [
      { offices: { mail: { do: 'stall', at: 'rcpt', from: 'noon' } } },
      'from: is written like 2026-11-23T09:00:00Z or +15m',
    ],
    [
      { offices: { mail: { do: 'stall', at: 'rcpt', from: '2026-13-45T09:00Z' } } },
      'there is no time 2026-13-45T09:00Z',
    ],
    [{ offices: { mail: { do: 'truncated' } } }, '"do" must be one of'],
    [{ offices: { HVA04: { do: 'greylist', minutes: 5 } } }, '"do" must be one of'],
    [{ offices: { HVA04: { do: 'drop', at: 'offices' } } }, 'put this under "house"'],
    [{ offices: { senate: { do: 'inactive' } } }, 'only an office can be inactive'],
    [{ offices: { 'a@b.example': { do: 'stall', at: 'banner' } } }, 'put this under "mail"'],
    [{ offices: { 'a@b.example': { do: 'broken_tls' } } }, 'put this under "mail"'],
    [
      { activeOffices: { house: ['SVA01'] } },
      'activeOffices.house[0]: "SVA01" is no code of an office of the house',
    ],
  ])('%j', (script, words) => {
    expect(problemsOf(script)).toContain(words);
  });

  test('all of it at once', () => {
    const words = problemsOf({ offices: { mail: [{ do: 'x' }, { do: 'stall' }], nobody: [] }, seed: -1 });
    expect(words.split('\n')).toHaveLength(5);
  });
});

test('setScript says so as well, and leaves what was', async () => {
  await using offices = await startSimulator({ clock: new MovedClock() });
  expect(() => offices.setScript('nobody', [])).toThrow('"nobody" is no office');
  expect(() => offices.setScript('mail', { do: 'truncated' })).toThrow('"do" must be one of');
});
