import fc from 'fast-check';
import { Compile } from 'typebox/compile';
import { describe, expect, test } from 'vitest';
import {
  buildSnapshot,
  demoSet,
  findDivisions,
  listDivisions,
  type Place,
  represent,
} from '../src/legislatures/index.js';
import type { Boundary, LegislatureSet } from '../src/legislatures/model.js';
import { UNITS_PER_DEGREE } from '../src/legislatures/places/boundary.js';
import { cleanPostcode } from '../src/legislatures/postcode.js';
import { Representation } from '../src/legislatures/representation.js';
import { packSet, unpackSet } from '../src/legislatures/set-content.js';

const NOW = new Date('2026-11-24T12:00:00Z');
const set = demoSet();
const snapshot = buildSnapshot(set, 'test');
const ask = (place: Place, now = NOW) => represent(snapshot, place, { now });
const names = (people: readonly { readonly name: string }[]) => people.map(({ name }) => name);
const division = (name: string) => set.divisions.find((entry) => entry.name === name) ?? fail(name);
const fail = (name: string): never => {
  throw new Error(`no ${name}`);
};

/** The middle of the box of a division's first polygon. */
function middleOf(boundary: Boundary | undefined) {
  const ring = boundary?.[0]?.[0] ?? new Int32Array(2);
  const xs = ring.filter((_, index) => index % 2 === 0);
  const ys = ring.filter((_, index) => index % 2 === 1);
  const middle = (values: Int32Array) => (Math.min(...values) + Math.max(...values)) / 2 / UNITS_PER_DEGREE;
  return { longitude: middle(xs), latitude: middle(ys) };
}

/** The corners of a division's first polygon. */
function cornersOf(name: string) {
  const ring = division(name).boundary?.[0]?.[0] ?? new Int32Array(0);
  return Array.from({ length: ring.length / 2 }, (_, at) => ({
    longitude: (ring[2 * at] ?? 0) / UNITS_PER_DEGREE,
    latitude: (ring[2 * at + 1] ?? 0) / UNITS_PER_DEGREE,
  }));
}

