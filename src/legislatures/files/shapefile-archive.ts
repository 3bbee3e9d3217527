import type { Feature } from 'geojson';
import { read } from 'shapefile';
import { refuseFile, type SourceFile } from './source-file.js';
import { readZip } from './zip-archive.js';

const MOST_UNPACKED_BYTES = 96 * 1024 * 1024;

/**
 * Reads the features of a zipped shapefile as the Census publishes it: `.shp`, `.dbf` and `.prj` of one name.
 * Coordinates are NAD83 degrees, taken as WGS 84 (they differ by about a metre).
 * @throws AppError `invalid_file`
 */
export async function readShapefileZip(file: SourceFile): Promise<Feature[]> {
  const members = await readZip(file, { wanted: /\.(shp|dbf|prj)$/i, mostBytes: MOST_UNPACKED_BYTES });
  const find = (ending: string) => [...members].find(([name]) => name.toLowerCase().endsWith(ending))?.[1];
  const shapes = find('.shp') ?? refuseFile(file.name, 'there is no .shp file in it');
  const table = find('.dbf') ?? refuseFile(file.name, 'there is no .dbf file in it');
  if (find('.prj')?.toString('latin1').startsWith('PROJCS')) {
    refuseFile(file.name, 'its coordinates are projected; degrees are needed');
  }
  try {
    const { features } = await read(new Uint8Array(shapes), new Uint8Array(table), { encoding: 'utf-8' });
    return features;
  } catch (cause) {
    return refuseFile(file.name, 'the shapefile in it is damaged', { cause });
  }
}
