import { stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import Flatbush from 'flatbush';
import pointInPolygon from 'point-in-polygon-hao';
import {
  buildSnapshot,
  type Coordinates,
  demoSet,
  type LegislatureSet,
  represent,
} from '../src/legislatures/index.js';
import { UNITS_PER_DEGREE } from '../src/legislatures/places/boundary.js';
import { readUsCongress } from '../src/legislatures/us-congress/read-us-congress.js';
import { printFigure, printRatio, type Round, rate } from './report.js';

const ROUNDS = 7;
const POINTS = 50_000;
const SEED = 20_261_103;
const DATA = process.env.REDRESS_TEST_DATA ?? fileURLToPath(new URL('../../../shared/data', import.meta.url));

/** Who represents a point, against the two libraries alone, which say only in which polygon it lies. */
export async function measureRepresentPoint(): Promise<void> {
  const set = await openSet();
  const snapshot = buildSnapshot(set, 'bench');
  const bare = new BarePolygons(set);
  const points = bare.randomPoints(POINTS);
  const now = new Date(set.validFrom ?? Date.now());
  const ours = (): number =>
    perSecond(points, (at) => represent(snapshot, { at }, { now }).status !== 'none');
  const limit = (): number => perSecond(points, (at) => bare.find(at) !== undefined);
  ours();
  limit();
  const rounds: Round[] = [];
  while (rounds.length < ROUNDS) rounds.push({ ours: ours(), bare: limit() });
  printRatio({ name: 'represent-by-point', goal: 0.7, rounds });
  printFigure(
    `${rate(rounds, 'ours')} in process, ${rate(rounds, 'bare')} by flatbush and point-in-polygon-hao`,
  );
  printFigure(`in ${set.name}, ${bare.size} polygons; the points lie as evenly over districts as people do`);
}

async function openSet(): Promise<LegislatureSet> {
  const there = await stat(DATA).catch(() => undefined);
  return there === undefined ? demoSet() : (await readUsCongress(DATA)).set;
}

function perSecond(points: readonly Coordinates[], find: (at: Coordinates) => boolean): number {
  const begin = performance.now();
  let found = 0;
  for (const at of points) if (find(at)) found += 1;
  const seconds = (performance.now() - begin) / 1000;
  if (found < points.length) throw new Error(`${points.length - found} points were not found`);
  return points.length / seconds;
}

/** A polygon's rings in degrees, as the library takes them. */
type Rings = number[][][];
type Box = readonly [minX: number, minY: number, maxX: number, maxY: number];

/** The polygons of a set, and nothing else of it. */
class BarePolygons {
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

  /** As many in each district: districts hold about as many people each. */
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

/** The same points in each run: mulberry32, from 0 to 1. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
