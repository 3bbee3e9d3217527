import { METRES_PER_DEGREE, UNITS_PER_DEGREE } from '../../places/boundary.js';
import type { Coordinates } from '../../places/place-index.js';
import type { HouseNumber } from './house-number.js';

/** Houses stand beside the middle of their street, and not in a crossing. */
export const SIDE_OFFSET_METRES = 8;
const END_INSET_METRES = 8;
/** Of a short line, the middle half is left. */
const MOST_INSET = 1 / 4;

export type Parity = 'odd' | 'even' | 'both';

/** The house numbers of one side of one line of a street. */
export interface AddressRange {
  readonly side: 'left' | 'right';
  /** What stands before the number in each house number of the range: `41-`, `N6W`, mostly nothing. */
  readonly prefix: string;
  /** At the start of the line, and at its end: it may go down. */
  readonly first: number;
  readonly last: number;
  readonly parity: Parity;
  /** Longitude, latitude, longitude, … in 1e-7 degrees. */
  readonly line: readonly number[];
}

export function holdsNumber(range: AddressRange, { prefix, number }: HouseNumber): boolean {
  const { first, last, parity } = range;
  if (prefix !== range.prefix || number < Math.min(first, last) || number > Math.max(first, last))
    return false;
  return parity === 'both' || parity === parityOf(number);
}

export function parityOf(number: number): 'odd' | 'even' {
  return number % 2 === 0 ? 'even' : 'odd';
}

/**
 * Where a house stands: along the line by the share of its number in the range, and beside it on its side. It is a
 * guess of the right house, and exact to the block and the side of the street.
 */
export function placeInRange(range: AddressRange, number: number): Coordinates {
  const { first, last, line, side } = range;
  const share = first === last ? 1 / 2 : (number - first) / (last - first);
  const squeeze = Math.cos(((line[1] ?? 0) / UNITS_PER_DEGREE) * (Math.PI / 180));
  const points = toMetres(line, squeeze);
  const [x, y] = walk(points, share, side === 'left' ? SIDE_OFFSET_METRES : -SIDE_OFFSET_METRES);
  return { longitude: x / (METRES_PER_DEGREE * squeeze), latitude: y / METRES_PER_DEGREE };
}

/** Good for places near each other. */
export function metresBetween(a: Coordinates, b: Coordinates): number {
  const squeeze = Math.cos(a.latitude * (Math.PI / 180));
  return METRES_PER_DEGREE * Math.hypot((b.longitude - a.longitude) * squeeze, b.latitude - a.latitude);
}

type Point = readonly [x: number, y: number];

function toMetres(line: readonly number[], squeeze: number): Point[] {
  const scale = METRES_PER_DEGREE / UNITS_PER_DEGREE;
  return Array.from({ length: line.length / 2 }, (_, at) => [
    (line[2 * at] ?? 0) * scale * squeeze,
    (line[2 * at + 1] ?? 0) * scale,
  ]);
}

/** The point at a share of a line's length, but for its ends, and so far to the left of it. */
function walk(points: readonly Point[], share: number, toLeft: number): Point {
  const legs = points.slice(1).map((end, at) => {
    const start = points[at] ?? end;
    return { start, along: [end[0] - start[0], end[1] - start[1]] as const, length: distance(start, end) };
  });
  const length = legs.reduce((sum, leg) => sum + leg.length, 0);
  const inset = Math.min(END_INSET_METRES, length * MOST_INSET);
  let left = inset + share * (length - 2 * inset);
  const drawn = legs.filter((leg) => leg.length > 0);
  for (const [at, { start, along, length: legLength }] of drawn.entries()) {
    if (left > legLength && at < drawn.length - 1) {
      left -= legLength;
      continue;
    }
    const part = left / legLength;
    const aside = toLeft / legLength;
    return [start[0] + along[0] * part - along[1] * aside, start[1] + along[1] * part + along[0] * aside];
  }
  return points[0] ?? [0, 0];
}

function distance(a: Point, b: Point): number {
  return Math.hypot(b[0] - a[0], b[1] - a[1]);
}
