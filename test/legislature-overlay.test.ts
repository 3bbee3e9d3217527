import pino from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Listener, openListener } from '../src/database/index.js';
import {
  demoSet,
  importSet,
  type LegislatureSet,
  openLegislatures,
  represent,
} from '../src/legislatures/index.js';
import { loadLegislatures } from '../src/legislatures/legislatures.js';
import { applyEdits } from '../src/legislatures/overlay/apply-edits.js';
import type { Edit, EditChange } from '../src/legislatures/overlay/edit.js';
import { listEdits, storeEdit, undoEdit } from '../src/legislatures/overlay/edit-store.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import { MovedClock } from './support/moved-clock.js';
import { figure, sized } from './support/trial.js';
import { until } from './support/until.js';

const DAY_MS = 86_400_000;
const TODAY = '2026-11-23';
const TOMORROW = '2026-11-24';
const WHY = { by: 'clerk', reason: 'their own announcement' };
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

/** A set of its own for each test, at a time of its own. */
function ground(id: string) {
  const clock = new MovedClock();
  const context = { db: database.db, clock, log, listener };
  const set: LegislatureSet = { ...demo, id };
  return {
    clock,
    context,
    set,
    edit: (change: EditChange) => storeEdit(context, { setId: id, change, ...WHY }),
  };
}

function editsOf(...changes: EditChange[]): Edit[] {
  return changes.map((change, index) => ({ number: index + 1, change, at: new Date(), ...WHY }));
}

const newMail: EditChange = {
  kind: 'correct',
  officeholder: 'mira-quell',
  to: { email: 'new@quell.example' },
  from: { email: 'office-mira-quell@parliament.orvany.example' },
};
const resignation: EditChange = { kind: 'resign', officeholder: 'mira-quell', on: TODAY };
const successor: EditChange = {
  kind: 'add',
  officeholder: 'lin-marsh',
  name: 'Lin Marsh',
  title: 'Senator',
  party: '',
  seat: 'senate haldermark 1',
  termStart: TOMORROW,
  termEnds: '2028-08-31',
  office: { email: 'lin@marsh.example' },
};

