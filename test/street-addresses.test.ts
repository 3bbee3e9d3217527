import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AppError } from '../src/errors.js';
import { readZip } from '../src/legislatures/files/zip-archive.js';
import {
  type AddressRange,
  holdsNumber,
  placeInRange,
  SIDE_OFFSET_METRES,
} from '../src/legislatures/geocoding/streets/address-range.js';
import { offlineGeocoder } from '../src/legislatures/geocoding/streets/offline-geocoder.js';
import { openAddressFeatures } from '../src/legislatures/geocoding/streets/read-address-features.js';
import {
  importCounty,
  listCounties,
  removeCounty,
} from '../src/legislatures/geocoding/streets/street-store.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import { MovedClock } from './support/moved-clock.js';
import { zip } from './support/shapefile-writer.js';
import { COUNTY, COUNTY_FILE, fieldsOfBlock, tinyBlocks, tinyCounty } from './support/tiny-county.js';

const METRES_PER_DEGREE = 111_195;
const BLOCKS = tinyBlocks(41.5, -93.5);
const FAR_AWAY = [
  [-93, 41],
  [-92.99, 41],
] as const;

let database: TestDatabase;
const clock = new MovedClock();
const storing = () => ({ db: database.db, clock });

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

async function importBytes(bytes: Buffer, name = 'Tiny County') {
  const file = { name: `${COUNTY_FILE}.zip`, bytes };
  const features = await openAddressFeatures(file);
  const outcome = await importCounty(storing(), { file, features, name, by: 'test' });
  return { ...outcome, unread: features.unread.count };
}

async function find(address: string) {
  const outcome = await offlineGeocoder(storing()).geocode(address, { countries: ['us'] });
  if (outcome.status !== 'found') throw new Error(outcome.status);
  return outcome.matches;
}

/** Metres along a straight line and to the left of it, computed apart from the program. */
function alongAndAside(line: readonly number[], at: { longitude: number; latitude: number }) {
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = line.map((units) => units / 1e7);
  const squeeze = Math.cos((y1 * Math.PI) / 180);
  const [ax, ay] = [(x2 - x1) * squeeze, y2 - y1];
  const [bx, by] = [(at.longitude - x1) * squeeze, at.latitude - y1];
  const length = Math.hypot(ax, ay);
  return {
    length: length * METRES_PER_DEGREE,
    along: ((ax * bx + ay * by) / length) * METRES_PER_DEGREE,
    toLeft: ((ax * by - ay * bx) / length) * METRES_PER_DEGREE,
  };
}

const anyRange = fc
  .record({
    side: fc.constantFrom('left' as const, 'right' as const),
    ends: fc.tuple(fc.integer({ min: 1, max: 9999 }), fc.integer({ min: 1, max: 9999 })),
    start: fc.tuple(fc.integer({ min: -1700, max: 1700 }), fc.integer({ min: -700, max: 700 })),
    leg: fc
      .tuple(fc.integer({ min: -200_000, max: 200_000 }), fc.integer({ min: -200_000, max: 200_000 }))
      .filter(([x, y]) => Math.abs(x) + Math.abs(y) > 5000),
  })
  .map(({ side, ends: [first, last], start: [x, y], leg: [dx, dy] }): AddressRange => {
    const from = [x * 1e6, y * 1e6] as const;
    const line = [from[0], from[1], from[0] + dx, from[1] + dy];
    return { side, prefix: '', first, last, parity: 'both', line };
  });