describe('a postcode', () => {
  test('within one district: its deputy and the two senators of its province', () => {
    const answer = ask({ postcode: '1810' });
    expect(answer).toMatchObject({
      status: 'found',
      uncertain: false,
      candidates: [],
      vacant: [],
      warnings: [],
    });
    expect(names(answer.officeholders)).toEqual([
      'Rafael Monteverde-Hale',
      'Aroha Wintersea',
      'Kamal Devereux-Sandhar',
    ]);
    expect(answer.officeholders[0]).toEqual({
      id: 'rafael-monteverde-hale',
      name: 'Rafael Monteverde-Hale',
      chamber: 'house',
      role: 'lower',
      division: 'ocd-division/country:zz/province:ostrelside/district:ostrel',
      party: 'Open Table',
      termEnds: '2029-02-28',
    });
    expect(answer.dataset).toEqual({ id: 'demo', version: 'test', validUntil: '2029-02-28' });
  });

  test('split within a province: the senators are certain, the deputies are to be chosen', () => {
    const answer = ask({ postcode: '1790' });
    expect(answer).toMatchObject({ status: 'choose', uncertain: false });
    expect(names(answer.officeholders)).toEqual(['Soledad Prynnington', 'Dmitri Achterveldt']);
    expect(answer.candidates.map(({ name, officeholders }) => [name, ...names(officeholders)])).toEqual([
      ['Quell Valley', 'Adaeze Whitlock'],
      ['Saltmere', 'Kofi Lindkvist'],
    ]);
  });

  test('across the border of two provinces: nobody is certain, each candidate has its own senators', () => {
    const answer = ask({ postcode: '1690' });
    expect(answer.officeholders).toEqual([]);
    expect(answer.candidates.map(({ name, officeholders }) => [name, ...names(officeholders)])).toEqual([
      ['Larkwater', 'Zhilan Wen', 'Leila Novakari', 'Henrik Amadisson'],
      ['Brindle Coast', 'Tomás Arrieta Lund', 'Mira Quell', 'Bertrand Osei-Falk'],
    ]);
  });

  test('nothing is to be chosen where only a chamber is asked for that both parts share', () => {
    const answer = represent(snapshot, { postcode: '1790' }, { now: NOW, chambers: ['senate'] });
    expect(answer).toMatchObject({ status: 'found', candidates: [] });
    expect(answer.officeholders).toHaveLength(2);
  });

  test('a vacant seat is said, certain or among the candidates', () => {
    const vacancy = { chamber: 'house', division: division('Upper Halder').id };
    const certain = ask({ postcode: '1310' });
    expect(certain).toMatchObject({ status: 'found', vacant: [vacancy], warnings: ['seat_vacant'] });
    expect(names(certain.officeholders)).toEqual(['Mira Quell', 'Bertrand Osei-Falk']);
    const open = ask({ postcode: '1390' });
    expect(open).toMatchObject({ status: 'choose', vacant: [vacancy], warnings: ['seat_vacant'] });
    expect(open.candidates[0]).toMatchObject({ division: vacancy.division, officeholders: [{}, {}] });
  });

  test.each([
    ['too short', '12', 'postcode_malformed'],
    ['empty', '', 'postcode_malformed'],
    ['huge', '1'.repeat(5000), 'postcode_malformed'],
    ['not in the list', '9999', 'postcode_unknown'],
  ])('that is %s leads nowhere, and says why', (_name, postcode, warning) => {
    const nobody = { status: 'none', officeholders: [], candidates: [], warnings: [warning] };
    expect(ask({ postcode })).toMatchObject(nobody);
  });

  test.each(['1810', ' 18 10 ', '18-10', '18–10', '１８１０', '١٨١٠', '۱۸۱۰', '१८१०', '18\u200b10', '𝟭𝟴𝟭𝟬'])(
    'is understood as %s',
    (postcode) => {
      expect(ask({ postcode }).status).toBe('found');
    },
  );

  test('digits of every script have their value', () => {
    const digits = Array.from({ length: 0x20000 }, (_, code) => String.fromCodePoint(code)).filter((text) =>
      /\p{Nd}/u.test(text),
    );
    expect(digits.length).toBeGreaterThan(500);
    const values = digits.map((digit) => cleanPostcode(digit));
    expect(values.every((value) => /^\d$/.test(value))).toBe(true);
    expect(values).toEqual(digits.map((_, index) => String(index % 10)));
  });
});

describe('a place on the map', () => {
  test('in the middle of each district finds the same as the district chosen from the list', () => {
    for (const { id, boundary } of set.divisions.filter((entry) => entry.boundary)) {
      const answer = ask({ at: middleOf(boundary) });
      expect(answer).toEqual(ask({ divisions: [id] }));
      expect(answer.status).toBe('found');
    }
  });

  test('near a border is uncertain, both are offered, the likelier first, and who is certain stays certain', () => {
    const answers = cornersOf('Middle Orrow')
      .map((at) => ask({ at }))
      .filter(({ candidates }) => candidates.length === 2);
    const withSunder = answers.filter(({ candidates }) =>
      candidates.some(({ name }) => name === 'Sunder Bay'),
    );
    expect(withSunder.length).toBeGreaterThan(0);
    for (const answer of withSunder) {
      expect(answer).toMatchObject({ status: 'choose', uncertain: true });
      expect(names(answer.officeholders)).toEqual(['Aroha Wintersea', 'Kamal Devereux-Sandhar']);
    }
  });

  test('just off the shore is the nearest district, and says so; the open sea is nobody’s', () => {
    const island = cornersOf('Gannet Isle').sort((a, b) => b.longitude - a.longitude);
    const cape = island[0] ?? fail('cape');
    const seaward = (degrees: number) => ask({ at: { ...cape, longitude: cape.longitude + degrees } });
    expect(seaward(0.005)).toMatchObject({ status: 'found', uncertain: false, warnings: ['off_shore'] });
    expect(seaward(0.015)).toMatchObject({ status: 'none', warnings: [] });
  });
});

