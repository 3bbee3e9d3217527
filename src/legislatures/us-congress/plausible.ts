import { refuseFile, type SourceFile } from '../files/source-file.js';
import type { DivisionId, Seat } from '../model.js';
import type { DistrictMap } from './house-districts.js';
import type { MemberRead } from './members.js';

/** In percent. More empty seats than there ever were at once: the file is cut short, not the House. */
const MOST_VACANT = 5;
/** They have no ZIP areas in the table. */
const STATES_WITHOUT_ZIPS: ReadonlySet<string> = new Set(['AS', 'GU', 'MP', 'VI']);

/**
 * Members must fit the seats. A file that was cut between two people is sound YAML: only the number of empty
 * seats shows it.
 * @throws AppError `invalid_file`
 */
export function checkSeats(file: SourceFile, members: readonly MemberRead[], seats: readonly Seat[]): void {
  const known = new Set(seats.map(({ id }) => id));
  const taken = new Map<string, MemberRead>();
  for (const read of members) {
    const { officeholder, seat, line } = read;
    if (!known.has(seat.id))
      refuseFile(file.name, `${officeholder.name} has a seat that is not on the map: ${seat.id}`, { line });
    const rival = taken.get(seat.id);
    if (rival)
      refuseFile(
        file.name,
        `${officeholder.name} has the seat of ${rival.officeholder.name} (line ${rival.line})`,
        { line },
      );
    taken.set(seat.id, read);
  }
  const vacant = seats.length - taken.size;
  if (vacant * 100 > seats.length * MOST_VACANT) {
    refuseFile(
      file.name,
      `${vacant} of ${seats.length} seats would be vacant; the file seems to be cut short`,
    );
  }
}

/**
 * Every district of a state must have a ZIP code. The table is sorted by state, so one cut short lacks the last.
 * @throws AppError `invalid_file`
 */
export function checkZipTable(
  file: SourceFile,
  zips: ReadonlyMap<string, readonly DivisionId[]>,
  map: DistrictMap,
): void {
  const named = new Set([...zips.values()].flat());
  const missing = map.districts.filter(
    ({ division, state }) => !named.has(division.id) && !STATES_WITHOUT_ZIPS.has(state.code),
  );
  if (missing.length === 0) return;
  const codes = missing
    .slice(0, 3)
    .map(({ division }) => division.code)
    .join(', ');
  refuseFile(
    file.name,
    `${missing.length} districts have no ZIP code (${codes}); the file seems to be cut short`,
  );
}
