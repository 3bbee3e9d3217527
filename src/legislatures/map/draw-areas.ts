import type { Feature, FeatureCollection, Position } from 'geojson';
import { topology } from 'topojson-server';
import type { GeometryObject } from 'topojson-specification';
import type { Boundary, Ring } from '../model.js';
import { UNITS_PER_DEGREE } from '../places/boundary.js';
import { type MapFrame, westOf } from './map-frame.js';
import { type ArcReference, outlineOf } from './outline.js';
import { simplifyLines } from './simplify-lines.js';

/** At most some 20 kB compressed. */
const MOST_POINTS = 7000;
/** What is out of sight needs only be roughly right. */
const WEIGHT_OUTSIDE = 0.01;
/** In square units of the picture: a smaller island is a speck. */
const SMALLEST_RING = 3;
const LEAST_RING_POINTS = 4;

/** What is drawn as one shape: a division, or all the divisions of a larger one. */
export interface AreaToDraw {
  readonly id: string;
  readonly boundaries: readonly Boundary[];
}

export interface DrawnArea {
  readonly id: string;
  /** An SVG path in whole units of the picture. */
  readonly path: string;
  /** Where its name can stand, and how wide it may be. */
  readonly label: { readonly x: number; readonly y: number; readonly room: number };
}

/** Draws areas as paths, each border simplified once for both its sides, so that neighbours meet. */
export function drawAreas(areas: readonly AreaToDraw[], frame: MapFrame): DrawnArea[] {
  const features = areas.flatMap(({ id, boundaries }) =>
    boundaries.map((boundary) => featureOf(id, onPicture(boundary, frame))),
  );
  const collection: FeatureCollection = { type: 'FeatureCollection', features };
  const drawn = topology({ areas: collection });
  const arcs = simplifyLines(drawn.arcs, MOST_POINTS, (point) =>
    isInside(point, frame) ? 1 : WEIGHT_OUTSIDE,
  );
  const references = new Map<string, ArcReference[]>(areas.map(({ id }) => [id, []]));
  for (const geometry of drawn.objects.areas.geometries)
    references.get(String(geometry.id))?.push(...arcsOf(geometry));
  return areas
    .map(({ id }) => {
      const rings = ringsOf(outlineOf(references.get(id) ?? [], arcs));
      return { id, path: rings.map(pathOf).join(''), label: placeLabel(rings[0] ?? [], frame) };
    })
    .filter(({ path }) => path !== '');
}

function arcsOf(geometry: GeometryObject): ArcReference[] {
  if (geometry.type === 'Polygon') return geometry.arcs.flat();
  return geometry.type === 'MultiPolygon' ? geometry.arcs.flat(2) : [];
}

function featureOf(id: string, coordinates: Position[][][]): Feature {
  return { type: 'Feature', id, properties: null, geometry: { type: 'MultiPolygon', coordinates } };
}

/** The polygons of a boundary of which something is in sight. */
function onPicture(boundary: Boundary, frame: MapFrame): Position[][][] {
  return boundary
    .map((polygon) => polygon.map((ring) => ringOnPicture(ring, frame)).filter((ring) => ring.length > 0))
    .filter(([outline]) => outline !== undefined && isInSight(outline, frame));
}

function ringOnPicture(ring: Ring, frame: MapFrame): Position[] {
  const { across, down, north } = frame;
  const west = westOf(frame, (ring[0] ?? 0) / UNITS_PER_DEGREE);
  const points: Position[] = [];
  let [lastX, lastY] = [Number.NaN, Number.NaN];
  for (let at = 0; at < ring.length; at += 2) {
    const x = Math.round(((ring[at] ?? 0) / UNITS_PER_DEGREE - west) / across);
    const y = Math.round((north - (ring[at + 1] ?? 0) / UNITS_PER_DEGREE) / down);
    if (x === lastX && y === lastY) continue;
    points.push([x, y]);
    [lastX, lastY] = [x, y];
  }
  return points.length < LEAST_RING_POINTS ? [] : points;
}

function isInSight(ring: readonly Position[], { width, height }: MapFrame): boolean {
  const [left, top, right, bottom] = boxOf(ring);
  return right >= 0 && left <= width && bottom >= 0 && top <= height;
}

function isInside([x = 0, y = 0]: Position, { width, height }: MapFrame): boolean {
  return x >= 0 && x <= width && y >= 0 && y <= height;
}

function boxOf(ring: readonly Position[]): [left: number, top: number, right: number, bottom: number] {
  const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x = 0, y = 0] of ring) {
    box[0] = Math.min(box[0], x);
    box[1] = Math.min(box[1], y);
    box[2] = Math.max(box[2], x);
    box[3] = Math.max(box[3], y);
  }
  return box;
}

/** The largest first; specks are left out, but never the largest ring. */
function ringsOf(rings: readonly Position[][]): Position[][] {
  const sized = rings.map((ring) => ({ ring, size: areaOf(ring) }));
  sized.sort((a, b) => b.size - a.size);
  return sized.filter(({ size }, index) => index === 0 || size >= SMALLEST_RING).map(({ ring }) => ring);
}

function areaOf(ring: readonly Position[]): number {
  let sum = 0;
  for (let at = 1; at < ring.length; at += 1) {
    const [ax = 0, ay = 0] = ring[at - 1] ?? [];
    const [bx = 0, by = 0] = ring[at] ?? [];
    sum += ax * by - bx * ay;
  }
  return Math.abs(sum) / 2;
}

function pathOf(ring: readonly Position[]): string {
  const [[startX = 0, startY = 0] = []] = ring;
  let [x, y] = [startX, startY];
  let path = `M${x} ${y}l`;
  for (const [nextX = 0, nextY = 0] of ring.slice(1, -1)) {
    path += `${spaced(path, nextX - x)}${spaced('0', nextY - y)}`;
    [x, y] = [nextX, nextY];
  }
  return `${path}z`;
}

/** A minus sign parts two numbers as well as a space does. */
function spaced(before: string, value: number): string {
  return value < 0 || before.endsWith('l') ? String(value) : ` ${value}`;
}

/** The middle of the widest of some level cuts through a ring: it lies inside also where the middle of the box does not. */
function placeLabel(ring: readonly Position[], frame: MapFrame): DrawnArea['label'] {
  const [, top, , bottom] = boxOf(ring);
  const [from, to] = [Math.max(top, 0), Math.min(bottom, frame.height)];
  let best = { x: 0, y: 0, room: 0 };
  for (const share of LABEL_CUTS) {
    const y = from + (to - from) * share;
    const crossings = crossingsAt(ring, y).map((x) => Math.min(Math.max(x, 0), frame.width));
    for (let at = 0; at + 1 < crossings.length; at += 2) {
      const [left = 0, right = 0] = [crossings[at], crossings[at + 1]];
      if (right - left > best.room)
        best = { x: Math.round((left + right) / 2), y: Math.round(y), room: right - left };
    }
  }
  return best;
}

const LABEL_CUTS = [0.5, 0.4, 0.6, 0.3, 0.7];

function crossingsAt(ring: readonly Position[], y: number): number[] {
  const crossings: number[] = [];
  for (let at = 1; at < ring.length; at += 1) {
    const [ax = 0, ay = 0] = ring[at - 1] ?? [];
    const [bx = 0, by = 0] = ring[at] ?? [];
    if (ay > y !== by > y) crossings.push(ax + ((y - ay) / (by - ay)) * (bx - ax));
  }
  return crossings.sort((a, b) => a - b);
}
