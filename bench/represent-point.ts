import { buildSnapshot, type Coordinates, represent } from '../src/legislatures/index.js';
import { BarePolygons } from './bare-polygons.js';
import { openLargestSet } from './public-sets.js';
import { printFigure, printRatio, type Round, rate } from './report.js';

const ROUNDS = 7;
const POINTS = 50_000;

/** Who represents a point, against the two libraries alone, which say only in which polygon it lies. */
export async function measureRepresentPoint(): Promise<void> {
  const set = await openLargestSet();
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

function perSecond(points: readonly Coordinates[], find: (at: Coordinates) => boolean): number {
  const begin = performance.now();
  let found = 0;
  for (const at of points) if (find(at)) found += 1;
  const seconds = (performance.now() - begin) / 1000;
  if (found < points.length) throw new Error(`${points.length - found} points were not found`);
  return points.length / seconds;
}
