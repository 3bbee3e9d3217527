import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  buildSnapshot,
  demoSet,
  drawOverview,
  drawSurroundings,
  type LegislatureSet,
} from '../src/legislatures/index.js';
import { boxOfBoundaries, frameAround } from '../src/legislatures/map/map-frame.js';
import { outlineOf } from '../src/legislatures/map/outline.js';
import { simplifyLines } from '../src/legislatures/map/simplify-lines.js';
import { makeBoundary } from '../src/legislatures/places/boundary.js';
import { readUsCongress } from '../src/legislatures/us-congress/read-us-congress.js';
import { publicData, WITHOUT_PUBLIC_DATA } from './support/public-data.js';

const PICTURE_BYTES = 25_000;
const MOST_AREAS = 60;

/** Squares of one degree in rows, `columns` to a region, and one far away. */
function chequered(count: number, columns = 8): LegislatureSet {
  const square = (x: number, y: number) =>
    makeBoundary([
      [
        [
          [x, y],
          [x, y + 1],
          [x + 1, y + 1],
          [x + 1, y],
          [x, y],
        ],
      ],
    ]);
  const regions = Array.from({ length: Math.ceil(count / columns) }, (_, row) => ({
    id: `region-${row}`,
    name: `R ${row}`,
  }));
  const divisions = Array.from({ length: count }, (_, index) => ({
    id: `d-${index}`,
    name: `D ${index}`,
    parent: `region-${Math.floor(index / columns)}`,
    boundary: square(index % columns, Math.floor(index / columns)),
  }));
  const island = { id: 'far', name: 'Far', boundary: square(60, 40) };
  const seated = [...divisions, island];
  return {
    ...demoSet(),
    divisions: [...regions, ...seated],
    seats: seated.map(({ id }) => ({ id, chamber: 'house', division: id })),
    officeholders: [],
    postcodes: { pattern: '(x)', example: 'x', entries: new Map() },
  };
}

/** The corners of a path, as it is drawn. */
function cornersOf(path: string): string[] {
  return path
    .split('z')
    .filter(Boolean)
    .flatMap((ring) => {
      const [start = '', rest = ''] = ring.slice(1).split('l');
      const numbers = (text: string) => (text.match(/-?\d+/g) ?? []).map(Number);
      let [x = 0, y = 0] = numbers(start);
      const steps = numbers(rest);
      const corners = [`${x} ${y}`];
      for (let at = 0; at < steps.length; at += 2) {
        x += steps[at] ?? 0;
        y += steps[at + 1] ?? 0;
        corners.push(`${x} ${y}`);
      }
      return corners;
    });
}

describe('an overview', () => {
  test('shows each district, and none that it does not have', () => {
    const snapshot = buildSnapshot(demoSet(), 'test');
    const picture = drawOverview(snapshot, {});
    const drawn = snapshot.set.divisions.filter(({ boundary }) => boundary).map(({ id }) => id);
    expect(picture?.areas.map(({ id }) => id).toSorted()).toEqual(drawn.toSorted());
    expect(picture?.elsewhere).toEqual([]);
  });

  test('neighbours share the corners of their border', () => {
    const picture = drawOverview(buildSnapshot(chequered(16), 'test'), {});
    const corners = (id: string) => cornersOf(picture?.areas.find((area) => area.id === id)?.path ?? '');
    expect(corners('d-0').filter((corner) => corners('d-1').includes(corner))).toHaveLength(2);
    expect(corners('d-0').filter((corner) => corners('d-9').includes(corner))).toHaveLength(1);
  });

  test('of many districts shows the larger ones that they lie in, each with an overview of its own', () => {
    const snapshot = buildSnapshot(chequered(MOST_AREAS + 4), 'test');
    const whole = drawOverview(snapshot, {});
    expect(whole?.areas.map(({ id, group }) => [id, group])).toEqual(
      Array.from({ length: 8 }, (_, row) => [`region-${row}`, true]),
    );
    // The border between two squares of one region is gone.
    expect(cornersOf(whole?.areas[0]?.path ?? '')).toHaveLength(4 + 2 * 7);
    const part = drawOverview(snapshot, { within: 'region-2' });
    expect(part?.areas.map(({ id }) => id)).toEqual(
      Array.from({ length: 8 }, (_, index) => `d-${16 + index}`),
    );
  });

  test('leaves out what lies far away, and says so', () => {
    expect(drawOverview(buildSnapshot(chequered(16), 'test'), {})?.elsewhere).toEqual(['far']);
  });

  test('is drawn once for each version', () => {
    const snapshot = buildSnapshot(demoSet(), 'test');
    expect(drawOverview(snapshot, {})).toBe(drawOverview(snapshot, {}));
  });

  test('there is none without lines', () => {
    const set = demoSet();
    const plain = { ...set, divisions: set.divisions.map(({ boundary: _, ...division }) => division) };
    expect(drawOverview(buildSnapshot(plain, 'test'), {})).toBeUndefined();
    expect(drawSurroundings(buildSnapshot(plain, 'test'), set.divisions[5]?.id ?? '')).toBeUndefined();
  });
});

