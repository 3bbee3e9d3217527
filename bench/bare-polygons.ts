import Flatbush from 'flatbush';
import pointInPolygon from 'point-in-polygon-hao';
import type { Coordinates, LegislatureSet } from '../src/legislatures/index.js';
import { UNITS_PER_DEGREE } from '../src/legislatures/places/boundary.js';

const SEED = 20_261_103;

/** A polygon's rings in degrees, as the library takes them. */
type Rings = number[][][];
type Box = readonly [minX: number, minY: number, maxX: number, maxY: number];

/** The polygons of a set, and nothing else of it: flatbush and point-in-polygon-hao alone. */
export class BarePolygons {
  readonly #polygons: readonly { readonly division: number; readonly rings: Rings; readonly box: Box }[];
  readonly #index: Flatbush;

  constructor({ divisions }: LegislatureSet) {
    this.#polygons = divisions.flatMap(({ boundary = [] }, division) =>
      boundary.map((polygon) => {
        const rings = polygon.map(toPoints);
        return { division, rings, box: boxOf(rings[0] ?? []) };
      }),
    );
    this.#index = new Flatbush(this.#polygons.length);
    for (const { box } of this.#polygons) this.#index.add(...box);
    this.#index.finish();
  }

  get size(): number {
    return this.#polygons.length;
  }

  find({ longitude, latitude }: Coordinates): number | undefined {
    for (const position of this.#index.search(longitude, latitude, longitude, latitude)) {
      const polygon = this.#polygons[position];
      if (polygon && pointInPolygon([longitude, latitude], polygon.rings) !== false) return polygon.division;
    }
    return undefined;
  }

  /** As many in each district: districts hold about as many people each. The same in each run. */
  randomPoints(count: number): Coordinates[] {
    const random = randomNumbers(SEED);
    const byDivision = [...Map.groupBy(this.#polygons, ({ division }) => division).values()];
    return Array.from({ length: count }, (_, index) => {
      const polygons = byDivision[index % byDivision.length] ?? [];
      const [largest] = polygons.toSorted((a, b) => areaOf(b.box) - areaOf(a.box));
      for (;;) {
        const [minX, minY, maxX, maxY] = largest?.box ?? [0, 0, 0, 0];
        const longitude = minX + random() * (maxX - minX);
        const latitude = minY + random() * (maxY - minY);
        if (pointInPolygon([longitude, latitude], largest?.rings ?? []) !== false)
          return { latitude, longitude };
      }
    });
  }
}

function toPoints(ring: Int32Array): number[][] {
  return Array.from({ length: ring.length / 2 }, (_, at) => [
    (ring[2 * at] ?? 0) / UNITS_PER_DEGREE,
    (ring[2 * at + 1] ?? 0) / UNITS_PER_DEGREE,
  ]);
}

function boxOf(points: readonly number[][]): Box {
  const [longitudes, latitudes] = [points.map(([x = 0]) => x), points.map(([, y = 0]) => y)];
  const least = (values: readonly number[]): number => values.reduce((a, b) => Math.min(a, b), Infinity);
  const most = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b), -Infinity);
  return [least(longitudes), least(latitudes), most(longitudes), most(latitudes)];
}

function areaOf([minX, minY, maxX, maxY]: Box): number {
  return (maxX - minX) * (maxY - minY);
}

/** mulberry32, from 0 to 1. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
