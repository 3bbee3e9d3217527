import { type Static, Type } from 'typebox';

/** Raised when the shape below changes; an older program then refuses the set instead of misreading it. */
export const STORED_FORMAT = 1;

const Text = Type.String();
const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
const Count = Type.Integer({ minimum: 0 });
const closed = { additionalProperties: false };

const StoredSource = Type.Object(
  { title: Text, licence: Text, address: Text, date: Type.Optional(Day) },
  closed,
);

const StoredChamber = Type.Object(
  {
    id: Text,
    name: Text,
    role: Type.Union([Type.Literal('lower'), Type.Literal('upper'), Type.Literal('unicameral')]),
  },
  closed,
);

const StoredDivision = Type.Object(
  {
    id: Text,
    name: Text,
    code: Type.Optional(Text),
    parent: Type.Optional(Text),
    /** For each polygon the number of points of each ring; the points lie behind the JSON. */
    boundary: Type.Optional(Type.Array(Type.Array(Count))),
  },
  closed,
);

const StoredSeat = Type.Object(
  { id: Text, chamber: Text, division: Text, class: Type.Optional(Text) },
  closed,
);

const StoredOffice = Type.Object(
  {
    emails: Type.Array(Text),
    contactForm: Type.Optional(Text),
    website: Type.Optional(Text),
    phone: Type.Optional(Text),
    address: Type.Optional(Text),
    requiresAddress: Type.Optional(Type.Literal(true)),
  },
  closed,
);

const StoredOfficeholder = Type.Object(
  {
    id: Text,
    name: Text,
    givenName: Text,
    familyName: Text,
    title: Text,
    party: Text,
    seat: Text,
    termStart: Day,
    termEnds: Day,
    office: StoredOffice,
  },
  closed,
);

/** The JSON part of a stored set. */
export const StoredSet = Type.Object(
  {
    format: Type.Literal(STORED_FORMAT),
    id: Text,
    name: Text,
    country: Text,
    edition: Text,
    validFrom: Day,
    validUntil: Day,
    sources: Type.Array(StoredSource),
    chambers: Type.Array(StoredChamber),
    divisions: Type.Array(StoredDivision),
    seats: Type.Array(StoredSeat),
    officeholders: Type.Array(StoredOfficeholder),
    postcodes: Type.Object({
      pattern: Text,
      example: Text,
      /** A postcode and the positions of its divisions. */
      entries: Type.Array(Type.Tuple([Text, Type.Array(Count)])),
    }),
  },
  closed,
);

export type StoredSet = Static<typeof StoredSet>;
