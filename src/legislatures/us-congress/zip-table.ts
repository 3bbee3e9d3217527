import { refuseFile, type SourceFile } from '../files/source-file.js';
import { readRecords } from '../imports/csv-file.js';
import type { DivisionId } from '../model.js';
import { districtDivision, readDistrictNumber } from './house-district.js';
import { stateOfCode } from './states.js';

const COLUMNS = ['state_fips', 'state_abbr', 'zcta', 'cd'];
/** There were 42,034 in 2024. */
const MOST_LINES = 200_000;

/**
 * Reads `zccd.csv` (github.com/OpenSourceActivismTech/us-zipcodes-congress): one line for each ZIP area and each
 * district that has a part of it. Areas are the Census's; ZIP codes of post office boxes are not among them.
 * @throws AppError `invalid_file` with the line.
 */
export function readZipTable(file: SourceFile, known: ReadonlySet<DivisionId>): Map<string, DivisionId[]> {
  const entries = new Map<string, DivisionId[]>();
  readRecords({ file, mostRecords: MOST_LINES }, (row, line) => {
    if (line === 1 && row.join() === COLUMNS.join()) return;
    if (row.length !== COLUMNS.length)
      refuseFile(file.name, `four columns are expected: ${COLUMNS.join()}`, { line });
    const [, code = '', zip = '', district] = row;
    const state = stateOfCode(code) ?? refuseFile(file.name, `"${code}" is no state`, { line });
    if (!/^\d{5}$/.test(zip)) refuseFile(file.name, `"${zip}" is no ZIP code`, { line });
    const number =
      readDistrictNumber(district) ?? refuseFile(file.name, `"${district}" is no district`, { line });
    const division = districtDivision({ state, number });
    if (!known.has(division)) refuseFile(file.name, `${code} has no district ${number} on the map`, { line });
    const divisions = entries.get(zip);
    if (divisions === undefined) entries.set(zip, [division]);
    else if (!divisions.includes(division)) divisions.push(division);
  });
  return entries;
}
