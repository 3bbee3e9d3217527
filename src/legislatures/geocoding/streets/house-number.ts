/** A house number in its parts: `41-02` is 2 behind `41-`, `N6W23001` is 23001 behind `N6W`; a letter after it is no part. */
export interface HouseNumber {
  readonly prefix: string;
  readonly number: number;
}

/** Longer ones are no house numbers, and no 32-bit integers. */
const MOST_DIGITS = 8;
const HOUSE = /^(|[\dA-Z-]*[A-Z-])(\d+)(?:-?[A-Z]{1,2})?$/;
const HYPHENATED = /^(\d{1,4})-(\d{1,4})$/;
const JOINED = /^\d{3,6}$/;
/** Digits of the house behind those of the block, where they are written as one (`4102` for `41-02`). */
const HOUSE_DIGITS = 2;

/** The parts of a house number as it is written; undefined where there is no number in it. */
export function parseHouseNumber(text: string): HouseNumber | undefined {
  const written = clean(text);
  const [, prefix = '', digits = ''] = HOUSE.exec(written) ?? [];
  if (digits === '' || digits.length > MOST_DIGITS) return undefined;
  return { prefix, number: Number(digits) };
}

/**
 * What a person may mean by a house number, the likeliest first: blocks and houses are joined by a hyphen (`41-02`) in
 * some places, and people write it without, or write two houses of one building (`12-14`).
 */
export function readingsOf(text: string): readonly HouseNumber[] {
  const written = clean(text);
  const readings = [parseHouseNumber(written)];
  const [, block, house] = HYPHENATED.exec(written) ?? [];
  if (block !== undefined && house !== undefined) {
    readings.push(parseHouseNumber(block + house), parseHouseNumber(block));
  } else if (JOINED.test(written)) {
    readings.push(parseHouseNumber(`${written.slice(0, -HOUSE_DIGITS)}-${written.slice(-HOUSE_DIGITS)}`));
  }
  return readings.filter((reading) => reading !== undefined);
}

/** A half (`12 ½`, `12 1/2`) lies where the whole does. */
function clean(text: string): string {
  return text
    .replace(/[¼½¾]/gu, '')
    .normalize('NFKC')
    .toUpperCase()
    .replace(/\p{Pd}/gu, '-')
    .trim()
    .replace(/\s+\d\/\d$/u, '');
}
