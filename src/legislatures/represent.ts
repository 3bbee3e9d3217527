import type { DivisionId } from './model.js';
import type { Coordinates } from './places/place-index.js';
import { cleanPostcode } from './postcode.js';
import type {
  Representation,
  RepresentationOfficeholder,
  RepresentationWarning,
  VacantSeat,
} from './representation.js';
import type { Residence, SeatView, Snapshot } from './snapshot.js';

/** Where somebody lives: by postcode, by a point in degrees (WGS 84), or as chosen from a list of divisions. */
export type Place =
  | { readonly postcode: string }
  | { readonly at: Coordinates }
  | { readonly divisions: readonly DivisionId[] };

interface RepresentOptions {
  readonly now: Date;
  /** Only these chambers (`Chamber.id`); all without it. */
  readonly chambers?: readonly string[];
}

/** The residences of which exactly one is the right one, the likeliest first. */
interface Finding {
  readonly residences: readonly Residence[];
  readonly uncertain?: boolean;
  readonly warnings?: readonly RepresentationWarning[];
}

/**
 * Says who represents a place. `officeholders` are those who represent it wherever in question it lies; where that
 * is not everybody, `candidates` are the divisions it may lie in, each with its own. In memory, without I/O.
 */
export function represent(snapshot: Snapshot, place: Place, options: RepresentOptions): Representation {
  const finding = findPlace(snapshot, place);
  const seatsOf = residenceSeats(options.chambers);
  const [first, ...others] = finding.residences;
  const certain =
    first === undefined
      ? []
      : seatsOf(first).filter((seat) => others.every((other) => other.seats.includes(seat)));
  const tally = new Tally(options.now.getTime());
  const officeholders = tally.holders(certain);
  const candidates =
    others.length === 0 ? [] : tallyCandidates(finding.residences, { seatsOf, certain, tally });
  return {
    status: statusOf(finding, candidates),
    uncertain: finding.uncertain === true && candidates.length > 0,
    officeholders,
    candidates,
    vacant: tally.vacant,
    warnings: [...(finding.warnings ?? []), ...dateWarnings(snapshot, tally.now), ...tally.warnings()],
    dataset: snapshot.dataset,
  };
}

type SeatsOf = (residence: Residence) => readonly SeatView[];

function residenceSeats(chambers: readonly string[] | undefined): SeatsOf {
  if (chambers === undefined) return (residence) => residence.seats;
  return (residence) => residence.seats.filter(({ chamber }) => chambers.includes(chamber.id));
}

function statusOf(finding: Finding, candidates: Representation['candidates']): Representation['status'] {
  if (finding.residences.length === 0) return 'none';
  return candidates.length > 0 ? 'choose' : 'found';
}

interface Counting {
  readonly seatsOf: SeatsOf;
  readonly certain: readonly SeatView[];
  readonly tally: Tally;
}

function tallyCandidates(
  residences: readonly Residence[],
  { seatsOf, certain, tally }: Counting,
): Representation['candidates'] {
  const open = residences.map((residence) => ({
    division: residence.division,
    seats: seatsOf(residence).filter((seat) => !certain.includes(seat)),
  }));
  // Where only chambers are asked for that all the divisions share, there is nothing to choose.
  if (open.every(({ seats }) => seats.length === 0)) return [];
  return open.map(({ division, seats }) => ({
    division: division.id,
    name: division.name,
    officeholders: tally.holders(seats),
  }));
}

/** Collects empty seats and ended terms on the way. */
class Tally {
  readonly now: number;
  readonly vacant: VacantSeat[] = [];
  #termEnded = false;

  constructor(now: number) {
    this.now = now;
  }

  holders(seats: readonly SeatView[]): RepresentationOfficeholder[] {
    const officeholders: RepresentationOfficeholder[] = [];
    for (const { holder, vacancy } of seats) {
      if (holder === undefined) {
        this.#addVacancy(vacancy);
      } else if (this.now >= holder.endsBefore) {
        this.#termEnded = true;
        officeholders.push(holder.ended);
      } else {
        officeholders.push(holder.current);
      }
    }
    return officeholders;
  }

  warnings(): RepresentationWarning[] {
    const warnings: RepresentationWarning[] = [];
    if (this.vacant.length > 0) warnings.push('seat_vacant');
    if (this.#termEnded) warnings.push('term_ended');
    return warnings;
  }

  /** Two candidates may share an empty seat of the division around them. */
  #addVacancy(vacancy: VacantSeat): void {
    if (!this.vacant.includes(vacancy)) this.vacant.push(vacancy);
  }
}

function dateWarnings(snapshot: Snapshot, now: number): RepresentationWarning[] {
  if (now >= snapshot.validBefore) return ['dataset_expired'];
  return now < snapshot.validFrom ? ['dataset_not_yet_valid'] : [];
}

function findPlace(snapshot: Snapshot, place: Place): Finding {
  if ('at' in place) return findPoint(snapshot, place.at);
  if ('postcode' in place) return findPostcode(snapshot, place.postcode);
  return findChosen(snapshot, place.divisions);
}

function findPoint(snapshot: Snapshot, at: Coordinates): Finding {
  const { divisions, offShore } = snapshot.places.locate(at);
  const residences = divisions.flatMap((position) => snapshot.residences[position] ?? []);
  return { residences, uncertain: residences.length > 1, warnings: offShore ? ['off_shore'] : [] };
}

function findPostcode(snapshot: Snapshot, text: string): Finding {
  const key = snapshot.postcodePattern.exec(cleanPostcode(text))?.[1];
  if (key === undefined) return { residences: [], warnings: ['postcode_malformed'] };
  const ids = snapshot.set.postcodes.entries.get(key);
  if (ids === undefined) return { residences: [], warnings: ['postcode_unknown'] };
  return { residences: ids.flatMap((id) => snapshot.residenceOf.get(id) ?? []) };
}

/** All that was chosen holds at once; an id that is not in the set makes the answer `none`. */
function findChosen(snapshot: Snapshot, ids: readonly DivisionId[]): Finding {
  const chosen = ids.map((id) => snapshot.residenceOf.get(id));
  const [first, ...others] = chosen;
  if (first === undefined || others.includes(undefined)) return { residences: [] };
  if (others.length === 0) return { residences: [first] };
  const seats = new Set(chosen.flatMap((residence) => residence?.seats ?? []));
  return { residences: [{ division: first.division, seats: [...seats] }] };
}
