import type { LetterDraft, TypedSupporter } from '../submit/submission.js';
import { FACT_FIELDS, type FactField, NO_FACTS, nameOf, type TypedFacts } from './constituent-fields.js';
import { LETTER_PARTS, type LetterPart } from './suggest-letters.js';
import type { DraftView, PersonView } from './write-view.js';

/** A posted form: each field's text, or texts where it was given several times. */
export type PostedForm = Readonly<Record<string, unknown>>;

/** The text of a field; empty where it is missing. Of several, the first. */
export function fieldOf(form: PostedForm, name: string): string {
  const value = Object.hasOwn(form, name) ? form[name] : undefined;
  const first = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' ? first : '';
}

/** All texts of a field, for boxes that share a name. */
export function fieldsOf(form: PostedForm, name: string): readonly string[] {
  const value = Object.hasOwn(form, name) ? form[name] : undefined;
  return (Array.isArray(value) ? value : [value]).filter((text) => typeof text === 'string');
}

/** The parts of the letter that the form keeps apart for each officeholder (`Suggestion.apart`). */
export function apartOf(form: PostedForm): ReadonlySet<LetterPart> {
  const named = fieldOf(form, 'apart').split(' ');
  return new Set(LETTER_PARTS.filter((part) => named.includes(part)));
}

/**
 * The letters of a form to the officeholders that are ticked. A part that is kept apart is the officeholder's own,
 * after the words to all where it is the message; any other is the part to all, unless there is one of its own.
 * At most `most` and one more are made, which is enough to refuse them: a form can name tens of thousands, each with
 * a copy of its words to all.
 */
export function draftsOf(form: PostedForm, most: number): readonly LetterDraft[] {
  const apart = apartOf(form);
  const chosen = fieldsOf(form, 'to').slice(0, most + 1);
  return chosen.map((officeholderId) => {
    const own = (part: LetterPart): string => fieldOf(form, `${part}.${officeholderId}`);
    const text = (part: LetterPart): string => {
      if (!apart.has(part)) return own(part).trim() === '' ? fieldOf(form, part) : own(part);
      const toAll = part === 'message' ? fieldOf(form, part) : '';
      return [toAll, own(part)].filter((words) => words.trim() !== '').join('\n\n');
    };
    const suffix = (part: LetterPart): string =>
      apart.has(part) || own(part).trim() !== '' ? `.${officeholderId}` : '';
    return {
      officeholderId,
      subject: text('subject'),
      statement: text('statement'),
      message: text('message'),
      suffixes: { subject: suffix('subject'), statement: suffix('statement'), message: suffix('message') },
    };
  });
}

/** What was typed into the letter to one, or to all (suffix ''), to fill the form in again. */
export function draftView(form: PostedForm, suffix: string, suggested: string): DraftView {
  return {
    subject: fieldOf(form, `subject${suffix}`),
    statement: fieldOf(form, `statement${suffix}`),
    message: fieldOf(form, `message${suffix}`),
    suggested,
  };
}

export function personView(form: PostedForm): PersonView {
  return {
    name: fieldOf(form, 'name'),
    email: fieldOf(form, 'email'),
    street: fieldOf(form, 'street'),
    locality: fieldOf(form, 'locality'),
    facts: factsOf(form) ?? NO_FACTS,
    consent: fieldOf(form, 'consent') !== '',
  };
}

/** Name and address in fields, where the form asked for them so. */
function factsOf(form: PostedForm): TypedFacts | undefined {
  if (!Object.hasOwn(form, 'given_name' satisfies FactField)) return undefined;
  const typed = FACT_FIELDS.map((field) => [field, fieldOf(form, field)]);
  return { ...NO_FACTS, ...Object.fromEntries(typed) };
}

export function supporterOf(form: PostedForm, place: string): TypedSupporter {
  const { name, email, street, locality } = personView(form);
  const facts = factsOf(form);
  if (facts !== undefined) return { name: nameOf(facts), email, place, facts };
  const address = [street, locality].filter((line) => line.trim() !== '').join('\n');
  return { name, email, place, ...(address !== '' && { address }) };
}
