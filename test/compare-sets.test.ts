import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changeText } from '../src/legislatures/change-text.js';
import { compareSets, isUnchanged } from '../src/legislatures/compare-sets.js';
import { demoSet, type LegislatureSet, type Officeholder } from '../src/legislatures/index.js';
import { applyEdits } from '../src/legislatures/overlay/apply-edits.js';

const demo = demoSet();
const idsOf = (items: readonly { readonly id: string }[]) => items.map(({ id }) => id).toSorted();
const peopleOf = (items: readonly { readonly person: Officeholder }[]) =>
  idsOf(items.map(({ person }) => person));

/** Some of the demo's people, in any order, some of them on another seat, reached in another way, or new. */
const sets = fc
  .record({
    people: fc.shuffledSubarray([...demo.officeholders]),
    seats: fc.shuffledSubarray([...demo.seats], { minLength: 1 }),
    divisions: fc.shuffledSubarray([...demo.divisions]),
    postcodes: fc.shuffledSubarray([...demo.postcodes.entries]),
    moves: fc.array(fc.tuple(fc.nat(40), fc.nat(40)), { maxLength: 4 }),
    mails: fc.array(fc.tuple(fc.nat(40), fc.constantFrom('a@x.example', 'b@x.example')), { maxLength: 4 }),
    added: fc.uniqueArray(fc.constantFrom('new-1', 'new-2', 'new-3'), { maxLength: 3 }),
  })
  .map(({ people, seats, divisions, postcodes, moves, mails, added }): LegislatureSet => {
    const officeholders = [...people];
    for (const [who, where] of moves) {
      const [person, seat] = [officeholders[who], demo.seats[where]];
      if (person && seat) officeholders[who] = { ...person, seat: seat.id };
    }
    for (const [who, mail] of mails) {
      const person = officeholders[who];
      if (person) officeholders[who] = { ...person, office: { ...person.office, emails: [mail] } };
    }
    const [first] = demo.officeholders;
    if (first) officeholders.push(...added.map((id) => ({ ...first, id, name: id })));
    return {
      ...demo,
      officeholders,
      seats: demo.seats.filter((seat) => seats.includes(seat)),
      divisions,
      postcodes: { ...demo.postcodes, entries: new Map(postcodes) },
    };
  });

