import type { TypedFacts } from '../write/constituent-fields.js';

/** `by_mail` counts once it is confirmed by mail; `by_hand` is sent by the supporter, and counted apart. */
export type ActionKind = 'by_mail' | 'by_hand';

/** What one letter of a submit says, before it is composed. */
export interface LetterDraft {
  readonly officeholderId: string;
  readonly subject: string;
  /** The organisation's words as the supporter left them; may be empty. */
  readonly statement: string;
  /** The supporter's own words; may be empty. */
  readonly message: string;
  /** Which fields it came from: '' for what is written to all, else a dot and the officeholder's id. */
  readonly suffixes: Readonly<Record<'subject' | 'statement' | 'message', string>>;
}

/** Who acts, as kept with the action. Nothing here is guessed. */
export interface Supporter {
  readonly name: string;
  /** Empty where the supporter sends every letter themselves: then no mail is needed. */
  readonly email: string;
  /** The postcode as given, or the name of the division that was chosen. */
  readonly place: string;
}

/** What a supporter says of themselves. The rest goes into the letters of the offices that need it, and nowhere else. */
export interface TypedSupporter extends Supporter {
  /** Street address; lines separated by line feeds. */
  readonly address?: string;
  /** Name and address in fields; `name` is made of them. */
  readonly facts?: TypedFacts;
}

/** One submit as it came in, its form checked but not its content. */
export interface SubmitRequest {
  readonly kind: ActionKind;
  readonly supporter: TypedSupporter;
  readonly letters: readonly LetterDraft[];
  readonly divisions: readonly string[];
  readonly consent: boolean;
  readonly language: string;
  readonly idempotencyKey: string;
  /** What was asked for, word for word, where it is not all in the fields above: a repeat is known by it. */
  readonly asked?: string;
  /** The sender's network (`networkOf`), kept only as a fingerprint of the day. */
  readonly network: string;
}

/** The rows of one submit, sealed and ready to be written. Byte strings are hexadecimal, as `\x…`. */
export interface SubmissionRows {
  readonly action: ActionRow;
  readonly letters: readonly LetterRow[];
  readonly mailId: string;
  /** Fingerprints of the day; there is no address where no mail is needed. */
  readonly addressTag: string | null;
  readonly networkTag: string;
}

export interface ActionRow {
  readonly organisation_id: number;
  readonly action_id: string;
  readonly alert_id: string;
  readonly alert_version: number;
  readonly kind: ActionKind;
  readonly language: string;
  readonly person_tag: string | null;
  readonly idempotency_tag: string;
  readonly content_tag: string;
  readonly supporter: string;
  readonly divisions: readonly string[];
}

export interface LetterRow {
  readonly organisation_id: number;
  readonly letter_id: string;
  readonly action_id: string;
  readonly alert_id: string;
  readonly person_tag: string | null;
  readonly officeholder_id: string;
  readonly office: unknown;
  readonly channel: string;
  readonly composer: number;
  readonly sha256: string;
  readonly content: string;
  readonly text_tag: string;
  readonly own_words: number;
}

/** How a submit ended: written now, or already written before under the same key. */
export interface StoredSubmission {
  readonly actionId: string;
  readonly contentTag: string;
  readonly isNew: boolean;
  /** How many actions this network has begun this hour, this one included. */
  readonly networkActions: number;
}
