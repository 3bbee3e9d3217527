import { openProgress } from '../files/progress.js';
import { readSourceFile, recordOf, refuseFile, type SourceFile } from '../files/source-file.js';
import { addSources } from '../imports/carry-over.js';
import { readCsv } from '../imports/csv-file.js';
import { type ReadSet, type StatedFacts, statedSource } from '../imports/read-set.js';
import type { DivisionId, LegislatureSet, PostcodeTable } from '../model.js';
import { cleanPostcode } from '../postcode.js';
import { DivisionMatcher } from './match-divisions.js';

const MOST_BYTES = 32 * 1024 * 1024;
const MOST_ROWS = 400_000;
const TELL_EVERY = 10_000;
const COLUMNS = ['postcode', 'division'];
/** Of one postcode; a list of more helps nobody to choose. */
const MOST_DIVISIONS = 500;
/** A ZIP code may have four more digits, which no table has. */
const ZIP_PATTERN = '(\\d{5})(?:\\d{4})?';

interface AttachOptions {
  readonly path: string;
  readonly facts: StatedFacts;
  readonly chamber?: string | undefined;
}

/**
 * Gives a set the postcodes in a CSV file with the columns `postcode` and `division`: a line for each postcode and
 * each division that has a part of it. They take the place of those that were there.
 * @throws AppError `invalid_file` with the line.
 */
export async function attachPostcodes(
  set: LegislatureSet,
  { path, facts, chamber }: AttachOptions,
): Promise<ReadSet> {
  const file = await readSourceFile(path, MOST_BYTES);
  const entries = readEntries(file, set, chamber);
  const source = statedSource({ title: file.name, part: 'postcodes', licence: '', address: '' }, facts);
  const others = set.sources.filter(({ part }) => part !== 'postcodes');
  return {
    set: { ...set, postcodes: makeTable(set, entries), sources: addSources(others, [source]) },
    files: [recordOf(file)],
    notes: [`${entries.size} postcodes.`],
  };
}

function readEntries(file: SourceFile, set: LegislatureSet, chamber: string | undefined) {
  using progress = openProgress('lines');
  const matcher = new DivisionMatcher(set, { property: 'division', chamber });
  const found = new Map<string, DivisionId>();
  const entries = new Map<string, DivisionId[]>();
  let rows = 0;
  readCsv({ file, columns: COLUMNS, required: COLUMNS, mostRows: MOST_ROWS }, (row, line) => {
    const postcode = cleanPostcode(row.get('postcode') ?? '');
    if (!/^[\p{L}\p{N}]{2,16}$/u.test(postcode))
      refuseFile(file.name, `"${row.get('postcode') ?? ''}" is no postcode`, { line });
    const division = row.get('division') ?? refuseFile(file.name, 'the division is missing', { line });
    const id = found.get(division) ?? findDivision({ file, matcher, line }, division);
    found.set(division, id);
    const ids = entries.get(postcode);
    if (ids === undefined) entries.set(postcode, [id]);
    else if (!ids.includes(id)) ids.push(id);
    if ((ids?.length ?? 0) > MOST_DIVISIONS)
      refuseFile(file.name, `${postcode} is in more than ${MOST_DIVISIONS} divisions`, { line });
    rows += 1;
    if (rows % TELL_EVERY === 0) progress.at(rows, rows);
  });
  return shareLists(entries);
}

/** Most postcodes share their list of divisions with others: one array for all of them. */
function shareLists(entries: ReadonlyMap<string, readonly DivisionId[]>): PostcodeTable['entries'] {
  const lists = new Map<string, readonly DivisionId[]>();
  const shared = new Map<string, readonly DivisionId[]>();
  for (const [postcode, ids] of entries) {
    const key = ids.join();
    const list = lists.get(key) ?? ids;
    lists.set(key, list);
    shared.set(postcode, list);
  }
  return shared;
}

interface Finding {
  readonly file: SourceFile;
  readonly matcher: DivisionMatcher;
  readonly line: number;
}

function findDivision({ file, matcher, line }: Finding, division: string): DivisionId {
  const match = matcher.match({ division });
  if (match.kind === 'division') return match.division.id;
  if (match.kind === 'several')
    return refuseFile(file.name, `"${division}" may be ${match.divisions.map(({ id }) => id).join(' or ')}`, {
      line,
    });
  return refuseFile(file.name, `there is no division "${division}"`, { line });
}

/** The pattern takes what is as long as the postcodes of the table, of digits where they all are. */
function makeTable({ country }: LegislatureSet, entries: PostcodeTable['entries']): PostcodeTable {
  const postcodes = [...entries.keys()];
  let [shortest, longest] = [Number.POSITIVE_INFINITY, 0];
  for (const { length } of postcodes) {
    shortest = Math.min(shortest, length);
    longest = Math.max(longest, length);
  }
  const digits = postcodes.every((postcode) => /^\d+$/.test(postcode));
  const example = postcodes[0] ?? '';
  if (country === 'us' && digits && shortest === 5 && longest === 5)
    return { pattern: ZIP_PATTERN, example, entries };
  const kind = digits ? '\\d' : '[\\p{L}\\p{N}]';
  return { pattern: `(${kind}{${shortest},${longest}})`, example, entries };
}
