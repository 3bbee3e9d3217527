import type { MessageKey } from '../../language/index.js';
import type { OfficeholderView, Reach } from '../officeholder-view.js';
import type { TypedFacts } from './constituent-fields.js';
import type { LetterPart } from './suggest-letters.js';

/** A letter while it is written. Each field is as the supporter left it, or as the alert suggests it. */
export interface DraftView {
  readonly subject: string;
  /** The organisation's words. */
  readonly statement: string;
  /** The supporter's own words. */
  readonly message: string;
  /** The words that the alert suggests as a message: what the share of own words is counted against. */
  readonly suggested: string;
}

/** Somebody who can be written to. */
export interface OfficeholderChoice extends OfficeholderView {
  readonly id: string;
  readonly reach: Reach;
  /** Set where the term has ended by today. */
  readonly termEnded?: Date | undefined;
  readonly chosen: boolean;
  /** A letter of its own: by the supporter's wish, or what the alert words differently for this position. */
  readonly draft?: DraftView | undefined;
}

export interface VacantSeat {
  readonly chamber: string;
  readonly division: string;
}

/** Who signs, as typed. */
export interface PersonView {
  readonly name: string;
  readonly email: string;
  /** Street and house; only asked where a chosen office needs it. */
  readonly street: string;
  readonly locality: string;
  /** Name and address in fields, where they are asked so. */
  readonly facts: TypedFacts;
  readonly consent: boolean;
}

/** Why name and address are asked in fields, and where they go. */
export interface FactsView {
  /** Whose mail systems want them. */
  readonly chambers: readonly string[];
  /** The people who are reached that way, as they are named; empty where all are. */
  readonly only: readonly string[];
  /** The others who answer only to people who give their address. */
  readonly addressToo: readonly string[];
}

/** An office that takes letters by a form with room for so many characters. */
export interface ShortForm {
  readonly office: string;
  readonly most: number;
}

/** What the second step needs, but for the frame of its page. */
export interface WriteView {
  /** Where the letters are posted. */
  readonly action: string;
  /** Token, idempotency key, place. */
  readonly hidden: Readonly<Record<string, string>>;
  /** The place as it was given, or the district that was chosen. */
  readonly place: string;
  /** What else must be said about the place: that less of an address was found than was given. */
  readonly placeNote?: MessageKey | undefined;
  /** They are on the alert's list, wherever the reader lives. */
  readonly listed?: boolean;
  /** Back to the first step. */
  readonly back: string;
  readonly officeholders: readonly OfficeholderChoice[];
  readonly vacant: readonly VacantSeat[];
  /** Set where the lines or terms of the data have ended: since when. */
  readonly dataEnded?: Date | undefined;
  /** The most officeholders that one action may reach. */
  readonly maximum: number;
  /** The parts that the alert words differently for different officeholders: each of them stands with its own. */
  readonly apart: ReadonlySet<LetterPart>;
  /** The letter to all; of a part that is kept apart, only the words that come before it. */
  readonly draft: DraftView;
  readonly person: PersonView;
  /** The longest texts that every channel takes, in characters. */
  readonly limits: { readonly subject: number; readonly text: number };
  /** `by_hand`: every office is reached by the supporter alone, so no mail is needed. */
  readonly kind: 'by_mail' | 'by_hand';
  /** True where a found office answers only to letters with a street address, and none wants it in fields. */
  readonly asksAddress: boolean;
  /** Set where a found office takes letters by a mail system of the Congress. */
  readonly asksFacts?: FactsView | undefined;
  readonly shortForms: readonly ShortForm[];
  /** How long an unconfirmed letter is kept, and a text after its letter's last change. */
  readonly days: { readonly unconfirmed: number; readonly kept: number };
  /** A proof of work to do, as JSON. */
  readonly challenge?: string | undefined;
  /** The name of the draft that the browser keeps: one per alert. */
  readonly draftName: string;
}
