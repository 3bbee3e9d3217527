import type { Context } from '../../context.js';
import {
  channelsOf,
  type LetterView,
  type PaperFormat,
  type PaperLetter,
  type Printed,
  type Printer,
  postTo,
} from '../../delivery/index.js';
import { language } from '../../language/index.js';
import type { ActionRecord } from '../find-action.js';
import { isSupportersTurn } from './view-letters.js';

interface Printing {
  readonly action: ActionRecord;
  /** Each of them can be printed. */
  readonly letters: readonly LetterView[];
  /** Undefined for the usual one of the first letter's country. */
  readonly format: PaperFormat | undefined;
}

/** Whether the supporter can send a letter by post now. */
export function canBePosted(letter: LetterView, action: Pick<ActionRecord, 'kind'>): boolean {
  return isSupportersTurn(letter, action) && channelsOf(letter.office).includes('paper');
}

/** Several letters that can be printed as one document. */
export interface PrintView {
  readonly letters: number;
  /** Without the format. */
  readonly pdf: string;
  readonly format: PaperFormat;
}

/** What the receipt says of printing the letters at once; undefined for a single one. */
export function printView(letters: readonly LetterView[], path: string): PrintView | undefined {
  const [first] = letters;
  if (first === undefined || letters.length === 1) return undefined;
  return { letters: letters.length, pdf: `${path}/paper.pdf`, format: postTo(first.office)?.format ?? 'a4' };
}

/** Makes one PDF of letters of an action, as they would be posted today. Errors as `Printer.print`. */
export function printLetters(
  context: Context,
  printer: Printer,
  { action, letters, format }: Printing,
): Promise<Printed> {
  const words = language(action.language);
  const date = words.date(context.clock.now());
  const [first] = letters;
  const usual = first && postTo(first.office)?.format;
  return printer.print({
    letters: letters.flatMap((letter) => paperLetter(letter, { date, language: action.language })),
    format: format ?? usual ?? 'a4',
    title: words.t('delivery.paper.title', { n: letters.length }),
    language: action.language,
  });
}

interface Frame {
  readonly date: string;
  readonly language: string;
}

function paperLetter({ office, content }: LetterView, { date, ...frame }: Frame): PaperLetter[] {
  const post = postTo(office);
  if (content === undefined || post === undefined) return [];
  const { t } = language(frame.language);
  return [
    {
      name: content.replyTo.name,
      recipient: post.recipient,
      date,
      subject: content.subject,
      body: content.body,
      closing: t('delivery.letter.closing'),
      pageWords: t('delivery.paper.page', { page: '{page}', pages: '{pages}' }),
    },
  ];
}
