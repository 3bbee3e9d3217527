import type { Organisation } from '../../accounts/index.js';
import { type Addressee, type Alert, letterFor, type SuggestedLetter } from '../../alerts/index.js';
import type { SeatedOfficeholder } from '../../legislatures/index.js';

export const LETTER_PARTS = ['subject', 'statement', 'message'] as const;
export type LetterPart = (typeof LETTER_PARTS)[number];

/** What the alert suggests to write. */
export interface Suggestion {
  /** What is the same in every letter; '' where they differ. */
  readonly toAll: SuggestedLetter;
  /** The parts that are not the same for everybody. */
  readonly apart: ReadonlySet<LetterPart>;
  /** By officeholder id: the whole letter. */
  readonly whole: ReadonlyMap<string, SuggestedLetter>;
}

interface Suggesting {
  readonly alert: Alert;
  readonly organisation: Organisation;
  readonly officeholders: readonly SeatedOfficeholder[];
  readonly place: string;
}

/** Fills in the alert's template for each officeholder, and finds what they have in common. */
export function suggestLetters({ alert, organisation, officeholders, place }: Suggesting): Suggestion {
  const whole = new Map(
    officeholders.map((person) => {
      const request = {
        content: alert.content,
        officeholder: addressee(person),
        organisation,
        constituent: { place },
      };
      return [person.id, letterFor(request)] as const;
    }),
  );
  const [first, ...others] = whole.values();
  const toAll = { subject: '', statement: '', message: '', ...first };
  const apart = new Set(LETTER_PARTS.filter((part) => others.some((letter) => letter[part] !== toAll[part])));
  for (const part of apart) toAll[part] = '';
  return { toAll, apart, whole };
}

function addressee(person: SeatedOfficeholder): Addressee {
  const { id, name, familyName, title, party, chamber, division } = person;
  return { id, name, familyName, title, party, chamber: chamber.name, division: division.name };
}
