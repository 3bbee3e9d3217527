import type { DivisionId } from './model.js';
import type { Residence, Snapshot } from './snapshot.js';

/** Open Civic Data ids have no comma. */
const ID_SEPARATOR = ',';
const NAME_SEPARATOR = ' · ';
/** More ways to combine districts than anybody can choose from: then each stands alone. */
const MOST_COMBINATIONS = 60;

/** The divisions of a combined residence: `a,b` is both. */
export function splitDivisions(id: DivisionId): DivisionId[] {
  return id.split(ID_SEPARATOR);
}

/**
 * Where a place lies in one division of each group, and it is not known in which: every way to combine them. A
 * combination has the ids and the names of its divisions, and the seats of all.
 */
export function combineResidences(
  snapshot: Snapshot,
  groups: readonly (readonly Residence[])[],
): readonly Residence[] {
  const [first = [], ...others] = groups.filter((group) => group.length > 0);
  if (others.length === 0) return first;
  const ways = others.reduce((product, group) => product * group.length, first.length);
  if (ways > MOST_COMBINATIONS) return groups.flat();
  return others.reduce(
    (combined, group) => combined.flatMap((one) => group.map((other) => join(snapshot, one, other))),
    first,
  );
}

function join({ set }: Snapshot, one: Residence, other: Residence): Residence {
  const rank = (seat: Residence['seats'][number]): number => set.chambers.indexOf(seat.chamber);
  return {
    division: {
      id: `${one.division.id}${ID_SEPARATOR}${other.division.id}`,
      name: `${one.division.name}${NAME_SEPARATOR}${other.division.name}`,
    },
    seats: [...new Set([...one.seats, ...other.seats])].sort((a, b) => rank(a) - rank(b)),
  };
}
