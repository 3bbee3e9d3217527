import { refuseFile, type SourceFile } from '../files/source-file.js';
import { present, sortContacts, webAddress } from '../imports/contacts.js';
import type { Account, Identifier, IsoDate, Office, Officeholder, OfficeLocation } from '../model.js';
import { mayHold, readPartialDate } from '../partial-date.js';
import {
  CHAMBER_KINDS,
  type ChamberKind,
  type Jurisdiction,
  readJurisdiction,
  titleOf,
} from './jurisdiction.js';
import type { OpenStatesPerson, OpenStatesRole } from './person-file.js';

/** Where people live. Sources have it of some members; it is nobody's business here. */
const HOME = 'home';

/** Somebody who sits in a chamber today. */
export interface MemberRead {
  readonly kind: ChamberKind;
  readonly district: string;
  readonly jurisdiction: Jurisdiction;
  readonly person: Omit<Officeholder, 'seat'>;
  readonly unusable: number;
}

/** Undefined for somebody who sits in no chamber on that day. */
export function readMember(
  file: SourceFile,
  person: OpenStatesPerson,
  today: IsoDate,
): MemberRead | undefined {
  const terms = person.roles.flatMap((role) => readTerm(file, role) ?? []);
  const current = terms.filter((term) => mayHold(term, today));
  const [term] = current.sort((a, b) => (b.start ?? '').localeCompare(a.start ?? ''));
  if (term === undefined) return undefined;
  const earlier = terms.filter((other) => other.ends !== undefined && !current.includes(other));
  const { office, unusable } = readOffice(person);
  const identifiers = readIdentifiers(person);
  const accounts = readAccounts(person);
  return {
    ...term,
    person: {
      id: person.id,
      name: person.name,
      givenName: person.given_name ?? '',
      familyName: person.family_name ?? '',
      title: titleOf(term.kind, term.jurisdiction),
      ...readParties(person),
      ...present({ termStart: term.start, termEnds: term.ends }),
      ...(earlier.length > 0 && { earlierTerms: earlier.map(earlierTerm).sort(byStart) }),
      office,
      ...(identifiers.length > 0 && { identifiers }),
      ...(accounts.length > 0 && { accounts }),
    },
    unusable,
  };
}

interface Term {
  readonly kind: ChamberKind;
  readonly district: string;
  readonly jurisdiction: Jurisdiction;
  readonly start: string | undefined;
  readonly ends: string | undefined;
}

/** Undefined for a role outside of a state's legislature: a governor's, a mayor's. */
function readTerm(file: SourceFile, role: OpenStatesRole): Term | undefined {
  const kind = CHAMBER_KINDS.find((known) => known === role.type);
  const jurisdiction = readJurisdiction(role.jurisdiction ?? '');
  if (kind === undefined || jurisdiction === undefined) return undefined;
  const district = String(role.district ?? '').trim();
  if (district === '') refuseFile(file.name, `a role of type ${kind} has no district`);
  const date = (value: string | number | null | undefined): string | undefined => {
    const text = value === undefined || value === null ? '' : String(value);
    if (text === '') return undefined;
    return readPartialDate(text) ?? refuseFile(file.name, `"${text}" is no day, month or year`);
  };
  return { kind, jurisdiction, district, start: date(role.start_date), ends: date(role.end_date) };
}

function earlierTerm({ kind, district, start, ends }: Term) {
  return { chamber: kind, division: district, ...present({ start, ends }) };
}

function byStart(a: { start?: string }, b: { start?: string }): number {
  return (a.start ?? '').localeCompare(b.start ?? '');
}

function readParties({ party }: OpenStatesPerson): Pick<Officeholder, 'party' | 'parties'> {
  const now = (party ?? []).filter(({ end_date }) => end_date === undefined || end_date === null);
  const parties = [...new Set(now.map(({ name }) => name))];
  return { party: parties.join(' / '), ...(parties.length > 1 && { parties }) };
}

function readOffice({ email, offices, links }: OpenStatesPerson): { office: Office; unusable: number } {
  const { unusable, ...reached } = sortContacts([email]);
  const locations = (offices ?? [])
    .filter(({ classification }) => classification !== HOME)
    .map(({ classification: kind, address, voice, fax }): OfficeLocation => {
      return { kind, ...present({ address, phone: voice, fax }) };
    });
  const known = (field: 'address' | 'phone'): string | undefined =>
    locations.find((location) => location[field] !== undefined)?.[field];
  const link =
    links?.find(({ note }) => !note) ?? links?.find(({ note }) => /home ?page|website/i.test(note ?? ''));
  return {
    office: {
      ...reached,
      ...present({ website: webAddress(link?.url), phone: known('phone'), address: known('address') }),
      ...(locations.length > 0 && { locations }),
    },
    unusable: unusable.length,
  };
}

function readIdentifiers({ other_identifiers }: OpenStatesPerson): Identifier[] {
  return (other_identifiers ?? []).map(({ scheme, identifier }) => ({
    scheme,
    identifier: String(identifier),
  }));
}

function readAccounts({ ids }: OpenStatesPerson): Account[] {
  return Object.entries(ids ?? {}).flatMap(([service, name]) =>
    name === null || name === '' ? [] : [{ service, name: String(name) }],
  );
}