describe('an edit', () => {
  test('survives later imports, and every process follows each of them', async () => {
    const { context, set, edit } = ground('survives');
    const first = await importSet(context, { ...DOING, set });
    await using legislatures = await openLegislatures(context);
    expect(await edit(newMail)).toBe(1);
    const emails = () => legislatures.current('survives')?.officeholders.get('mira-quell')?.office.emails;
    await until(() => (emails()?.[0] === 'new@quell.example' ? true : undefined));
    expect(legislatures.current('survives')?.dataset.version).toBe(`${first.version}+1`);

    const later = { ...set, officeholders: set.officeholders.filter(({ id }) => id !== 'noor-el-amari') };
    const second = await importSet(context, { ...DOING, set: later });
    await until(() =>
      legislatures.current('survives')?.dataset.version === `${second.version}+1` ? true : undefined,
    );
    expect(emails()).toEqual(['new@quell.example']);
    expect(legislatures.current('survives')?.officeholders.has('noor-el-amari')).toBe(false);
    expect(legislatures.misfits()).toEqual([]);

    await undoEdit(context, { setId: 'survives', undoes: 1, ...WHY });
    await until(() => (emails()?.[0]?.startsWith('office-mira') ? true : undefined));
    expect(legislatures.current('survives')?.dataset.version).toBe(second.version);
    await using fresh = await loadLegislatures(context);
    expect(fresh.current('survives')?.dataset.version).toBe(second.version);
  });

  test('is kept with who, when and why; is undone once; is never changed', async () => {
    const { context, clock, edit } = ground('kept');
    await edit(newMail);
    clock.move(DAY_MS);
    await undoEdit(context, { setId: 'kept', undoes: 1, by: 'head', reason: 'a hoax' });
    const again = undoEdit(context, { setId: 'kept', undoes: 1, ...WHY });
    await expect(again).rejects.toMatchObject({ code: 'conflict' });
    await expect(undoEdit(context, { setId: 'kept', undoes: 2, ...WHY })).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(await listEdits(context, 'kept')).toMatchObject([
      { number: 1, change: newMail, at: new Date('2026-11-23T09:00:00Z'), ...WHY, undone: { by: 'head' } },
    ]);
    for (const statement of [`update legislature_edit set reason = 'x'`, 'delete from legislature_edit'])
      await expect(database.pool.query(statement)).rejects.toThrow(/written once/);
  });

  test('made by many at once, each has a number of its own', async () => {
    const { edit } = ground('raced-edits');
    const numbers = await Promise.all(Array.from({ length: 8 }, () => edit(newMail)));
    expect(numbers.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  test('of a set that nobody can read leaves the last good one and the others alive', async () => {
    const { context, set } = ground('odd-edit');
    await importSet(context, { ...DOING, set });
    await using legislatures = await openLegislatures(context);
    await database.pool.query(
      `insert into legislature_edit values ('odd-edit', 1, '{"kind": "later"}', null, now(), 'newer program', 'x')`,
    );
    await legislatures.refresh();
    expect(legislatures.current('odd-edit')?.officeholders.has('mira-quell')).toBe(true);
  });
});

describe('a resignation', () => {
  test('today makes the seat vacant at once; one tomorrow when the clock says so, with nothing else told', async () => {
    const { context, clock, set, edit } = ground('resigns');
    await importSet(context, { ...DOING, set });
    await using legislatures = await openLegislatures(context);
    const senators = () => {
      const snapshot = legislatures.current('resigns');
      if (snapshot === undefined) throw new Error('no set');
      const answer = represent(
        snapshot,
        { divisions: ['ocd-division/country:zz/province:haldermark'] },
        { now: clock.now() },
      );
      return [...answer.officeholders.map(({ id }) => id), ...answer.vacant.map(() => 'vacant')];
    };
    expect(senators()).toEqual(['mira-quell', 'bertrand-osei-falk']);
    await edit(resignation);
    await edit({ kind: 'resign', officeholder: 'bertrand-osei-falk', on: TOMORROW });
    await edit(successor);
    await legislatures.refresh();
    expect(senators()).toEqual(['bertrand-osei-falk', 'vacant']);
    expect(legislatures.misfits()).toEqual([]);
    clock.move(15 * 3_600_000 - 1);
    expect(senators()).toEqual(['bertrand-osei-falk', 'vacant']);
    clock.move(1);
    expect(senators()).toEqual(['lin-marsh', 'vacant']);
    await using fresh = await loadLegislatures(context);
    expect(fresh.current('resigns')?.officeholders.get('lin-marsh')?.office.emails).toEqual([
      'lin@marsh.example',
    ]);
  });
});

describe('an edit that no longer fits', () => {
  const without = (id: string) => ({
    ...demo,
    officeholders: demo.officeholders.filter((person) => person.id !== id),
  });
  const taken = {
    ...without('mira-quell'),
    officeholders: demo.officeholders.map((person) =>
      person.id === 'mira-quell' ? { ...person, id: 'somebody' } : person,
    ),
  };
  const changedMail = {
    ...demo,
    officeholders: demo.officeholders.map((person) =>
      person.id === 'mira-quell' ? { ...person, office: { emails: ['other@quell.example'] } } : person,
    ),
  };
  const gone = without('mira-quell');
  const known: EditChange = { ...successor, officeholder: 'mira-quell' };
  const cases: readonly { what: string; set: LegislatureSet; change: EditChange; reason: string }[] = [
    { what: 'a correction of whom is gone', set: gone, change: newMail, reason: 'person_gone' },
    { what: 'a resignation that is known now', set: gone, change: resignation, reason: 'person_gone' },
    {
      what: 'a resignation before a newer term',
      set: demo,
      change: { ...resignation, on: '2024-01-01' },
      reason: 'newer_term',
    },
    {
      what: 'an address that the source changed as well',
      set: changedMail,
      change: newMail,
      reason: 'source_changed',
    },
    { what: 'somebody added whom the source has now', set: demo, change: known, reason: 'person_there' },
    {
      what: 'somebody added to a seat that is gone',
      set: demo,
      change: { ...successor, seat: 'senate nowhere 1' },
      reason: 'seat_gone',
    },
    { what: 'somebody added to a seat that is taken', set: taken, change: successor, reason: 'seat_taken' },
    {
      what: 'somebody added for a term of an earlier set',
      set: { ...demo, validFrom: '2029-03-01' },
      change: successor,
      reason: 'term_over',
    },
  ];

  test.each(cases)('$what is told, and does no harm', ({ set, change, reason }) => {
    const edited = applyEdits(set, editsOf(change), TOMORROW);
    expect(edited.misfits.map((misfit) => misfit.reason)).toEqual([reason]);
    expect(edited.set.officeholders).toHaveLength(set.officeholders.length);
  });

  test('what is said of somebody whom another edit moves in or out is no misfit', () => {
    const later: EditChange = { kind: 'correct', officeholder: 'lin-marsh', to: { phone: '5' }, from: {} };
    for (const day of [TODAY, TOMORROW])
      expect(applyEdits(demo, editsOf(resignation, successor, later, newMail), day).misfits).toEqual([]);
  });

  test('without edits the set is the same value, and with them its land is', () => {
    expect(applyEdits(demo, [], TODAY).set).toBe(demo);
    const { set } = applyEdits(demo, editsOf(resignation), TODAY);
    expect(set.divisions).toBe(demo.divisions);
    expect(set.seats).toBe(demo.seats);
    expect(demo.officeholders.some(({ id }) => id === 'mira-quell')).toBe(true);
  });

  test('a set is told by its number when it answers, in the log and to whoever asks', async () => {
    const { context, set, edit } = ground('misfits');
    await importSet(context, {
      ...DOING,
      set: { ...set, officeholders: without('mira-quell').officeholders },
    });
    await edit(newMail);
    const lines: string[] = [];
    const heard = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) });
    await using legislatures = await loadLegislatures({ ...context, log: heard });
    expect(legislatures.misfits()).toMatchObject([
      { setId: 'misfits', reason: 'person_gone', edit: { number: 1, by: 'clerk' } },
    ]);
    expect(lines.join('')).toContain('"set":"misfits","edit":1,"reason":"person_gone"');
  });
});

