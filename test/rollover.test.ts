import fc from 'fast-check';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Listener, openListener } from '../src/database/index.js';
import { activateVersion } from '../src/legislatures/activations.js';
import { endingOf, endingOfDay, warnOfEndings } from '../src/legislatures/age.js';
import { demoSet, importSet, openLegislatures } from '../src/legislatures/index.js';
import { listVersions } from '../src/legislatures/list-versions.js';
import { type Activation, inForce, periodsOf } from '../src/legislatures/timeline.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import { MovedClock } from './support/moved-clock.js';
import { until } from './support/until.js';

const DAY_MS = 86_400_000;
const DOING = { files: [], by: 'test', reason: 'test' };
const log = pino({ level: 'silent' });
const demo = demoSet();

let database: TestDatabase;
let listener: Listener;

beforeAll(async () => {
  database = await createTestDatabase();
  listener = openListener(database.url, log);
});
afterAll(async () => {
  await listener?.[Symbol.asyncDispose]();
  await database?.[Symbol.asyncDispose]();
});

/** A parliament that is elected anew: its next edition begins on 1 December 2026. */
function ground(id: string) {
  const clock = new MovedClock();
  const context = { db: database.db, clock, log, listener };
  const old = { ...demo, id, validUntil: '2026-12-01' };
  const next = { ...demo, id, edition: '2027', validFrom: '2026-12-01', officeholders: [] };
  return { clock, context, old, next };
}

const until1December = Date.parse('2026-12-01') - Date.parse('2026-11-23T09:00:00Z');

describe('a version that is loaded ahead', () => {
  test('takes effect on its first day, by the clock, in every process, without a restart', async () => {
    const { clock, context, old, next } = ground('ahead');
    const first = await importSet(context, { ...DOING, set: old });
    await using one = await openLegislatures(context);
    await using two = await openLegislatures(context);
    const second = await importSet(context, { ...DOING, set: next });
    expect(second).toMatchObject({ activated: true, takesEffect: new Date('2026-12-01') });
    expect(await importSet(context, { ...DOING, set: next })).toMatchObject({
      added: false,
      activated: false,
    });
    const answering = () => [one, two].map((each) => each.current('ahead')?.dataset.version);
    let changes = 0;
    one.onChange(() => {
      changes += 1;
    });
    clock.move(until1December - 1);
    await Promise.all([one.refresh(), two.refresh()]);
    expect(answering()).toEqual([first.version, first.version]);
    expect(changes).toBe(0);
    clock.move(1);
    expect(answering()).toEqual([second.version, second.version]);
    await one.refresh();
    expect(changes).toBe(1);
    expect(await listVersions(context)).toMatchObject([
      { version: first.version, live: null, planned: null },
      { version: second.version, live: { since: '2026-12-01T00:00:00.000Z' }, planned: null },
    ]);
  });

  test('is heard of at the turn itself, not at the next minute', async () => {
    const { clock, context, old, next } = ground('turns');
    await importSet(context, { ...DOING, set: old });
    await importSet(context, { ...DOING, set: next });
    clock.move(until1December - 100);
    await using legislatures = await openLegislatures(context);
    const heard = new Promise<void>((resolve) => legislatures.onChange(resolve));
    clock.move(100);
    await heard;
    expect(legislatures.current('turns')?.set.edition).toBe('2027');
  });

  test('waits through corrections of the old one, and the old one can be brought back after', async () => {
    const { clock, context, old, next } = ground('waits');
    await importSet(context, { ...DOING, set: old });
    await importSet(context, { ...DOING, set: next });
    const corrected = await importSet(context, {
      ...DOING,
      set: { ...old, officeholders: old.officeholders.slice(1) },
    });
    await using legislatures = await openLegislatures(context);
    expect(legislatures.current('waits')?.dataset.version).toBe(corrected.version);
    clock.move(until1December);
    await legislatures.refresh();
    expect(legislatures.current('waits')?.set.edition).toBe('2027');
    const back = { setId: 'waits', version: corrected.version, by: 'test', reason: 'the count was disputed' };
    expect(await activateVersion(context, back)).toBe(true);
    expect(await activateVersion(context, back)).toBe(false);
    await until(() =>
      legislatures.current('waits')?.dataset.version === corrected.version ? true : undefined,
    );
  });

  test('is put off or brought forward by a reasoned activation', async () => {
    const { clock, context, old, next } = ground('put-off');
    const first = await importSet(context, { ...DOING, set: old });
    const second = await importSet(context, { ...DOING, set: next });
    const doing = { setId: 'put-off', by: 'test', reason: 'the count goes on' };
    const [onFirst, onSecond] = [new Date('2026-12-01'), new Date('2026-12-02')];
    await activateVersion(context, { ...doing, version: first.version, takesEffect: onFirst });
    await activateVersion(context, { ...doing, version: second.version, takesEffect: onSecond });
    await using legislatures = await openLegislatures(context);
    clock.move(until1December);
    await legislatures.refresh();
    expect(legislatures.current('put-off')?.dataset.version).toBe(first.version);
    clock.move(DAY_MS);
    expect(legislatures.current('put-off')?.dataset.version).toBe(second.version);
  });

  test('answers at once, with a warning, where nothing else does', async () => {
    const { context, next } = ground('only-next');
    expect(await importSet(context, { ...DOING, set: next })).toMatchObject({ takesEffect: undefined });
    await using legislatures = await openLegislatures(context);
    expect(legislatures.current('only-next')?.set.edition).toBe('2027');
  });

  test('goes live on the day that the operator names', async () => {
    const { clock, context, old } = ground('named-day');
    const first = await importSet(context, { ...DOING, set: old });
    const set = { ...old, officeholders: old.officeholders.slice(2) };
    const second = await importSet(context, { ...DOING, set, takesEffect: new Date('2026-11-24') });
    expect(await listVersions(context)).toMatchObject(
      expect.arrayContaining([
        expect.objectContaining({
          version: second.version,
          live: null,
          planned: { since: '2026-11-24T00:00:00.000Z', by: 'test', reason: 'test' },
        }),
      ]),
    );
    await using legislatures = await openLegislatures(context);
    expect(legislatures.current('named-day')?.dataset.version).toBe(first.version);
    clock.move(DAY_MS);
    expect(legislatures.current('named-day')?.dataset.version).toBe(second.version);
  });
});

