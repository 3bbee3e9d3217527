import type { CongressTopic } from './congress/topics.js';

/** Where an officeholder stands on the alert's measure. */
export const POSITIONS = ['sponsor', 'cosponsor', 'for', 'against', 'none'] as const;
export type Position = (typeof POSITIONS)[number];

/** Why the report may be shown here. */
export const RIGHTS_BASES = [
  'own-work',
  'licensed',
  'creative-commons',
  'fair-use',
  'fair-dealing',
  'quotation',
] as const;
export type RightsBasis = (typeof RIGHTS_BASES)[number];

/** For a measure, or against it. */
export const STANCES = ['pro', 'con'] as const;
export type Stance = (typeof STANCES)[number];

/** How many officeholders one action may reach, unless the ask says otherwise. */
export const DEFAULT_MAXIMUM = 25;

/**
 * Everything that an organisation writes for one alert: checked, complete, and stored as JSON. Texts of one
 * line hold no line feed. The alert file and the console write the same thing; `null` means "not given".
 */
export interface AlertContent {
  /** The number of this shape, raised when it changes. */
  readonly format: 2;
  /** BCP 47, such as `en` or `pt-BR`. */
  readonly language: string;
  readonly headline: string;
  /** One or two sentences below the headline. */
  readonly standfirst: string;
  /** The date shown on the alert, `YYYY-MM-DD`. */
  readonly date: string;
  /** Who wrote the alert. */
  readonly byline: string | null;
  /** Who publishes the alert, where that is not the organisation's own name. */
  readonly publisher: string | null;
  readonly ask: Ask;
  readonly measure: Measure | null;
  /** What the letters are about, for the Congress's own mail systems, which want at least one. */
  readonly topics: readonly CongressTopic[];
  readonly letter: LetterTemplate;
  /** The first that names the officeholder's position wins; without one, `letter` is used. */
  readonly variants: readonly LetterVariant[];
  readonly report: Report;
  readonly rights: RightsNotice;
  /** Newest first. */
  readonly corrections: readonly Correction[];
}

/** What the reader is asked to do, whom they write to, and until when. */
export interface Ask {
  /** One sentence: "Write to your member of the House about …". */
  readonly request: string;
  readonly whom: OfficeholdersOfReader | NamedOfficeholders | ListedOfficeholders;
  /** As written: `YYYY-MM-DD`, or an instant with its offset from UTC. `closingTime` reads it. */
  readonly until: string | null;
  readonly topic: string | null;
  /** The most officeholders that one action may reach. */
  readonly maximum: number;
}

/** The officeholders who represent the reader's place in these chambers. */
export interface OfficeholdersOfReader {
  readonly kind: 'mine';
  /** The id of a legislature, such as `us-congress`. */
  readonly legislature: string;
  /** Roles (`lower`, `upper`) or the chambers' own ids. */
  readonly chambers: readonly string[];
}

/** These officeholders, whoever writes. */
export interface NamedOfficeholders {
  readonly kind: 'named';
  readonly legislature: string;
  /** Stable ids from the legislature's source. */
  readonly officeholders: readonly string[];
}

/** Everybody on a list, whoever writes. */
export type ListedOfficeholders = CommitteeMembers | ChamberMembers | ReadersChoice;

export interface CommitteeMembers extends OnlySome {
  readonly kind: 'committee';
  readonly legislature: string;
  /** The id of a committee of the legislature. */
  readonly committee: string;
}

export interface ChamberMembers extends OnlySome {
  readonly kind: 'everybody';
  readonly legislature: string;
  /** Roles (`lower`, `upper`) or the chambers' own ids. */
  readonly chambers: readonly string[];
}

/** The members of chambers, of whom the reader chooses: for a parliament without districts. */
export interface ReadersChoice extends OnlySome {
  readonly kind: 'choose';
  readonly legislature: string;
  readonly chambers: readonly string[];
}

/** What parts of a list are meant; `null` for all. */
interface OnlySome {
  /** Where they stand on the measure. */
  readonly positions: readonly Position[] | null;
  /** Parties or lists, by the names that the legislature's data gives them. */
  readonly parties: readonly string[] | null;
}

/** The bill, motion or resolution behind the ask. */
export interface Measure {
  /** As it is cited: `H.R. 1234`. */
  readonly number: string;
  /** Which Congress of the United States it is before: 119. */
  readonly congress: number | null;
  /** Whether the letters speak for the measure or against it. */
  readonly stance: Stance | null;
  readonly title: string;
  readonly chambers: readonly string[];
  readonly status: string | null;
  /** Where the measure can be read: an http or https address. */
  readonly address: string | null;
  readonly sponsors: readonly Sponsor[];
  /** One entry per officeholder at most; whoever is not listed has the position `none`. */
  readonly positions: readonly OfficeholderPosition[];
}

export interface Sponsor {
  readonly name: string;
  readonly chamber: string | null;
  readonly officeholder: string | null;
}

export interface OfficeholderPosition {
  readonly officeholder: string;
  readonly position: Position;
}

/** Templates: plain text with `{{placeholders}}`. */
export interface LetterTemplate {
  readonly subject: string;
  /** The organisation's own words, which go along as they are. */
  readonly statement: string;
  /** Words that the supporter may take, change or replace; may be empty. */
  readonly message: string;
}

/** What is different in the letter to officeholders of certain positions; `null` takes the letter's own. */
export interface LetterVariant {
  readonly positions: readonly Position[];
  readonly subject: string | null;
  readonly statement: string | null;
  readonly message: string | null;
}

export interface Report {
  /** Markdown (CommonMark and GitHub's tables), without HTML. */
  readonly body: string;
  /** Where the report was taken from; `null` where it is the publisher's own. */
  readonly source: Attribution | null;
  readonly pictures: readonly AlertPicture[];
}

export interface Attribution {
  readonly publisher: string;
  readonly author: string | null;
  readonly place: string | null;
  /** As a newspaper prints it: "OSTREL, 3 May". */
  readonly dateline: string | null;
  /** The day on which the original appeared, `YYYY-MM-DD`. */
  readonly published: string | null;
  /** The original's http or https address. */
  readonly address: string | null;
}

/** A picture of the report. Its bytes lie in the table `picture`, named by their SHA-256. */
export interface AlertPicture {
  /** The name by which the report's body places it; one that the body does not place stands at its head. */
  readonly file: string;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
  readonly mediaType: PictureMediaType;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  readonly alt: string;
  readonly caption: string;
  readonly credit: string;
}

export type PictureMediaType = 'image/jpeg' | 'image/png' | 'image/webp' | 'image/avif';

export interface RightsNotice {
  readonly basis: RightsBasis;
  /** SPDX, such as `CC-BY-4.0`; given exactly where the basis is `creative-commons`. */
  readonly licence: string | null;
  /** The publisher's own words about the rights, shown behind the standard ones. */
  readonly notice: string | null;
}

export interface Correction {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly text: string;
}
