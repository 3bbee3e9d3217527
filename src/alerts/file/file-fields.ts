import { type Static, Type } from 'typebox';
import { POSITIONS, RIGHTS_BASES, STANCES } from '../alert-content.js';
import { CONGRESS_TOPICS } from '../congress/topics.js';

const LONGEST_LINE = 300;
const LONGEST_PARAGRAPH = 2000;
const LONGEST_LETTER_PART = 10_000;
const LONGEST_ADDRESS = 2000;
const LONGEST_ID = 200;
const MOST_POSITIONS = 2000;
const MOST_LISTED = 200;
const MOST_PICTURES = 20;
const MOST_CORRECTIONS = 100;

/** What a text must look like, by the name that error messages use. */
export const PATTERNS = {
  something: /[^\s\p{Cc}\p{Cf}\p{Cs}]/u,
  language: /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/u,
  slug: /^[a-z0-9][a-z0-9-]{0,79}$/u,
  date: /^\d{4}-\d{2}-\d{2}$/u,
  until: /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2}))?$/u,
  address: /^https?:\/\/[^\s"'<>\\\p{Cc}\p{Cs}]+$/u,
  id: /^[^\s\p{Cc}\p{Cs}]{1,200}$/u,
  count: /^[1-9]\d{0,3}$/u,
  congress: /^[1-9]\d{0,2}$/u,
  licence: /^CC(0-1\.0|-BY(-NC)?(-ND|-SA)?-(1\.0|2\.0|2\.5|3\.0|4\.0))$/u,
  /** A path below the alert file's folder: no `..`, no hidden part, no drive, no address. */
  file: /^(?![./])(?!.*\/[./])[^\\:<>"|?*\p{Cc}\p{Cs}]+$/u,
} as const;

function text(pattern: keyof typeof PATTERNS, maxLength: number) {
  return Type.String({ pattern: PATTERNS[pattern].source, maxLength });
}

function closed<Properties extends Type.TProperties>(properties: Properties) {
  return Type.Object(properties, { additionalProperties: false });
}

function list<Item extends Type.TSchema>(item: Item, maxItems = MOST_LISTED) {
  return Type.Array(item, { minItems: 1, maxItems });
}

const line = text('something', LONGEST_LINE);
const paragraph = text('something', LONGEST_PARAGRAPH);
const letterPart = Type.String({ maxLength: LONGEST_LETTER_PART });
const date = text('date', LONGEST_LINE);
const address = text('address', LONGEST_ADDRESS);
const id = text('id', LONGEST_ID);

const positions = Type.Array(Type.Enum([...POSITIONS]), { minItems: 1, uniqueItems: true });

const ask = closed({
  request: line,
  legislature: text('slug', LONGEST_ID),
  chambers: Type.Optional(list(id)),
  people: Type.Optional(list(id)),
  committee: Type.Optional(id),
  everybody: Type.Optional(list(id)),
  choose: Type.Optional(list(id)),
  position: Type.Optional(positions),
  party: Type.Optional(list(line)),
  until: Type.Optional(text('until', LONGEST_LINE)),
  topic: Type.Optional(line),
  maximum: Type.Optional(text('count', LONGEST_LINE)),
});

const measure = closed({
  number: line,
  congress: Type.Optional(text('congress', LONGEST_LINE)),
  stance: Type.Optional(Type.Enum([...STANCES])),
  title: line,
  chambers: Type.Optional(list(line)),
  status: Type.Optional(line),
  address: Type.Optional(address),
  sponsors: Type.Optional(
    list(closed({ name: line, chamber: Type.Optional(line), officeholder: Type.Optional(id) })),
  ),
  positions: Type.Optional(
    Type.Record(Type.String(), Type.Enum([...POSITIONS]), {
      minProperties: 1,
      maxProperties: MOST_POSITIONS,
    }),
  ),
});

const letter = closed({
  subject: line,
  statement: Type.Optional(letterPart),
  message: Type.Optional(letterPart),
});

const variant = closed({
  position: positions,
  subject: Type.Optional(line),
  statement: Type.Optional(letterPart),
  message: Type.Optional(letterPart),
});

const source = closed({
  publisher: line,
  author: Type.Optional(line),
  place: Type.Optional(line),
  dateline: Type.Optional(line),
  published: Type.Optional(date),
  address: Type.Optional(address),
});

const picture = closed({ file: text('file', LONGEST_ID), alt: paragraph, caption: paragraph, credit: line });

const rights = closed({
  basis: Type.Enum([...RIGHTS_BASES]),
  licence: Type.Optional(text('licence', LONGEST_LINE)),
  notice: Type.Optional(paragraph),
});

/** The front matter of an alert file: every scalar is text, as YAML's failsafe schema reads it. */
export const FileFields = closed({
  slug: Type.Optional(text('slug', LONGEST_LINE)),
  language: text('language', LONGEST_LINE),
  headline: line,
  standfirst: paragraph,
  date,
  byline: Type.Optional(line),
  publisher: Type.Optional(line),
  ask,
  measure: Type.Optional(measure),
  topics: Type.Optional(Type.Array(Type.Enum([...CONGRESS_TOPICS]), { minItems: 1, uniqueItems: true })),
  letter,
  variants: Type.Optional(list(variant, POSITIONS.length)),
  source: Type.Optional(source),
  pictures: Type.Optional(list(picture, MOST_PICTURES)),
  rights,
  corrections: Type.Optional(list(closed({ date, text: paragraph }), MOST_CORRECTIONS)),
});
export type FileFields = Static<typeof FileFields>;
