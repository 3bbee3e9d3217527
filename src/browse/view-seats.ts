import { lastDayOf, type Officeholder, type SeatView, type Snapshot } from '../legislatures/index.js';
import { anchorOf, divisionPath } from './paths.js';

/** A seat as a page shows it: with whoever holds it, or empty. */
export interface SeatCard {
  readonly key: string;
  readonly chamber: string;
  /** What the seat is for, and its page. */
  readonly division: { readonly name: string; readonly href: string };
  readonly member: MemberCard | undefined;
}

export interface MemberCard {
  readonly anchor: string;
  readonly name: string;
  readonly title: string;
  readonly party: string;
  /** The last day of the term, where it is known. */
  readonly termEnds: Date | undefined;
  readonly termEnded: boolean;
  readonly website: string | undefined;
  readonly contactForm: string | undefined;
  readonly locations: readonly Location[];
}

interface Location {
  /** As the source calls it; empty where there is only one. */
  readonly kind: string;
  readonly address: string | undefined;
  readonly phone: string | undefined;
}

/** The seats of a place in the order of chambers. */
export function viewSeats(snapshot: Snapshot, seats: readonly SeatView[], now: Date): SeatCard[] {
  return seats.map(({ chamber, division, holder }, index) => {
    const person = holder === undefined ? undefined : snapshot.officeholders.get(holder.current.id);
    return {
      key: `${index} ${person?.id ?? ''}`,
      chamber: chamber.name,
      division: { name: division.name, href: divisionPath(snapshot.set.id, division.id) },
      member:
        person === undefined || holder === undefined
          ? undefined
          : viewMember(person, now.getTime() >= holder.endsBefore),
    };
  });
}

function viewMember(person: Officeholder, termEnded: boolean): MemberCard {
  const { office, termEnds } = person;
  return {
    anchor: anchorOf(person.id),
    name: person.name,
    title: person.title,
    party: person.party,
    termEnds: termEnds === undefined ? undefined : new Date(lastDayOf(termEnds)),
    termEnded,
    website: office.website,
    contactForm: office.contactForm,
    locations: locationsOf(office),
  };
}

function locationsOf({ locations, address, phone }: Officeholder['office']): Location[] {
  if (locations !== undefined && locations.length > 0)
    return locations.map((place) => ({ kind: place.kind, address: place.address, phone: place.phone }));
  return address === undefined && phone === undefined ? [] : [{ kind: '', address, phone }];
}
