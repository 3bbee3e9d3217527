import type { Position } from 'geojson';
import type { Boundary, Polygon, Ring } from '../model.js';

/** Coordinates are kept as whole 1e-7 degrees (about 1 cm): exact to compare, half the size of doubles. */
export const UNITS_PER_DEGREE = 1e7;
/** Of the mean sphere (radius 6,371,008.8 m). */
export const METRES_PER_DEGREE = 111_195.08;
const LEAST_RING_POINTS = 4;
const LARGEST_LONGITUDE = 180;
const LARGEST_LATITUDE = 90;

export const toUnits = (degrees: number): number => Math.round(degrees * UNITS_PER_DEGREE);

/** `[polygon][ring][point][longitude, latitude]` in degrees, as in a GeoJSON MultiPolygon. */
export type MultiPolygonCoordinates = readonly (readonly (readonly Position[])[])[];

/**
 * Turns GeoJSON coordinates into a boundary. Points that fall together are joined, slivers without area dropped.
 * @throws RangeError for a coordinate that is no number or not on the globe, or a boundary without any ring.
 */
export function makeBoundary(coordinates: MultiPolygonCoordinates): Boundary {
  const polygons: Polygon[] = [];
  for (const polygon of coordinates) {
    const rings = polygon.map(makeRing);
    const outline = rings[0];
    if (outline === undefined || outline.length === 0) continue;
    polygons.push(rings.filter((ring) => ring.length > 0));
  }
  if (polygons.length === 0) throw new RangeError('the boundary has no polygon');
  return polygons;
}

function makeRing(points: readonly Position[]): Ring {
  const units = new Int32Array((points.length + 1) * 2);
  let length = 0;
  const push = (x: number, y: number): void => {
    if (length > 0 && units[length - 2] === x && units[length - 1] === y) return;
    units[length] = x;
    units[length + 1] = y;
    length += 2;
  };
  for (const point of points) {
    const [longitude, latitude] = onGlobe(point);
    push(toUnits(longitude), toUnits(latitude));
  }
  push(units[0] ?? 0, units[1] ?? 0);
  return length < LEAST_RING_POINTS * 2 ? new Int32Array(0) : units.slice(0, length);
}

function onGlobe([longitude, latitude]: Position): [number, number] {
  if (
    longitude !== undefined &&
    latitude !== undefined &&
    Math.abs(longitude) <= LARGEST_LONGITUDE &&
    Math.abs(latitude) <= LARGEST_LATITUDE
  ) {
    return [longitude, latitude];
  }
  throw new RangeError(`${longitude}, ${latitude} is no place on the globe`);
}