describe('what another version changes', () => {
  test('is nothing where it is the same, whatever the order and the objects', () => {
    fc.assert(
      fc.property(sets, (set) => {
        expect(isUnchanged(compareSets(set, set))).toBe(true);
        const copy = structuredClone(set);
        const turned = {
          ...copy,
          officeholders: copy.officeholders.toReversed(),
          divisions: copy.divisions.toReversed(),
        };
        expect(isUnchanged(compareSets(set, turned))).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  test('backwards is the same with in and out exchanged', () => {
    fc.assert(
      fc.property(sets, sets, (before, after) => {
        const [there, back] = [compareSets(before, after), compareSets(after, before)];
        expect(peopleOf(there.peopleIn)).toEqual(peopleOf(back.peopleOut));
        expect(peopleOf(there.peopleMoved)).toEqual(peopleOf(back.peopleMoved));
        expect(peopleOf(there.peopleChanged)).toEqual(peopleOf(back.peopleChanged));
        expect(idsOf(there.seatsIn)).toEqual(idsOf(back.seatsOut));
        expect(idsOf(there.divisionsIn)).toEqual(idsOf(back.divisionsOut));
        const { added, removed, changed } = there.postcodes;
        expect(back.postcodes).toEqual({ added: removed, removed: added, changed });
      }),
    );
  });

  test('applied to the one gives the people and seats of the other', () => {
    fc.assert(
      fc.property(sets, sets, (before, after) => {
        const changes = compareSets(before, after);
        const seats = new Map(before.officeholders.map((person) => [person.id, placeOf(before, person)]));
        for (const { person } of changes.peopleOut) seats.delete(person.id);
        for (const { person } of [...changes.peopleIn, ...changes.peopleMoved])
          seats.set(person.id, placeOf(after, person));
        expect(seats).toEqual(
          new Map(after.officeholders.map((person) => [person.id, placeOf(after, person)])),
        );
        const out = changes.divisionsOut.map(({ id }) => id);
        const land = [...before.divisions.filter(({ id }) => !out.includes(id)), ...changes.divisionsIn];
        expect(idsOf(land)).toEqual(idsOf(after.divisions));
        const left = before.postcodes.entries.size + changes.postcodes.added - changes.postcodes.removed;
        expect(left).toBe(after.postcodes.entries.size);
      }),
    );
  });

  test('names whoever no longer holds the seat, and nobody else', () => {
    fc.assert(
      fc.property(sets, sets, (before, after) => {
        const holds = new Set(after.officeholders.map((person) => `${person.id} ${placeOf(after, person)}`));
        const gone = before.officeholders.filter(
          (person) => !holds.has(`${person.id} ${placeOf(before, person)}`),
        );
        const { peopleOut, peopleMoved } = compareSets(before, after);
        expect(peopleOf([...peopleOut, ...peopleMoved])).toEqual(idsOf(gone));
      }),
    );
  });

  test('sees a line that moved by one point, a name, a first day, and a seat for two', () => {
    const [first, ...others] = demo.divisions.toReversed();
    const boundary = structuredClone(first?.boundary ?? []);
    const ring = boundary[0]?.[0];
    if (first === undefined || ring === undefined) throw new Error('the demo has no lines');
    ring[0] = (ring[0] ?? 0) + 1;
    const [seat, ...seats] = demo.seats;
    const after: LegislatureSet = {
      ...demo,
      validFrom: '2025-03-02',
      divisions: [{ ...first, boundary, name: 'New name' }, ...others],
      seats: seat === undefined ? [] : [{ ...seat, places: 2 }, ...seats],
    };
    const changes = compareSets(demo, after);
    expect(changes.boundariesChanged.map((pair) => pair.after.id)).toEqual([first.id]);
    expect(changes.divisionsRenamed.map((pair) => pair.after.name)).toEqual(['New name']);
    expect(changes.dates).toEqual([{ field: 'validFrom', before: '2025-03-01', after: '2025-03-02' }]);
    expect(idsOf(changes.seatsIn)).toEqual([seat?.id]);
    expect(changes.peopleIn).toEqual([]);
  });
});

test('the table names people, ways and letters', () => {
  const resignation = { kind: 'resign', officeholder: 'mira-quell', on: '2026-11-23' } as const;
  const edit = { number: 1, change: resignation, at: new Date(), by: 'clerk', reason: 'said so' };
  const { set } = applyEdits(demo, [edit], '2026-11-23');
  const letters = {
    legislature: 'demo',
    officeholder: 'mira-quell',
    name: 'Mira Quell',
    chamber: 'senate',
    division: 'ocd-division/country:zz/province:haldermark',
    letters: 3,
  };
  const changes = compareSets(demo, set);
  const preview = { setId: 'demo', before: '2026-1', changes, misfits: [], stopping: [letters] };
  expect(changeText(preview).split('\n')).toEqual([
    'demo: compared with 2026-1. 1 out.',
    'out  Mira Quell (mira-quell)  senate, ocd-division/country:zz/province:haldermark',
    '3 letters to Mira Quell (mira-quell) would stop; who wrote is told.',
  ]);
  expect(changeText({ ...preview, before: undefined, stopping: [] })).toBe('demo: new here. 1 out.');
  const nothing = { ...preview, changes: compareSets(demo, demo), stopping: [] };
  expect(changeText(nothing)).toBe('demo: compared with 2026-1. Nothing changes.');
});

function placeOf({ seats }: LegislatureSet, person: Officeholder): string {
  const seat = seats.find(({ id }) => id === person.seat);
  return `${seat?.chamber} ${seat?.division}`;
}
