import type { Boundary, Ring } from '../model.js';
import { UNITS_PER_DEGREE } from '../places/boundary.js';

/** The longer side of a picture, in its own units. */
const LONG_SIDE = 1000;
const MARGIN_SHARE = 0.02;
const WHOLE_CIRCLE = 360;
const HALF_CIRCLE = 180;
/** Keeps a box finite at the poles. */
const LEAST_COSINE = 0.05;
/** About 2 km: a division of a few houses is still shown with something around it. */
const SMALLEST_SPAN_DEGREES = 0.02;

/** In degrees. `east` is never less than `west`: it may lie beyond 180. */
export interface DegreeBox {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

/** Which part of the globe a picture shows: an even grid (plate carrée, true in the middle), so a click is a place. */
export interface MapFrame {
  /** Degrees of the upper left corner; `west` may lie beyond 180. */
  readonly west: number;
  readonly north: number;
  /** Degrees in one unit of the picture. */
  readonly across: number;
  readonly down: number;
  /** In units. */
  readonly width: number;
  readonly height: number;
}

const knownBoxes = new WeakMap<Boundary, readonly DegreeBox[]>();

/** The least box around boundaries, also where they lie on both sides of the 180th meridian. */
export function boxOfBoundaries(boundaries: readonly Boundary[]): DegreeBox | undefined {
  const boxes = boundaries.flatMap(boxesOf);
  const [first] = boxes;
  if (first === undefined) return undefined;
  const spans = boxes.map(({ west, east }) => [west, east] as const).toSorted(([a], [b]) => a - b);
  return {
    ...leastArc(spans),
    south: Math.min(...boxes.map(({ south }) => south)),
    north: Math.max(...boxes.map(({ north }) => north)),
  };
}

/** Of each polygon; reading every point of a country once is enough. */
function boxesOf(boundary: Boundary): readonly DegreeBox[] {
  const known = knownBoxes.get(boundary);
  if (known !== undefined) return known;
  const boxes = boundary.flatMap(([outline]) => (outline === undefined ? [] : [degreesAround(outline)]));
  knownBoxes.set(boundary, boxes);
  return boxes;
}

function degreesAround(ring: Ring): DegreeBox {
  const [x = 0, y = 0] = ring;
  let [west, east, south, north] = [x, x, y, y];
  for (let at = 2; at < ring.length; at += 2) {
    const [longitude, latitude] = [ring[at] ?? 0, ring[at + 1] ?? 0];
    if (longitude < west) west = longitude;
    if (longitude > east) east = longitude;
    if (latitude < south) south = latitude;
    if (latitude > north) north = latitude;
  }
  const degrees = (units: number): number => units / UNITS_PER_DEGREE;
  return { west: degrees(west), south: degrees(south), east: degrees(east), north: degrees(north) };
}

/** Whether something of a boundary may be on a picture: its boxes are. */
export function isNear(boundary: Boundary, frame: MapFrame): boolean {
  const south = frame.north - frame.down * frame.height;
  return boxesOf(boundary).some((box) => {
    const west = westOf(frame, box.west);
    const overlaps = box.east >= west && box.west <= west + frame.across * frame.width;
    const around =
      box.east + WHOLE_CIRCLE >= west && box.west + WHOLE_CIRCLE <= west + frame.across * frame.width;
    return (overlaps || around) && box.north >= south && box.south <= frame.north;
  });
}

/** The shortest arc of longitudes that holds all spans: what is left of the circle without its widest gap. */
function leastArc(spans: readonly (readonly [west: number, east: number])[]): { west: number; east: number } {
  const [[start] = [0]] = spans;
  let reach = Number.NEGATIVE_INFINITY;
  let gap = { width: 0, from: 0, to: 0 };
  for (const [west, east] of spans) {
    if (west - reach > gap.width && reach > Number.NEGATIVE_INFINITY)
      gap = { width: west - reach, from: reach, to: west };
    reach = Math.max(reach, east);
  }
  const around = start + WHOLE_CIRCLE - reach;
  return gap.width > around ? { west: gap.to, east: gap.from + WHOLE_CIRCLE } : { west: start, east: reach };
}

/** The picture that shows a box; `surroundings` is how much is added on each side, as a share of the longer one. */
export function frameAround(box: DegreeBox, surroundings = MARGIN_SHARE): MapFrame {
  const squeeze = squeezeOf(box);
  const high = Math.max(box.north - box.south, SMALLEST_SPAN_DEGREES);
  const wide = Math.max((box.east - box.west) * squeeze, SMALLEST_SPAN_DEGREES);
  const margin = Math.max(high, wide) * surroundings;
  const down = (Math.max(high, wide) + 2 * margin) / LONG_SIDE;
  const across = down / squeeze;
  return {
    west: (box.east + box.west) / 2 - (wide / 2 + margin) / squeeze,
    north: (box.north + box.south) / 2 + high / 2 + margin,
    across,
    down,
    width: Math.round((wide + 2 * margin) / down),
    height: Math.round((high + 2 * margin) / down),
  };
}

/** How much narrower a degree of longitude is than one of latitude, in the middle of a box. */
export function squeezeOf({ south, north }: DegreeBox): number {
  return Math.max(Math.cos(((south + north) / 2) * (Math.PI / HALF_CIRCLE)), LEAST_COSINE);
}

/** The longitude of the left edge as it is to be taken for a place: on whichever side of 180 brings them together. */
export function westOf({ west, across, width }: MapFrame, longitude: number): number {
  const middle = west + (across * width) / 2;
  return west + Math.round((longitude - middle) / WHOLE_CIRCLE) * WHOLE_CIRCLE;
}
