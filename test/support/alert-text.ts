import { type AlertFile, readAlertFile } from '../../src/alerts/index.js';
import type { AppError } from '../../src/errors.js';

/** Each top field of a right alert file as its lines of YAML, to be changed or left out by a test. */
const FIELDS = {
  slug: 'slug: keep-the-lamp',
  language: 'language: en',
  headline: 'headline: Keep the lamp lit',
  standfirst: 'standfirst: The lamp goes dark in June, unless the chambers decide otherwise.',
  date: 'date: 2026-05-04',
  byline: 'byline: Mira Oss',
  publisher: 'publisher: Friends of the Lamp',
  ask: `ask:
  request: Write to your members about the lamp
  legislature: demo
  chambers: [lower, upper]
  until: 2026-06-30
  topic: Harbours`,
  measure: `measure:
  number: Bill 12
  title: An Act to keep the lamp
  chambers: [Assembly, Council]
  status: First reading
  address: https://parliament.example/bills/12
  sponsors:
    - { name: Ida Brandt, chamber: Assembly, officeholder: person-1 }
    - { name: Tomas Reer }
  positions:
    person-2: cosponsor
    person-3: against`,
  letter: `letter:
  subject: "{{measure.number}}: please keep the lamp lit"
  statement: |
    {{organisation.name}} asks you to vote for {{measure.title}}.
  message: |
    I write to you as a constituent.
    My name is {{constituent.name}}.`,
  variants: `variants:
  - position: [sponsor, cosponsor]
    subject: "{{measure.number}}: thank you"
  - position: [against]
    statement: |
      We ask you to think again, {{officeholder.title}} {{officeholder.family_name}}.`,
  source: `source:
  publisher: The Harbour Gazette
  author: Jon Veld
  place: Ostrel
  dateline: OSTREL, 3 May
  published: 2026-05-03
  address: https://gazette.example/lamp`,
  rights: `rights:
  basis: licensed
  notice: Reprinted with permission.`,
  corrections: `corrections:
  - date: 2026-05-05
    text: The lamp was built in 1871, not 1817.
  - date: 2026-05-06
    text: Ida Brandt sits in the Assembly.`,
} as const;

type FieldName = keyof typeof FIELDS | 'pictures' | 'extra';
export type FieldChanges = { readonly [name in FieldName]?: string | undefined };

const BODY = `## A long night

The keeper says:

> It has never been dark.
>
> — Ida Brandt, keeper`;

/** The text of a right alert file with some fields changed; `undefined` leaves one out. */
export function alertText(changes: FieldChanges = {}, body = BODY): string {
  const fields: FieldChanges = { ...FIELDS, ...changes };
  const lines = Object.values(fields).filter((field) => field !== undefined);
  return `---\n${lines.join('\n')}\n---\n${body}\n`;
}

/** A file in memory; `pictures` by name. */
export function alertFile(text: string | Buffer, pictures: Readonly<Record<string, Buffer>> = {}): AlertFile {
  return {
    name: 'alert.md',
    bytes: Buffer.from(text),
    readPicture: async (name) => pictures[name],
  };
}

/** The lines that an import of this text would print; none where it is right. */
export async function problemsOf(
  text: string | Buffer,
  pictures?: Readonly<Record<string, Buffer>>,
): Promise<string[]> {
  try {
    await readAlertFile(alertFile(text, pictures));
    return [];
  } catch (error) {
    if (!isInvalidFile(error)) throw error;
    return error.message.split('\n');
  }
}

function isInvalidFile(error: unknown): error is AppError {
  return error instanceof Error && 'code' in error && error.code === 'invalid_file';
}

/** The line of a file, from 1, on which a piece of text first stands. */
export function lineOf(text: string, piece: string): number {
  const at = text.indexOf(piece);
  if (at === -1) throw new Error(`"${piece}" is not in the text`);
  return text.slice(0, at).split('\n').length;
}