describe('a house in a range', () => {
  test('stands beside its line, on its side, and never beyond its ends', () => {
    fc.assert(
      fc.property(anyRange, fc.double({ min: 0, max: 1, noNaN: true }), (range, share) => {
        const number = Math.round(range.first + share * (range.last - range.first));
        const { along, toLeft, length } = alongAndAside(range.line, placeInRange(range, number));
        expect(toLeft).toBeCloseTo(range.side === 'left' ? SIDE_OFFSET_METRES : -SIDE_OFFSET_METRES, 1);
        expect(along).toBeGreaterThan(0);
        expect(along).toBeLessThan(length);
      }),
    );
  });

  test('of a higher number stands farther towards the end with the higher numbers', () => {
    fc.assert(
      fc.property(anyRange, fc.integer({ min: 0, max: 9998 }), (range, step) => {
        const low = Math.min(range.first, range.last);
        const number = low + (step % Math.max(1, Math.abs(range.last - range.first)));
        const { along } = alongAndAside(range.line, placeInRange(range, number));
        const next = alongAndAside(range.line, placeInRange(range, number + 1)).along;
        if (range.first < range.last) expect(next).toBeGreaterThan(along);
        if (range.first > range.last) expect(next).toBeLessThan(along);
      }),
    );
  });

  test('on a bent line stands on the leg that its number falls on', () => {
    const corner = { longitude: -93.49, latitude: 41.5 };
    const line = [-93.5, 41.5, corner.longitude, corner.latitude, -93.49, 41.51].map(
      (degrees) => degrees * 1e7,
    );
    const range: AddressRange = { side: 'right', prefix: '', first: 1, last: 99, parity: 'odd', line };
    const early = placeInRange(range, 3);
    expect(early.latitude).toBeLessThan(41.5);
    expect(early.latitude).toBeGreaterThan(41.4998);
    const late = placeInRange(range, 97);
    expect(late.longitude).toBeGreaterThan(-93.49);
    expect(late.latitude).toBeGreaterThan(41.509);
  });

  test('is one of its parity', () => {
    const range: AddressRange = {
      side: 'left',
      prefix: 'N',
      first: 99,
      last: 1,
      parity: 'odd',
      line: [0, 0, 1, 1],
    };
    expect(holdsNumber(range, { prefix: 'N', number: 57 })).toBe(true);
    expect(holdsNumber(range, { prefix: 'N', number: 58 })).toBe(false);
    expect(holdsNumber(range, { prefix: '', number: 57 })).toBe(false);
    expect(holdsNumber(range, { prefix: 'N', number: 101 })).toBe(false);
  });
});

describe('a county', () => {
  beforeAll(async () => {
    const more = [
      { fields: { ...block({ name: 'Quince Blvd' }), LFROMHN: '41-01', LTOHN: '41-99' }, line: FAR_AWAY },
      {
        fields: { ...block({ name: 'Rowan Rd' }), LFROMHN: 'N1', LTOHN: 'S99', RFROMHN: '' },
        line: FAR_AWAY,
      },
      { fields: { ...block({ name: '' }) }, line: FAR_AWAY },
      { fields: { ...block({ name: 'Sorrel Rd NE' }) }, line: FAR_AWAY },
      { fields: { ...block({ name: 'Sorrel Rd SE' }) }, line: FAR_AWAY },
    ];
    const outcome = await importBytes(tinyCounty(BLOCKS, more));
    expect(outcome).toEqual({ changed: true, ranges: BLOCKS.length * 2 + 6, unread: 1 });
  });

  test('every house of the grid is found on its block and its side', async () => {
    const line = ({ line: [a, b] }: (typeof BLOCKS)[number]) =>
      [...(a ?? []), ...(b ?? [])].map((degrees) => degrees * 1e7);
    for (const tiny of BLOCKS) {
      for (const number of [tiny.left[0], tiny.right[0] + 44, tiny.left[1]]) {
        const [match, ...others] = await find(`${number} ${tiny.name}, Anytown ${tiny.zip}`);
        expect(others).toEqual([]);
        expect(match).toMatchObject({ sure: true, precision: 'street', postcode: tiny.zip });
        if (match === undefined) continue;
        const { along, toLeft, length } = alongAndAside(line(tiny), match);
        expect(Math.sign(toLeft)).toBe(number % 2 === 1 ? 1 : -1);
        expect(Math.abs(toLeft)).toBeCloseTo(SIDE_OFFSET_METRES, 1);
        const [from, to] = number % 2 === 1 ? tiny.left : tiny.right;
        expect(along / length).toBeCloseTo((number - from) / (to - from), 1);
      }
    }
  });

  test.each([
    ['231 north alder street anytown 01001', '231 N Alder St, 01001', true],
    ['231 N Alder St Apt 5, Anytown, ZZ 01001-1234', '231 N Alder St, 01001', true],
    ['231½ N. Alder St., 01001', '231½ N Alder St, 01001', true],
    ['231 Alder, Anytown 01001', undefined, false],
    ['231 Alder Street 01001', undefined, false],
    ['231 Birch Blvd 01001', undefined, false],
    ['41-03 Quince Blvd, 01001', '41-03 Quince Blvd, 01001', true],
    ['4103 Quince Boulevard 01001', '4103 Quince Blvd, 01001', false],
    ['231 N Alder St Extension, 01001', '231 N Alder St, 01001', false],
  ])('%j', async (typed, label, sure) => {
    const matches = await find(typed);
    expect(matches.length).toBeGreaterThan(0);
    expect(matches.every((match) => match.sure === sure)).toBe(true);
    if (label !== undefined) expect(matches.map((match) => match.label)).toEqual([label]);
  });

  test('a street whose direction is left out is one of two', async () => {
    const matches = await find('150 Sorrel Rd, 01001');
    expect(matches.map(({ label, sure }) => [label, sure])).toEqual([
      ['150 Sorrel Rd NE, 01001', false],
      ['150 Sorrel Rd SE, 01001', false],
    ]);
  });

  test.each([
    '231 N Alder St',
    '231 N Alder St 01003',
    '9231 N Alder St 01001',
    '231 Poplar St 01001',
    'N Alder St 01001',
    '',
  ])('%j is not there', async (typed) => {
    expect(await find(typed)).toEqual([]);
  });

  test('the same file again changes nothing, another takes its place whole', async () => {
    const few = tinyCounty(BLOCKS.slice(0, 4));
    expect((await importBytes(few)).changed).toBe(true);
    expect((await importBytes(few, 'Little County')).changed).toBe(false);
    const [county, ...others] = await listCounties(database);
    expect(others).toEqual([]);
    expect(county).toMatchObject({ county: COUNTY, name: 'Little County', edition: '2025', ranges: 8 });
    expect(await find('150 Sorrel Rd, 01001')).toEqual([]);
    expect(await removeCounty(database, COUNTY)).toBe(true);
    expect(await find('101 Alder Ave 01001')).toEqual([]);
  });
});

