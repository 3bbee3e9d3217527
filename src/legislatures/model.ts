/** `YYYY-MM-DD`. */
export type IsoDate = string;
/** A day, a month (`2015-03`) or a year (`2015`), as far as the source knows it. Compared by `partial-date.ts`. */
export type PartialDate = string;
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
  /** Absent where the source does not say: then it holds from its import on. */
  readonly validFrom?: IsoDate;
  /** The last day on which lines and seats hold; absent where the source does not say. */
  readonly validUntil?: IsoDate;
  readonly sources: readonly Source[];
  /** In the order in which officeholders are listed. */
  readonly chambers: readonly Chamber[];
  readonly divisions: readonly Division[];
  readonly seats: readonly Seat[];
  readonly officeholders: readonly Officeholder[];
  readonly committees: readonly Committee[];
  readonly postcodes: PostcodeTable;
}

export interface Source {
  readonly title: string;
  /** What was taken from it; absent for people, or for everything. */
  readonly part?: 'boundaries' | 'postcodes';
  /** In words: `CC0 1.0`. Empty where the source does not say. */
  readonly licence: string;
  /** Where it is published; empty where that is not known. */
  readonly address: string;
  /** What the source says of its own age. */
  readonly date?: PartialDate;
  /** When it was fetched, where the operator says so. */
  readonly retrieved?: IsoDate;
}

export interface Chamber {
  readonly id: string;
  readonly name: string;
  readonly role: ChamberRole;
  /** How many members the chamber has by law, where the source says so. */
  readonly size?: number;
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
  /** How many members the division sends on equal terms, without numbers; 1 where absent. */
  readonly places?: number;
}

export interface Officeholder {
  /** Stable across versions, given by the source: a bioguide id, an ocd-person id. */
  readonly id: string;
  readonly name: string;
  readonly givenName: string;
  readonly familyName: string;
  /** By what a list is sorted, where it is not the name. */
  readonly sortName?: string;
  /** How a letter addresses them: `Senator`, `Delegate`. */
  readonly title: string;
  /** Party or list; several are joined by ` / `; empty where none is known. */
  readonly party: string;
  /** Each of several parties or lists. */
  readonly parties?: readonly string[];
  /** `Seat.id` */
  readonly seat: string;
  readonly termStart?: PartialDate;
  /** The last day of the term. */
  readonly termEnds?: PartialDate;
  /** The oldest first. */
  readonly earlierTerms?: readonly EarlierTerm[];
  readonly office: Office;
  /** What other registers call the person. */
  readonly identifiers?: readonly Identifier[];
  readonly accounts?: readonly Account[];
}

export interface EarlierTerm {
  /** `Chamber.id` */
  readonly chamber: string;
  /** A division of then, which this set need not have. */
  readonly division?: string;
  readonly start?: PartialDate;
  readonly ends?: PartialDate;
}

/** `{scheme: 'wikidata', identifier: 'Q4687826'}` */
export interface Identifier {
  readonly scheme: string;
  readonly identifier: string;
}

/** An account that the office runs: `{service: 'youtube', name: 'SenatorQuell'}`. */
export interface Account {
  readonly service: string;
  readonly name: string;
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
  /** What a legislature's own mail system calls the office: `HCA12`, `SCA01`. */
  readonly code?: string;
  /** Every place where the office can be found, when there is more to say than `phone` and `address`. */
  readonly locations?: readonly OfficeLocation[];
  readonly form?: ContactFormNeeds;
}

export interface OfficeLocation {
  /** As the source calls it: `capitol`, `district`. */
  readonly kind: string;
  readonly address?: string;
  readonly phone?: string;
  readonly fax?: string;
}

/** What an office's web form wants to know. A person fills it in; nothing here is ever run. */
export interface ContactFormNeeds {
  readonly fields: readonly FormField[];
  /** What a letter may be about, as the form words it; empty where it does not ask. */
  readonly topics: readonly string[];
  /** Of the message, in characters. */
  readonly longestMessage?: number;
  /** The form wants to see that a person sends it. */
  readonly captcha?: true;
}

export interface FormField {
  /** `message`, `email`, `address_street`: the recipe's variable in lower case. */
  readonly asks: string;
  readonly required: boolean;
  /** In characters. */
  readonly longest?: number;
  /** The answers that the form takes. */
  readonly choices?: readonly string[];
}

export interface Committee {
  readonly id: string;
  readonly name: string;
  /** `Chamber.id`; absent for one of several chambers. */
  readonly chamber?: string;
  /** `Committee.id` of the committee that this is a part of. */
  readonly parent?: string;
  readonly website?: string;
  readonly phone?: string;
  readonly address?: string;
  /** In their order of rank. */
  readonly members: readonly CommitteeMember[];
}

export interface CommitteeMember {
  /** `Officeholder.id` */
  readonly officeholder: string;
  /** `Chairman`, where they have one. */
  readonly title?: string;
  /** `majority` or `minority`, where the source says so. */
  readonly side?: string;
}

export interface PostcodeTable {
  /** A regular expression for a cleaned postcode; its first group is the key of `entries`. */
  readonly pattern: string;
  readonly example: string;
  /** The divisions of which a postcode has a part; more than one means that it is split. */
  readonly entries: ReadonlyMap<string, readonly DivisionId[]>;
}
