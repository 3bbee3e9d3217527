import type { Feature } from 'geojson';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { readJson } from './json-file.js';
import { refuseFile, type SourceFile } from './source-file.js';

/** Mostly coordinates, which take less memory than other values. */
const MOST_MAP_VALUES = 6_000_000;

const Properties = Type.Union([Type.Null(), Type.Record(Type.String(), Type.Unknown())]);
const Geometry = Type.Object({
  type: Type.Union([Type.Literal('Polygon'), Type.Literal('MultiPolygon')]),
  arcs: Type.Array(Type.Unknown()),
  properties: Type.Optional(Properties),
});
const Document = Type.Object({
  type: Type.Literal('Topology'),
  arcs: Type.Array(Type.Array(Type.Array(Type.Number(), { minItems: 2 }))),
  objects: Type.Record(
    Type.String(),
    Type.Object({ type: Type.Literal('GeometryCollection'), geometries: Type.Array(Geometry) }),
  ),
});
const document = Compile(Document);

/**
 * Reads the features of a TopoJSON file with one object, a collection of polygons.
 * @throws AppError `invalid_file`
 */
export function readTopojson(
  file: SourceFile,
  topology: unknown = readJson(file, MOST_MAP_VALUES),
): Feature[] {
  if (!isTopology(topology)) return refuseFile(file.name, 'this is no TopoJSON collection of polygons');
  const [collection, ...others] = Object.values(topology.objects);
  if (collection === undefined || others.length > 0) return refuseFile(file.name, 'one object is expected');
  try {
    return feature(topology, collection).features;
  } catch (cause) {
    return refuseFile(file.name, 'a polygon names a line that is not there', { cause });
  }
}

type PolygonTopology = Topology<Record<string, GeometryCollection>>;

function isTopology(value: unknown): value is PolygonTopology {
  return document.Check(value);
}