describe('chosen divisions', () => {
  test('several hold at once', () => {
    const answer = ask({ divisions: [division('Ostrel').id, division('Haldermark').id] });
    expect(names(answer.officeholders)).toEqual([
      'Rafael Monteverde-Hale',
      'Aroha Wintersea',
      'Kamal Devereux-Sandhar',
      'Mira Quell',
      'Bertrand Osei-Falk',
    ]);
  });

  test.each([[[]], [['ocd-division/country:zz/province:nowhere']], [[division('Ostrel').id, 'x']]])(
    '%j is none',
    (divisions) => {
      expect(ask({ divisions }).status).toBe('none');
    },
  );

  test('are listed as a reader sorts, and found by any of their words, without accents', () => {
    const list = listDivisions(snapshot, 'en');
    expect(list).toHaveLength(12);
    expect(list.slice(0, 3).map(({ within, name }) => `${within}: ${name}`)).toEqual([
      'Eastering: Farrow Shore',
      'Eastering: Gannet Isle',
      'Eastering: Larkwater',
    ]);
    expect(names(findDivisions(snapshot, 'quéll vall', 'en'))).toEqual(['Quell Valley']);
    expect(names(findDivisions(snapshot, 'QUELLIN', 'en'))).toEqual(['Quell Valley', 'Saltmere', 'Wexmoor']);
    expect(findDivisions(snapshot, 'nowhere', 'en')).toEqual([]);
    expect(findDivisions(snapshot, ' ', 'en')).toHaveLength(12);
  });
});

describe('time', () => {
  test('a term holds to the end of its last day, then it is said to have ended', () => {
    const last = ask({ postcode: '1110' }, new Date('2028-08-31T23:59:59Z'));
    expect(last.warnings).toEqual([]);
    const after = ask({ postcode: '1110' }, new Date('2028-09-01T00:00:00Z'));
    expect(after.warnings).toEqual(['term_ended']);
    expect(after.officeholders.map(({ name, termEnded }) => [name, termEnded])).toEqual([
      ['Ilse Brandvold-Okoro', undefined],
      ['Mira Quell', true],
      ['Bertrand Osei-Falk', undefined],
    ]);
  });

  test('a set holds to the end of its last day, and not before its first', () => {
    expect(ask({ postcode: '1810' }, new Date('2029-02-28T23:59:59Z')).warnings).not.toContain(
      'dataset_expired',
    );
    expect(ask({ postcode: '1810' }, new Date('2029-03-01T00:00:00Z')).warnings).toContain('dataset_expired');
    expect(ask({ postcode: '1810' }, new Date('2025-02-28T23:59:59Z')).warnings).toContain(
      'dataset_not_yet_valid',
    );
  });
});

describe('whatever is asked', () => {
  const shape = Compile(Representation);
  const postcode = fc.oneof(fc.constantFrom(...set.postcodes.entries.keys()), fc.string({ unit: 'binary' }));
  const at = fc.record({
    latitude: fc.double({ min: -1.5, max: 1.5 }),
    longitude: fc.double({ min: -1.8, max: 1.8 }),
  });
  const chosen = fc.array(fc.constantFrom(...set.divisions.map(({ id }) => id), 'x'), { maxLength: 3 });
  const place = fc.oneof(fc.record({ postcode }), fc.record({ at }), fc.record({ divisions: chosen }));

  test('the answer has its shape, and nobody is both certain and to be chosen', () => {
    fc.assert(
      fc.property(place, fc.date({ noInvalidDate: true }), (asked, now) => {
        const answer = represent(snapshot, asked, { now });
        expect(shape.Check(answer), JSON.stringify(answer)).toBe(true);
        const certain = new Set(answer.officeholders.map(({ id }) => id));
        const open = answer.candidates.flatMap(({ officeholders }) => officeholders.map(({ id }) => id));
        expect(open.some((id) => certain.has(id))).toBe(false);
        expect(answer.status === 'choose').toBe(answer.candidates.length > 1);
        if (answer.status === 'none') expect(answer.officeholders).toEqual([]);
        if (answer.uncertain) expect(answer.status).toBe('choose');
      }),
      { numRuns: 500 },
    );
  });
});

