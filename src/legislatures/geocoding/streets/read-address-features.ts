import type { Feature } from 'geojson';
import { open } from 'shapefile';
import { refuseFile, type SourceFile } from '../../files/source-file.js';
import { readZip } from '../../files/zip-archive.js';
import { toUnits } from '../../places/boundary.js';
import { type AddressRange, type Parity, parityOf } from './address-range.js';
import { parseHouseNumber } from './house-number.js';
import { normaliseStreet, type StreetName, wordsOf } from './street-name.js';

const MOST_UNPACKED_BYTES = 256 * 1024 * 1024;
/** `tl_2025_11001_addrfeat`: the year, and the county's number (state and county, FIPS). */
const FILE_NAME = /(?:^|\/)tl_(\d{4})_(\d{5})_addrfeat\.shp$/i;
const LARGEST_LATITUDE = 90;
const LARGEST_LONGITUDE = 180;
const DBF_COUNT_OFFSET = 4;
const DBF_LEAST_BYTES = 32;

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
  const members = await readZip(file, { wanted: /\.(shp|dbf|prj)$/i, mostBytes: MOST_UNPACKED_BYTES });
  const find = (ending: string) => [...members].find(([name]) => name.toLowerCase().endsWith(ending));
  const [shapeName, shapes] = find('.shp') ?? refuseFile(file.name, 'there is no .shp file in it');
  const [, table] = find('.dbf') ?? refuseFile(file.name, 'there is no .dbf file in it');
  const [, edition = '', county = ''] =
    FILE_NAME.exec(shapeName) ??
    refuseFile(file.name, `${shapeName} in it is not named tl_YEAR_COUNTY_addrfeat.shp`);
  if (find('.prj')?.[1].toString('latin1').startsWith('PROJCS'))
    refuseFile(file.name, 'its coordinates are projected; degrees are needed');
  const lines = table.length < DBF_LEAST_BYTES ? 0 : table.readUInt32LE(DBF_COUNT_OFFSET);
  const unread = { count: 0 };
  return { county, edition, lines, unread, sides: () => readSides({ file, shapes, table }, unread) };
}

interface Opened {
  readonly file: SourceFile;
  readonly shapes: Buffer;
  readonly table: Buffer;
}

async function* readSides(
  { file, shapes, table }: Opened,
  unread: { count: number },
): AsyncGenerator<readonly StreetSide[], void> {
  let read = 0;
  try {
    const source = await open(viewOf(shapes), viewOf(table), { encoding: 'utf-8' });
    for (let next = await source.read(); !next.done; next = await source.read()) {
      read += 1;
      if (read === 1) checkColumns(file, next.value);
      yield sidesOf(next.value, unread);
    }
  } catch (cause) {
    if (cause instanceof Error && cause.name === 'AppError') throw cause;
    refuseFile(file.name, `the shapefile in it is damaged after ${read} lines`, { cause });
  }
  const lines = table.readUInt32LE(DBF_COUNT_OFFSET);
  if (read !== lines) refuseFile(file.name, `it has ${read} of the ${lines} lines that it tells of`);
}

/** The same bytes, without the methods in which a Buffer differs. */
function viewOf({ buffer, byteOffset, byteLength }: Buffer): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
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

function checkColumns(file: SourceFile, { properties }: Feature): void {
  const missing = COLUMNS.filter((name) => properties?.[name] === undefined);
  if (missing.length > 0)
    refuseFile(file.name, `these columns of an ADDRFEAT file are missing: ${missing.join(', ')}`);
}

function sidesOf(feature: Feature, unread: { count: number }): StreetSide[] {
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
function lineOf({ geometry }: Feature): number[] | undefined {
  if (geometry?.type !== 'LineString' || geometry.coordinates.length < 2) return undefined;
  const line: number[] = [];
  for (const [longitude = Number.NaN, latitude = Number.NaN] of geometry.coordinates) {
    if (!(Math.abs(longitude) <= LARGEST_LONGITUDE && Math.abs(latitude) <= LARGEST_LATITUDE))
      return undefined;
    line.push(toUnits(longitude), toUnits(latitude));
  }
  return line;
}
