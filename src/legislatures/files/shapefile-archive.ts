import type { Feature, Geometry } from 'geojson';
import { open } from 'shapefile';
import { checkShapes, checkTable, type ShapefileLimits } from './shapefile-checks.js';
import { refuseFile, type SourceFile } from './source-file.js';
import { readZip } from './zip-archive.js';

const AREAS: ShapefileLimits = {
  bytes: 64 * 1024 * 1024,
  records: 50_000,
  cells: 2_000_000,
  points: 1_200_000,
  pointsOfOne: 1_200_000,
};
/** A Mac's ZIP has a second file of the same name for what belongs to the Mac. */
const OF_A_MAC = /(?:^|\/)(?:__MACOSX\/|\._)/;

type ShapefileFeature = Feature<Geometry | null>;

interface Shapefile {
  /** With its folders in the archive. */
  readonly name: string;
  readonly records: number;
  /** One by one. */
  features(): AsyncGenerator<ShapefileFeature, void>;
}

/**
 * Opens a zipped shapefile as the Census publishes it: `.shp`, `.dbf` and `.prj` of one name. Coordinates are NAD83
 * degrees, taken as WGS 84 (they differ by about a metre).
 * @throws AppError `invalid_file`; reading may throw it too.
 */
export async function openShapefileZip(file: SourceFile, limits: ShapefileLimits): Promise<Shapefile> {
  const members = await readZip(file, { wanted: /\.(shp|dbf|prj)$/i, mostBytes: limits.bytes });
  const find = (ending: string) =>
    [...members].filter(([name]) => name.toLowerCase().endsWith(ending) && !OF_A_MAC.test(name));
  const [shapes, ...others] = find('.shp');
  const [table] = find('.dbf');
  if (shapes === undefined) return refuseFile(file.name, 'there is no .shp file in it');
  if (table === undefined) return refuseFile(file.name, 'there is no .dbf file in it');
  if (others.length > 0) refuseFile(file.name, 'there is more than one .shp file in it; name a ZIP with one');
  if (find('.prj').some(([, bytes]) => bytes.toString('latin1').startsWith('PROJCS')))
    refuseFile(file.name, 'its coordinates are projected; degrees are needed');
  const records = checkShapes(file, shapes[1], limits);
  const rows = checkTable(file, table[1], limits);
  if (records !== rows)
    refuseFile(file.name, `it has ${records} of the ${rows} records that its table tells of`);
  return {
    name: shapes[0],
    records,
    features: () => readRecords({ file, shapes: shapes[1], table: table[1] }),
  };
}

/**
 * Reads the areas of a zipped shapefile.
 * @throws AppError `invalid_file`
 */
export async function readShapefileZip(file: SourceFile): Promise<Feature[]> {
  const { features } = await openShapefileZip(file, AREAS);
  const areas: Feature[] = [];
  for await (const { geometry, ...feature } of features())
    areas.push({
      ...feature,
      geometry: geometry ?? refuseFile(file.name, 'there is an area that is nowhere'),
    });
  return areas;
}

interface Opened {
  readonly file: SourceFile;
  readonly shapes: Buffer;
  readonly table: Buffer;
}

async function* readRecords({ file, shapes, table }: Opened): AsyncGenerator<ShapefileFeature, void> {
  let read = 0;
  try {
    const source = await open(viewOf(shapes), viewOf(table), { encoding: 'utf-8' });
    for (let next = await source.read(); !next.done; next = await source.read()) {
      read += 1;
      yield next.value;
    }
  } catch (cause) {
    if (cause instanceof Error && cause.name === 'AppError') throw cause;
    refuseFile(file.name, `the shapefile in it is damaged after ${read} records`, { cause });
  }
}

/** The same bytes, without the methods in which a Buffer differs. */
function viewOf({ buffer, byteOffset, byteLength }: Buffer): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