describe('a stored set', () => {
  test('comes back as it was, under the same version', () => {
    const packed = packSet(set);
    expect(unpackSet(packed)).toEqual(set);
    expect(packSet(unpackSet(packed)).version).toBe(packed.version);
    expect(packed.version).toMatch(/^2026-[0-9a-f]{12}$/);
  });

  test('keeps borders over the date line and coordinates of any kind', () => {
    const coordinate = fc.integer({ min: -1_800_000_000, max: 1_800_000_000 });
    fc.assert(
      fc.property(fc.array(coordinate, { minLength: 4, maxLength: 40 }), (numbers) => {
        const ring = Int32Array.from(numbers.slice(0, numbers.length - (numbers.length % 2)));
        const [first, ...others] = set.divisions;
        const odd: LegislatureSet = {
          ...set,
          divisions: [{ ...(first ?? fail('division')), boundary: [[ring]] }, ...others],
        };
        expect(unpackSet(packSet(odd)).divisions[0]?.boundary).toEqual([[ring]]);
      }),
    );
  });

  test.each([
    ['cut short', (content: Buffer) => content.subarray(0, -20)],
    [
      'of one other byte',
      (content: Buffer) => Buffer.from(content.map((byte, index) => (index === 400 ? byte ^ 1 : byte))),
    ],
    ['nothing', () => Buffer.alloc(0)],
  ])('%s is refused', (_name, damage) => {
    const { compressed, sha256 } = packSet(set);
    expect(() => unpackSet({ compressed: damage(compressed), sha256 })).toThrow(/cannot be read/);
  });
});

describe('a set that contradicts itself', () => {
  const [seat] = set.seats;
  const [person, other] = set.officeholders;
  const broken: readonly [string, Partial<LegislatureSet>, RegExp][] = [
    [
      'one id twice',
      { divisions: [...set.divisions, division('Ostrel')] },
      /division .*ostrel is given twice/,
    ],
    [
      'a seat of no division',
      { seats: [{ ...(seat ?? fail('seat')), division: 'x' }], officeholders: [] },
      /is of no division/,
    ],
    [
      'a seat in no chamber',
      { seats: [{ ...(seat ?? fail('seat')), chamber: 'x' }], officeholders: [] },
      /is in no chamber/,
    ],
    [
      'a person without a seat',
      { officeholders: [{ ...(person ?? fail('person')), seat: 'x' }] },
      /has the seat x, which is not there/,
    ],
    [
      'two on one seat',
      {
        officeholders: [person ?? fail('person'), { ...(other ?? fail('person')), seat: person?.seat ?? '' }],
      },
      /have the same seat/,
    ],
    [
      'a division in itself',
      { divisions: set.divisions.map((entry) => ({ ...entry, parent: entry.id })) },
      /lies in itself/,
    ],
    [
      'a division in none',
      { divisions: set.divisions.map((entry) => ({ ...entry, parent: 'x' })) },
      /x is not there/,
    ],
    [
      'a postcode of nowhere',
      { postcodes: { ...set.postcodes, entries: new Map([['1', ['x']]]) } },
      /postcode 1 names x/,
    ],
  ];

  test.each(broken)('%s', (_name, change, words) => {
    expect(() => buildSnapshot({ ...set, ...change }, 'test')).toThrow(words);
  });
});

describe('the demo', () => {
  test('names no real address, and reaches offices in every way', () => {
    const offices = set.officeholders.map(({ office }) => office);
    const addresses = offices.flatMap(({ emails, contactForm, website }) =>
      [...emails, contactForm ?? [], website ?? []].flat(),
    );
    for (const address of addresses)
      expect(address).toMatch(/^(https:\/\/|[^@/]+@)[a-z.]+\.example(\/[a-z0-9/-]*)?$/);
    expect(offices.some(({ emails }) => emails.length > 0)).toBe(true);
    expect(offices.some(({ contactForm }) => contactForm)).toBe(true);
    expect(offices.some(({ emails, contactForm }) => emails.length === 0 && !contactForm)).toBe(true);
    expect(offices.some(({ requiresAddress }) => requiresAddress)).toBe(true);
  });

  test('has some forty postcodes, a few of them split, and one vacant seat', () => {
    const lists = [...set.postcodes.entries.values()];
    expect(lists.length).toBeGreaterThanOrEqual(40);
    expect(lists.filter((ids) => ids.length > 1)).toHaveLength(7);
    expect(set.seats.length - set.officeholders.length).toBe(1);
  });
});
