import type { IsoDate, LegislatureSet, Office, Officeholder } from '../model.js';
import type { CorrectedField, Corrections, Edit, EditChange } from './edit.js';

/** Why an edit does not do what it did, or may not be wanted any more. An operator has to look at it. */
export type MisfitReason =
  /** The set has no such person any more. */
  | 'person_gone'
  /** The person sits there for a term that began after they resigned. */
  | 'newer_term'
  /** The source has the person now, so they are not added. */
  | 'person_there'
  | 'seat_gone'
  /** The source gives the seat to somebody else. */
  | 'seat_taken'
  /** The term of whom was added ended before the set begins. */
  | 'term_over'
  /** It is applied, but the source says something else than it did when it was corrected. */
  | 'source_changed';

export interface Misfit {
  readonly edit: Edit;
  readonly reason: MisfitReason;
}

export interface EditedSet {
  readonly set: LegislatureSet;
  readonly misfits: readonly Misfit[];
}

/**
 * The set as the edits leave it on a day. Divisions, seats and postcodes are the same values as before. Pure; an edit
 * that does not fit changes nothing.
 */
export function applyEdits(set: LegislatureSet, edits: readonly Edit[], day: IsoDate): EditedSet {
  if (edits.length === 0) return { set, misfits: [] };
  const source = new Map(set.officeholders.map((person) => [person.id, person]));
  const people = new Map(source);
  const misfits: Misfit[] = [];
  const ground = { set, source, people, away: new Set<string>(), day };
  for (const edit of edits) {
    const reason = applyChange(edit.change, ground);
    if (reason !== undefined) misfits.push({ edit, reason });
  }
  const officeholders = [...people.values()];
  const committees = set.committees.map((committee) => ({
    ...committee,
    members: committee.members.filter(({ officeholder }) => people.has(officeholder)),
  }));
  return { set: { ...set, officeholders, committees }, misfits };
}

/** The first day on which an edit does something by itself; undefined for one that holds always. */
export function effectDay(change: EditChange): IsoDate | undefined {
  if (change.kind === 'resign') return change.on;
  return change.kind === 'add' ? change.termStart : undefined;
}

interface Ground {
  readonly set: LegislatureSet;
  /** As imported. */
  readonly source: ReadonlyMap<string, Officeholder>;
  readonly people: Map<string, Officeholder>;
  /** Whom another edit took out, or puts in later: what is said of them is no misfit. */
  readonly away: Set<string>;
  readonly day: IsoDate;
}

function applyChange(change: EditChange, ground: Ground): MisfitReason | undefined {
  switch (change.kind) {
    case 'correct':
      return correct(change, ground);
    case 'resign':
      return resign(change, ground);
    case 'add':
      return add(change, ground);
  }
}

function correct(
  { officeholder, to, from }: Extract<EditChange, { kind: 'correct' }>,
  { source, people, away }: Ground,
): MisfitReason | undefined {
  const person = people.get(officeholder);
  if (person === undefined) return away.has(officeholder) ? undefined : 'person_gone';
  people.set(officeholder, {
    ...person,
    ...(to.name !== undefined && { name: to.name }),
    office: officeWith(person.office, to),
  });
  const imported = source.get(officeholder);
  if (imported === undefined) return undefined;
  return sourceChanged(correctable(imported), { to, from }) ? 'source_changed' : undefined;
}

function resign(
  { officeholder, on }: Extract<EditChange, { kind: 'resign' }>,
  { people, away, day }: Ground,
): MisfitReason | undefined {
  const person = people.get(officeholder);
  if (person === undefined) return away.has(officeholder) ? undefined : 'person_gone';
  if (person.termStart !== undefined && person.termStart > on) return 'newer_term';
  if (day >= on) {
    people.delete(officeholder);
    away.add(officeholder);
  }
  return undefined;
}

function add(
  change: Extract<EditChange, { kind: 'add' }>,
  { set, people, away, day }: Ground,
): MisfitReason | undefined {
  if (people.has(change.officeholder)) return 'person_there';
  const seat = set.seats.find(({ id }) => id === change.seat);
  if (seat === undefined) return 'seat_gone';
  if (change.termEnds !== undefined && set.validFrom !== undefined && change.termEnds < set.validFrom)
    return 'term_over';
  if (day < change.termStart) {
    away.add(change.officeholder);
    return undefined;
  }
  const sitting = [...people.values()].filter((person) => person.seat === seat.id);
  if (sitting.length >= (seat.places ?? 1)) return 'seat_taken';
  people.set(change.officeholder, addedPerson(change));
  return undefined;
}

function addedPerson(change: Extract<EditChange, { kind: 'add' }>): Officeholder {
  const { officeholder: id, name, title, party, seat, termStart, termEnds, office } = change;
  const base = { id, name, givenName: '', familyName: '', title, party, seat, termStart };
  return {
    ...base,
    ...(termEnds !== undefined && { termEnds }),
    office: officeWith({ emails: [] }, office),
  };
}

const WAYS = ['contactForm', 'phone', 'website', 'address'] as const;

function officeWith(office: Office, to: Corrections): Office {
  const emails = emailsWith(office.emails, to.email);
  const { contactForm: _f, phone: _p, website: _w, address: _a, ...rest } = office;
  const ways = WAYS.flatMap((way) => {
    const value = to[way] === undefined ? office[way] : to[way];
    return value == null ? [] : [[way, value] as const];
  });
  return { ...rest, emails, ...Object.fromEntries(ways) };
}

function emailsWith(emails: readonly string[], email: string | null | undefined): readonly string[] {
  if (email === undefined) return emails;
  return email === null ? [] : [email, ...emails.slice(1).filter((other) => other !== email)];
}

/** What an edit can correct, as the source has it now. */
export function correctable({ name, office }: Officeholder): Corrections {
  const { contactForm = null, phone = null, website = null, address = null } = office;
  return { name, email: office.emails[0] ?? null, contactForm, phone, website, address };
}

function sourceChanged(
  now: Corrections,
  { to, from }: { readonly to: Corrections; readonly from: Corrections },
): boolean {
  const fields: readonly CorrectedField[] = ['name', 'email', ...WAYS];
  return fields.some((field) => to[field] !== undefined && now[field] !== from[field]);
}
