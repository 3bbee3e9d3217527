import { takeText } from '../alerts/index.js';
import { type OfficeSnapshot, oneLine } from '../delivery/index.js';
import type { FieldProblem } from '../errors.js';
import { parseAddress } from './person.js';
import type { LetterDraft, SubmitRequest } from './submission.js';

/** The longest texts that are taken, in characters (UTF-16 code units). */
export const LIMITS = { name: 120, place: 200, address: 300, subject: 200, text: 10_000 } as const;

// Line breaks, controls, and what a mail program takes for an encoded word (RFC 2047) and shows as something else.
const NOT_IN_A_NAME = /[\p{Cc}\u2028\u2029]|=\?/u;

interface Asked {
  /** The offices that the request may write to, by officeholder id. */
  readonly offices: ReadonlyMap<string, OfficeSnapshot>;
  /** The most officeholders of one action. */
  readonly most: number;
}

/** Everything that is wrong with a request, so that the form can come back with all of it at once. */
export function checkRequest(request: SubmitRequest, asked: Asked): readonly FieldProblem[] {
  const problems: FieldProblem[] = [
    ...checkOfficeholders(request.letters, asked),
    ...request.letters.flatMap((letter) => [
      ...checkLetter(letter, asked.offices.get(letter.officeholderId)?.name ?? ''),
    ]),
    ...checkSupporter(request),
    ...checkStreetAddress(request, asked),
  ];
  if (!request.consent) problems.push({ field: 'consent', key: 'actions.error.consent_missing' });
  // Several letters share the fields of the letter to all: one problem each is enough.
  return [...new Map(problems.map((problem) => [problem.field, problem])).values()];
}

function* checkSupporter({ supporter, kind }: SubmitRequest): Generator<FieldProblem> {
  const { name, email, place } = supporter;
  if (oneLine(name) === '') yield { field: 'name', key: 'actions.error.name_missing' };
  else if (name.length > LIMITS.name || NOT_IN_A_NAME.test(name.trim())) {
    yield { field: 'name', key: 'actions.error.name_unusable', params: { most: LIMITS.name } };
  }
  if (kind === 'by_mail' && email.trim() === '') yield { field: 'email', key: 'actions.error.email_missing' };
  else if (kind === 'by_mail' && parseAddress(email) === undefined) {
    yield { field: 'email', key: 'actions.error.email_unusable' };
  }
  if (place.trim() === '' || place.length > LIMITS.place)
    yield { field: 'place', key: 'actions.error.place_missing' };
}

function* checkStreetAddress(
  { supporter, letters }: SubmitRequest,
  { offices }: Asked,
): Generator<FieldProblem> {
  const address = supporter.address?.trim() ?? '';
  if (address.length > LIMITS.address) {
    yield { field: 'street', key: 'actions.error.address_unusable', params: { most: LIMITS.address } };
  }
  const needing = letters
    .map((letter) => offices.get(letter.officeholderId))
    .find((office) => office?.requiresAddress);
  if (needing !== undefined && address === '') {
    yield { field: 'street', key: 'actions.error.address_missing', params: { office: needing.name } };
  }
}

function* checkOfficeholders(
  letters: readonly LetterDraft[],
  { offices, most }: Asked,
): Generator<FieldProblem> {
  const field = 'to';
  const ids = new Set(letters.map((letter) => letter.officeholderId));
  if (letters.length === 0) yield { field, key: 'actions.error.officeholders_missing' };
  else if (letters.length > most)
    yield { field, key: 'actions.error.officeholders_too_many', params: { most } };
  else if (ids.size < letters.length || letters.some((letter) => !offices.has(letter.officeholderId))) {
    yield { field, key: 'actions.error.officeholder_unknown' };
  }
}

function* checkLetter(letter: LetterDraft, office: string): Generator<FieldProblem> {
  const { subject, suffixes } = letter;
  const most = LIMITS.subject;
  if (subject.trim() === '')
    yield { field: `subject${suffixes.subject}`, key: 'actions.error.subject_missing' };
  else if (subject.length > most) {
    const params = { length: subject.length, most };
    yield { field: `subject${suffixes.subject}`, key: 'actions.error.subject_too_long', params };
  }
  for (const name of ['statement', 'message'] as const) {
    if (letter[name].length <= LIMITS.text) continue;
    const params = { length: letter[name].length, most: LIMITS.text };
    yield { field: `${name}${suffixes[name]}`, key: 'actions.error.text_too_long', params };
  }
  if (isBlank(letter.statement) && isBlank(letter.message)) {
    yield { field: `message${suffixes.message}`, key: 'actions.error.text_missing', params: { office } };
  }
}

function isBlank(text: string): boolean {
  return takeText(text).trim() === '';
}
