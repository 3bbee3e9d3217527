import type { Feature } from 'geojson';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { readJson } from '../files/json-file.js';
import { readShapefileZip } from '../files/shapefile-archive.js';
import { refuseFile, type SourceFile } from '../files/source-file.js';
import { MOST_MAP_VALUES, readTopojson } from '../files/topojson.js';

/** The index of places takes a kilobyte for each while it is built. */
const MOST_AREAS = 50_000;
const Position = Type.Array(Type.Number(), { minItems: 2 });
const Ring = Type.Array(Position);
const collection = Compile(
  Type.Object({
    type: Type.Literal('FeatureCollection'),
    features: Type.Array(
      Type.Object({
        type: Type.Literal('Feature'),
        properties: Type.Union([Type.Null(), Type.Record(Type.String(), Type.Unknown())]),
        geometry: Type.Union([
          Type.Object({ type: Type.Literal('Polygon'), coordinates: Type.Array(Ring) }),
          Type.Object({ type: Type.Literal('MultiPolygon'), coordinates: Type.Array(Type.Array(Ring)) }),
        ]),
      }),
    ),
  }),
);

/**
 * Reads areas from GeoJSON (RFC 7946), TopoJSON or a zipped shapefile, whichever it is.
 * @throws AppError `invalid_file`
 */
export async function readFeatures(file: SourceFile): Promise<readonly Feature[]> {
  const features = await readAnyFeatures(file);
  if (features.length > MOST_AREAS) refuseFile(file.name, `it has more than ${MOST_AREAS} areas`);
  return features;
}

async function readAnyFeatures(file: SourceFile): Promise<readonly Feature[]> {
  if (file.bytes.subarray(0, 2).toString('latin1') === 'PK') return readShapefileZip(file);
  const json = readJson(file, MOST_MAP_VALUES);
  if (collection.Check(json)) return json.features;
  if (typeof json === 'object' && json !== null && 'type' in json && json.type === 'Topology')
    return readTopojson(file, json);
  const [problem] = collection.Errors(json);
  return refuseFile(
    file.name,
    `this is neither GeoJSON nor TopoJSON of areas (${problem?.message ?? 'no areas'})`,
    {
      path: problem?.instancePath || '/',
    },
  );
}
