import { type Static, type TSchema, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { readJson } from '../files/json-file.js';
import { refuseFile, type SourceFile } from '../files/source-file.js';
import { findUnfitText } from '../files/text-file.js';

const LONGEST_TEXT = 1000;

/** Popolo writes what it does not know as null, or leaves it out. */
const maybe = <Schema extends TSchema>(schema: Schema) => Type.Optional(Type.Union([schema, Type.Null()]));
const Text = Type.String({ maxLength: LONGEST_TEXT });
const Id = Type.String({ minLength: 1, maxLength: LONGEST_TEXT });
const Identifiers = maybe(Type.Array(Type.Object({ scheme: maybe(Text), identifier: maybe(Text) })));
const Links = maybe(Type.Array(Type.Object({ url: maybe(Text), note: maybe(Text) })));
const Contacts = maybe(Type.Array(Type.Object({ type: Text, value: maybe(Text) })));

const Membership = Type.Object({
  person_id: maybe(Id),
  organization_id: maybe(Id),
  on_behalf_of_id: maybe(Id),
  area_id: maybe(Id),
  post_id: maybe(Id),
  legislative_period_id: maybe(Id),
  role: maybe(Text),
  start_date: maybe(Text),
  end_date: maybe(Text),
  contact_details: Contacts,
});

const Person = Type.Object({
  id: Id,
  name: maybe(Text),
  given_name: maybe(Text),
  family_name: maybe(Text),
  sort_name: maybe(Text),
  honorific_prefix: maybe(Text),
  email: maybe(Text),
  identifiers: Identifiers,
  links: Links,
  contact_details: Contacts,
  memberships: maybe(Type.Array(Membership)),
});

const Organization = Type.Object({
  id: Id,
  name: maybe(Text),
  classification: maybe(Text),
  seats: Type.Optional(Type.Unknown()),
});

const Area = Type.Object({
  id: Id,
  name: maybe(Text),
  identifier: maybe(Text),
  classification: maybe(Text),
  type: maybe(Text),
  identifiers: Identifiers,
});

const Event = Type.Object({
  id: Id,
  name: maybe(Text),
  classification: maybe(Text),
  organization_id: maybe(Id),
  start_date: maybe(Text),
  end_date: maybe(Text),
});

const Post = Type.Object({ id: Id, area_id: maybe(Id), organization_id: maybe(Id) });
const Meta = Type.Object({ sources: maybe(Type.Array(Text)) });

const PARTS = { Person, Organization, Membership, Area, Event, Post };
const checks = {
  persons: Compile(Person),
  organizations: Compile(Organization),
  memberships: Compile(Membership),
  areas: Compile(Area),
  events: Compile(Event),
  posts: Compile(Post),
  meta: Compile(Meta),
};

export type PopoloPerson = Static<typeof PARTS.Person>;
export type PopoloOrganization = Static<typeof PARTS.Organization>;
export type PopoloMembership = Static<typeof PARTS.Membership>;
export type PopoloArea = Static<typeof PARTS.Area>;
export type PopoloEvent = Static<typeof PARTS.Event>;
type PopoloPost = Static<typeof PARTS.Post>;

/** An entry and its place in the file: `/memberships/3`. */
export interface Placed<Item> {
  readonly item: Item;
  readonly path: string;
}

export interface PopoloDocument {
  readonly persons: ReadonlyMap<string, PopoloPerson>;
  readonly organizations: ReadonlyMap<string, PopoloOrganization>;
  readonly memberships: readonly Placed<PopoloMembership>[];
  readonly areas: ReadonlyMap<string, PopoloArea>;
  readonly events: readonly Placed<PopoloEvent>[];
  readonly posts: ReadonlyMap<string, PopoloPost>;
  /** Web addresses. */
  readonly sources: readonly string[];
}

/**
 * Reads a Popolo file (popoloproject.com), with what EveryPolitician adds: `areas`, `events` and
 * `legislative_period_id`. A person's own `memberships` count as well.
 * @throws AppError `invalid_file` with the place in the file.
 */
export function readPopoloDocument(file: SourceFile): PopoloDocument {
  const root = readJson(file);
  if (typeof root !== 'object' || root === null || !('persons' in root))
    return refuseFile(file.name, 'this is no Popolo file: it has no list "persons"', { path: '/' });
  const unfit = findUnfitText(root);
  if (unfit !== undefined)
    refuseFile(file.name, 'there is a control character, or half a character', { path: unfit || '/' });
  const parts: Readonly<Record<string, unknown>> = { ...root };
  const list = <Item>(name: string, check: Check<Item>) =>
    readList(file, { name, value: parts[name], check });
  const persons = list('persons', checks.persons);
  const own = persons.flatMap(({ item, path }) =>
    (item.memberships ?? []).map((membership, index) => ({
      item: { ...membership, person_id: membership.person_id ?? item.id },
      path: `${path}/memberships/${index}`,
    })),
  );
  return {
    persons: indexed(file, persons),
    organizations: indexed(file, list('organizations', checks.organizations)),
    memberships: [...list('memberships', checks.memberships), ...own],
    areas: indexed(file, list('areas', checks.areas)),
    events: list('events', checks.events),
    posts: indexed(file, list('posts', checks.posts)),
    sources: checks.meta.Check(parts.meta) ? (parts.meta.sources ?? []) : [],
  };
}

interface Check<Item> {
  Check(value: unknown): value is Item;
  Errors(value: unknown): readonly { readonly instancePath: string; readonly message: string }[];
}

interface Listed<Item> {
  readonly name: string;
  readonly value: unknown;
  readonly check: Check<Item>;
}

function readList<Item>(file: SourceFile, { name, value, check }: Listed<Item>): Placed<Item>[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) return refuseFile(file.name, 'a list is expected', { path: `/${name}` });
  return value.map((item: unknown, index) => {
    const path = `/${name}/${index}`;
    if (check.Check(item)) return { item, path };
    const [problem] = check.Errors(item);
    return refuseFile(file.name, problem?.message ?? 'this cannot be read', {
      path: path + (problem?.instancePath ?? ''),
    });
  });
}

function indexed<Item extends { readonly id: string }>(
  file: SourceFile,
  list: readonly Placed<Item>[],
): Map<string, Item> {
  const byId = new Map<string, Item>();
  for (const { item, path } of list) {
    if (byId.has(item.id)) refuseFile(file.name, `the id "${item.id}" is given twice`, { path });
    byId.set(item.id, item);
  }
  return byId;
}
