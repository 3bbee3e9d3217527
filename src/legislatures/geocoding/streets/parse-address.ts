import { wordsOf } from './street-name.js';

/** A street address of the United States, as far as it can be read from what a person typed. */
export interface ParsedAddress {
  /** As typed: `41-02`. */
  readonly house: string;
  /** What follows the number up to a comma, as words: the town may be among the last. */
  readonly street: readonly string[];
  /** Five digits. */
  readonly postcode: string | undefined;
}

/** Longer text is no address. */
const LONGEST_ADDRESS = 200;
/** The longest name of a street in the Census files has fewer. */
const MOST_STREET_WORDS = 10;
const POSTCODE = /\b(\d{5})(?:-\d{4})?\s*(?:,?\s*(?:USA?|United States(?: of America)?))?\s*$/i;
/** A house number, perhaps with a half behind it. */
const HOUSE = /^\s*(#?\s*)([\p{L}]?[\p{L}\d-]*\d[\p{L}\d-]*(?:\s+\d\/\d|\s*[¼½¾])?)\s+/u;
/** A flat within the house says nothing about the place. */
const UNIT =
  /[\s,]+(?:#|(?:apt|apartment|unit|ste|suite|fl|floor|rm|room|bldg|building|lot|trlr|penthouse)\b\.?).*$/i;

/** Reads house number, street and postcode; undefined where there is no number in front. */
export function parseAddress(text: string): ParsedAddress | undefined {
  const typed = text
    .replace(/\p{Pd}/gu, '-')
    .replace(/\s*[\r\n]+\s*/g, ', ')
    .trim();
  if (typed.length > LONGEST_ADDRESS) return undefined;
  const postcode = POSTCODE.exec(typed)?.[1];
  const whole = typed.replace(POSTCODE, '').replace(/,\s*$/, '');
  const [start, , house] = HOUSE.exec(whole) ?? [];
  if (start === undefined || house === undefined) return undefined;
  const [beforeComma = ''] = whole.slice(start.length).split(',');
  const street = wordsOf(beforeComma.replace(UNIT, '')).slice(0, MOST_STREET_WORDS);
  return street.length === 0 ? undefined : { house, street, postcode };
}
