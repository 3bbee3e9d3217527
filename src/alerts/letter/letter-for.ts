import type { AlertContent, LetterTemplate, Position } from '../alert-content.js';
import { oneLine, takeText } from './letter-text.js';
import type { TemplateValues } from './placeholders.js';
import { renderTemplate } from './template.js';

/** What a letter's template may say of the person it goes to. */
export interface Addressee {
  /** Stable id from the legislature's source. */
  readonly id: string;
  readonly name: string;
  readonly familyName: string;
  readonly title: string;
  readonly party: string;
  /** The chamber's name, not its id. */
  readonly chamber: string;
  /** The division's name, not its id. */
  readonly division: string;
}

/** What is known of the supporter so far; nothing here is guessed. */
export interface Constituent {
  readonly name?: string | undefined;
  /** The place that the supporter gave: a postcode, or the name of the division. */
  readonly place?: string | undefined;
}

interface LetterRequest {
  readonly content: AlertContent;
  readonly officeholder: Addressee;
  readonly organisation: { readonly name: string };
  readonly constituent?: Constituent | undefined;
}

/** A letter as it is first shown, each part already taken in (`takeText`); an empty part is ''. */
export interface SuggestedLetter {
  /** One line. */
  readonly subject: string;
  readonly statement: string;
  readonly message: string;
}

/** Where an officeholder stands on the alert's measure. */
export function positionOf({ measure }: Pick<AlertContent, 'measure'>, officeholderId: string): Position {
  return measure?.positions.find(({ officeholder }) => officeholder === officeholderId)?.position ?? 'none';
}

/** The template for an officeholder: the first variant for their position, or the letter itself. Exactly one. */
export function templateFor(content: AlertContent, officeholderId: string): LetterTemplate {
  const { letter, variants } = content;
  const position = positionOf(content, officeholderId);
  const variant = variants.find(({ positions }) => positions.includes(position));
  return {
    subject: variant?.subject ?? letter.subject,
    statement: variant?.statement ?? letter.statement,
    message: variant?.message ?? letter.message,
  };
}

/**
 * Fills in the letter to one officeholder. Lines that need what is not yet known of the supporter are left
 * out: the name is added below the letter in any case.
 */
export function letterFor(request: LetterRequest): SuggestedLetter {
  const template = templateFor(request.content, request.officeholder.id);
  const values = valuesFor(request);
  const fill = (part: string): string => {
    const text = renderTemplate(part, values);
    return /\S/.test(text) ? takeText(text) : '';
  };
  return {
    subject: oneLine(renderTemplate(template.subject, values)),
    statement: fill(template.statement),
    message: fill(template.message),
  };
}

function valuesFor({ content, officeholder, organisation, constituent }: LetterRequest): TemplateValues {
  return {
    'officeholder.title': oneLine(officeholder.title),
    'officeholder.name': oneLine(officeholder.name),
    'officeholder.family_name': oneLine(officeholder.familyName),
    'officeholder.party': oneLine(officeholder.party),
    'chamber.name': oneLine(officeholder.chamber),
    'division.name': oneLine(officeholder.division),
    'constituent.name': known(constituent?.name),
    'constituent.place': known(constituent?.place),
    'measure.number': content.measure?.number ?? '',
    'measure.title': content.measure?.title ?? '',
    'measure.status': content.measure?.status ?? '',
    'organisation.name': oneLine(organisation.name),
    'alert.headline': content.headline,
  };
}

function known(text: string | undefined): string | undefined {
  const line = oneLine(text ?? '');
  return line === '' ? undefined : line;
}
