import { type Static, type TProperties, Type } from 'typebox';

/** Where an SMTP conversation stands. `data` is the command, `final_dot` the end of the message. */
const MAIL_STEPS = ['banner', 'ehlo', 'starttls', 'auth', 'mail', 'rcpt', 'data', 'final_dot'] as const;
export type MailStep = (typeof MAIL_STEPS)[number];

/** What a CWC server is asked: to take a letter, to check one, or which offices take part. */
const CWC_STEPS = ['message', 'validate', 'offices'] as const;
export type CwcStep = (typeof CWC_STEPS)[number];

/** An RFC 3339 time, or a time after the script was set: `+30s`, `+15m`, `+2h`, `+1d`. */
export const MOMENT =
  '^(\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,3})?)?(Z|[+-]\\d{2}:\\d{2})|\\+\\d{1,6}[smhd])$';

const LONGEST_WORDS = 400;
const LONGEST_BODY = 100_000;
const MOST_ERRORS = 100;
const MOST_MEGABYTES = 100;

const Moment = Type.Optional(Type.String({ pattern: MOMENT }));
const Words = Type.String({ maxLength: LONGEST_WORDS, pattern: '^[^\\u0000-\\u001f\\u007f]*$' });

/** When a behaviour holds; all of it by the simulator's clock. */
const WHEN = {
  from: Moment,
  to: Moment,
  /** 0 to 1; drawn from the script's seed. */
  probability: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
  /** Only the first so many times. */
  times: Type.Optional(Type.Integer({ minimum: 1 })),
  /** Whether the office has the letter all the same; by default each action's own way. */
  keep: Type.Optional(Type.Boolean()),
};
const SPEED = { bytesPerSecond: Type.Optional(Type.Number({ exclusiveMinimum: 0 })) };

const mailAt = Type.Enum([...MAIL_STEPS]);
const cwcAt = Type.Optional(Type.Enum([...CWC_STEPS]));

/** The actions of the mail server, by the word in `do`. */
export const MAIL_ACTIONS = {
  answer: behaviour('answer', {
    at: mailAt,
    code: Type.Integer({ minimum: 400, maximum: 599 }),
    words: Type.Optional(Words),
  }),
  stall: behaviour('stall', { at: mailAt }),
  drop: behaviour('drop', { at: mailAt }),
  drip: behaviour('drip', { at: mailAt, ...SPEED }),
  greylist: behaviour('greylist', {
    at: Type.Optional(Type.Literal('rcpt')),
    minutes: Type.Number({ exclusiveMinimum: 0 }),
  }),
  broken_tls: behaviour('broken_tls', { at: Type.Optional(Type.Literal('starttls')) }),
  untrusted_certificate: behaviour('untrusted_certificate', { at: Type.Optional(Type.Literal('starttls')) }),
  work: behaviour('work', { at: mailAt }),
};

/** The actions of the House and Senate servers, by the word in `do`. */
export const CWC_ACTIONS = {
  answer: behaviour('answer', {
    at: cwcAt,
    status: Type.Integer({ minimum: 200, maximum: 599 }),
    errors: Type.Optional(Type.Array(Type.String({ maxLength: LONGEST_WORDS }), { maxItems: MOST_ERRORS })),
    body: Type.Optional(Type.String({ maxLength: LONGEST_BODY })),
    retryAfterSeconds: Type.Optional(Type.Integer({ minimum: 0 })),
  }),
  truncated: behaviour('truncated', { at: cwcAt }),
  huge: behaviour('huge', {
    at: cwcAt,
    megabytes: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: MOST_MEGABYTES })),
  }),
  drip: behaviour('drip', { at: cwcAt, ...SPEED }),
  stall: behaviour('stall', { at: cwcAt }),
  drop: behaviour('drop', { at: cwcAt }),
  inactive: behaviour('inactive', {}),
  work: behaviour('work', { at: cwcAt }),
};

/** One thing that the mail server does instead of serving. */
export type MailBehaviour = Readonly<Static<(typeof MAIL_ACTIONS)[keyof typeof MAIL_ACTIONS]>>;
/** One thing that a CWC server does instead of serving. */
export type CwcBehaviour = Readonly<Static<(typeof CWC_ACTIONS)[keyof typeof CWC_ACTIONS]>>;
export type Behaviour = MailBehaviour | CwcBehaviour;

function behaviour<Name extends string, Fields extends TProperties>(name: Name, fields: Fields) {
  return Type.Object({ do: Type.Literal(name), ...fields, ...WHEN }, { additionalProperties: false });
}
