import type { AskedAddress } from './adapter.js';
import {
  type AddressMatch,
  PLACE_REACH_METRES,
  POSTCODE_REACH_METRES,
  type Precision,
  STREET_REACH_METRES,
} from './geocoder.js';

const REACH_METRES: Readonly<Record<Precision, number>> = {
  rooftop: STREET_REACH_METRES,
  street: STREET_REACH_METRES,
  postcode: POSTCODE_REACH_METRES,
  place: PLACE_REACH_METRES,
};

interface Found {
  readonly latitude: number;
  readonly longitude: number;
  readonly precision: Precision;
  readonly label: string;
  readonly postcode?: string | undefined;
  /** The number of the house that was found, if one was. */
  readonly house: string | undefined;
}

/** A match of a service that looks for names. Where the number is not the one asked for, only the street is known. */
export function foundAt({ address }: AskedAddress, { house, postcode, ...found }: Found): AddressMatch {
  const numbered = house !== undefined && hasSameHouse(house, address);
  return {
    ...found,
    ...(postcode !== undefined && postcode !== '' && { postcode }),
    withinMetres: numbered ? 0 : REACH_METRES[found.precision],
    sure: numbered,
  };
}

/** Whether a match may be in one of the countries that were asked for; one that does not say where it is may. */
export function mayBeIn({ countries }: AskedAddress, country: string | undefined): boolean {
  return country === undefined || countries.includes(country.toLowerCase());
}

/** Whether the house number at the start of what was found is among the words of what was asked. */
export function hasSameHouse(found: string, asked: string): boolean {
  const [house] = wordsOf(found);
  return house !== undefined && wordsOf(asked).includes(house);
}

function wordsOf(text: string): string[] {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .split(/[\s,;]+/)
    .filter((word) => word !== '');
}
