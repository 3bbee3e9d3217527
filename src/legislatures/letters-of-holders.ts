import type { Context } from '../context.js';
import type { Legislatures } from './legislatures.js';
import type { Snapshot } from './snapshot.js';

/** Letters that are queued or wait, to one officeholder for one seat. They are another room's; it counts them. */
export interface LettersUnderWay {
  /** As the alert names it: a set's id or a country's code. */
  readonly legislature: string;
  readonly officeholder: string;
  readonly name: string;
  /** `Chamber.id` and `Division.id`, as the letter shows them. */
  readonly chamber: string;
  readonly division: string;
  readonly letters: number;
}

/** What the commands of this room need of the rooms that keep letters. */
export interface LetterKeeper {
  underWay(context: Context): Promise<readonly LettersUnderWay[]>;
  /** Stops letters to whom left office, and tells who wrote them; answers how many letters. */
  stop(context: Context, legislatures: Legislatures): Promise<number>;
}

type HeldSeat = Pick<LettersUnderWay, 'legislature' | 'officeholder' | 'chamber' | 'division'>;

/**
 * Whether it is known that somebody no longer holds the seat, a chamber and a division, for which letters are under
 * way. A legislature that is not among the snapshots says nothing about who left.
 */
export function hasLeft(snapshots: readonly Snapshot[], seat: HeldSeat): boolean {
  const own = snapshots.find(({ set }) => set.id === seat.legislature);
  const known = own === undefined ? snapshots.filter((snapshot) => mayBeOf(snapshot, seat)) : [own];
  return known.length > 0 && !known.some((snapshot) => holdsSeat(snapshot, seat));
}

/** A country may have several sets; one without the chamber is about other people. */
function mayBeOf({ set }: Snapshot, { legislature, chamber }: HeldSeat): boolean {
  return set.country === legislature && set.chambers.some(({ id }) => id === chamber);
}

function holdsSeat({ officeholders }: Snapshot, { officeholder, chamber, division }: HeldSeat): boolean {
  const person = officeholders.get(officeholder);
  return person !== undefined && person.chamber.id === chamber && person.division.id === division;
}
