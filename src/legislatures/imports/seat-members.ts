import type { Chamber, Division, Officeholder, Seat } from '../model.js';

/** Somebody who was read, before there are seats. */
export interface Sitting {
  readonly chamber: string;
  readonly division: string;
  /** Undefined: an empty place. */
  readonly person: Omit<Officeholder, 'seat'> | undefined;
}

export interface Seated {
  readonly seats: readonly Seat[];
  readonly officeholders: readonly Officeholder[];
}

interface Frame {
  readonly chambers: readonly Pick<Chamber, 'id'>[];
  readonly divisions: readonly Pick<Division, 'id'>[];
}

/** Makes one seat for each chamber and division, with a place for everybody, in the order of both lists. */
export function seatMembers(sittings: readonly Sitting[], { chambers, divisions }: Frame): Seated {
  const bySeat = Map.groupBy(sittings, ({ chamber, division }) => seatId(chamber, division));
  const seats: Seat[] = [];
  const officeholders: Officeholder[] = [];
  for (const { id: chamber } of chambers) {
    for (const { id: division } of divisions) {
      const id = seatId(chamber, division);
      const members = bySeat.get(id) ?? [];
      if (members.length === 0) continue;
      seats.push({ id, chamber, division, ...(members.length > 1 && { places: members.length }) });
      for (const { person } of members) if (person !== undefined) officeholders.push({ ...person, seat: id });
    }
  }
  return { seats, officeholders };
}

function seatId(chamber: string, division: string): string {
  return `${chamber} ${division}`;
}
