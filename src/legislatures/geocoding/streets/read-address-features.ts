import type { Feature, Geometry } from 'geojson';
import { openShapefileZip } from '../../files/shapefile-archive.js';
import { refuseFile, type SourceFile } from '../../files/source-file.js';
import { isFitText } from '../../files/text-file.js';
import { toUnits } from '../../places/boundary.js';
import { type AddressRange, type Parity, parityOf } from './address-range.js';
import { parseHouseNumber } from './house-number.js';
import { normaliseStreet, type StreetName, wordsOf } from './street-name.js';

/** Lines are read one by one: what one of them has counts, not all. */
const LIMITS = {
  bytes: 256 * 1024 * 1024,
  records: 500_000,
  cells: 30_000_000,
  points: 15_000_000,
  pointsOfOne: 100_000,
};
/** `tl_2025_11001_addrfeat`: the year, and the county's number (state and county, FIPS). */
const FILE_NAME = /(?:^|\/)tl_(\d{4})_(\d{5})_addrfeat\.shp$/i;
const LARGEST_LATITUDE = 90;
const LARGEST_LONGITUDE = 180;

/** One side of one line, with the street and the postcode that it is found by. */
export interface StreetSide extends AddressRange, StreetName {
  readonly postcode: string;
  /** As the file writes it, for a label. */
  readonly name: string;
}

export interface AddressFeatures {
  readonly county: string;
  /** The year of the file. */
  readonly edition: string;
  /** How many lines the file says it has. */
  readonly lines: number;
  /** The sides with house numbers, line by line; a line of which nothing can be used gives an empty list. */
  sides(): AsyncGenerator<readonly StreetSide[], void>;
  /** House numbers that cannot be read, such as a range from `N1` to `S9`: counted as they are passed. */
  readonly unread: { count: number };
}

/**
 * Opens a Census address range file (TIGER/Line `ADDRFEAT`, one county, zipped). The lines are read one by one.
 * @throws AppError `invalid_file`; reading may throw it too.
 */
export async function openAddressFeatures(file: SourceFile): Promise<AddressFeatures> {
  const { name, records, features } = await openShapefileZip(file, LIMITS);
  const [, edition = '', county = ''] =
    FILE_NAME.exec(name) ?? refuseFile(file.name, `${name} in it is not named tl_YEAR_COUNTY_addrfeat.shp`);
  const unread = { count: 0 };
  return { county, edition, lines: records, unread, sides: () => readSides(file, features(), unread) };
}

async function* readSides(
  file: SourceFile,
  features: AsyncIterable<Feature<Geometry | null>>,
  unread: { count: number },
): AsyncGenerator<readonly StreetSide[], void> {
  let read = 0;
  for await (const feature of features) {
    read += 1;
    if (read === 1) checkColumns(file, feature);
    const sides = sidesOf(feature, unread);
    for (const { name, postcode } of sides)
      if (!isFitText(name) || !isFitText(postcode))
        refuseFile(file.name, `record ${read} has a control character in the name of a street`);
    yield sides;
  }
}

const COLUMNS = [
  'FULLNAME',
  'LFROMHN',
  'LTOHN',
  'RFROMHN',
  'RTOHN',
  'PARITYL',
  'PARITYR',
  'ZIPL',
  'ZIPR',
] as const;

function checkColumns(file: SourceFile, { properties }: Feature<Geometry | null>): void {
  const missing = COLUMNS.filter((name) => properties?.[name] === undefined);
  if (missing.length > 0)
    refuseFile(file.name, `these columns of an ADDRFEAT file are missing: ${missing.join(', ')}`);
}

function sidesOf(feature: Feature<Geometry | null>, unread: { count: number }): StreetSide[] {
  const field = (name: (typeof COLUMNS)[number]): string => {
    const value: unknown = feature.properties?.[name];
    return typeof value === 'string' ? value.trim() : '';
  };
  const name = field('FULLNAME');
  const line = lineOf(feature);
  const words = wordsOf(name);
  if (line === undefined || words.length === 0) return [];
  const street = { name, ...normaliseStreet(words), line };
  const sides = (['left', 'right'] as const).map((side) => {
    const of = side === 'left' ? 'L' : 'R';
    const ends = [field(`${of}FROMHN`), field(`${of}TOHN`)] as const;
    const postcode = field(`ZIP${of}`);
    if (ends.includes('') || postcode === '') return undefined;
    const range = rangeOf(ends, field(`PARITY${of}`));
    if (range === undefined) unread.count += 1;
    return range && { ...street, ...range, side, postcode };
  });
  return sides.filter((side) => side !== undefined);
}

function rangeOf(
  [from, to]: readonly [string, string],
  stated: string,
): Pick<AddressRange, 'prefix' | 'first' | 'last' | 'parity'> | undefined {
  const first = parseHouseNumber(from);
  const last = parseHouseNumber(to);
  if (first === undefined || last === undefined || first.prefix !== last.prefix) return undefined;
  const parity = PARITIES.get(stated) ?? parityOfEnds(first.number, last.number);
  return { prefix: first.prefix, first: first.number, last: last.number, parity };
}

const PARITIES: ReadonlyMap<string, Parity> = new Map([
  ['O', 'odd'],
  ['E', 'even'],
  ['B', 'both'],
]);

function parityOfEnds(first: number, last: number): Parity {
  return parityOf(first) === parityOf(last) ? parityOf(first) : 'both';
}

/** In 1e-7 degrees; undefined for what is no single line on the globe. */
function lineOf({ geometry }: Feature<Geometry | null>): number[] | undefined {
  if (geometry?.type !== 'LineString' || geometry.coordinates.length < 2) return undefined;
  const line: number[] = [];
  for (const [longitude = Number.NaN, latitude = Number.NaN] of geometry.coordinates) {
    if (!(Math.abs(longitude) <= LARGEST_LONGITUDE && Math.abs(latitude) <= LARGEST_LATITUDE))
      return undefined;
    line.push(toUnits(longitude), toUnits(latitude));
  }
  return line;
}
