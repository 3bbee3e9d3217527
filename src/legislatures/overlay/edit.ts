import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { AppError } from '../../errors.js';

const closed = { additionalProperties: false };
const Text = Type.String({ minLength: 1, maxLength: 500 });
const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
/** Null: the office has none, whatever the source says. */
const Way = Type.Optional(Type.Union([Text, Type.Null()]));

const Corrections = Type.Object(
  { name: Type.Optional(Text), email: Way, contactForm: Way, phone: Way, website: Way, address: Way },
  closed,
);

/** What is put in the place of the source's word on a person. */
export type Corrections = Readonly<Static<typeof Corrections>>;
export type CorrectedField = keyof Corrections;

const Correct = Type.Object(
  {
    kind: Type.Literal('correct'),
    officeholder: Text,
    to: Corrections,
    /** What the source said when it was corrected: tells when the source has changed since. */
    from: Corrections,
  },
  closed,
);

const Resign = Type.Object(
  {
    kind: Type.Literal('resign'),
    officeholder: Text,
    /** The first day (UTC) on which they hold the seat no more. */
    on: Day,
  },
  closed,
);

const Add = Type.Object(
  {
    kind: Type.Literal('add'),
    officeholder: Text,
    name: Text,
    title: Type.String(),
    party: Type.String(),
    seat: Text,
    /** The first day (UTC) on which they hold the seat. */
    termStart: Day,
    termEnds: Type.Optional(Day),
    office: Corrections,
  },
  closed,
);

const EditChange = Type.Union([Correct, Resign, Add]);

/** What an edit does to a set. */
export type EditChange = Readonly<Static<typeof EditChange>>;

/** A correction by hand of one set, which no later import undoes. */
export interface Edit {
  /** Counts within the set. */
  readonly number: number;
  readonly change: EditChange;
  readonly at: Date;
  readonly by: string;
  readonly reason: string;
}

/**
 * Reads a change as it is stored.
 * @throws AppError `invalid_file` when another version of the program wrote it.
 */
export function readChange(stored: unknown): EditChange {
  if (Value.Check(EditChange, stored)) return stored;
  throw new AppError('invalid_file', {
    detail: 'An edit of a legislature cannot be read; another version of Redress wrote it.',
  });
}

/** The day, by the clock of the world (UTC), of a moment. */
export function dayOf(moment: Date): string {
  return moment.toISOString().slice(0, 'YYYY-MM-DD'.length);
}
