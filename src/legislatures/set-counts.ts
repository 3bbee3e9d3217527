import type { LegislatureSet, Office } from './model.js';
import { placesOf } from './snapshot.js';

/** What a set holds, in figures. */
export interface SetCounts {
  readonly chambers: number;
  readonly seats: number;
  readonly officeholders: number;
  readonly vacant: number;
  /** Places where offices can be found, or at least reached. */
  readonly offices: number;
  readonly emails: number;
  /** The divisions that somebody can live in; none where the whole country is one. */
  readonly districts: number;
  readonly committees: number;
}

export function countSet(set: LegislatureSet): SetCounts {
  const seats = countSeats(set);
  const officeholders = set.officeholders.length;
  return {
    chambers: set.chambers.length,
    seats,
    officeholders,
    vacant: seats - officeholders,
    offices: set.officeholders.reduce((sum, { office }) => sum + countPlaces(office), 0),
    emails: set.officeholders.reduce((sum, { office }) => sum + office.emails.length, 0),
    districts: countDistricts(set),
    committees: set.committees.length,
  };
}

/** A chamber may have more seats than its divisions show: of some it is only known that they are empty. */
function countSeats({ chambers, seats }: LegislatureSet): number {
  const shown = new Map<string, number>();
  for (const seat of seats) shown.set(seat.chamber, (shown.get(seat.chamber) ?? 0) + placesOf(seat));
  return chambers.reduce((sum, { id, size = 0 }) => sum + Math.max(size, shown.get(id) ?? 0), 0);
}

function countDistricts({ divisions }: LegislatureSet): number {
  const outer = new Set(divisions.map(({ parent }) => parent));
  const inner = divisions.filter(({ id }) => !outer.has(id));
  return inner.length === 1 && divisions.length === 1 ? 0 : inner.length;
}

function countPlaces({ locations = [], emails, ...ways }: Office): number {
  const reachable =
    emails.length > 0 || Boolean(ways.phone ?? ways.address ?? ways.contactForm ?? ways.website ?? ways.code);
  return Math.max(locations.length, reachable ? 1 : 0);
}
