/** `YYYY-MM-DD`. */
export type IsoDate = string;
/** `ocd-division/country:us/state:ca/cd:11`: Open Civic Data's name of a place that elects somebody. */
export type DivisionId = string;
export type ChamberRole = 'lower' | 'upper' | 'unicameral';

/**
 * Everything that is known about one legislature at one time. Sets are values: imported whole, never changed,
 * told apart by their content. `version` is made from it (`content.ts`), so it is no part of the set.
 */
export interface LegislatureSet {
  /** The same for every version: `us-congress`. */
  readonly id: string;
  readonly name: string;
  /** ISO 3166-1 alpha-2, lower case. */
  readonly country: string;
  /** The source's own name of this edition, the first part of the version: `119`. */
  readonly edition: string;
  readonly validFrom: IsoDate;
  /** The last day on which lines and seats hold. */
  readonly validUntil: IsoDate;
  readonly sources: readonly Source[];
  /** In the order in which officeholders are listed. */
  readonly chambers: readonly Chamber[];
  readonly divisions: readonly Division[];
  readonly seats: readonly Seat[];
  readonly officeholders: readonly Officeholder[];
  readonly postcodes: PostcodeTable;
}

export interface Source {
  readonly title: string;
  readonly licence: string;
  readonly address: string;
  readonly date?: IsoDate;
}

export interface Chamber {
  readonly id: string;
  readonly name: string;
  readonly role: ChamberRole;
}

export interface Division {
  readonly id: DivisionId;
  readonly name: string;
  /** What people who know the place call it: `CA-11`. */
  readonly code?: string;
  /** Who lives here lives there too, and is represented by both. */
  readonly parent?: DivisionId;
  readonly boundary?: Boundary;
}

/** The polygons of a division. In each the first ring is its outline, further ones are holes. */
export type Boundary = readonly Polygon[];
export type Polygon = readonly Ring[];
/** Longitude, latitude, longitude, … in 1e-7 degrees (WGS 84); the last point is the first again. */
export type Ring = Int32Array;

export interface Seat {
  readonly id: string;
  /** `Chamber.id` */
  readonly chamber: string;
  readonly division: DivisionId;
  /** The group of seats that is elected together, where a chamber has such groups. */
  readonly class?: string;
}

export interface Officeholder {
  /** Stable across versions, given by the source: a bioguide id, an ocd-person id. */
  readonly id: string;
  readonly name: string;
  readonly givenName: string;
  readonly familyName: string;
  /** How a letter addresses them: `Senator`, `Delegate`. */
  readonly title: string;
  readonly party: string;
  /** `Seat.id` */
  readonly seat: string;
  readonly termStart: IsoDate;
  /** The last day of the term. */
  readonly termEnds: IsoDate;
  readonly office: Office;
}

/** How an office can be reached. Nothing here is guessed: what the source does not say is absent. */
export interface Office {
  readonly emails: readonly string[];
  readonly contactForm?: string;
  readonly website?: string;
  readonly phone?: string;
  readonly address?: string;
  /** The office answers only to letters with a street address. */
  readonly requiresAddress?: true;
}

export interface PostcodeTable {
  /** A regular expression for a cleaned postcode; its first group is the key of `entries`. */
  readonly pattern: string;
  readonly example: string;
  /** The divisions of which a postcode has a part; more than one means that it is split. */
  readonly entries: ReadonlyMap<string, readonly DivisionId[]>;
}
