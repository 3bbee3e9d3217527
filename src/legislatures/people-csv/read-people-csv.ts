import { openProgress } from '../files/progress.js';
import { readSourceFile, recordOf, refuseFile, type SourceFile } from '../files/source-file.js';
import { readCsv } from '../imports/csv-file.js';
import { countryName, divisionPart, setIdOf } from '../imports/names.js';
import {
  NO_POSTCODES,
  type ReadSet,
  type StatedFacts,
  statedSource,
  UNKNOWN_COUNTRY,
  validity,
} from '../imports/read-set.js';
import { seatMembers } from '../imports/seat-members.js';
import type { Chamber, Division } from '../model.js';
import { PEOPLE_COLUMNS, type PeopleRow, readPeopleRow } from './people-row.js';

const MOST_BYTES = 32 * 1024 * 1024;
const MOST_PEOPLE = 20_000;
const COUNTRY_IN_ID = /^ocd-division\/country:([a-z]{2})/;

export interface PeopleCsvOptions {
  readonly path: string;
  readonly facts: StatedFacts;
  /** The Open Civic Data id of the place around the districts: of the town of a council. */
  readonly within?: string | undefined;
}

/**
 * Reads a council, a school board, a company or a list of named people from a CSV file: a line for each person, and
 * one without a name for each empty seat.
 * @throws AppError `invalid_file` with the file and the line.
 */
export async function readPeopleCsv({ path, facts, within }: PeopleCsvOptions): Promise<ReadSet> {
  const file = await readSourceFile(path, MOST_BYTES);
  const id = setIdOf(facts.id, path);
  const name = facts.name ?? id;
  const rows = readRows(file);
  const stated = within ?? rows.find(({ districtId }) => districtId !== undefined)?.districtId ?? '';
  const country = facts.country ?? COUNTRY_IN_ID.exec(stated)?.[1] ?? UNKNOWN_COUNTRY;
  const whole: Division =
    within === undefined
      ? {
          id: `ocd-division/country:${country}`,
          name: country === UNKNOWN_COUNTRY ? name : countryName(country),
        }
      : { id: within, name };
  const chambers = chambersOf(file, rows, name);
  const { divisions, of } = districtsOf(file, rows, whole);
  const sittings = rows.map((row) => ({
    chamber: chamberId(row),
    division: of(row).id,
    person: row.person,
  }));
  return {
    set: {
      id,
      name,
      country,
      edition: 'current',
      ...validity(facts.validFrom, facts.validUntil),
      sources: [statedSource({ title: file.name, licence: '', address: '' }, facts)],
      chambers,
      divisions,
      ...seatMembers(sittings, { chambers, divisions }),
      committees: [],
      postcodes: NO_POSTCODES,
    },
    files: [recordOf(file)],
    notes: [],
  };
}

function readRows(file: SourceFile): PeopleRow[] {
  using progress = openProgress('lines');
  const rows: PeopleRow[] = [];
  const lineOfId = new Map<string, number>();
  readCsv({ file, columns: PEOPLE_COLUMNS, required: ['name'], mostRows: MOST_PEOPLE }, (cells, line) => {
    const row = readPeopleRow(file, cells, line);
    const other = lineOfId.get(row.person?.id ?? '');
    if (other !== undefined)
      refuseFile(file.name, `the id "${row.person?.id}" is on line ${other} already; give each an "id"`, {
        line,
      });
    if (row.person !== undefined) lineOfId.set(row.person.id, line);
    rows.push(row);
    progress.at(rows.length, rows.length);
  });
  if (lineOfId.size === 0) refuseFile(file.name, 'nobody is in it', { line: 1 });
  return rows;
}

function chamberId({ chamber }: PeopleRow): string {
  return divisionPart(chamber) || 'members';
}

function chambersOf(file: SourceFile, rows: readonly PeopleRow[], name: string): Chamber[] {
  const chambers = new Map<string, Chamber>();
  for (const row of rows) {
    const id = chamberId(row);
    const known = chambers.get(id);
    if (known !== undefined && known.role !== row.role)
      refuseFile(file.name, `the chamber "${known.name}" was ${known.role} before`, { line: row.line });
    chambers.set(id, { id, name: row.chamber || name, role: row.role });
  }
  return [...chambers.values()];
}

function districtsOf(file: SourceFile, rows: readonly PeopleRow[], whole: Division) {
  const made = new Map<string, Division>();
  const of = ({ district, districtId, line }: PeopleRow): Division => {
    if (district === undefined && districtId === undefined) return whole;
    const id = districtId ?? `${whole.id}/district:${divisionPart(district ?? '')}`;
    if (id === whole.id) return whole;
    const name = district ?? id.slice(id.lastIndexOf(':') + 1);
    const known = made.get(id);
    if (known !== undefined && known.name !== name)
      return refuseFile(file.name, `the district ${id} was called "${known.name}" before`, { line });
    const division = known ?? { id, name, parent: whole.id };
    made.set(id, division);
    return division;
  };
  for (const row of rows) of(row);
  return { divisions: [whole, ...made.values()], of };
}
