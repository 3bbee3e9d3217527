import type { Seat } from '../model.js';
import { type MemberRead, SENATE, senateSeat } from './members.js';
import { STATES, stateDivision } from './states.js';

/** The seats that senators have, and for a state that sends fewer than two the empty ones. */
export function senateSeats(members: readonly MemberRead[]): Seat[] {
  const filled = new Map(
    members.filter(({ seat }) => seat.chamber === SENATE.id).map(({ seat }) => [seat.id, seat]),
  );
  return STATES.filter(({ kind }) => kind === 'state').flatMap((state) => {
    const own = [...filled.values()].filter(({ division }) => division === stateDivision(state));
    const empty = senateSeat(state);
    const second = { ...empty, id: `${empty.id} second` };
    return [...own, ...[empty, second].slice(own.length)];
  });
}
