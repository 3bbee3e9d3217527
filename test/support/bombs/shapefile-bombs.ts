import { crc32, deflateRawSync } from 'node:zlib';
import { deflatedZeros, oddZip } from '../odd-archives.js';
import { dbfOf, shpOf } from '../odd-shapefile.js';
import { DEEP, type ImportBomb, MANY, MEGABYTE } from './bomb.js';

const zipOf = (shapes: Buffer, table: Buffer, name = 'a'): Buffer =>
  oddZip([
    { name: `${name}.shp`, content: deflated(shapes), deflated: sizeOf(shapes) },
    { name: `${name}.dbf`, content: deflated(table), deflated: sizeOf(table) },
    { name: `${name}.prj`, content: Buffer.from('GEOGCS["x"]') },
  ]);
const deflated = (bytes: Buffer): Buffer => deflateRawSync(bytes, { level: 1 });
const sizeOf = (bytes: Buffer) => ({ bytes: bytes.length, crc: crc32(bytes) });
const NAMED = dbfOf({ fields: [['NAME', 12]], rows: [['d1']] });

const AREAS: readonly ImportBomb[] = [
  {
    name: 'an area that tells of 33 million points',
    everyDay: true,
    kind: 'boundaries',
    file: 'a.zip',
    bytes: () => zipOf(shpOf(5, [{ parts: 33_000_000, points: 33_000_000, bytes: 64 }]), NAMED),
  },
  {
    name: 'an area of 3 million points',
    kind: 'boundaries',
    file: 'a.zip',
    bytes: () => zipOf(shpOf(5, [{ points: 3 * MANY, bytes: 48 + 48 * MANY }]), NAMED),
  },
  {
    name: 'nothing that is a record',
    kind: 'boundaries',
    file: 'a.zip',
    bytes: () => zipOf(Buffer.concat([shpOf(5, []), Buffer.alloc(80 * MEGABYTE, 0xff)]), NAMED),
  },
  {
    name: '10^6 areas that are nowhere',
    kind: 'boundaries',
    file: 'a.zip',
    bytes: () =>
      zipOf(
        shpOf(5, [{ bytes: 4, times: MANY }]),
        dbfOf({ fields: [['NAME', 1]], rows: [['a']], times: MANY }),
      ),
  },
  {
    name: '2,000 columns of no width',
    kind: 'boundaries',
    file: 'a.zip',
    bytes: () =>
      zipOf(
        shpOf(5, [{ bytes: 4, times: DEEP }]),
        dbfOf({
          fields: Array.from({ length: 2000 }, (_, at) => [`F${at}`, 0] as const),
          rows: [[]],
          times: DEEP,
        }),
      ),
  },
  {
    name: '10^6 parts without a point',
    light: true,
    kind: 'boundaries',
    file: 'a.zip',
    bytes: () => zipOf(shpOf(5, [{ parts: MANY, points: 0, bytes: 44 + 4 * MANY }]), NAMED),
  },
  {
    name: '2,000 parts, each of all points',
    light: true,
    kind: 'boundaries',
    file: 'a.zip',
    bytes: () => {
      const shapes = shpOf(5, [{ parts: 2000, points: 2 * DEEP, bytes: 44 + 4 * 2000 + 16 * 2 * DEEP }]);
      for (let part = 1; part < 2000; part += 2) shapes.writeInt32LE(2 * DEEP, 152 + 4 * part);
      return zipOf(shapes, NAMED);
    },
  },
  {
    name: 'another checksum',
    light: true,
    kind: 'boundaries',
    file: 'a.zip',
    bytes: () =>
      oddZip([{ name: 'a.shp', content: deflated(NAMED), deflated: { bytes: NAMED.length, crc: 1 } }]),
  },
  {
    name: 'two shapefiles in one',
    light: true,
    kind: 'boundaries',
    file: 'a.zip',
    bytes: () =>
      oddZip(
        ['a', 'b'].flatMap((name) => [
          { name: `${name}.shp`, content: shpOf(5, []) },
          { name: `${name}.dbf`, content: NAMED },
        ]),
      ),
  },
  {
    name: 'one huge entry',
    kind: 'boundaries',
    file: 'a.zip',
    bytes: () =>
      oddZip([{ name: 'a.shp', content: deflatedZeros(4000), deflated: { bytes: 4000 * MEGABYTE, crc: 0 } }]),
  },
  {
    name: 'one huge entry that tells a small size',
    everyDay: true,
    kind: 'boundaries',
    file: 'a.zip',
    bytes: () => oddZip([{ name: 'a.shp', content: deflatedZeros(4000), deflated: { bytes: 1000, crc: 0 } }]),
  },
  {
    name: 'a small entry that tells a large size',
    light: true,
    kind: 'boundaries',
    file: 'a.zip',
    bytes: () => oddZip([{ name: 'a.shp', content: Buffer.from('x'), size: 90 * MEGABYTE }]),
  },
  {
    name: 'as much as it may unpack to',
    kind: 'boundaries',
    file: 'a.zip',
    bytes: () =>
      oddZip([
        { name: 'a.dbf', content: NAMED },
        { name: 'a.shp', content: deflatedZeros(95), deflated: { bytes: 95 * MEGABYTE, crc: 0 } },
      ]),
  },
];

const columns = ['FULLNAME', 'LFROMHN', 'LTOHN', 'RFROMHN', 'RTOHN', 'PARITYL', 'PARITYR', 'ZIPL', 'ZIPR'];
const LINE = ['Elm St', '1', '99', '2', '98', 'O', 'E', '01001', '01001'];
const COUNTY = 'tl_2025_99001_addrfeat';
const streetsOf = (times: number, line = LINE): Buffer =>
  dbfOf({ fields: columns.map((name) => [name, 12] as const), rows: [line], times });
const STREETS: readonly ImportBomb[] = [
  {
    name: '10^6 lines of streets',
    kind: 'streets',
    file: `${COUNTY}.zip`,
    bytes: () => zipOf(shpOf(3, [{ parts: 1, points: 2, bytes: 80, times: MANY }]), streetsOf(MANY), COUNTY),
  },
  {
    name: '300,000 lines of streets',
    kind: 'streets',
    sound: true,
    file: `${COUNTY}.zip`,
    bytes: () =>
      zipOf(shpOf(3, [{ parts: 1, points: 2, bytes: 80, times: 3 * DEEP }]), streetsOf(3 * DEEP), COUNTY),
  },
  {
    name: 'a street that tells of 33 million points',
    light: true,
    kind: 'streets',
    file: `${COUNTY}.zip`,
    bytes: () =>
      zipOf(shpOf(3, [{ parts: 33_000_000, points: 33_000_000, bytes: 64 }]), streetsOf(1), COUNTY),
  },
  {
    name: 'NULs in the name of a street',
    light: true,
    kind: 'streets',
    file: `${COUNTY}.zip`,
    bytes: () =>
      zipOf(
        shpOf(3, [{ parts: 1, points: 2, bytes: 80 }]),
        streetsOf(1, ['A\0Elm St', ...LINE.slice(1)]),
        COUNTY,
      ),
  },
];

export const SHAPEFILE_BOMBS = [...AREAS, ...STREETS];
