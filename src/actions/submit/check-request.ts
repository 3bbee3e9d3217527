import { takeText } from '../../alerts/index.js';
import {
  type ConstituentNeed,
  CWC_TEXT_LIMITS,
  chooseChannel,
  isLegislatureMail,
  needsOf,
  type OfficeSnapshot,
  oneLine,
} from '../../delivery/index.js';
import type { FieldProblem } from '../../errors.js';
import { addressOf, checkFacts, checkNames, NO_FACTS, NOT_IN_A_LINE } from '../write/constituent-fields.js';
import { parseAddress } from './person.js';
import type { LetterDraft, SubmitRequest } from './submission.js';

/** The longest texts that are taken, in characters (UTF-16 code units). */
export const LIMITS = { name: 120, place: 200, address: 300, subject: 200, text: 10_000 } as const;

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
      ...checkLetter(letter, asked.offices.get(letter.officeholderId)),
    ]),
    ...checkSupporter(request, asked),
    ...checkAddress(request, asked),
  ];
  if (!request.consent) problems.push({ field: 'consent', key: 'actions.error.consent_missing' });
  // Several letters share the fields of the letter to all: one problem each is enough.
  return [...new Map(problems.map((problem) => [problem.field, problem])).values()];
}

function* checkSupporter(request: SubmitRequest, asked: Asked): Generator<FieldProblem> {
  const { supporter, kind } = request;
  const { name, email, place, facts } = supporter;
  const byFields = chosenThatNeeds('fields', request, asked);
  if (facts !== undefined || byFields !== undefined)
    yield* checkNames(facts ?? NO_FACTS, byFields?.chamber.name);
  else if (oneLine(name) === '') yield { field: 'name', key: 'actions.error.name_missing' };
  else if (name.length > LIMITS.name || NOT_IN_A_LINE.test(name.trim())) {
    yield { field: 'name', key: 'actions.error.name_unusable', params: { most: LIMITS.name } };
  }
  if (kind === 'by_mail' && email.trim() === '') yield { field: 'email', key: 'actions.error.email_missing' };
  else if (kind === 'by_mail' && parseAddress(email) === undefined) {
    yield { field: 'email', key: 'actions.error.email_unusable' };
  }
  if (place.trim() === '' || place.length > LIMITS.place)
    yield { field: 'place', key: 'actions.error.place_missing' };
}

function* checkAddress(request: SubmitRequest, asked: Asked): Generator<FieldProblem> {
  const { facts, address: typed = '' } = request.supporter;
  const byFields = chosenThatNeeds('fields', request, asked);
  if (byFields !== undefined) yield* checkFacts(facts ?? NO_FACTS, byFields.chamber.name);
  const needing = chosenThatNeeds('street_address', request, asked);
  const field = facts === undefined ? 'street' : 'address_line1';
  const address = facts === undefined ? typed.trim() : addressOf(facts);
  if (address.length > LIMITS.address) {
    yield { field, key: 'actions.error.address_unusable', params: { most: LIMITS.address } };
  }
  if (needing !== undefined && byFields === undefined && address === '') {
    yield { field, key: 'actions.error.address_missing', params: { office: needing.name } };
  }
}

function chosenThatNeeds(
  need: ConstituentNeed,
  { letters }: SubmitRequest,
  { offices }: Asked,
): OfficeSnapshot | undefined {
  return letters
    .flatMap(({ officeholderId }) => offices.get(officeholderId) ?? [])
    .find((office) => needsOf(office).has(need));
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

function* checkLetter(letter: LetterDraft, office: OfficeSnapshot | undefined): Generator<FieldProblem> {
  const { subject, suffixes } = letter;
  const name = office?.name ?? '';
  const most = LIMITS.subject;
  if (subject.trim() === '')
    yield { field: `subject${suffixes.subject}`, key: 'actions.error.subject_missing' };
  else if (subject.length > most) {
    const params = { length: subject.length, most };
    yield { field: `subject${suffixes.subject}`, key: 'actions.error.subject_too_long', params };
  }
  for (const part of ['statement', 'message'] as const) {
    if (letter[part].length <= LIMITS.text) continue;
    const params = { length: letter[part].length, most: LIMITS.text };
    yield { field: `${part}${suffixes[part]}`, key: 'actions.error.text_too_long', params };
  }
  if (isBlank(letter.statement) && isBlank(letter.message)) {
    yield {
      field: `message${suffixes.message}`,
      key: 'actions.error.text_missing',
      params: { office: name },
    };
  }
  if (office !== undefined && isLegislatureMail(chooseChannel(office)))
    yield* checkLengths(letter, office.chamber.name);
}

/** What the Congress's mail systems take: no text is cut or filled up, so that it fits is seen to while it is written. */
function* checkLengths(letter: LetterDraft, chamber: string): Generator<FieldProblem> {
  const { subject, text } = CWC_TEXT_LIMITS;
  const line = oneLine(letter.subject);
  if (line !== '' && charactersOf(line) < subject.least) {
    const params = { least: subject.least, chamber };
    yield { field: `subject${letter.suffixes.subject}`, key: 'actions.error.subject_too_short', params };
  }
  for (const part of ['statement', 'message'] as const) {
    if (isBlank(letter[part])) continue;
    const field = `${part}${letter.suffixes[part]}`;
    const length = charactersOf(takeText(letter[part]));
    if (charactersOf(letter[part].trim()) < text.least)
      yield { field, key: 'actions.error.text_too_short', params: { least: text.least, chamber } };
    else if (length > text.most && letter[part].length <= LIMITS.text)
      yield { field, key: 'actions.error.text_too_long_for', params: { length, most: text.most, chamber } };
  }
}

function charactersOf(text: string): number {
  return [...text].length;
}

function isBlank(text: string): boolean {
  return takeText(text).trim() === '';
}