describe('a file that is no such file', () => {
  const bytes = tinyCounty(BLOCKS);
  test.each([
    ['another name', tinyCounty(BLOCKS, [], 'streets'), /not named tl_YEAR_COUNTY_addrfeat/],
    ['no archive', Buffer.from('hello'), /no ZIP archive/],
    ['a cut archive', bytes.subarray(0, bytes.length / 2), /no ZIP archive/],
    ['no table', zip({ [`${COUNTY_FILE}.shp`]: Buffer.alloc(200) }), /no \.dbf/],
    [
      'an empty table',
      zip({ [`${COUNTY_FILE}.shp`]: Buffer.alloc(200), [`${COUNTY_FILE}.dbf`]: Buffer.alloc(0) }),
      /damaged/,
    ],
    [
      'garbage',
      zip({ [`${COUNTY_FILE}.shp`]: Buffer.alloc(200, 7), [`${COUNTY_FILE}.dbf`]: Buffer.alloc(99, 7) }),
      /damaged/,
    ],
  ])('%s is refused, and nothing changes', async (_what, file, words) => {
    await importBytes(tinyCounty(BLOCKS.slice(0, 1)));
    await expect(importBytes(file)).rejects.toThrow(words);
    expect((await listCounties(database))[0]?.ranges).toBe(2);
  });

  test('whatever was damaged in it, it is read or refused, soon', async () => {
    const members = await readZip(
      { name: 'a.zip', bytes: tinyCounty(BLOCKS.slice(0, 6)) },
      { wanted: /./, mostBytes: 1e6 },
    );
    const damage = fc.record({
      member: fc.constantFrom('.shp', '.dbf'),
      at: fc.nat(),
      byte: fc.integer({ min: 0, max: 255 }),
      cut: fc.option(fc.nat(), { nil: undefined }),
    });
    const read = async (
      damages: readonly { member: string; at: number; byte: number; cut?: number | undefined }[],
    ) => {
      const files = Object.fromEntries([...members].map(([name, content]) => [name, Buffer.from(content)]));
      for (const { member, at, byte, cut } of damages) {
        const name = `${COUNTY_FILE}${member}`;
        const content = files[name] ?? Buffer.alloc(0);
        content[at % content.length] = byte;
        files[name] = cut === undefined ? content : content.subarray(0, 1 + (cut % content.length));
      }
      const features = await openAddressFeatures({ name: 'a.zip', bytes: zip(files) });
      for await (const sides of features.sides()) expect(sides.length).toBeLessThanOrEqual(2);
    };
    await fc.assert(
      fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 4 }), async (damages) => {
        const before = performance.now();
        await read(damages).catch((error: unknown) => {
          expect(error).toBeInstanceOf(AppError);
        });
        expect(performance.now() - before).toBeLessThan(2000);
      }),
      { numRuns: 300 },
    );
  });

  test('missing columns are named', async () => {
    const [first] = BLOCKS;
    if (first === undefined) throw new Error('no block');
    const { ZIPL: _l, PARITYR: _r, ...fields } = fieldsOfBlock(first);
    await expect(importBytes(tinyCounty([], [{ fields, line: first.line }]))).rejects.toThrow(
      /PARITYR, ZIPL/,
    );
  });
});

function block(changes: { readonly name: string }): Record<string, string> {
  const [first] = BLOCKS;
  if (first === undefined) throw new Error('no block');
  return fieldsOfBlock({ ...first, ...changes });
}
