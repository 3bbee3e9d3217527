import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { refuseFile, type SourceFile } from '../files/source-file.js';
import { readYaml } from '../files/yaml-file.js';
import { webAddress } from '../imports/contacts.js';
import type { Chamber, DivisionId, EarlierTerm, Identifier, Office, Officeholder, Seat } from '../model.js';
import { districtDivision, readDistrictNumber } from './house-district.js';
import { type State, stateDivision, stateOfCode } from './states.js';

const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
const Words = Type.String({ minLength: 1, maxLength: 300 });

const Term = Type.Object({
  type: Type.Union([Type.Literal('rep'), Type.Literal('sen')]),
  start: Day,
  end: Day,
  state: Type.String({ pattern: '^[A-Z]{2}$' }),
  district: Type.Optional(Type.Integer()),
  class: Type.Optional(Type.Integer({ minimum: 1, maximum: 3 })),
  party: Words,
  url: Type.Optional(Words),
  contact_form: Type.Optional(Words),
  phone: Type.Optional(Words),
  address: Type.Optional(Words),
});

const Member = Type.Object({
  id: Type.Object({
    bioguide: Type.String({ pattern: '^[A-Z]\\d{6}$' }),
    wikidata: Type.Optional(Words),
    govtrack: Type.Optional(Type.Integer()),
    lis: Type.Optional(Words),
  }),
  name: Type.Object({
    first: Words,
    last: Words,
    official_full: Type.Optional(Words),
    suffix: Type.Optional(Words),
  }),
  terms: Type.Array(Term, { minItems: 1 }),
});
type Member = Static<typeof Member>;
type Term = Static<typeof Term>;

const member = Compile(Member);

export const HOUSE: Chamber = { id: 'house', name: 'House of Representatives', role: 'lower' };
export const SENATE: Chamber = { id: 'senate', name: 'Senate', role: 'upper' };

/** A member of Congress, their seat, and the line of the file where they stand. */
export interface MemberRead {
  readonly officeholder: Officeholder;
  readonly seat: Seat;
  readonly line: number;
}

/**
 * Reads `legislators-current.yaml` (github.com/unitedstates/congress-legislators). The last term is the current one.
 * @throws AppError `invalid_file` with the line.
 */
export function readMembers(file: SourceFile): MemberRead[] {
  const { value: people, lineOf } = readYaml(file);
  if (!Array.isArray(people)) return refuseFile(file.name, 'a list of people is expected', { line: 1 });
  return people.map((person: unknown, index) => {
    const line = lineOf(index);
    return { ...readMember(file, person, line), line };
  });
}

function readMember(file: SourceFile, person: unknown, line: number): Omit<MemberRead, 'line'> {
  if (!member.Check(person)) {
    const [problem] = member.Errors(person);
    const place = problem?.instancePath || 'the entry';
    return refuseFile(file.name, `a person cannot be read: ${place} ${problem?.message ?? 'is unusable'}`, {
      line,
    });
  }
  const term = person.terms.at(-1);
  const state = stateOfCode(term?.state ?? '');
  if (term === undefined || state === undefined)
    return refuseFile(file.name, `"${term?.state}" is no state`, { line });
  const seat =
    seatOf(term, state) ?? refuseFile(file.name, 'a term lacks its district or its class', { line });
  const identifiers = identifiersOf(person);
  const earlierTerms = person.terms.slice(0, -1).map(earlierTerm);
  const officeholder = {
    id: person.id.bioguide,
    name: fullName(person),
    givenName: person.name.first,
    familyName: person.name.last,
    title: titleOf(term, state),
    party: term.party,
    seat: seat.id,
    termStart: term.start,
    termEnds: term.end,
    ...(earlierTerms.length > 0 && { earlierTerms }),
    office: { ...officeOf(term), code: officeCode(term, state) },
    ...(identifiers.length > 0 && { identifiers }),
  };
  return { officeholder, seat };
}

function identifiersOf({ id: { bioguide: _, ...others } }: Member): Identifier[] {
  return Object.entries(others).map(([scheme, identifier]) => ({ scheme, identifier: String(identifier) }));
}

function earlierTerm(term: Term): EarlierTerm {
  const state = stateOfCode(term.state);
  const seat = state && seatOf(term, state);
  return {
    chamber: term.type === 'sen' ? SENATE.id : HOUSE.id,
    division: seat?.division ?? term.state,
    start: term.start,
    ends: term.end,
  };
}

/** American Samoa has a code of its own in Communicating With Congress. */
const CODES_OF_OFFICES: Readonly<Record<string, string>> = { AS: 'AQ' };

/** What Communicating With Congress calls the office: `HCA12`, `HAK00`, `SCA01`. */
function officeCode({ type, district, class: group }: Term, { code }: State): string {
  if (type === 'sen') return `S${code}0${group ?? 0}`;
  return `H${CODES_OF_OFFICES[code] ?? code}${String(district ?? 0).padStart(2, '0')}`;
}

function fullName({ name: { official_full, first, last, suffix } }: Member): string {
  return official_full ?? [first, last, suffix].filter(Boolean).join(' ');
}

function titleOf({ type }: Term, { kind, code }: State): string {
  if (type === 'sen') return 'Senator';
  if (kind === 'state') return 'Representative';
  return code === 'PR' ? 'Resident Commissioner' : 'Delegate';
}

function seatOf(term: Term, state: State): Seat | undefined {
  if (term.type === 'sen') return term.class === undefined ? undefined : senateSeat(state, term.class);
  const number = readDistrictNumber(term.district);
  return number === undefined ? undefined : houseSeat(districtDivision({ state, number }));
}

export function houseSeat(division: DivisionId): Seat {
  return { id: `house ${division}`, chamber: HOUSE.id, division };
}

/** Without a class: a seat of which nothing is known but that it is empty. */
export function senateSeat(state: State, senateClass?: number): Seat {
  const seat = { id: `senate ${state.code}`, chamber: SENATE.id, division: stateDivision(state) };
  return senateClass === undefined
    ? seat
    : { ...seat, id: `${seat.id} ${senateClass}`, class: String(senateClass) };
}

function officeOf({ url, contact_form, phone, address }: Term): Office {
  const website = webAddress(url);
  const contactForm = webAddress(contact_form);
  return {
    emails: [],
    ...(contactForm !== undefined && { contactForm }),
    ...(website !== undefined && { website }),
    ...(phone !== undefined && { phone }),
    ...(address !== undefined && { address }),
  };
}
