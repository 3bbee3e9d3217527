import type { Coordinates } from '../places/place-index.js';

/**
 * How exactly an address was found. `street`: by its number along the street, or the street alone; `postcode` and
 * `place`: the middle of an area.
 */
export type Precision = 'rooftop' | 'street' | 'postcode' | 'place';

/** Where an address may be, in degrees (WGS 84). */
export interface AddressMatch extends Coordinates {
  readonly precision: Precision;
  /** The address as whoever found it writes it, for a person to recognise. */
  readonly label: string;
  /** The postcode of the match, where it is known. */
  readonly postcode?: string;
  /** The house is not farther than this from the point; 0 where its number was found. */
  readonly withinMetres: number;
  /** False where something else than what was asked was found, so that the person must say whether it is right. */
  readonly sure: boolean;
}

/** What came of looking an address up: a value, for nothing that a geocoder does may break a page. */
export type GeocodingOutcome =
  | { readonly status: 'found'; readonly matches: readonly AddressMatch[] }
  | { readonly status: GeocodingFailure };

/** `refused`: it answered with an error, or led elsewhere; `unreadable`: what it answered is not its own format. */
export type GeocodingFailure = 'timed_out' | 'unreachable' | 'refused' | 'unreadable' | 'busy';

interface GeocodingOptions {
  /** ISO 3166-1 alpha-2, lower case: only addresses there. */
  readonly countries: readonly string[];
  readonly signal?: AbortSignal | undefined;
}

/** Finds a street address. It keeps nothing, and logs nothing of what it is asked. */
export interface Geocoder {
  /** Who else learns the address; undefined where it stays on this server. */
  readonly goesTo: string | undefined;
  /** Whether it knows addresses of a country (ISO 3166-1 alpha-2, lower case). */
  serves(country: string): boolean;
  geocode(address: string, options: GeocodingOptions): Promise<GeocodingOutcome>;
}

/** More are no choice for a person. */
export const MOST_MATCHES = 5;
/** Farther than any house of a street, or of a postcode, mostly is from its middle. */
export const STREET_REACH_METRES = 1000;
export const POSTCODE_REACH_METRES = 5000;
/** A town, or more: its middle says nothing about a house. */
export const PLACE_REACH_METRES = Number.POSITIVE_INFINITY;
