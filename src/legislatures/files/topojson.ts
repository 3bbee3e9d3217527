import type { Feature } from 'geojson';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { readJson } from './json-file.js';
import { refuseFile, type SourceFile } from './source-file.js';

/** Mostly coordinates, which take less memory than other values: 1.2 million points. */
export const MOST_MAP_VALUES = 3_600_000;

/** A line may be named by many areas: what a file stands for can be larger than it by any factor. */
const MOST_POINTS = 1_200_000;

const Properties = Type.Union([Type.Null(), Type.Record(Type.String(), Type.Unknown())]);
const Ring = Type.Array(Type.Integer());
const shared = { properties: Type.Optional(Properties) };
const Geometry = Type.Union([
  Type.Object({ type: Type.Literal('Polygon'), arcs: Type.Array(Ring), ...shared }),
  Type.Object({ type: Type.Literal('MultiPolygon'), arcs: Type.Array(Type.Array(Ring)), ...shared }),
]);
const Pair = Type.Tuple([Type.Number(), Type.Number()]);
const Document = Type.Object({
  type: Type.Literal('Topology'),
  transform: Type.Optional(Type.Object({ scale: Pair, translate: Pair })),
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
  refuseManyPoints(file, topology, collection);
  try {
    return feature(topology, collection).features;
  } catch (cause) {
    return refuseFile(file.name, 'a polygon names a line that is not there', { cause });
  }
}

type PolygonTopology = Topology<Record<string, GeometryCollection>>;

function refuseManyPoints(
  file: SourceFile,
  { arcs }: PolygonTopology,
  { geometries }: GeometryCollection,
): void {
  let points = 0;
  for (const geometry of geometries) {
    if (geometry.type !== 'Polygon' && geometry.type !== 'MultiPolygon') continue;
    for (const arc of geometry.arcs.flat(2)) {
      points += arcs[arc < 0 ? ~arc : arc]?.length ?? 0;
      if (points > MOST_POINTS) refuseFile(file.name, `it stands for more than ${MOST_POINTS} points`);
    }
  }
}

function isTopology(value: unknown): value is PolygonTopology {
  return document.Check(value);
}
