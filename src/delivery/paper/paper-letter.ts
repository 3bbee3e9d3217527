const RIGHT_TO_LEFT =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}\p{Script=Hanifi_Rohingya}\p{Script=Samaritan}\p{Script=Mandaic}]/u;
const LETTER = /\p{L}/u;
const LONG_RUN = 40;
// Where letters join, a run is never broken.
const ENDLESS = new RegExp(
  `([\\p{Script=Latin}\\p{Script=Cyrillic}\\p{Script=Greek}\\p{Script=Hebrew}\\p{M}\\p{N}\\p{P}\\p{S}]{${LONG_RUN},})`,
  'u',
);
const TAB = '    ';
const MOST_SENDER_LINES = 4;
const MOST_ADDRESS_LINES = 6;
const ADDRESS_POINTS = 10.5;
const SMALL_ADDRESS_POINTS = 8.5;

/** A letter as it goes on paper. Every text is taken as it is. */
export interface PaperLetter {
  /** Who signs. */
  readonly name: string;
  /** Name and postal address of the office, for the window. */
  readonly recipient: readonly string[];
  /** In words. */
  readonly date: string;
  readonly subject: string;
  /** The body that was confirmed. */
  readonly body: string;
  /** The line of the body below which one signs by hand. */
  readonly closing: string;
  /** `Page {page} of {pages}`, with these two names as they stand. */
  readonly pageWords: string;
}

interface Run {
  readonly text: string;
  /** It may be longer than a line, and has no place to break. */
  readonly endless: boolean;
}

interface Line {
  readonly rtl: boolean;
  readonly text: string;
}

interface Lines {
  readonly rtl: boolean;
  readonly lines: readonly (readonly Run[])[];
}

/** A letter in the form that `letter.typ` reads. */
export interface LetterPlan {
  readonly sender: Lines;
  readonly 'return-line': Lines;
  readonly recipient: Lines;
  readonly 'address-size': number;
  readonly date: Line;
  readonly subject: Lines;
  readonly 'page-words': Line;
  readonly paragraphs: readonly (Lines & { readonly 'blank-lines': number; readonly signature: boolean })[];
}

/** Lays a letter out: paragraphs with their own direction, lines as they are, the blank lines between them counted. */
export function planLetter(letter: PaperLetter): LetterPlan {
  const paragraphs = paragraphsIn(letter.body);
  const closing = paragraphs.findLastIndex(({ lines }) => lines.length === 1 && lines[0] === letter.closing);
  // Name and address as the letter itself gives them: the office learns no more from the envelope.
  const signature = closing < 0 ? undefined : paragraphs[closing + 1]?.lines;
  const sender = (signature ?? [letter.name]).slice(0, MOST_SENDER_LINES);
  const recipient = letter.recipient.filter((line) => line.trim() !== '');
  return {
    sender: linesOf(sender),
    'return-line': linesOf([sender.join(' · ')]),
    recipient: linesOf(recipient),
    'address-size': recipient.length > MOST_ADDRESS_LINES ? SMALL_ADDRESS_POINTS : ADDRESS_POINTS,
    date: lineOf(letter.date),
    subject: linesOf([letter.subject].filter((line) => line.trim() !== '')),
    'page-words': lineOf(letter.pageWords),
    paragraphs: paragraphs.map(({ lines, blankLines }, index) => ({
      ...linesOf(lines),
      'blank-lines': blankLines,
      signature: index === closing,
    })),
  };
}

/** Every text that is drawn, for choosing fonts. */
export function* drawnTexts(plan: LetterPlan): Generator<string> {
  yield plan.date.text;
  yield `${plan['page-words'].text}0123456789`;
  const parts = [plan.sender, plan['return-line'], plan.recipient, plan.subject, ...plan.paragraphs];
  for (const { lines } of parts) for (const runs of lines) yield runs.map(({ text }) => text).join('');
}

interface Paragraph {
  readonly lines: string[];
  /** How many stand before it. */
  readonly blankLines: number;
}

function paragraphsIn(body: string): readonly Paragraph[] {
  const paragraphs: Paragraph[] = [];
  let blankLines = 0;
  for (const line of body.replace(/\n$/, '').split(/[\n\u2028\u2029]/)) {
    if (line.trim() === '') {
      blankLines += 1;
      continue;
    }
    const last = paragraphs.at(-1);
    if (last === undefined || blankLines > 0) paragraphs.push({ lines: [line], blankLines });
    else last.lines.push(line);
    blankLines = 0;
  }
  return paragraphs;
}

function linesOf(lines: readonly string[]): Lines {
  return { rtl: startsRightToLeft(lines.join('\n')), lines: lines.map(runsOf) };
}

function lineOf(text: string): Line {
  return { rtl: startsRightToLeft(text), text };
}

function runsOf(line: string): readonly Run[] {
  const parts = line.replaceAll('\t', TAB).split(ENDLESS);
  // What stands in the pattern's group comes at every other place.
  return parts.map((text, index) => ({ text, endless: index % 2 === 1 })).filter(({ text }) => text !== '');
}

/** By the first letter, as `dir="auto"` has it on the pages. */
function startsRightToLeft(text: string): boolean {
  const first = LETTER.exec(text)?.[0] ?? '';
  return RIGHT_TO_LEFT.test(first);
}
