import type { SourceFileRecord } from '../files/source-file.js';
import type { IsoDate, LegislatureSet, Source } from '../model.js';

/** A set read from files, and the files. */
export interface ReadSet {
  readonly set: LegislatureSet;
  readonly files: readonly SourceFileRecord[];
  /** What the operator should know: what was left out, and what was taken for granted. */
  readonly notes: readonly string[];
}

/** What an operator says about a set beside the files; it goes before what the files say. */
export interface StatedFacts {
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  /** ISO 3166-1 alpha-2. */
  readonly country?: string | undefined;
  readonly validFrom?: IsoDate | undefined;
  readonly validUntil?: IsoDate | undefined;
  /** In words: `CC0 1.0`. */
  readonly licence?: string | undefined;
  /** Where the files are published. */
  readonly source?: string | undefined;
  readonly retrieved?: IsoDate | undefined;
}

/** For a country that neither the files nor the operator name (ISO 3166-1 keeps it free for private use). */
export const UNKNOWN_COUNTRY = 'xx';

/** A set has no postcodes before a table of them is imported. */
export const NO_POSTCODES: LegislatureSet['postcodes'] = { pattern: '(.+)', example: '', entries: new Map() };

/** The dates of a set, as far as they are known. */
export function validity(from: IsoDate | undefined, until: IsoDate | undefined) {
  return {
    ...(from !== undefined && { validFrom: from }),
    ...(until !== undefined && { validUntil: until }),
  };
}

/** A source as the operator names it, on top of what is known of it. */
export function statedSource(known: Source, { licence, source, retrieved }: StatedFacts): Source {
  return {
    ...known,
    ...(licence !== undefined && { licence }),
    ...(source !== undefined && { address: source }),
    ...(retrieved !== undefined && { retrieved }),
  };
}
