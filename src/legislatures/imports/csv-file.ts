import { CsvError, parse } from 'csv-parse/sync';
import { AppError } from '../../errors.js';
import { linesOf, refuseFile, type SourceFile } from '../files/source-file.js';

const LONGEST_CELL = 2000;

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
  const text = linesOf(file);
  let header: readonly string[] | undefined;
  let rows = 0;
  const onRow = (cells: string[], line: number): void => {
    if (header === undefined) {
      header = readHeader(request, cells);
      return;
    }
    rows += 1;
    if (rows > mostRows) refuseFile(file.name, `it has more than ${mostRows} lines`, { line });
    take(toRow(file, { header, cells, line }), line);
  };
  parseRows(file, text, onRow);
  if (rows === 0) refuseFile(file.name, 'there is no line below the names of the columns', { line: 1 });
}

/** What a row throws comes out as it is: the parser would wrap it otherwise. */
function parseRows(file: SourceFile, text: string, onRow: (cells: string[], line: number) => void): void {
  let thrown: unknown;
  try {
    parse(text, {
      bom: true,
      trim: true,
      skip_empty_lines: true,
      max_record_size: LONGEST_CELL * 30,
      delimiter: delimiterOf(text),
      on_record: (cells: string[], { lines }) => {
        try {
          onRow(cells, lines);
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
