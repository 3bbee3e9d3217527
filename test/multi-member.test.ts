import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { buildSnapshot, demoSet, listDivisions, represent } from '../src/legislatures/index.js';
import type { LegislatureSet } from '../src/legislatures/model.js';
import { firstDayOf, lastDayOf, mayHold, readPartialDate } from '../src/legislatures/partial-date.js';
import { makeBoundary } from '../src/legislatures/places/boundary.js';
import { packSet, unpackSet } from '../src/legislatures/set-content.js';
import { countSet } from '../src/legislatures/set-counts.js';

const NOW = new Date('2026-11-24T12:00:00Z');
const COUNTRY = 'ocd-division/country:zz';
const office = { emails: [] };
const person = (id: string, seat: string, more: object = {}) => ({
  id,
  name: id,
  givenName: '',
  familyName: '',
  title: '',
  party: '',
  seat,
  office,
  ...more,
});
const square = (west: number, south: number, size = 1) =>
  makeBoundary([
    [
      [
        [west, south],
        [west, south + size],
        [west + size, south + size],
        [west + size, south],
        [west, south],
      ],
    ],
  ]);

/** Two chambers whose districts overlap: halves from west to east, and halves from south to north. */
const layered: LegislatureSet = {
  id: 'layered',
  name: 'Layered',
  country: 'zz',
  edition: '1',
  sources: [],
  chambers: [
    { id: 'lower', name: 'Lower', role: 'lower' },
    { id: 'upper', name: 'Upper', role: 'upper' },
  ],
  divisions: [
    { id: COUNTRY, name: 'Country' },
    { id: `${COUNTRY}/l:west`, name: 'West', parent: COUNTRY, boundary: square(0, 0, 2).map((p) => p) },
    { id: `${COUNTRY}/l:east`, name: 'East', parent: COUNTRY, boundary: square(2, 0, 2) },
    {
      id: `${COUNTRY}/u:all`,
      name: 'All',
      parent: COUNTRY,
      boundary: [...square(0, 0, 2), ...square(2, 0, 2)],
    },
  ],
  seats: [
    { id: 'west', chamber: 'lower', division: `${COUNTRY}/l:west`, places: 3 },
    { id: 'east', chamber: 'lower', division: `${COUNTRY}/l:east` },
    { id: 'all', chamber: 'upper', division: `${COUNTRY}/u:all` },
  ],
  officeholders: [
    person('a', 'west'),
    person('b', 'west', { termEnds: '2025' }),
    person('c', 'east'),
    person('d', 'all'),
  ],
  committees: [],
  postcodes: {
    pattern: '(\\d{4})',
    example: '1000',
    entries: new Map([
      ['1000', [`${COUNTRY}/l:west`, `${COUNTRY}/u:all`]],
      ['2000', [`${COUNTRY}/l:west`, `${COUNTRY}/l:east`, `${COUNTRY}/u:all`]],
    ]),
  },
};
const snapshot = buildSnapshot(layered, 'test');
const ask = (place: Parameters<typeof represent>[1]) => represent(snapshot, place, { now: NOW });
const ids = (people: readonly { readonly id: string }[]) => people.map(({ id }) => id);

describe('a division with several members', () => {
  test('has all of them, and its empty places', () => {
    const answer = ask({ divisions: [`${COUNTRY}/l:west`] });
    expect(ids(answer.officeholders)).toEqual(['a', 'b']);
    expect(answer.vacant).toEqual([{ chamber: 'lower', division: `${COUNTRY}/l:west` }]);
    expect(answer.warnings).toEqual(['seat_vacant', 'term_ended']);
    expect(answer.officeholders[1]).toMatchObject({ termEnds: '2025', termEnded: true });
    expect(countSet(layered)).toMatchObject({ seats: 5, officeholders: 4, vacant: 1, districts: 3 });
  });

  test('takes no more than it has places for', () => {
    const crowded = { ...layered, officeholders: [person('c', 'east'), person('e', 'east')] };
    expect(() => buildSnapshot(crowded, 'v')).toThrow(/c and e have the same seat, east/);
  });
});

describe('chambers with districts of their own', () => {
  test('a place lies in one of each', () => {
    const answer = ask({ at: { latitude: 1, longitude: 1 } });
    expect(answer).toMatchObject({ status: 'found', uncertain: false });
    expect(ids(answer.officeholders)).toEqual(['a', 'b', 'd']);
  });

  test('near the border of one chamber, the other is certain, and each choice leads to both', () => {
    const answer = ask({ at: { latitude: 1, longitude: 2.0005 } });
    expect(answer).toMatchObject({ status: 'choose', uncertain: true });
    expect(ids(answer.officeholders)).toEqual(['d']);
    expect(answer.candidates.map(({ name }) => name).sort()).toEqual(['East · All', 'West · All']);
    for (const candidate of answer.candidates) {
      const chosen = ask({ divisions: [candidate.division] });
      expect(ids(chosen.officeholders)).toEqual([...ids(candidate.officeholders), 'd']);
    }
  });

  test('a postcode names districts of both', () => {
    expect(ids(ask({ postcode: '1000' }).officeholders)).toEqual(['a', 'b', 'd']);
    const split = ask({ postcode: '2000' });
    expect([split.status, ids(split.officeholders), split.candidates.length]).toEqual(['choose', ['d'], 2]);
  });

  test('a list of districts is grouped by chamber', () => {
    expect(listDivisions(snapshot, 'en').map(({ within, name }) => `${within} ${name}`)).toEqual([
      'Lower East',
      'Lower West',
      'Upper All',
    ]);
  });
});

