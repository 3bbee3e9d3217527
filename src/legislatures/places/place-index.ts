import type Flatbush from 'flatbush';
import pointInPolygon from 'point-in-polygon-hao';
import type { Boundary, Polygon } from '../model.js';
import type { Steps } from '../steps.js';
import { METRES_PER_DEGREE, toUnits, UNITS_PER_DEGREE } from './boundary.js';
import { CertainCells } from './certain-cells.js';
import { type Box, boxOfRing, EdgeChunks, indexBoxes, squaredDistance } from './edge-chunks.js';

/** So near to a border, neither the drawn line nor a person's finger on a map is exact enough. */
export const BORDER_METRES = 150;
/** Boundaries end at the shore; piers, bridges and small islands lie beyond it. */
export const SHORE_METRES = 1000;
/** Rounding in the grid must never make a place near a border look certain. */
const CELL_MARGIN_METRES = BORDER_METRES + 5;
/** Keeps a box finite at the poles. */
const LEAST_COSINE = 1e-3;

/** A place on the globe, in degrees (WGS 84). */
export interface Coordinates {
  readonly latitude: number;
  readonly longitude: number;
}

export interface PlaceFound {
  /** Positions in the list of boundaries, the likeliest first; empty where there is nothing within reach. */
  readonly divisions: readonly number[];
  /** The place lies outside every boundary; the nearest was taken. */
  readonly offShore: boolean;
}

interface OwnedPolygon {
  /** Position in the list of boundaries. */
  readonly owner: number;
  readonly polygon: Polygon;
}

const NOTHING: PlaceFound = { divisions: [], offShore: false };

/** Finds the boundaries that hold a place, or may hold it. Exact; most places are answered by a grid. */
export class PlaceIndex {
  readonly #polygons: readonly OwnedPolygon[];
  readonly #polygonIndex: Flatbush | undefined;
  /** Nested arrays as point-in-polygon-hao takes them, made when a polygon is first asked for. */
  readonly #contours: number[][][][] = [];
  readonly #edges: EdgeChunks;
  readonly #cells: CertainCells;
  /** By part of the globe, what was found at the first place asked for there. */
  readonly #known = new Map<number, PlaceFound>();

  private constructor(polygons: readonly OwnedPolygon[], edges: EdgeChunks, cells: CertainCells) {
    this.#polygons = polygons;
    this.#polygonIndex = indexBoxes(
      polygons.map(({ polygon }) => boxOfRing(polygon[0] ?? new Int32Array(0))),
    );
    this.#edges = edges;
    this.#cells = cells;
  }

  static *build(boundaries: readonly (Boundary | undefined)[]): Steps<PlaceIndex> {
    const polygons = boundaries.flatMap((boundary, owner) =>
      (boundary ?? []).map((polygon) => ({ owner, polygon })),
    );
    const edges = yield* EdgeChunks.build(boundaries);
    const cells = yield* CertainCells.build(edges.chunks, CELL_MARGIN_METRES);
    return new PlaceIndex(polygons, edges, cells);
  }

  /** `withinMetres`: how far from there the true place may be, where that is farther than `BORDER_METRES`. */
  locate({ latitude, longitude }: Coordinates, withinMetres = 0): PlaceFound {
    const x = toUnits(longitude);
    const y = toUnits(latitude);
    if (withinMetres > BORDER_METRES) return this.#search([x, y], withinMetres);
    const part = this.#cells.partOf(x, y);
    const known = this.#known.get(part);
    if (known !== undefined) return known;
    const found = this.#search([x, y], BORDER_METRES);
    if (part >= 0 && found.divisions.length > 0 && !found.offShore) this.#known.set(part, found);
    return found;
  }

  #search(point: readonly [number, number], metres: number): PlaceFound {
    const inside = this.#inside(...point);
    if (inside === undefined) return this.#nearest(point, metres);
    const near = this.#within(point, metres);
    near.delete(inside);
    return { divisions: [inside, ...byDistance(near)], offShore: false };
  }

  /** Boundaries of one set meet, but do not overlap: the first that holds the place is the one. */
  #inside(x: number, y: number): number | undefined {
    for (const position of this.#polygonIndex?.search(x, y, x, y) ?? []) {
      if (pointInPolygon([x, y], this.#contoursOf(position)) !== false)
        return this.#polygons[position]?.owner;
    }
    return undefined;
  }

  #nearest(point: readonly [number, number], metres: number): PlaceFound {
    const reachable = this.#within(point, Math.max(metres, SHORE_METRES));
    if (reachable.size === 0) return NOTHING;
    const reach = Math.sqrt(Math.min(...reachable.values())) + metresToUnits(metres);
    const divisions = byDistance(reachable).filter((owner) => (reachable.get(owner) ?? 0) <= square(reach));
    return { divisions, offShore: true };
  }

  /** The owners of edges within a distance, each with the square of its distance. */
  #within(point: readonly [number, number], metres: number): Map<number, number> {
    const reach = metresToUnits(metres);
    const squeeze = Math.max(Math.cos((point[1] / UNITS_PER_DEGREE) * (Math.PI / 180)), LEAST_COSINE);
    const nearest = new Map<number, number>();
    for (const chunk of this.#edges.touching(boxAround(point, reach, squeeze))) {
      const squared = squaredDistance(chunk, point, squeeze);
      if (squared <= square(reach) && squared < (nearest.get(chunk.owner) ?? Number.POSITIVE_INFINITY)) {
        nearest.set(chunk.owner, squared);
      }
    }
    return nearest;
  }

  #contoursOf(position: number): number[][][] {
    const contours = this.#contours[position] ?? (this.#polygons[position]?.polygon ?? []).map(toPoints);
    this.#contours[position] = contours;
    return contours;
  }
}

function byDistance(owners: ReadonlyMap<number, number>): number[] {
  return [...owners].sort((a, b) => a[1] - b[1]).map(([owner]) => owner);
}

function boxAround([x, y]: readonly [number, number], reach: number, squeeze: number): Box {
  return [x - reach / squeeze, y - reach, x + reach / squeeze, y + reach];
}

function toPoints(ring: Int32Array): number[][] {
  return Array.from({ length: ring.length / 2 }, (_, at) => [ring[2 * at] ?? 0, ring[2 * at + 1] ?? 0]);
}

function metresToUnits(metres: number): number {
  return (metres / METRES_PER_DEGREE) * UNITS_PER_DEGREE;
}

function square(value: number): number {
  return value * value;
}
