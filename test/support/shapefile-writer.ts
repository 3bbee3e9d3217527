import { crc32 } from 'node:zlib';

interface ShapeRecord {
  readonly fields: Readonly<Record<string, string>>;
  /** One outline, clockwise, closed. */
  readonly ring: readonly (readonly number[])[];
}

interface LineRecord {
  readonly fields: Readonly<Record<string, string>>;
  readonly line: ShapeRecord['ring'];
}

const LEAST_FIELD_LENGTH = 12;
const POLYLINE = 3;
const POLYGON = 5;
const MAIN_HEADER_BYTES = 100;
const WGS_84 = 'GEOGCS["GCS_North_American_1983"]';

/** A ZIP archive with `.shp`, `.dbf` and `.prj` (ESRI Shapefile Technical Description, 1998), only for tests. */
export function zippedShapefile(name: string, records: readonly ShapeRecord[], projection = WGS_84): Buffer {
  return zip({
    [`${name}.shp`]: shp(
      POLYGON,
      records.map(({ ring }) => ring),
    ),
    [`${name}.dbf`]: dbf(records.map(({ fields }) => fields)),
    [`${name}.prj`]: Buffer.from(projection),
  });
}

/** The same with lines instead of areas. */
export function zippedLines(name: string, records: readonly LineRecord[]): Buffer {
  return zip({
    [`${name}.shp`]: shp(
      POLYLINE,
      records.map(({ line }) => line),
    ),
    [`${name}.dbf`]: dbf(records.map(({ fields }) => fields)),
    [`${name}.prj`]: Buffer.from(WGS_84),
  });
}

/** Lines and areas have the same layout. */
function shp(kind: number, rings: readonly ShapeRecord['ring'][]): Buffer {
  const bodies = rings.map((ring, index) => {
    const body = Buffer.alloc(8 + 44 + 4 + ring.length * 16);
    body.writeInt32BE(index + 1, 0);
    body.writeInt32BE((body.length - 8) / 2, 4);
    body.writeInt32LE(kind, 8);
    box(ring).forEach((value, at) => void body.writeDoubleLE(value, 12 + at * 8));
    body.writeInt32LE(1, 44);
    body.writeInt32LE(ring.length, 48);
    ring.flat().forEach((value, at) => void body.writeDoubleLE(value, 56 + at * 8));
    return body;
  });
  const header = Buffer.alloc(MAIN_HEADER_BYTES);
  header.writeInt32BE(9994, 0);
  header.writeInt32BE((MAIN_HEADER_BYTES + bodies.reduce((sum, body) => sum + body.length, 0)) / 2, 24);
  header.writeInt32LE(1000, 28);
  header.writeInt32LE(kind, 32);
  box(rings.flat()).forEach((value, at) => void header.writeDoubleLE(value, 36 + at * 8));
  return Buffer.concat([header, ...bodies]);
}

function box(points: ShapeRecord['ring']): number[] {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x = 0, y = 0] of points) {
    [west, east] = [Math.min(west, x), Math.max(east, x)];
    [south, north] = [Math.min(south, y), Math.max(north, y)];
  }
  return points.length === 0 ? [0, 0, 0, 0] : [west, south, east, north];
}

function dbf(rows: readonly ShapeRecord['fields'][]): Buffer {
  const names = Object.keys(rows[0] ?? {});
  const lengths = names.map((name) =>
    rows.reduce((most, row) => Math.max(most, row[name]?.length ?? 0), LEAST_FIELD_LENGTH),
  );
  const header = Buffer.alloc(32 + names.length * 32 + 1);
  header.writeUInt8(3, 0);
  header.writeUInt32LE(rows.length, 4);
  header.writeUInt16LE(header.length, 8);
  header.writeUInt16LE(1 + lengths.reduce((sum, length) => sum + length, 0), 10);
  names.forEach((name, index) => {
    header.write(name, 32 + index * 32, 'latin1');
    header.write('C', 32 + index * 32 + 11, 'latin1');
    header.writeUInt8(lengths[index] ?? 0, 32 + index * 32 + 16);
  });
  header.writeUInt8(0x0d, header.length - 1);
  const lines = rows.map(
    (row) => ` ${names.map((name, index) => (row[name] ?? '').padEnd(lengths[index] ?? 0)).join('')}`,
  );
  return Buffer.concat([header, Buffer.from(lines.join(''), 'latin1')]);
}

/** Stores files in a ZIP archive without compressing them. */
export function zip(files: Readonly<Record<string, Buffer>>): Buffer {
  const locals: Buffer[] = [];
  const entries: Buffer[] = [];
  let offset = 0;
  for (const [name, bytes] of Object.entries(files)) {
    const local = Buffer.alloc(30 + name.length);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(20, 4);
    local.writeUInt32LE(crc32(bytes), 14);
    local.writeUInt32LE(bytes.length, 18);
    local.writeUInt32LE(bytes.length, 22);
    local.writeUInt16LE(name.length, 26);
    local.write(name, 30, 'latin1');
    const entry = Buffer.alloc(46 + name.length);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(20, 4);
    local.copy(entry, 6, 4, 28);
    entry.writeUInt32LE(offset, 42);
    entry.write(name, 46, 'latin1');
    locals.push(local, bytes);
    entries.push(entry);
    offset += local.length + bytes.length;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}
