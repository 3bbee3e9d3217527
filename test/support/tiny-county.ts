import { zippedLines } from './shapefile-writer.js';

const NORTH_TO_SOUTH_STREETS = 6;
const EAST_TO_WEST_STREETS = 6;
/** Degrees. */
const BLOCK = 0.002;
export const COUNTY = '99001';
export const COUNTY_FILE = `tl_2025_${COUNTY}_addrfeat`;
const NAMES = ['Alder', 'Birch', 'Cedar', 'Dogwood', 'Elder', 'Fir'];

/** One block of one street, as the file has it and as a test expects it. */
export interface TinyBlock {
  readonly name: string;
  readonly zip: string;
  readonly line: readonly (readonly [longitude: number, latitude: number])[];
  /** Odd ones left, even ones right, going away from the south or the west. */
  readonly left: readonly [from: number, to: number];
  readonly right: readonly [from: number, to: number];
}

/** A grid: avenues to the north, streets to the east; the hundreds of the house numbers count the blocks. */
export function tinyBlocks(south: number, west: number): readonly TinyBlock[] {
  const blocks: TinyBlock[] = [];
  const at = (x: number, y: number) => [west + x * BLOCK, south + y * BLOCK] as const;
  for (let across = 0; across < NORTH_TO_SOUTH_STREETS; across += 1) {
    for (let along = 0; along < EAST_TO_WEST_STREETS - 1; along += 1) {
      const hundred = (along + 1) * 100;
      const numbers = {
        left: [hundred + 1, hundred + 99] as const,
        right: [hundred, hundred + 98] as const,
      };
      const zip = along < 2 ? '01001' : '01002';
      const name = NAMES[across] ?? '';
      blocks.push(
        { name: `${name} Ave`, zip, ...numbers, line: [at(across, along), at(across, along + 1)] },
        { name: `N ${name} St`, zip, ...numbers, line: [at(along, across), at(along + 1, across)] },
      );
    }
  }
  return blocks;
}

export function fieldsOfBlock({ name, zip, left, right }: TinyBlock): Record<string, string> {
  return {
    TLID: '1',
    FULLNAME: name,
    LFROMHN: String(left[0]),
    LTOHN: String(left[1]),
    RFROMHN: String(right[0]),
    RTOHN: String(right[1]),
    ZIPL: zip,
    ZIPR: zip,
    PARITYL: 'O',
    PARITYR: 'E',
  };
}

interface OddLine {
  readonly fields: Readonly<Record<string, string>>;
  readonly line: TinyBlock['line'];
}

/** The county as a Census file, with further lines behind its blocks. */
export function tinyCounty(
  blocks: readonly TinyBlock[],
  more: readonly OddLine[] = [],
  name = COUNTY_FILE,
): Buffer {
  const records = blocks.map((block) => ({ fields: fieldsOfBlock(block), line: block.line }));
  return zippedLines(name, [...records, ...more]);
}
