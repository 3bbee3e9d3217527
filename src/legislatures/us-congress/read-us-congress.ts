import {
  findSourceFiles,
  readSourceFile,
  recordOf,
  refuseFile,
  type SourceFile,
} from '../files/source-file.js';
import type { ReadSet } from '../imports/read-set.js';
import type { Division, DivisionId, LegislatureSet, Seat, Source } from '../model.js';
import { EXTRA_FILES, type Extras, readExtras } from './extras.js';
import { type DistrictMap, readDistrictMap } from './house-districts.js';
import { HOUSE, houseSeat, type MemberRead, readMembers, SENATE } from './members.js';
import { checkSeats, checkZipTable } from './plausible.js';
import { senateSeats } from './senate-seats.js';
import { STATES, stateDivision } from './states.js';
import { readZipTable } from './zip-table.js';

const MEMBERS_FILE = 'legislators-current.yaml';
const ZIP_FILE = 'zccd.csv';
export const TOPOJSON_FILE = 'us-cd119-500k.topojson';
export const CENSUS_FILE = 'cb_2024_us_cd119_500k.zip';

const MOST_MEMBERS_BYTES = 3 * 1024 * 1024;
const MOST_ZIP_BYTES = 8 * 1024 * 1024;
const MOST_MAP_BYTES = 64 * 1024 * 1024;

const SOURCES: readonly Source[] = [
  {
    title: 'congress-legislators',
    licence: 'CC0 1.0',
    address: 'https://github.com/unitedstates/congress-legislators',
  },
  {
    title: 'U.S. Census Bureau, cartographic boundary files',
    licence: 'Public domain',
    address: 'https://www.census.gov/geographies/mapping-files/time-series/geo/cartographic-boundary.html',
  },
  {
    title: 'us-zipcodes-congress',
    licence: 'Public domain',
    address: 'https://github.com/OpenSourceActivismTech/us-zipcodes-congress',
  },
];

/**
 * Reads the United States Congress from files found by name anywhere below a folder: `legislators-current.yaml`,
 * `zccd.csv`, and the first of the map files that is there.
 * @throws AppError `invalid_file` with the file, the line where it is known, and what is wrong.
 */
export async function readUsCongress(
  folder: string,
  mapFiles: readonly string[] = [TOPOJSON_FILE, CENSUS_FILE],
): Promise<ReadSet> {
  const found = await findSourceFiles(folder, [MEMBERS_FILE, ZIP_FILE, ...mapFiles, ...EXTRA_FILES]);
  const open = (name: string, mostBytes: number): Promise<SourceFile> =>
    readSourceFile(found.get(name) ?? refuseFile(name, `there is no such file below ${folder}`), mostBytes);
  const mapName = mapFiles.find((name) => found.has(name)) ?? mapFiles.join(' or ');
  const membersFile = await open(MEMBERS_FILE, MOST_MEMBERS_BYTES);
  const zipFile = await open(ZIP_FILE, MOST_ZIP_BYTES);
  const mapFile = await open(mapName, MOST_MAP_BYTES);
  const map = await readDistrictMap(mapFile);
  const zips = readZipTable(zipFile, new Set(map.districts.map(({ division }) => division.id)));
  checkZipTable(zipFile, zips, map);
  const members = readMembers(membersFile);
  const seats = [...map.districts.map(({ division }) => houseSeat(division.id)), ...senateSeats(members)];
  checkSeats(membersFile, members, seats);
  const extras = await readExtras(found, members);
  return {
    set: makeSet({ map, zips, members, seats, extras }),
    files: [membersFile, zipFile, mapFile, ...extras.files].map(recordOf),
    notes: extras.notes,
  };
}

interface Parts {
  readonly map: DistrictMap;
  readonly zips: ReadonlyMap<string, readonly DivisionId[]>;
  readonly members: readonly MemberRead[];
  readonly seats: readonly Seat[];
  readonly extras: Extras;
}

function makeSet({ map, zips, members, seats, extras }: Parts): LegislatureSet {
  const states = STATES.map(
    (state): Division => ({ id: stateDivision(state), name: state.name, code: state.code }),
  );
  return {
    id: 'us-congress',
    name: `United States Congress, ${map.congress}th`,
    country: 'us',
    edition: String(map.congress),
    validFrom: firstDay(map.congress),
    validUntil: firstDay(map.congress + 1),
    sources: [...SOURCES, ...extras.sources],
    chambers: [HOUSE, SENATE],
    divisions: [...states, ...map.districts.map(({ division }) => division)],
    seats,
    officeholders: members.map(({ officeholder }) => extras.extend(officeholder)),
    committees: extras.committees,
    postcodes: { pattern: '(\\d{5})(?:\\d{4})?', example: '20001', entries: zips },
  };
}

/** A Congress begins on 3 January of an odd year (20th Amendment); the first would have in 1789. */
function firstDay(congress: number): string {
  return `${1787 + 2 * congress}-01-03`;
}
