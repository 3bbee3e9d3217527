import { PLACEHOLDERS, type Placeholder } from '../letter/placeholders.js';
import { placeholdersIn, problemsInTemplate } from '../letter/template.js';
import type { Tell } from './content-rules.js';
import { type CheckedFields, isAbsent } from './field-problems.js';
import { nearestName } from './nearest-name.js';
import { propertyOf } from './property-of.js';

const LETTER_PARTS = ['subject', 'statement', 'message'] as const;
type LetterPart = (typeof LETTER_PARTS)[number];

/** Reports a problem at a piece of a field's text that stands there for the nth time. */
type TellWithin = (pointer: string, message: string, piece: { text: string; occurrence: number }) => void;

interface Teller {
  readonly tell: Tell;
  readonly tellWithin: TellWithin;
}

interface Use {
  readonly pointer: string;
  readonly part: LetterPart;
  readonly template: string;
}

/** Checks that the letter and its variants can be filled in for everybody they may go to. */
export function checkTemplates(checked: CheckedFields, teller: Teller): void {
  checkSomethingIsSaid(checked.valid, teller.tell);
  for (const use of templatesIn(checked.raw)) {
    tellBroken(use, teller.tellWithin);
    tellUnfillable(use, checked, teller.tellWithin);
  }
}

function checkSomethingIsSaid({ letter, variants = [] }: CheckedFields['valid'], tell: Tell): void {
  if (letter === undefined) return;
  const letters = [{}, ...variants].map((variant) => ({ ...letter, ...variant }));
  for (const [index, { statement = '', message = '' }] of letters.entries()) {
    if (/\S/.test(statement + message)) continue;
    const pointer = index === 0 ? '/letter' : `/variants/${index - 1}`;
    tell(pointer, 'the letter says nothing: add a statement (yours) or a message (words for the supporter)');
  }
}

/** Every template of a file, also of one in which other things are wrong. */
function templatesIn(raw: unknown): Use[] {
  const variants = propertyOf(raw, 'variants');
  const letters: [pointer: string, letter: unknown][] = [['/letter', propertyOf(raw, 'letter')]];
  for (const [index, variant] of (Array.isArray(variants) ? variants : []).entries()) {
    letters.push([`/variants/${index}`, variant]);
  }
  return letters.flatMap(([pointer, letter]) =>
    LETTER_PARTS.flatMap((part) => {
      const template = propertyOf(letter, part);
      return typeof template === 'string' ? [{ pointer: `${pointer}/${part}`, part, template }] : [];
    }),
  );
}

function tellBroken({ template, pointer }: Use, tellWithin: TellWithin): void {
  for (const { text, name, occurrence } of problemsInTemplate(template)) {
    tellWithin(pointer, name === undefined ? ALONE : unknownPlaceholder(name), { text, occurrence });
  }
}

const ALONE = 'braces that open or close no placeholder: write {{name}}, or remove them';

function unknownPlaceholder(name: string): string {
  const nearest = nearestName(name, PLACEHOLDERS);
  const advice =
    nearest === undefined ? `known are ${PLACEHOLDERS.join(', ')}` : `did you mean {{${nearest}}}?`;
  return `unknown placeholder {{${name}}}: ${advice}`;
}

function tellUnfillable(
  { template, part, pointer }: Use,
  checked: CheckedFields,
  tellWithin: TellWithin,
): void {
  for (const name of placeholdersIn(template)) {
    const why = whyUnfillable(name, part, checked);
    if (why === undefined) continue;
    const text = new RegExp(`\\{\\{\\s*${name.replace('.', '\\.')}\\s*\\}\\}`).exec(template)?.[0] ?? name;
    tellWithin(pointer, why, { text, occurrence: 0 });
  }
}

function whyUnfillable(name: Placeholder, part: LetterPart, checked: CheckedFields): string | undefined {
  if (name.startsWith('measure.') && isAbsent(checked, 'measure')) {
    return `{{${name}}} needs a measure: add one, or remove the placeholder`;
  }
  const { measure } = checked.valid;
  if (name === 'measure.status' && measure !== undefined && measure.status === undefined) {
    return '{{measure.status}} needs measure.status: add it, or remove the placeholder';
  }
  if (name.startsWith('constituent.') && part === 'subject') {
    return `{{${name}}} cannot stand in a subject: it is not known when the letter is first shown`;
  }
  return undefined;
}