describe('surroundings', () => {
  test('mark the division, or what lies in it', () => {
    const snapshot = buildSnapshot(demoSet(), 'test');
    const current = (id: string) =>
      drawSurroundings(snapshot, id)
        ?.areas.filter((area) => area.current)
        .map((area) => area.id);
    const district = 'ocd-division/country:zz/province:ostrelside/district:ostrel';
    expect(current(district)).toEqual([district]);
    expect(current('ocd-division/country:zz/province:ostrelside')).toHaveLength(3);
  });
});

describe('a frame', () => {
  const box = (west: number, east: number) =>
    makeBoundary([
      [
        [
          [west, 10],
          [west, 12],
          [east, 12],
          [east, 10],
          [west, 10],
        ],
      ],
    ]);

  test('goes the short way round where land lies on both sides of the 180th meridian', () => {
    expect(boxOfBoundaries([box(177, 180), box(-180, -178)])).toMatchObject({ west: 177, east: 182 });
    expect(boxOfBoundaries([box(-10, 10), box(40, 42)])).toMatchObject({ west: -10, east: 42 });
  });

  test('holds its box, whatever it is', () => {
    const degrees = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.tuple(degrees, degrees, degrees, degrees), ([a, b, c, d]) => {
        const [west, south] = [a * 360 - 180, b * 170 - 85];
        const [east, north] = [west + c * (180 - west), south + d * (85 - south)];
        const frame = frameAround({ west, south, east, north });
        expect(frame.west).toBeLessThanOrEqual(west);
        expect(frame.west + frame.across * frame.width).toBeGreaterThanOrEqual(east - frame.across);
        expect(frame.north).toBeGreaterThanOrEqual(north);
        expect(frame.north - frame.down * frame.height).toBeLessThanOrEqual(south + frame.down);
        expect(Math.max(frame.width, frame.height)).toBe(1000);
      }),
    );
  });
});

describe('lines', () => {
  test('keep their ends and their order, and only lose points', () => {
    const point = fc.tuple(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 0, max: 1000 }));
    fc.assert(
      fc.property(fc.array(fc.array(point, { minLength: 2, maxLength: 30 }), { maxLength: 8 }), (lines) => {
        const thinned = simplifyLines(lines, 20, () => 1);
        expect(thinned).toHaveLength(lines.length);
        for (const [index, line] of thinned.entries()) {
          const whole = lines[index] ?? [];
          expect([line[0], line.at(-1)]).toEqual([whole[0], whole.at(-1)]);
          expect(whole.filter((one) => line.includes(one))).toEqual(line);
        }
      }),
    );
  });

  test('of a ring that touches itself close into rings all the same', () => {
    const arcs = [
      [
        [0, 0],
        [1, 1],
        [2, 0],
        [0, 0],
      ],
      [
        [0, 0],
        [-1, 1],
        [-2, 0],
        [0, 0],
      ],
      [
        [0, 0],
        [0, 5],
      ],
    ];
    // The third is a spike: it is walked there and back.
    expect(outlineOf([0, 2, ~2, 1], arcs)).toHaveLength(2);
  });
});

describe.skipIf(publicData === undefined)(
  `of the United States (${publicData ? '' : WITHOUT_PUBLIC_DATA})`,
  () => {
    test('every district is in a picture, and no picture is too heavy', async () => {
      const { set } = await readUsCongress(publicData ?? '');
      const snapshot = buildSnapshot(set, 'test');
      const whole = drawOverview(snapshot, {});
      const groups = [...(whole?.areas.map(({ id }) => id) ?? []), ...(whole?.elsewhere ?? [])];
      const pictures = [whole, ...groups.map((within) => drawOverview(snapshot, { within }))];
      const shown = new Set(pictures.flatMap((picture) => picture?.areas.map(({ id }) => id) ?? []));
      const far = new Set(pictures.slice(1).flatMap((picture) => picture?.elsewhere ?? []));
      const drawn = set.divisions.filter(({ boundary }) => boundary !== undefined).map(({ id }) => id);
      expect(drawn.filter((id) => !shown.has(id) && !far.has(id))).toEqual([]);
      const bytes = pictures.map(
        (picture) => gzipSync(picture?.areas.map(({ path }) => path).join('') ?? '').length,
      );
      console.log('heaviest map of the United States in bytes:', Math.max(...bytes), 'of', bytes.length);
      expect(Math.max(...bytes)).toBeLessThan(PICTURE_BYTES);
    }, 30_000);
  },
);
