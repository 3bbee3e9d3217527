import pointInPolygon from 'point-in-polygon-hao';
import type { Boundary } from '../../src/legislatures/model.js';
import { METRES_PER_DEGREE, UNITS_PER_DEGREE } from '../../src/legislatures/places/boundary.js';

type Point = readonly [x: number, y: number];

/** Where a point is, worked out from every edge without any index: what the fast look-up is compared with. */
export interface BareAnswer {
  /** Positions of the boundaries that hold the point. */
  readonly inside: readonly number[];
  /** Metres to the nearest edge of each boundary that is nearer than the limit. */
  readonly distances: ReadonlyMap<number, number>;
}

export function bareLookup(
  boundaries: readonly Boundary[],
): (point: Point, limitMetres: number) => BareAnswer {
  const polygons = boundaries.flatMap((boundary, owner) =>
    boundary.map((rings) => ({ owner, rings, box: boxOf(rings[0] ?? new Int32Array(0)) })),
  );
  return (point, limitMetres) => {
    const inside = new Set<number>();
    const distances = new Map<number, number>();
    for (const { owner, rings, box } of polygons) {
      if (!mayReach(box, point, limitMetres)) continue;
      if (pointInPolygon([...point], rings.map(toPairs)) !== false) inside.add(owner);
      for (const ring of rings) {
        const distance = Math.min(distanceTo(ring, point), distances.get(owner) ?? Infinity);
        if (distance <= limitMetres) distances.set(owner, distance);
      }
    }
    return { inside: [...inside], distances };
  };
}

function toPairs(ring: Int32Array): number[][] {
  return Array.from({ length: ring.length / 2 }, (_, at) => [ring[2 * at] ?? 0, ring[2 * at + 1] ?? 0]);
}

type Box = readonly [west: number, south: number, east: number, north: number];

/** Only so that the comparison ends in time: far more room than the limit needs anywhere below the polar circles. */
function mayReach([west, south, east, north]: Box, [x, y]: Point, limitMetres: number): boolean {
  const room = (limitMetres / 1000) * (UNITS_PER_DEGREE / 10);
  return x >= west - room && x <= east + room && y >= south - room && y <= north + room;
}

function boxOf(ring: Int32Array): Box {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let at = 0; at < ring.length; at += 2) {
    west = Math.min(west, ring[at] ?? 0);
    east = Math.max(east, ring[at] ?? 0);
    south = Math.min(south, ring[at + 1] ?? 0);
    north = Math.max(north, ring[at + 1] ?? 0);
  }
  return [west, south, east, north];
}

/** Metres, on a plane that touches the globe at the point. */
function distanceTo(ring: Int32Array, [x, y]: Point): number {
  const east = Math.cos(((y / UNITS_PER_DEGREE) * Math.PI) / 180);
  const metres = METRES_PER_DEGREE / UNITS_PER_DEGREE;
  let nearest = Infinity;
  for (let at = 0; at + 3 < ring.length; at += 2) {
    const a = [((ring[at] ?? 0) - x) * east * metres, ((ring[at + 1] ?? 0) - y) * metres] as const;
    const b = [((ring[at + 2] ?? 0) - x) * east * metres, ((ring[at + 3] ?? 0) - y) * metres] as const;
    nearest = Math.min(nearest, fromOrigin(a, b));
  }
  return nearest;
}

function fromOrigin([ax, ay]: Point, [bx, by]: Point): number {
  const squared = (bx - ax) ** 2 + (by - ay) ** 2;
  if (squared === 0) return Math.hypot(ax, ay);
  const along = -(ax * (bx - ax) + ay * (by - ay)) / squared;
  if (along <= 0) return Math.hypot(ax, ay);
  if (along >= 1) return Math.hypot(bx, by);
  return Math.abs(ax * by - ay * bx) / Math.sqrt(squared);
}
