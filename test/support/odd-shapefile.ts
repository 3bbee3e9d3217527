const MAIN_HEADER_BYTES = 100;
const RECORD_HEADER_BYTES = 8;
const POINTS_AT = 44;

/** A record as nobody should write one: what it tells of need not be there. */
interface OddRecord {
  readonly parts?: number;
  readonly points?: number;
  /** Of its content; below 44 it is of nothing. */
  readonly bytes: number;
  readonly times?: number;
}

/** The `.shp` of a shapefile (ESRI, 1998); `kind` 3 is of lines, 5 of areas. Every point is 1, 1. */
export function shpOf(kind: number, records: readonly OddRecord[]): Buffer {
  const header = Buffer.alloc(MAIN_HEADER_BYTES);
  header.writeInt32BE(9994, 0);
  header.writeInt32LE(1000, 28);
  header.writeInt32LE(kind, 32);
  const bodies = records.map((record) => numbered(recordOf(kind, record), record.times ?? 1));
  return Buffer.concat([header, ...bodies]);
}

function recordOf(kind: number, { parts = 1, points = 0, bytes }: OddRecord): Buffer {
  const record = Buffer.alloc(RECORD_HEADER_BYTES + bytes);
  record.writeInt32BE(bytes / 2, 4);
  if (bytes < POINTS_AT) return record;
  record.writeInt32LE(kind, 8);
  record.writeInt32LE(parts, 44);
  record.writeInt32LE(points, 48);
  for (let at = RECORD_HEADER_BYTES + POINTS_AT + 4 * parts; at + 8 <= record.length; at += 8)
    record.writeDoubleLE(1, at);
  return record;
}

function numbered(record: Buffer, times: number): Buffer {
  const all = Buffer.alloc(record.length * times);
  for (let index = 0; index < times; index += 1) {
    record.copy(all, index * record.length);
    all.writeInt32BE(index + 1, index * record.length);
  }
  return all;
}

interface OddTable {
  readonly fields: readonly (readonly [name: string, length: number])[];
  readonly rows: readonly (readonly string[])[];
  /** The rows are there so many times. */
  readonly times?: number;
}

/** The `.dbf` of a shapefile (dBASE III), all of it text. */
export function dbfOf({ fields, rows, times = 1 }: OddTable): Buffer {
  const header = Buffer.alloc(32 + fields.length * 32 + 1);
  header.writeUInt8(3, 0);
  header.writeUInt32LE(rows.length * times, 4);
  header.writeUInt16LE(header.length, 8);
  header.writeUInt16LE(1 + fields.reduce((sum, [, length]) => sum + length, 0), 10);
  fields.forEach(([name, length], index) => {
    header.write(name, 32 + index * 32, 11, 'latin1');
    header.write('C', 32 + index * 32 + 11, 'latin1');
    header.writeUInt8(length, 32 + index * 32 + 16);
  });
  header.writeUInt8(0x0d, header.length - 1);
  const lines = rows.map(
    (row) => ` ${fields.map(([, length], at) => (row[at] ?? '').padEnd(length)).join('')}`,
  );
  const body = Buffer.from(lines.join(''), 'latin1');
  return Buffer.concat([header, Buffer.alloc(body.length * times, body)]);
}
