import Flatbush from 'flatbush';
import type { Boundary, Ring } from '../model.js';
import type { Steps } from '../steps.js';

const MOST_EDGES_IN_A_CHUNK = 16;
/** 1/32 of a degree, about 3 km: chunks that grow longer are found too often. */
const LARGEST_EXTENT = 312_500;

/** A run of consecutive edges of one ring, small enough that its box says where it is. */
export interface EdgeChunk {
  /** Position in the list of boundaries. */
  readonly owner: number;
  readonly ring: Ring;
  /** Indexes in `ring` of the longitudes of the first and of the last point. */
  readonly start: number;
  readonly end: number;
}

/** In 1e-7 degrees. */
export type Box = readonly [minX: number, minY: number, maxX: number, maxY: number];

/** Every edge of every boundary, in chunks, with a spatial index over their boxes. */
export class EdgeChunks {
  readonly chunks: readonly EdgeChunk[];
  readonly #index: Flatbush | undefined;

  private constructor(chunks: readonly EdgeChunk[], index: Flatbush | undefined) {
    this.chunks = chunks;
    this.#index = index;
  }

  static *build(boundaries: readonly (Boundary | undefined)[]): Steps<EdgeChunks> {
    const chunks: EdgeChunk[] = [];
    const boxes: Box[] = [];
    for (const [owner, boundary] of boundaries.entries()) {
      for (const ring of boundary?.flat() ?? []) cutRing({ owner, ring }, chunks, boxes);
      yield;
    }
    const index = indexBoxes(boxes);
    yield;
    return new EdgeChunks(chunks, index);
  }

  /** The chunks whose box touches this box. */
  touching([minX, minY, maxX, maxY]: Box): EdgeChunk[] {
    const found = this.#index?.search(minX, minY, maxX, maxY) ?? [];
    return found.flatMap((position) => this.chunks[position] ?? []);
  }
}

/** A spatial index of boxes; undefined for none, which Flatbush does not take. */
export function indexBoxes(boxes: readonly Box[]): Flatbush | undefined {
  if (boxes.length === 0) return undefined;
  const index = new Flatbush(boxes.length, undefined, Int32Array);
  for (const box of boxes) index.add(...box);
  index.finish();
  return index;
}

function cutRing(of: Pick<EdgeChunk, 'owner' | 'ring'>, chunks: EdgeChunk[], boxes: Box[]): void {
  const last = of.ring.length - 2;
  let start = 0;
  while (start < last) {
    const { end, box } = growChunk(of.ring, start);
    chunks.push({ ...of, start, end });
    boxes.push(box);
    start = end;
  }
}

/** Always takes one edge, then more as long as the box stays small. */
function growChunk(ring: Ring, start: number): { end: number; box: Box } {
  let end = start + 2;
  let box = growBox(boxOfPoint(ring, start), ring, end);
  const stop = Math.min(ring.length - 2, start + MOST_EDGES_IN_A_CHUNK * 2);
  while (end < stop) {
    const next = growBox(box, ring, end + 2);
    if (next[2] - next[0] > LARGEST_EXTENT || next[3] - next[1] > LARGEST_EXTENT) break;
    box = next;
    end += 2;
  }
  return { end, box };
}

function boxOfPoint(ring: Ring, at: number): Box {
  const x = ring[at] ?? 0;
  const y = ring[at + 1] ?? 0;
  return [x, y, x, y];
}

function growBox([minX, minY, maxX, maxY]: Box, ring: Ring, at: number): Box {
  const x = ring[at] ?? 0;
  const y = ring[at + 1] ?? 0;
  return [Math.min(minX, x), Math.min(minY, y), Math.max(maxX, x), Math.max(maxY, y)];
}

/** The box of a whole ring. */
export function boxOfRing(ring: Ring): Box {
  let box = boxOfPoint(ring, 0);
  for (let at = 2; at < ring.length; at += 2) box = growBox(box, ring, at);
  return box;
}

/**
 * Square of the distance from a point to the nearest edge of a chunk, in squares of 1e-7 degrees of latitude.
 * `squeeze` is the cosine of the latitude: over these few hundred metres the globe is taken as flat.
 */
export function squaredDistance(
  chunk: EdgeChunk,
  [x, y]: readonly [number, number],
  squeeze: number,
): number {
  const { ring } = chunk;
  let nearest = Number.POSITIVE_INFINITY;
  let fromX = ((ring[chunk.start] ?? 0) - x) * squeeze;
  let fromY = (ring[chunk.start + 1] ?? 0) - y;
  for (let at = chunk.start + 2; at <= chunk.end; at += 2) {
    const toX = ((ring[at] ?? 0) - x) * squeeze;
    const toY = (ring[at + 1] ?? 0) - y;
    const alongX = toX - fromX;
    const alongY = toY - fromY;
    const length = alongX * alongX + alongY * alongY;
    const share = length === 0 ? 0 : Math.min(1, Math.max(0, -(fromX * alongX + fromY * alongY) / length));
    const offX = fromX + share * alongX;
    const offY = fromY + share * alongY;
    nearest = Math.min(nearest, offX * offX + offY * offY);
    fromX = toX;
    fromY = toY;
  }
  return nearest;
}
