import type { Feature } from 'geojson';
import { readShapefileZip } from '../files/shapefile-archive.js';
import { refuseFile, type SourceFile } from '../files/source-file.js';
import { readTopojson } from '../files/topojson.js';
import type { Division } from '../model.js';
import { BoundaryReader } from '../places/read-boundaries.js';
import { type HouseDistrict, makeDistrict, readDistrictNumber } from './house-district.js';
import { type State, stateOfCode, stateOfFips } from './states.js';

const CENSUS_DISTRICT_FIELD = /^CD(\d{2,3})FP$/;

/** The map of one Congress. */
export interface DistrictMap {
  readonly congress: number;
  readonly districts: readonly (HouseDistrict & { readonly division: Division })[];
}

/**
 * Reads the districts of one Congress from TopoJSON or from a zipped Census shapefile.
 * @throws AppError `invalid_file` with the name of the file.
 */
export async function readDistrictMap(file: SourceFile): Promise<DistrictMap> {
  const features = file.name.endsWith('.zip') ? await readShapefileZip(file) : readTopojson(file);
  const reader = new BoundaryReader(file);
  const read = features.flatMap((feature) => readFeature({ file, reader }, feature) ?? []);
  const congress = read[0]?.congress ?? refuseFile(file.name, 'there is no district in it');
  const stray = read.find((district) => district.congress !== congress);
  if (stray) refuseFile(file.name, `districts of Congress ${congress} and of ${stray.congress} are mixed`);
  return { congress, districts: read };
}

interface Reading {
  readonly file: SourceFile;
  readonly reader: BoundaryReader;
}

/** Undefined for areas that belong to no district (code `ZZ`: open water). */
function readFeature({ file, reader }: Reading, { properties, geometry }: Feature) {
  const label = labelOf(properties ?? {});
  if (label.district === 'ZZ') return undefined;
  const number = readDistrictNumber(label.district);
  if (label.state === undefined || number === undefined || label.congress === undefined) {
    return refuseFile(
      file.name,
      `a district has unknown properties: ${JSON.stringify(properties).slice(0, 200)}`,
    );
  }
  const district = { state: label.state, number };
  const division = makeDistrict(district);
  return {
    ...district,
    congress: label.congress,
    division: { ...division, boundary: reader.read(`district ${division.code}`, geometry) },
  };
}

interface Label {
  readonly state: State | undefined;
  readonly district: unknown;
  readonly congress: number | undefined;
}

/** `{state, district, congress}`, or the fields of the Census: `STATEFP`, `CD119FP`. */
function labelOf(properties: Readonly<Record<string, unknown>>): Label {
  for (const [name, district] of Object.entries(properties)) {
    const congress = CENSUS_DISTRICT_FIELD.exec(name)?.[1];
    if (congress === undefined) continue;
    const { STATEFP: state } = properties;
    return {
      state: typeof state === 'string' ? stateOfFips(state) : undefined,
      district,
      congress: Number(congress),
    };
  }
  const { state, district, congress } = properties;
  return {
    state: typeof state === 'string' ? stateOfCode(state) : undefined,
    district,
    congress: typeof congress === 'number' ? congress : undefined,
  };
}
