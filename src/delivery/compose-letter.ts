import { takeText } from '../alerts/index.js';
import { language } from '../language/index.js';

/** The version of `composeLetter`, kept with each letter. Any change of its bytes needs the next number. */
export const COMPOSER = 2;

/** What a letter's body is made of. Texts have been taken in by `takeText`; an empty one is left out. */
export interface LetterParts {
  readonly officeholder: { readonly title: string; readonly name: string };
  /** The organisation's words. */
  readonly statement: string;
  /** The supporter's own words. */
  readonly message: string;
  readonly constituent: {
    readonly name: string;
    /** The postcode or the division, as the supporter gave it. */
    readonly place: string;
    /** Lines separated by line feeds. */
    readonly address?: string | undefined;
  };
  readonly organisation: {
    readonly name: string;
    readonly postalAddress: string;
    readonly contact: string;
  };
  readonly verifyUrl: string;
  /** The letter's language tag. */
  readonly language: string;
}

/**
 * Composes the body as it will be shown, hashed and sent: salutation, the supporter's own words, then the
 * organisation's under a line that says whose they are, name and address, through whom it was written, and the line to
 * verify. It is true by whatever way the letter goes, and stays so when that way changes.
 */
export function composeLetter(parts: LetterParts): { readonly body: string } {
  const { t } = language(parts.language);
  const { statement, message, constituent, organisation } = parts;
  const officeholder = oneLine(`${parts.officeholder.title} ${parts.officeholder.name}`);
  const name = oneLine(constituent.name);
  const organisationName = oneLine(organisation.name);
  const blocks = [
    t('delivery.letter.salutation', { officeholder }),
    withoutEnd(message),
    ...(statement.trim() === ''
      ? []
      : [t('delivery.letter.whose_text', { organisation: organisationName }), withoutEnd(statement)]),
    t('delivery.letter.closing'),
    [name, ...addressLines(constituent)].join('\n'),
    [
      t('delivery.letter.written_through', {
        name,
        organisation: organisationName,
        address: inOneLine(organisation.postalAddress),
        contact: oneLine(organisation.contact),
      }),
      t('delivery.letter.verify', { url: parts.verifyUrl }),
    ].join('\n'),
  ];
  return { body: takeText(blocks.filter((block) => block.trim() !== '').join('\n\n')) };
}

function addressLines({ address, place }: LetterParts['constituent']): readonly string[] {
  const lines = linesOf(address ?? '');
  const placeLine = oneLine(place);
  return lines.some((line) => line.includes(placeLine)) ? lines : [...lines, placeLine].filter(Boolean);
}

function inOneLine(text: string): string {
  return linesOf(text).join(', ');
}

function linesOf(text: string): string[] {
  return text
    .split(/\r\n?|\n/)
    .map(oneLine)
    .filter(Boolean);
}

/** A name or the like on one line: no control character, no line or paragraph separator. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029\s]+/gu, ' ').trim();
}

function withoutEnd(text: string): string {
  return text.replace(/\n$/, '');
}
