import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { LineCounter, parseDocument, YAMLSeq } from 'yaml';
import { linesOf, refuseFile, type SourceFile } from '../files/source-file.js';
import type { Chamber, DivisionId, Office, Officeholder, Seat } from '../model.js';
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
  id: Type.Object({ bioguide: Type.String({ pattern: '^[A-Z]\\d{6}$' }) }),
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
  const lines = new LineCounter();
  const parsed = parseDocument(linesOf(file), { lineCounter: lines, uniqueKeys: true });
  const [error] = parsed.errors;
  if (error)
    refuseFile(file.name, error.message.split('\n', 1)[0] ?? 'no YAML', {
      line: error.linePos?.[0].line ?? 1,
    });
  if (!(parsed.contents instanceof YAMLSeq))
    return refuseFile(file.name, 'a list of people is expected', { line: 1 });
  const { items } = parsed.contents;
  const people = toPlain(file, parsed);
  return items.map((item, index) => {
    const { line } = lines.linePos(startOf(item));
    return { ...readMember(file, people[index], line), line };
  });
}

/** Without aliases: a few lines of them can stand for gigabytes. */
function toPlain(file: SourceFile, parsed: { toJS(options: { maxAliasCount: number }): unknown }): unknown[] {
  try {
    const people = parsed.toJS({ maxAliasCount: 0 });
    return Array.isArray(people)
      ? people
      : refuseFile(file.name, 'a list of people is expected', { line: 1 });
  } catch (cause) {
    if (!(cause instanceof ReferenceError)) throw cause;
    return refuseFile(file.name, 'YAML aliases are not taken', { cause });
  }
}

function startOf(node: unknown): number {
  const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : undefined;
  const start: unknown = Array.isArray(range) ? range[0] : undefined;
  return typeof start === 'number' ? start : 0;
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
    office: officeOf(term),
  };
  return { officeholder, seat };
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

/** The source holds a misspelt address now and then ("hhttps://"): it counts as none. */
function webAddress(text: string | undefined): string | undefined {
  const url = text === undefined ? null : URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) ? url.href : undefined;
}
