import { type Static, Type } from 'typebox';

const closed = { additionalProperties: false };

/** What a person must be told beside the names; each has a sentence in the catalogue. */
const WARNINGS = [
  'dataset_expired',
  'dataset_not_yet_valid',
  'off_shore',
  'postcode_malformed',
  'postcode_unknown',
  'seat_vacant',
  'term_ended',
] as const;

export const RepresentationWarning = Type.Enum(WARNINGS);
export type RepresentationWarning = Static<typeof RepresentationWarning>;

export const RepresentationOfficeholder = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    chamber: Type.String(),
    role: Type.Union([Type.Literal('lower'), Type.Literal('upper'), Type.Literal('unicameral')]),
    division: Type.String({ description: 'Open Civic Data division id' }),
    party: Type.String({ description: 'Empty where none is known' }),
    termEnds: Type.Optional(
      Type.String({ description: 'The last day; YYYY-MM-DD, YYYY-MM or YYYY, as far as it is known' }),
    ),
    termEnded: Type.Optional(Type.Literal(true, { description: 'The data give a term that is over' })),
  },
  closed,
);
export type RepresentationOfficeholder = Readonly<Static<typeof RepresentationOfficeholder>>;

export const VacantSeat = Type.Object({ chamber: Type.String(), division: Type.String() }, closed);
export type VacantSeat = Readonly<Static<typeof VacantSeat>>;

const Candidate = Type.Object(
  {
    division: Type.String({
      description: 'A division id; where chambers have their own districts, one of each, separated by commas',
    }),
    name: Type.String(),
    officeholders: Type.Array(RepresentationOfficeholder),
  },
  closed,
);

export const Dataset = Type.Object(
  {
    id: Type.String(),
    version: Type.String(),
    validUntil: Type.Optional(
      Type.String({ description: 'YYYY-MM-DD, the last day; absent where it is not known' }),
    ),
  },
  closed,
);
export type Dataset = Readonly<Static<typeof Dataset>>;

/** The answer to "who represents this place", the same for the command, the API and the pages. */
export const Representation = Type.Object(
  {
    status: Type.Union([Type.Literal('found'), Type.Literal('choose'), Type.Literal('none')]),
    uncertain: Type.Boolean({
      description: 'A border is so near that the person must say on which side they live',
    }),
    officeholders: Type.Array(RepresentationOfficeholder, {
      description: 'Those who certainly represent the place',
    }),
    candidates: Type.Array(Candidate, {
      description: 'Where the place may lie, each with those who represent it there beside the certain ones',
    }),
    vacant: Type.Array(VacantSeat, { description: 'Empty seats of the place and of its candidates' }),
    warnings: Type.Array(RepresentationWarning),
    dataset: Dataset,
  },
  closed,
);
export type Representation = Static<typeof Representation>;
