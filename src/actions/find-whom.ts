import type { Alert } from '../alerts/index.js';
import type { Context } from '../context.js';
import type { OfficeSnapshot } from '../delivery/index.js';
import { AppError } from '../errors.js';
import {
  type Legislatures,
  type Representation,
  represent,
  type SeatedOfficeholder,
  type Snapshot,
} from '../legislatures/index.js';

/** Where somebody says they live, as typed or chosen. */
export interface StatedPlace {
  readonly postcode?: string | undefined;
  readonly division?: string | undefined;
  readonly at?: { readonly latitude: number; readonly longitude: number } | undefined;
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
}

/** The legislature that an alert is about. */
export function snapshotOf(legislatures: Legislatures, alert: Alert): Snapshot {
  const snapshot = legislatures.current(alert.content.ask.whom.legislature);
  if (snapshot === undefined)
    throw new AppError('unavailable', { detail: `no data of the legislature of ${alert.slug}` });
  return snapshot;
}

/** Finds who represents a place in the chambers that the alert asks about, in memory. */
export function findWhom(
  services: { context: Context; legislatures: Legislatures },
  alert: Alert,
  place: StatedPlace,
): Whom {
  const snapshot = snapshotOf(services.legislatures, alert);
  const now = services.context.clock.now();
  const chambers = chambersOf(snapshot, alert);
  const representation = represent(snapshot, toPlace(place), { now, ...(chambers && { chambers }) });
  const officeholders = representation.status === 'found' ? whomOf(snapshot, alert, representation) : [];
  return {
    snapshot,
    representation,
    officeholders,
    offices: new Map(officeholders.map((person) => [person.id, officeSnapshot(person)])),
    divisions: [...new Set(representation.officeholders.map((person) => person.division))],
    place: wordsFor(snapshot, place, representation),
  };
}

function toPlace({ postcode, division, at }: StatedPlace): Parameters<typeof represent>[1] {
  if (division !== undefined && division !== '') return { divisions: [division] };
  return at === undefined ? { postcode: postcode ?? '' } : { at };
}

// An ask names chambers by their role (lower, upper) or by their own id.
function chambersOf(snapshot: Snapshot, alert: Alert): readonly string[] | undefined {
  const { whom } = alert.content.ask;
  if (whom.kind === 'named') return undefined;
  const named = snapshot.set.chambers.filter(
    ({ id, role }) => whom.chambers.includes(id) || whom.chambers.includes(role),
  );
  return named.map(({ id }) => id);
}

function whomOf(snapshot: Snapshot, alert: Alert, representation: Representation): SeatedOfficeholder[] {
  const { whom } = alert.content.ask;
  const ids =
    whom.kind === 'named' ? whom.officeholders : representation.officeholders.map((person) => person.id);
  return ids.flatMap((id) => snapshot.officeholders.get(id) ?? []);
}

function wordsFor(
  snapshot: Snapshot,
  { postcode, division, at }: StatedPlace,
  { officeholders }: Representation,
): string {
  if (postcode !== undefined && postcode.trim() !== '') return postcode.trim();
  // A point has no name; the first division that it was found in has.
  const named = at !== undefined && !division ? officeholders[0]?.division : division;
  return snapshot.set.divisions.find(({ id }) => id === named)?.name ?? '';
}

/** The office as it is shown now, and kept with the letter. */
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
    ...(office.requiresAddress && { requiresAddress: true }),
  };
}
