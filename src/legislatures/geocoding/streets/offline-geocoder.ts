import type { Context } from '../../../context.js';
import { type AddressMatch, type Geocoder, type GeocodingOutcome, MOST_MATCHES } from '../geocoder.js';
import { holdsNumber, metresBetween, placeInRange } from './address-range.js';
import { type HouseNumber, readingsOf } from './house-number.js';
import { type ParsedAddress, parseAddress } from './parse-address.js';
import { endsStreet, normaliseStreet, type StreetName } from './street-name.js';
import { type FoundRange, findRanges } from './street-store.js';

/** Nearer ones are drawn twice, or renumbered. */
const SAME_STREET_METRES = 500;

/** Finds addresses in the counties that were imported. Nothing leaves the server. */
export function offlineGeocoder(context: Pick<Context, 'db'>): Geocoder {
  return {
    goesTo: undefined,
    serves: (country) => country === 'us',
    geocode: (address) => findOffline(context, address),
  };
}

async function findOffline(context: Pick<Context, 'db'>, text: string): Promise<GeocodingOutcome> {
  const address = parseAddress(text);
  const postcode = address?.postcode;
  if (address === undefined || postcode === undefined) return { status: 'found', matches: [] };
  const names = namesOf(address);
  const ranges = await findRanges(context, { postcode, cores: [...new Set(names.map(({ core }) => core))] });
  for (const [attempt, reading] of readingsOf(address.house).entries()) {
    const holding = ranges.filter((range) => holdsNumber(range, reading));
    const found = bestNamed(holding, names);
    if (found === undefined) continue;
    const sure = attempt === 0 && found.exact;
    const matches = found.ranges
      .toSorted((a, b) => width(a) - width(b))
      .map((range) => matchOf(range, reading, { house: address.house, postcode, sure }));
    return { status: 'found', matches: distinct(matches).slice(0, MOST_MATCHES) };
  }
  return { status: 'found', matches: [] };
}

/** A name that the address may mean. */
interface Reading extends StreetName {
  /** What is left over may well be the town. */
  readonly whole: boolean;
}

/** Any of the last words may be the town's; the longest name is the likeliest. */
function namesOf({ street }: ParsedAddress): readonly Reading[] {
  return street.map((_, left) => {
    const length = street.length - left;
    const next = street[length];
    return {
      ...normaliseStreet(street.slice(0, length)),
      whole: next === undefined || !endsStreet(next),
    };
  });
}

interface Named {
  readonly ranges: readonly FoundRange[];
  /** False where direction or kind of the street differ. */
  readonly exact: boolean;
}

function bestNamed(ranges: readonly FoundRange[], names: readonly Reading[]): Named | undefined {
  for (const { street, core, whole } of names) {
    const same = ranges.filter((range) => range.street === street);
    if (same.length > 0) return { ranges: same, exact: whole };
    const alike = ranges.filter((range) => range.core === core);
    if (alike.length > 0) return { ranges: alike, exact: false };
  }
  return undefined;
}

/**
 * Several ranges of one street may hold a number, as wide ones hide gaps: the narrowest, which comes first, is taken.
 * Two streets of one name in a postcode are told apart by their distance.
 */
function distinct(matches: readonly AddressMatch[]): readonly AddressMatch[] {
  const kept: AddressMatch[] = [];
  for (const match of matches) {
    const same = (other: AddressMatch): boolean =>
      other.label === match.label && metresBetween(other, match) < SAME_STREET_METRES;
    if (!kept.some(same)) kept.push(match);
  }
  return kept;
}

function width({ first, last }: FoundRange): number {
  return Math.abs(last - first);
}

interface Asked {
  readonly house: string;
  readonly postcode: string;
  readonly sure: boolean;
}

function matchOf(range: FoundRange, { number }: HouseNumber, { house, postcode, sure }: Asked): AddressMatch {
  return {
    ...placeInRange(range, number),
    precision: 'street',
    label: `${house} ${range.name}, ${postcode}`,
    postcode,
    withinMetres: 0,
    sure,
  };
}