describe('a whole country', () => {
  test('is the one residence of a legislature without districts', () => {
    const whole: LegislatureSet = {
      ...layered,
      divisions: [{ id: COUNTRY, name: 'Country' }],
      seats: [{ id: 'whole', chamber: 'lower', division: COUNTRY, places: 2 }],
      officeholders: [person('a', 'whole'), person('b', 'whole')],
      postcodes: { ...layered.postcodes, entries: new Map() },
    };
    const built = buildSnapshot(whole, 'v');
    expect(built.everywhere?.seats).toHaveLength(2);
    expect(ids(represent(built, { divisions: [COUNTRY] }, { now: NOW }).officeholders)).toEqual(['a', 'b']);
    expect(countSet(whole).districts).toBe(0);
    expect(snapshot.everywhere).toBeUndefined();
  });
});

describe('a date', () => {
  test.each([
    ['2016', '2016-01-01', '2016-12-31'],
    ['2016-02', '2016-02-01', '2016-02-29'],
    ['2015-02', '2015-02-01', '2015-02-28'],
    ['2016-12', '2016-12-01', '2016-12-31'],
    ['2016-02-29', '2016-02-29', '2016-02-29'],
  ])('%s means from %s to %s', (date, first, last) => {
    expect([readPartialDate(date), firstDayOf(date), lastDayOf(date)]).toEqual([date, first, last]);
    expect(mayHold({ start: date, ends: date }, first) && mayHold({ start: date, ends: date }, last)).toBe(
      true,
    );
  });

  test.each(['2016-02-30', '2015-02-29', '2016-13', '2016-00', '16', '', 2016, null, '2016-1', '٢٠١٦'])(
    '%s is none',
    (date) => expect(readPartialDate(date)).toBeUndefined(),
  );

  test('outside of its span does not hold', () => {
    expect(mayHold({ start: '2016-03' }, '2016-02-29')).toBe(false);
    expect(mayHold({ ends: '2016' }, '2017-01-01')).toBe(false);
    expect(mayHold({}, '2017-01-01')).toBe(true);
  });
});

describe('a stored set', () => {
  test('keeps everything that a set can say', () => {
    const rich: LegislatureSet = {
      ...layered,
      sources: [
        { title: 's', part: 'postcodes', licence: '', address: '', date: '2016-03', retrieved: '2026-01-01' },
      ],
      chambers: layered.chambers.map((chamber) => ({ ...chamber, size: 9 })),
      officeholders: [
        person('a', 'west', {
          sortName: 'A',
          party: 'x / y',
          parties: ['x', 'y'],
          termStart: '2011-03',
          earlierTerms: [{ chamber: 'lower', division: 'old', start: '2007', ends: '2011' }],
          identifiers: [{ scheme: 'wikidata', identifier: 'Q1' }],
          accounts: [{ service: 'mastodon', name: '@a@b.example' }],
          office: {
            emails: ['a@b.example'],
            code: 'HZZ01',
            locations: [{ kind: 'capitol', address: 'x', phone: '1', fax: '2' }],
            form: {
              fields: [{ asks: 'topic', required: true, longest: 9, choices: ['x'] }],
              topics: ['x'],
              longestMessage: 9,
              captcha: true,
            },
          },
        }),
      ],
      committees: [
        {
          id: 'c',
          name: 'C',
          website: 'https://c.example/',
          members: [{ officeholder: 'a', title: 'Chair', side: 'majority' }],
        },
        { id: 'c1', name: 'C1', chamber: 'lower', parent: 'c', phone: '1', address: 'x', members: [] },
      ],
    };
    expect(unpackSet(packSet(rich))).toEqual(rich);
    expect(() => buildSnapshot(rich, 'v')).not.toThrow();
  });

  test('of the first format is still read', () => {
    const set = demoSet();
    expect(unpackSet(asFirstFormat(packSet(set).compressed))).toEqual(set);
  });
});

/** The same content as the program wrote it before there were committees. */
function asFirstFormat(compressed: Buffer) {
  const content = gunzipSync(compressed);
  const length = content.readUInt32LE();
  const { committees: _, ...stored } = JSON.parse(content.toString('utf8', 4, 4 + length));
  const json = Buffer.from(JSON.stringify({ ...stored, format: 1 }));
  const padded = Buffer.alloc(Math.ceil(json.length / 4) * 4, ' ');
  json.copy(padded);
  const head = Buffer.alloc(4);
  head.writeUInt32LE(json.length);
  const old = Buffer.concat([head, padded, content.subarray(4 + Math.ceil(length / 4) * 4)]);
  return { compressed: gzipSync(old), sha256: createHash('sha256').update(old).digest() };
}
