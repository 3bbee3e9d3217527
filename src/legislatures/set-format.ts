import { type Static, Type } from 'typebox';

/**
 * Raised when the shape below changes; an older program then refuses the set instead of misreading it. What came
 * after format 1 is optional, so that every set of it is still read.
 */
export const STORED_FORMAT = 2;
const OLDER_FORMAT = 1;

const Text = Type.String();
const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
const PartialDay = Type.String({ pattern: '^\\d{4}(-\\d{2}){0,2}$' });
const Count = Type.Integer({ minimum: 0 });
const closed = { additionalProperties: false };

const StoredSource = Type.Object(
  {
    title: Text,
    licence: Text,
    address: Text,
    part: Type.Optional(Type.Union([Type.Literal('boundaries'), Type.Literal('postcodes')])),
    date: Type.Optional(PartialDay),
    retrieved: Type.Optional(Day),
  },
  closed,
);

const StoredChamber = Type.Object(
  {
    id: Text,
    name: Text,
    role: Type.Union([Type.Literal('lower'), Type.Literal('upper'), Type.Literal('unicameral')]),
    size: Type.Optional(Count),
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
  { id: Text, chamber: Text, division: Text, class: Type.Optional(Text), places: Type.Optional(Count) },
  closed,
);

const StoredLocation = Type.Object(
  { kind: Text, address: Type.Optional(Text), phone: Type.Optional(Text), fax: Type.Optional(Text) },
  closed,
);

const StoredForm = Type.Object(
  {
    fields: Type.Array(
      Type.Object(
        {
          asks: Text,
          required: Type.Boolean(),
          longest: Type.Optional(Count),
          choices: Type.Optional(Type.Array(Text)),
        },
        closed,
      ),
    ),
    topics: Type.Array(Text),
    longestMessage: Type.Optional(Count),
    captcha: Type.Optional(Type.Literal(true)),
  },
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
    code: Type.Optional(Text),
    locations: Type.Optional(Type.Array(StoredLocation)),
    form: Type.Optional(StoredForm),
  },
  closed,
);

const StoredOfficeholder = Type.Object(
  {
    id: Text,
    name: Text,
    givenName: Text,
    familyName: Text,
    sortName: Type.Optional(Text),
    title: Text,
    party: Text,
    parties: Type.Optional(Type.Array(Text)),
    seat: Text,
    termStart: Type.Optional(PartialDay),
    termEnds: Type.Optional(PartialDay),
    earlierTerms: Type.Optional(
      Type.Array(
        Type.Object(
          {
            chamber: Text,
            division: Type.Optional(Text),
            start: Type.Optional(PartialDay),
            ends: Type.Optional(PartialDay),
          },
          closed,
        ),
      ),
    ),
    office: StoredOffice,
    identifiers: Type.Optional(Type.Array(Type.Object({ scheme: Text, identifier: Text }, closed))),
    accounts: Type.Optional(Type.Array(Type.Object({ service: Text, name: Text }, closed))),
  },
  closed,
);

const StoredCommittee = Type.Object(
  {
    id: Text,
    name: Text,
    chamber: Type.Optional(Text),
    parent: Type.Optional(Text),
    website: Type.Optional(Text),
    phone: Type.Optional(Text),
    address: Type.Optional(Text),
    members: Type.Array(
      Type.Object({ officeholder: Text, title: Type.Optional(Text), side: Type.Optional(Text) }, closed),
    ),
  },
  closed,
);

/** The JSON part of a stored set. */
export const StoredSet = Type.Object(
  {
    format: Type.Union([Type.Literal(OLDER_FORMAT), Type.Literal(STORED_FORMAT)]),
    id: Text,
    name: Text,
    country: Text,
    edition: Text,
    validFrom: Type.Optional(Day),
    validUntil: Type.Optional(Day),
    sources: Type.Array(StoredSource),
    chambers: Type.Array(StoredChamber),
    divisions: Type.Array(StoredDivision),
    seats: Type.Array(StoredSeat),
    officeholders: Type.Array(StoredOfficeholder),
    committees: Type.Optional(Type.Array(StoredCommittee)),
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
