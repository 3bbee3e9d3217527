import type { AddressMatch } from './geocoder.js';

/** The language of one kind of geocoder: how it is asked over HTTP, and how its answer is read. */
export interface GeocodingAdapter {
  /** Where it is, unless the operator says otherwise. */
  readonly address?: string;
  /** The path below its address that is asked. */
  readonly path: string;
  /** The countries it knows (ISO 3166-1 alpha-2, lower case); every one without them. */
  readonly countries?: readonly string[];
  query(asked: AskedAddress): Readonly<Record<string, string>>;
  /** The matches in an answer, the best first; undefined where the answer is not of this kind. */
  read(answer: unknown, asked: AskedAddress): readonly AddressMatch[] | undefined;
}

export interface AskedAddress {
  readonly address: string;
  /** ISO 3166-1 alpha-2, lower case. */
  readonly countries: readonly string[];
}
