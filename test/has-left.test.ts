import { describe, expect, test } from 'vitest';
import { buildSnapshot, demoSet, hasLeft } from '../src/legislatures/index.js';
import { applyEdits } from '../src/legislatures/overlay/apply-edits.js';

const DAY = '2026-11-23';
const demo = demoSet();
const snapshot = buildSnapshot(demo, 'v');
const seat = {
  legislature: 'demo',
  officeholder: 'mira-quell',
  chamber: 'senate',
  division: 'ocd-division/country:zz/province:haldermark',
};
const byCountry = { ...seat, legislature: 'zz' };

function without(id: string, set = demo) {
  const change = { kind: 'resign', officeholder: id, on: DAY } as const;
  const edit = { number: 1, change, at: new Date(DAY), by: 'test', reason: 'test' };
  return buildSnapshot(applyEdits(set, [edit], DAY).set, 'v');
}

describe('somebody has left', () => {
  test('when the legislature of the letter seats them there no more', () => {
    expect(hasLeft([snapshot], seat)).toBe(false);
    expect(hasLeft([without('mira-quell')], seat)).toBe(true);
    expect(hasLeft([snapshot], { ...seat, chamber: 'house' })).toBe(true);
    expect(hasLeft([snapshot], { ...seat, division: 'ocd-division/country:zz/province:quellin' })).toBe(true);
  });

  test('not when their data is not there to ask', () => {
    expect(hasLeft([], seat)).toBe(false);
    expect(hasLeft([snapshot], { ...seat, legislature: 'elsewhere' })).toBe(false);
  });

  test('not when another set of their country comes first, or is the only one that could be read', () => {
    const council = buildSnapshot(
      {
        ...demo,
        id: 'a-council',
        chambers: [{ id: 'council', name: 'Council', role: 'unicameral' }],
        divisions: [],
        seats: [],
        officeholders: [],
        postcodes: { ...demo.postcodes, entries: new Map() },
      },
      'v',
    );
    expect(hasLeft([council, snapshot], byCountry)).toBe(false);
    expect(hasLeft([council], byCountry)).toBe(false);
    expect(hasLeft([council, without('mira-quell')], byCountry)).toBe(true);
  });
});
