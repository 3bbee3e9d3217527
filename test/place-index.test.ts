import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { readSourceFile } from '../src/legislatures/files/source-file.js';
import { demoSet } from '../src/legislatures/index.js';
import type { Boundary } from '../src/legislatures/model.js';
import { makeBoundary, toUnits, UNITS_PER_DEGREE } from '../src/legislatures/places/boundary.js';
import { BORDER_METRES, PlaceIndex, SHORE_METRES } from '../src/legislatures/places/place-index.js';
import { runAtOnce } from '../src/legislatures/steps.js';
import { readDistrictMap } from '../src/legislatures/us-congress/house-districts.js';
import { bareLookup } from './support/bare-lookup.js';
import { publicData, WITHOUT_PUBLIC_DATA } from './support/public-data.js';

const SMALL = 3000;
const LARGE = 100_000;
const MANY = process.env.REDRESS_TRIAL === '1' ? LARGE : SMALL;
/** Closer than this to a limit, rounding may tip the scale. */
const ROUNDING_METRES = 0.1;
const MOST_BYTES = 10_000_000;

const indexOf = (boundaries: readonly (Boundary | undefined)[]): PlaceIndex =>
  runAtOnce(PlaceIndex.build(boundaries));

type Random = () => number;

/** Deterministic: a failure can be seen again (mulberry32). */
function random(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Half of the points anywhere, half near a corner of a border, where mistakes hide. */
function choosePoint(boundaries: readonly Boundary[], next: Random): readonly [x: number, y: number] {
  const boundary = boundaries[Math.floor(next() * boundaries.length)] ?? [];
  const ring = boundary[Math.floor(next() * boundary.length)]?.[0] ?? new Int32Array(2);
  const corner = Math.floor((next() * ring.length) / 2) * 2;
  const spread = next() < 0.5 ? toUnits(0.5) : toUnits(0.02);
  return [
    Math.round((ring[corner] ?? 0) + (next() - 0.5) * spread),
    Math.round((ring[corner + 1] ?? 0) + (next() - 0.5) * spread),
  ];
}

function compare(
  boundaries: readonly Boundary[],
  points: number,
  within = BORDER_METRES,
): { certain: number; uncertain: number; shore: number } {
  const index = indexOf(boundaries);
  const lookUp = bareLookup(boundaries);
  const next = random(7);
  const seen = { certain: 0, uncertain: 0, shore: 0 };
  for (let point = 0; point < points; point += 1) {
    const at = choosePoint(boundaries, next);
    const shore = Math.max(SHORE_METRES, within);
    const { inside, distances } = lookUp(at, shore + within);
    const place = { longitude: at[0] / UNITS_PER_DEGREE, latitude: at[1] / UNITS_PER_DEGREE };
    const found = index.locate(place, within);
    const label = `${at.join()}: ${JSON.stringify({ found, inside, distances: [...distances] })}`;
    const nearest = Math.min(...distances.values());
    const reach = inside.length > 0 ? within : Math.min(nearest + within, shore);
    const counts = (limit: number) =>
      [...distances].filter(([, metres]) => metres <= limit).map(([owner]) => owner);
    const expected = (room: number) =>
      new Set([...inside, ...(nearest <= shore + room ? counts(reach + room) : [])]);
    for (const owner of found.divisions) expect(expected(ROUNDING_METRES), label).toContain(owner);
    for (const owner of expected(-ROUNDING_METRES)) expect(found.divisions, label).toContain(owner);
    if (inside.length === 1) expect(found.divisions[0], label).toBe(inside[0]);
    if (inside.length > 0) expect(found.offShore, label).toBe(false);
    if (found.offShore) seen.shore += 1;
    if (found.divisions.length === 1) seen.certain += 1;
    if (found.divisions.length > 1) seen.uncertain += 1;
  }
  return seen;
}

describe('the look-up by place answers as a look at every edge does', () => {
  test.each([1000, 5000])('in a circle of %d m on the demo’s map', (within) => {
    const boundaries = demoSet().divisions.flatMap(({ boundary }) => (boundary ? [boundary] : []));
    const seen = compare(boundaries, SMALL / 4, within);
    expect(Math.min(seen.certain, seen.uncertain, seen.shore)).toBeGreaterThan(10);
  });

  test(`on the demo’s map, ${MANY} points`, () => {
    const boundaries = demoSet().divisions.flatMap(({ boundary }) => (boundary ? [boundary] : []));
    const seen = compare(boundaries, MANY);
    expect(Math.min(seen.certain, seen.uncertain, seen.shore)).toBeGreaterThan(MANY / 100);
  });

  describe.skipIf(publicData === undefined)(
    publicData === undefined ? WITHOUT_PUBLIC_DATA : 'on real lines',
    () => {
      let boundaries: readonly Boundary[];
      beforeAll(async () => {
        const file = await readSourceFile(`${publicData}/districts/us-cd119-500k.topojson`, MOST_BYTES);
        const { districts } = await readDistrictMap(file);
        boundaries = districts.flatMap(({ division: { boundary } }) => (boundary ? [boundary] : []));
      });

      test(`of the 119th Congress, ${MANY} points`, { timeout: 600_000 }, () => {
        const seen = compare(boundaries, MANY);
        expect(Math.min(seen.certain, seen.uncertain, seen.shore)).toBeGreaterThan(MANY / 100);
      });
    },
  );
});

describe('borders', () => {
  const square = (west: number, south: number, size: number): Boundary =>
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
  const pair = indexOf([square(10, 50, 1), square(11, 50, 1)]);

  test('149 m from a border is uncertain, 151 m is not, and longitude shrinks with the latitude', () => {
    const metre = 1 / (111_195.08 * Math.cos((50.5 * Math.PI) / 180));
    expect(pair.locate({ latitude: 50.5, longitude: 11 - 149 * metre }).divisions).toEqual([0, 1]);
    expect(pair.locate({ latitude: 50.5, longitude: 11 + 149 * metre }).divisions).toEqual([1, 0]);
    expect(pair.locate({ latitude: 50.5, longitude: 11 - 151 * metre }).divisions).toEqual([0]);
  });

  test('a point on the very border belongs to both', () => {
    expect([...pair.locate({ latitude: 50.25, longitude: 11 }).divisions].sort()).toEqual([0, 1]);
  });

  test('off the shore: the nearest within a kilometre, both where both are as near, nothing beyond', () => {
    const metre = 1 / 111_195.08;
    expect(pair.locate({ latitude: 51 + 990 * metre, longitude: 10.5 })).toEqual({
      divisions: [0],
      offShore: true,
    });
    expect(pair.locate({ latitude: 51 + 500 * metre, longitude: 11 }).divisions).toHaveLength(2);
    expect(pair.locate({ latitude: 51 + 1010 * metre, longitude: 10.5 })).toEqual({
      divisions: [],
      offShore: false,
    });
  });

  test('a hole belongs to whoever fills it', () => {
    const [outer] = square(20, 0, 1);
    const [hole] = square(20.4, 0.4, 0.2);
    const index = indexOf([[[...(outer ?? []), ...(hole ?? [])]], square(20.4, 0.4, 0.2)]);
    expect(index.locate({ latitude: 0.5, longitude: 20.5 }).divisions).toEqual([1]);
    expect(index.locate({ latitude: 0.2, longitude: 20.2 }).divisions).toEqual([0]);
  });

  test('any number is taken, at the poles, at the date line, and none at all', () => {
    const globe = indexOf([square(-180, -90, 1), square(179, 89, 1)]);
    const number = fc.double();
    fc.assert(
      fc.property(number, number, (latitude, longitude) => {
        const { divisions } = globe.locate({ latitude, longitude });
        expect(divisions.length).toBeLessThanOrEqual(2);
      }),
    );
    expect(globe.locate({ latitude: 89.5, longitude: 179.99999 }).divisions).toEqual([1]);
    expect(globe.locate({ latitude: -89.5, longitude: -180 }).divisions).toEqual([0]);
    expect(indexOf([]).locate({ latitude: 0, longitude: 0 }).divisions).toEqual([]);
  });

  test('asking twice gives the same, whichever place of a part was asked first', () => {
    const boundaries = demoSet().divisions.map(({ boundary }) => boundary);
    const known = boundaries.flatMap((boundary) => (boundary ? [boundary] : []));
    const next = random(11);
    const points = Array.from({ length: 300 }, () => choosePoint(known, next));
    const places = points.map(([x, y]) => ({
      longitude: x / UNITS_PER_DEGREE,
      latitude: y / UNITS_PER_DEGREE,
    }));
    const forwards = indexOf(boundaries);
    const backwards = indexOf(boundaries);
    const late = new Map([...places].reverse().map((place) => [place, backwards.locate(place)]));
    for (const place of places) expect(forwards.locate(place)).toEqual(late.get(place));
  });
});
