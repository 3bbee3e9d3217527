import type { Alert } from '../../alerts/index.js';
import { type ChannelName, isLegislatureMail, type OfficeSnapshot } from '../../delivery/index.js';
import { AppError } from '../../errors.js';
import {
  introduce,
  type Legislatures,
  type Place,
  type Representation,
  represent,
  type SeatedOfficeholder,
  type Snapshot,
} from '../../legislatures/index.js';
import type { ActionServices } from '../action-services.js';
import { chambersOf, listAsked } from './asked-officeholders.js';

const NAME_SEPARATOR = ' · ';

/** Where somebody says they live, as typed or chosen. */
export interface StatedPlace {
  readonly postcode?: string | undefined;
  readonly division?: string | undefined;
  readonly at?: { readonly latitude: number; readonly longitude: number } | undefined;
  /** How far from there the place may be. */
  readonly withinMetres?: number | undefined;
  /** In the person's own words, where it decides nothing: `Ostrel`. */
  readonly words?: string | undefined;
  /** Ids of the officeholders who were chosen from the alert's list; all of it where absent or empty. */
  readonly among?: readonly string[] | undefined;
  /** The street address as typed, from which `at` was found: it fills in the letter's form, and goes nowhere else. */
  readonly address?: string | undefined;
}

/** Whom an alert asks this reader to write to. */
export interface Whom {
  readonly snapshot: Snapshot;
  readonly representation: Representation;
  readonly officeholders: readonly SeatedOfficeholder[];
  readonly offices: ReadonlyMap<string, OfficeSnapshot>;
  /** The divisions that the place lies in, as far as they are certain. */
  readonly divisions: readonly string[];
  /** In words: the postcode as given, or the division's name. */
  readonly place: string;
  /** They are on the alert's list, wherever the reader lives. */
  readonly listed: boolean;
}

/** The legislature that an alert is about. */
export function snapshotOf(legislatures: Legislatures, alert: Alert): Snapshot {
  const snapshot = legislatures.current(alert.content.ask.whom.legislature);
  if (snapshot === undefined)
    throw new AppError('unavailable', { detail: `no data of the legislature of ${alert.slug}` });
  return snapshot;
}

/** What finding whom to write to needs. */
export type FindServices = Pick<ActionServices, 'context' | 'organisation' | 'legislatures' | 'officeRoutes'>;

/**
 * Finds whom an alert asks this reader to write to, in memory: who represents their place in the chambers that it
 * names, or the people on its list.
 */
export function findWhom(services: FindServices, alert: Alert, place: StatedPlace): Whom {
  const snapshot = snapshotOf(services.legislatures, alert);
  const now = services.context.clock.now();
  const listed = listAsked(snapshot, alert.content, alert.language);
  const representation =
    listed !== undefined && (place.words ?? '').trim() !== ''
      ? introduce(snapshot, listed, now)
      : representIn(snapshot, alert, { place, now });
  const officeholders =
    representation.status === 'found' ? chosenOf(listed ?? holdersOf(snapshot, representation), place) : [];
  return {
    snapshot,
    representation,
    officeholders,
    offices: new Map(officeholders.map((person) => [person.id, officeOf(services, alert, person)])),
    divisions: divisionsOf(representation, place),
    place: wordsFor(snapshot, place, representation),
    listed: listed !== undefined,
  };
}

interface Looking {
  readonly place: StatedPlace;
  readonly now: Date;
}

function representIn(snapshot: Snapshot, { content }: Alert, { place, now }: Looking): Representation {
  const { whom } = content.ask;
  const chambers = whom.kind === 'mine' ? chambersOf(snapshot, whom.chambers) : undefined;
  return represent(snapshot, toPlace(place), { now, ...(chambers && { chambers }) });
}

function holdersOf({ officeholders }: Snapshot, representation: Representation): SeatedOfficeholder[] {
  return representation.officeholders.flatMap(({ id }) => officeholders.get(id) ?? []);
}

function chosenOf(
  people: readonly SeatedOfficeholder[],
  { among = [] }: StatedPlace,
): readonly SeatedOfficeholder[] {
  return among.length === 0 ? people : people.filter(({ id }) => among.includes(id));
}

/** Somebody who only said in words where they live is in no division for certain. */
function divisionsOf({ officeholders }: Representation, { words = '' }: StatedPlace): readonly string[] {
  return words.trim() === '' ? [...new Set(officeholders.map((person) => person.division))] : [];
}

/** A stated place as `represent` takes it: what was chosen goes first, then a point, then the postcode. */
export function toPlace({ postcode, division, at, withinMetres }: StatedPlace): Place {
  if (division !== undefined && division !== '') return { divisions: [division] };
  return at === undefined ? { postcode: postcode ?? '' } : { at, withinMetres };
}

function wordsFor(
  snapshot: Snapshot,
  { postcode, division, words = '' }: StatedPlace,
  { officeholders }: Representation,
): string {
  if (words.trim() !== '') return words.trim();
  if (postcode !== undefined && postcode.trim() !== '') return postcode.trim();
  const chosen = snapshot.set.divisions.find(({ id }) => id === division);
  if (chosen !== undefined) return chosen.name;
  const ids = new Set(officeholders.map((person) => person.division));
  const found = snapshot.set.divisions.filter(({ id }) => ids.has(id));
  const outer = new Set(found.map(({ parent }) => parent));
  return found
    .filter(({ id }) => !outer.has(id))
    .map(({ name }) => name)
    .join(NAME_SEPARATOR);
}

/** The office with the ways that are open just now: one that shows a letter is not chosen anew behind it. */
function officeOf(services: FindServices, { content }: Alert, person: SeatedOfficeholder): OfficeSnapshot {
  const office = officeSnapshot(person);
  const ways = services.officeRoutes.waysTo(services.organisation.organisationId, office);
  // Without a topic the Congress's mail systems take no letter.
  const open = (way: ChannelName): boolean => content.topics.length > 0 || !isLegislatureMail(way);
  return { ...office, channels: ways.filter(open) };
}

/** The office as its legislature's data have it. */
export function officeSnapshot(person: SeatedOfficeholder): OfficeSnapshot {
  const { name, title, chamber, division, party, office } = person;
  const [email] = office.emails;
  return {
    name,
    title,
    chamber: { id: chamber.id, name: chamber.name },
    division: { id: division.id, name: division.name },
    ...(party && { party }),
    ...(email && { email }),
    ...(office.contactForm && { contactForm: office.contactForm }),
    ...(office.website && { website: office.website }),
    ...(office.phone && { phone: office.phone }),
    ...(office.address && { address: office.address }),
    ...(office.code && { code: office.code }),
    ...(office.form && { form: office.form }),
    ...(office.requiresAddress && { requiresAddress: true }),
  };
}