test('sets are swapped under load without one look-up that fails or mixes two versions', async () => {
  const { context, clock, set } = ground('swapped');
  const other = { ...set, officeholders: set.officeholders.map((person) => ({ ...person, party: 'Other' })) };
  await importSet(context, { ...DOING, set });
  await using legislatures = await openLegislatures(context);
  const swaps = sized(6, 60);
  let [lookups, failed, running] = [0, 0, true];
  const seen = new Set<string>();
  const work = (async () => {
    while (running) {
      for (let batch = 0; batch < 200; batch += 1) {
        const snapshot = legislatures.current('swapped');
        const answer = snapshot && represent(snapshot, { postcode: '1810' }, { now: clock.now() });
        const isOther = answer?.officeholders.map(({ party }) => party === 'Other') ?? [];
        const whole = isOther.length === 3 && new Set(isOther).size === 1;
        lookups += 1;
        failed += answer?.status === 'found' && whole ? 0 : 1;
        seen.add(answer?.dataset.version ?? '');
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
  })();
  for (let swap = 0; swap < swaps; swap += 1) {
    const { version } = await importSet(context, { ...DOING, set: swap % 2 === 0 ? other : set });
    await until(() => (legislatures.current('swapped')?.dataset.version === version ? true : undefined));
  }
  running = false;
  await work;
  figure('swap under load', { swaps, lookups, failed, versions: seen.size });
  expect(failed).toBe(0);
  expect(seen.size).toBe(2);
});
