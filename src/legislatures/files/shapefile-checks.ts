import { refuseFile, type SourceFile } from './source-file.js';

const MAIN_HEADER_BYTES = 100;
const KIND_AT = 32;
const RECORD_HEADER_BYTES = 8;
const LEAST_RECORD_BYTES = 4;
/** Lines and areas, with heights and measures or without. */
const KINDS_WITH_PARTS = new Set([3, 5, 13, 15, 23, 25]);
const PARTS_AT = 36;
const POINTS_AT = 40;
const HEADER_WITH_PARTS_BYTES = 44;
const PART_BYTES = 4;
const POINT_BYTES = 16;
const BYTES_PER_WORD = 2;
/** Parts times points, which is how long it may take to say which part is a hole in which; Alaska has 60 million. */
const MOST_COMPARISONS = 500_000_000;

const TABLE_HEADER_BYTES = 32;
const FIELD_BYTES = 32;
const FIELD_LENGTH_AT = 16;
const FIELDS_END = 0x0d;
const ROWS_AT = 4;
const HEADER_LENGTH_AT = 8;
const ROW_LENGTH_AT = 10;

export interface ShapefileLimits {
  /** Of all that is unpacked. */
  readonly bytes: number;
  readonly records: number;
  /** Columns times rows. */
  readonly cells: number;
  readonly points: number;
  /** In one record. */
  readonly pointsOfOne: number;
}

/**
 * Checks that every record of a `.shp` file lies behind the other and holds what it tells of (ESRI Shapefile Technical
 * Description, 1998); the parser believes all of it. Answers how many there are.
 * @throws AppError `invalid_file`
 */
export function checkShapes(file: SourceFile, shapes: Buffer, limits: ShapefileLimits): number {
  if (shapes.length < MAIN_HEADER_BYTES) return damaged(file, 0);
  const kind = shapes.readInt32LE(KIND_AT);
  let records = 0;
  let sum = 0;
  let comparisons = 0;
  for (let at = MAIN_HEADER_BYTES; at < shapes.length; records += 1) {
    if (at + RECORD_HEADER_BYTES + LEAST_RECORD_BYTES > shapes.length) damaged(file, records);
    const length = shapes.readInt32BE(at + 4) * BYTES_PER_WORD;
    const end = at + RECORD_HEADER_BYTES + length;
    if (length < LEAST_RECORD_BYTES || end > shapes.length) damaged(file, records);
    const { fits, parts, points } = checkRecord(shapes.subarray(at + RECORD_HEADER_BYTES, end), kind);
    if (!fits) damaged(file, records);
    sum += points;
    if (points > limits.pointsOfOne || sum > limits.points)
      refuseFile(file.name, `it has more than the ${limits.points} points that such a file may have`);
    if (records >= limits.records) refuseFile(file.name, `it has more than ${limits.records} records`);
    comparisons += parts * Math.max(parts, points);
    if (comparisons > MOST_COMPARISONS) refuseFile(file.name, 'its areas have too many parts');
    at = end;
  }
  return records;
}

interface RecordCheck {
  readonly fits: boolean;
  readonly parts: number;
  readonly points: number;
}

/** A record that is nowhere has the kind 0. */
function checkRecord(record: Buffer, kind: number): RecordCheck {
  const own = record.readInt32LE(0);
  if (own === 0) return { fits: true, parts: 0, points: 0 };
  if (own !== kind || !KINDS_WITH_PARTS.has(kind) || record.length < HEADER_WITH_PARTS_BYTES)
    return { fits: false, parts: 0, points: 0 };
  const parts = record.readInt32LE(PARTS_AT);
  const points = record.readInt32LE(POINTS_AT);
  const needed = HEADER_WITH_PARTS_BYTES + parts * PART_BYTES + points * POINT_BYTES;
  const fits = parts >= 0 && points >= 0 && needed <= record.length;
  return { fits: fits && areInOrder(record, parts, points), parts, points };
}

/** Where each part begins; parts that overlap would be more points than there are. */
function areInOrder(record: Buffer, parts: number, points: number): boolean {
  let before = 0;
  for (let part = 0; part < parts; part += 1) {
    const start = record.readInt32LE(HEADER_WITH_PARTS_BYTES + part * PART_BYTES);
    if (start < before || start > points) return false;
    before = start;
  }
  return true;
}

/**
 * Checks that the rows of a `.dbf` file (dBASE III) are as long as its columns together, and all there. Answers how many
 * there are.
 * @throws AppError `invalid_file`
 */
export function checkTable(file: SourceFile, table: Buffer, { cells }: ShapefileLimits): number {
  if (table.length <= TABLE_HEADER_BYTES) return damagedTable(file);
  const rows = table.readUInt32LE(ROWS_AT);
  const headerLength = table.readUInt16LE(HEADER_LENGTH_AT);
  const rowLength = table.readUInt16LE(ROW_LENGTH_AT);
  let fields = 0;
  let length = 1;
  for (let at = TABLE_HEADER_BYTES; table[at] !== FIELDS_END; at += FIELD_BYTES) {
    if (at + FIELD_BYTES >= Math.min(headerLength, table.length)) return damagedTable(file);
    const fieldLength = table[at + FIELD_LENGTH_AT] ?? 0;
    if (fieldLength === 0) return damagedTable(file);
    length += fieldLength;
    fields += 1;
  }
  if (length !== rowLength || headerLength + rows * rowLength > table.length) return damagedTable(file);
  if (rows * fields > cells) refuseFile(file.name, `the table in it has more than ${cells} cells`);
  return rows;
}

function damaged(file: SourceFile, after: number): never {
  return refuseFile(file.name, `the shapefile in it is damaged after ${after} records`);
}

function damagedTable(file: SourceFile): never {
  return refuseFile(file.name, 'the table in it (.dbf) is damaged or cut short');
}
