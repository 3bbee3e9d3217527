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
  const rankOf = {
    chamber: new Map(chambers.map(({ id }, rank) => [id, rank])),
    division: new Map(divisions.map(({ id }, rank) => [id, rank])),
  };
  const rank = (of: 'chamber' | 'division', { [of]: id }: Sitting): number => rankOf[of].get(id) ?? 0;
  const sorted = sittings.toSorted(
    (a, b) => rank('chamber', a) - rank('chamber', b) || rank('division', a) - rank('division', b),
  );
  const bySeat = Map.groupBy(sorted, ({ chamber, division }) => `${chamber} ${division}`);
  const seats: Seat[] = [];
  const officeholders: Officeholder[] = [];
  for (const [id, members] of bySeat) {
    const [{ chamber, division } = { chamber: '', division: '' }] = members;
    seats.push({ id, chamber, division, ...(members.length > 1 && { places: members.length }) });
    for (const { person } of members) if (person !== undefined) officeholders.push({ ...person, seat: id });
  }
  return { seats, officeholders };
}
