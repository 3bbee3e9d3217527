import { type Static, Type } from 'typebox';

const MOST_LISTED = 2000;
const closed = { additionalProperties: false };

const LetterText = Type.Object(
  {
    subject: Type.Optional(Type.String()),
    statement: Type.Optional(
      Type.String({ description: "The organisation's words; as the alert has them without it" }),
    ),
    message: Type.Optional(Type.String({ description: "The supporter's own words" })),
  },
  closed,
);

const PostalAddress = Type.Object(
  {
    line1: Type.String({ description: 'House number and street' }),
    line2: Type.Optional(Type.String()),
    city: Type.String(),
    state: Type.String({ description: 'Two capital letters: one of the 50 states, or DC AS GU MP PR VI' }),
    zip: Type.String({ description: '94110 or 94110-1234' }),
  },
  closed,
);

const Supporter = Type.Object(
  {
    name: Type.Optional(Type.String({ description: 'Or `givenName` and `familyName`' })),
    email: Type.Optional(Type.String()),
    address: Type.Optional(
      Type.String({ description: 'Where an office answers only to people who give one' }),
    ),
    givenName: Type.Optional(Type.String()),
    familyName: Type.Optional(Type.String()),
    prefix: Type.Optional(Type.String({ description: 'One of Mr. Mrs. Miss Ms. Dr.' })),
    postalAddress: Type.Optional(PostalAddress),
    phone: Type.Optional(Type.String({ description: 'Ten digits; never needed' })),
  },
  {
    ...closed,
    description:
      'An office that is reached by a mail system of the Congress needs `givenName`, `familyName`, `prefix` and `postalAddress`',
  },
);

/** An action as JSON; `docs/api.md` explains each field. */
export const ActionBody = Type.Object(
  {
    place: Type.Object(
      {
        postcode: Type.Optional(Type.String()),
        division: Type.Optional(Type.String()),
        words: Type.Optional(
          Type.String({
            description: 'In words, where the alert has a list of its own and the place decides nothing',
          }),
        ),
        at: Type.Optional(
          Type.Object(
            {
              latitude: Type.Number({ minimum: -90, maximum: 90 }),
              longitude: Type.Number({ minimum: -180, maximum: 180 }),
            },
            closed,
          ),
        ),
      },
      closed,
    ),
    officeholders: Type.Optional(
      Type.Array(Type.String(), { maxItems: MOST_LISTED, description: 'Ids; all who were found without it' }),
    ),
    letter: Type.Optional(LetterText),
    letters: Type.Optional(
      Type.Record(Type.String(), LetterText, { description: 'By officeholder id, before `letter`' }),
    ),
    supporter: Supporter,
    consent: Type.Boolean({
      description: 'That the letter, which shows a political opinion, is kept until it is sent',
    }),
    proof: Type.Optional(Type.String({ description: 'An altcha solution, where one was asked for' })),
  },
  closed,
);
export type ActionBody = Static<typeof ActionBody>;

/** What is answered once it is durable. */
export const ActionTaken = Type.Object({
  status: Type.Union([Type.Literal('check_mail'), Type.Literal('hand_over')]),
  mail: Type.Optional(Type.Union([Type.Literal('now'), Type.Literal('later'), Type.Literal('outbox')])),
  mailLaterAt: Type.Optional(Type.String({ format: 'date-time' })),
  receipt: Type.Optional(Type.String({ description: 'Where the letters are handed over, without a mail' })),
});

export type ActionTaken = Static<typeof ActionTaken>;