describe('the periods of versions', () => {
  const at = (minute: number) => new Date(minute * 60_000);
  const activations = fc
    .array(fc.record({ version: fc.constantFrom('a', 'b', 'c'), ahead: fc.integer({ min: 0, max: 20 }) }), {
      maxLength: 12,
    })
    .map((rows) =>
      rows.map(({ version, ahead }, minute): Activation => {
        const takesEffect = ahead === 0 ? null : at(minute + ahead);
        return { version, activatedAt: at(minute), takesEffect };
      }),
    );

  // What an operator would say: the last thing that came into effect, in the order in which it did.
  function answerOf(stored: readonly Activation[], now: number): string | undefined {
    const effects = stored
      .map((activation, order) => ({
        activation,
        order,
        since: activation.takesEffect ?? activation.activatedAt,
      }))
      .filter(({ since }) => since.getTime() <= now)
      .toSorted((x, y) => x.since.getTime() - y.since.getTime() || x.order - y.order);
    return effects.at(-1)?.activation.version;
  }

  test('are in order, and say what came into effect last', () => {
    fc.assert(
      fc.property(activations, fc.integer({ min: 12, max: 40 }), (stored, minute) => {
        const periods = periodsOf(stored);
        const starts = periods.map(({ from }) => from);
        expect(starts).toEqual(starts.toSorted((a, b) => a - b));
        expect(new Set(starts).size).toBe(starts.length);
        const now = at(minute).getTime();
        expect(inForce(periods, now)?.activation.version).toBe(answerOf(stored, now));
      }),
    );
  });
});

describe('a set that ends', () => {
  const now = new Date('2026-10-03T12:00:00Z');

  test('warns from 60 days before', () => {
    expect(endingOfDay('2026-12-02', now)).toBeUndefined();
    expect(endingOfDay('2026-12-01', now)).toEqual({ ended: false, days: 60 });
    expect(endingOfDay('2026-10-03', now)).toEqual({ ended: false, days: 1 });
    expect(endingOfDay('2026-10-02', now)).toEqual({ ended: true });
    expect(endingOfDay(null, now)).toBeUndefined();
    expect(endingOf(Number.POSITIVE_INFINITY, now)).toBeUndefined();
  });

  test('is told in the operator’s log', async () => {
    const { context, old } = ground('ending');
    await importSet(context, { ...DOING, set: old });
    await using legislatures = await openLegislatures(context);
    const lines: string[] = [];
    const heard = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) });
    warnOfEndings({ ...context, log: heard }, legislatures);
    const told = lines.map((line): Record<string, unknown> => JSON.parse(line));
    expect(told.filter(({ set }) => set === 'ending')).toMatchObject([
      { msg: 'a legislature ends soon', validUntil: '2026-12-01', days: 9 },
    ]);
  });
});
