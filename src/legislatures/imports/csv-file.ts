import { CsvError, parse } from 'csv-parse/sync';
import { AppError } from '../../errors.js';
import { refuseFile, type SourceFile } from '../files/source-file.js';
import { linesOf } from '../files/text-file.js';

const LONGEST_CELL = 2000;
/** In characters; the parser itself does not count empty cells. */
const LONGEST_RECORD = LONGEST_CELL * 30;

export type CsvRow = ReadonlyMap<string, string>;

export interface CsvRequest {
  readonly file: SourceFile;
  readonly columns: readonly string[];
  readonly required: readonly string[];
  readonly mostRows: number;
}

/**
 * Hands out the rows of a CSV file (RFC 4180, UTF-8; comma, semicolon or tab) one by one, by the names in its first
 * line. Empty cells are left out.
 * @throws AppError `invalid_file` with the line.
 */
export function readCsv(request: CsvRequest, take: (row: CsvRow, line: number) => void): void {
  const { file, mostRows } = request;
  let header: readonly string[] | undefined;
  const rows = readRecords({ file, mostRecords: mostRows + 1 }, (cells, line) => {
    if (header === undefined) header = readHeader(request, cells);
    else if (cells.length !== header.length)
      refuseFile(file.name, `the line has ${cells.length} cells, and the first one ${header.length}`, {
        line,
      });
    else take(toRow(file, { header, cells, line }), line);
  });
  if (rows < 2) refuseFile(file.name, 'there is no line below the names of the columns', { line: 1 });
}

interface RecordsRequest {
  readonly file: SourceFile;
  readonly mostRecords: number;
}

/**
 * Hands out the records of a CSV file one by one, the first line among them; answers how many there were.
 * @throws AppError `invalid_file` with the line; what `take` throws comes out as it is.
 */
export function readRecords(
  { file, mostRecords }: RecordsRequest,
  take: (cells: readonly string[], line: number) => void,
): number {
  const text = linesOf(file);
  refuseLongLines(file, text);
  let records = 0;
  parseRecords(file, text, (cells, line) => {
    records += 1;
    if (records > mostRecords) refuseFile(file.name, `it has more than ${mostRecords} lines`, { line });
    take(cells, line);
  });
  return records;
}

function refuseLongLines(file: SourceFile, text: string): void {
  let line = 1;
  for (let start = 0; start < text.length; line += 1) {
    const end = text.indexOf('\n', start);
    if (end - start > LONGEST_RECORD)
      refuseFile(file.name, `the line has more than ${LONGEST_RECORD} characters`, { line });
    start = end + 1;
  }
}

/** The parser would wrap what a record throws. */
function parseRecords(
  file: SourceFile,
  text: string,
  onRecord: (cells: readonly string[], line: number) => void,
): void {
  let thrown: unknown;
  try {
    parse(text, {
      bom: true,
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
      max_record_size: LONGEST_RECORD,
      delimiter: delimiterOf(text),
      on_record: (cells: string[], { lines }) => {
        try {
          onRecord(cells, lines);
        } catch (error) {
          thrown = error;
          throw error;
        }
        return null;
      },
    });
  } catch (cause) {
    if (thrown instanceof AppError) throw thrown;
    if (!(cause instanceof CsvError)) throw cause;
    refuseFile(file.name, cause.message, { line: Number(cause.lines) || 1, cause });
  }
}

function delimiterOf(text: string): string {
  const [first = ''] = text.split(/\r?\n/, 1);
  const count = (delimiter: string): number => first.split(delimiter).length;
  return [',', ';', '\t'].reduce((best, other) => (count(other) > count(best) ? other : best));
}

function readHeader({ file, columns, required }: CsvRequest, cells: readonly string[]): string[] {
  const header = cells.map((cell) => cell.toLowerCase().replace(/[\s-]+/g, '_'));
  const unknown = header.find((name) => !columns.includes(name));
  if (unknown !== undefined)
    refuseFile(
      file.name,
      `there is no column "${unknown.slice(0, 60)}"; the columns are ${columns.join(', ')}`,
      {
        line: 1,
      },
    );
  const twice = header.find((name, index) => header.indexOf(name) !== index);
  if (twice !== undefined) refuseFile(file.name, `the column "${twice}" is there twice`, { line: 1 });
  const missing = required.find((name) => !header.includes(name));
  if (missing !== undefined) refuseFile(file.name, `the column "${missing}" is missing`, { line: 1 });
  return header;
}

interface RawRow {
  readonly header: readonly string[];
  readonly cells: readonly string[];
  readonly line: number;
}

function toRow(file: SourceFile, { header, cells, line }: RawRow): CsvRow {
  const row = new Map<string, string>();
  header.forEach((name, index) => {
    const cell = cells[index] ?? '';
    if (cell.length > LONGEST_CELL)
      refuseFile(file.name, `"${name}" has more than ${LONGEST_CELL} characters`, { line });
    if (cell !== '') row.set(name, cell);
  });
  return row;
}
