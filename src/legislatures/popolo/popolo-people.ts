import { present, sortContacts, webAddress } from '../imports/contacts.js';
import type { Account, Identifier, Office, Officeholder } from '../model.js';
import type { PopoloMembership, PopoloPerson } from './popolo-document.js';

const ACCOUNT_KINDS = new Set([
  'twitter',
  'facebook',
  'instagram',
  'youtube',
  'mastodon',
  'bluesky',
  'linkedin',
]);
const PHONE_KINDS = new Set(['voice', 'phone', 'tel', 'telephone']);
const WEBSITE = /^(?:official |personal )?(?:web ?site|home ?page)|^official$/i;

type Contact = NonNullable<PopoloPerson['contact_details']>[number];

/** What a file says of a person in one membership, without the seat and the dates. */
export interface PersonRead {
  readonly person: Omit<
    Officeholder,
    'seat' | 'termStart' | 'termEnds' | 'earlierTerms' | 'party' | 'parties' | 'title'
  >;
  readonly honorific: string;
  readonly unusable: readonly string[];
}

export function readPerson(person: PopoloPerson, membership: PopoloMembership): PersonRead {
  const contacts = [...(membership.contact_details ?? []), ...(person.contact_details ?? [])];
  const accounts = contacts.flatMap(readAccount);
  const identifiers = readIdentifiers(person);
  const name = nameOf(person);
  const { office, unusable } = readOffice(person, contacts);
  return {
    person: {
      id: person.id,
      name,
      givenName: person.given_name ?? '',
      familyName: person.family_name ?? '',
      ...present({ sortName: person.sort_name === name ? undefined : person.sort_name }),
      office,
      ...(identifiers.length > 0 && { identifiers }),
      ...(accounts.length > 0 && { accounts }),
    },
    honorific: person.honorific_prefix ?? '',
    unusable,
  };
}

/** Empty where the file has none. */
export function nameOf({ name, given_name, family_name }: PopoloPerson): string {
  return (name ?? [given_name, family_name].filter(Boolean).join(' ')).trim();
}

function readOffice(
  person: PopoloPerson,
  contacts: readonly Contact[],
): { office: Office; unusable: readonly string[] } {
  const mails = contacts.filter(({ type }) => type === 'email').map(({ value }) => value);
  const { unusable, ...reached } = sortContacts([person.email, ...mails]);
  const first = (kinds: ReadonlySet<string>): string | undefined =>
    contacts.find(({ type, value }) => kinds.has(type.toLowerCase()) && value)?.value ?? undefined;
  const link = person.links?.find(({ note }) => note && WEBSITE.test(note));
  const website = webAddress(link?.url) ?? webAddress(first(new Set(['url', 'website'])));
  return {
    office: {
      ...reached,
      ...present({ website, phone: first(PHONE_KINDS), address: first(new Set(['address'])) }),
    },
    unusable,
  };
}

function readAccount({ type, value }: Contact): Account[] {
  const service = type.toLowerCase();
  return value && ACCOUNT_KINDS.has(service) ? [{ service, name: value }] : [];
}

function readIdentifiers({ identifiers }: PopoloPerson): Identifier[] {
  return (identifiers ?? []).flatMap(({ scheme, identifier }) =>
    scheme && identifier ? [{ scheme, identifier }] : [],
  );
}
