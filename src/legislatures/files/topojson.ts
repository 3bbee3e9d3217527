import type { Feature } from 'geojson';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { refuseFile, type SourceFile, textOf } from './source-file.js';

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
export function readTopojson(file: SourceFile): Feature[] {
  const topology = parseJson(file);
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

function parseJson(file: SourceFile): unknown {
  try {
    return JSON.parse(textOf(file));
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    return refuseFile(file.name, `this is no JSON, or it is cut short (${cause.message})`, { cause });
  }
}
