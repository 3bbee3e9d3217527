import { combineResidences, splitDivisions } from './combined-residence.js';
import type { DivisionId } from './model.js';
import type { Coordinates } from './places/place-index.js';
import { cleanPostcode } from './postcode.js';
import type {
  Representation,
  RepresentationOfficeholder,
  RepresentationWarning,
  VacantSeat,
} from './representation.js';
import type { Residence, SeatedOfficeholder, SeatView, Snapshot } from './snapshot.js';

/**
 * Where somebody lives: by postcode, by a point in degrees (WGS 84), or as chosen from a list of divisions.
 * `withinMetres`: how far from the point the true place may be.
 */
export type Place =
  | { readonly postcode: string }
  | PointPlace
  | { readonly divisions: readonly DivisionId[] };

interface PointPlace {
  readonly at: Coordinates;
  readonly withinMetres?: number | undefined;
}

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

/** The same answer for people who are named, wherever somebody lives. */
export function introduce(
  snapshot: Snapshot,
  people: readonly SeatedOfficeholder[],
  now: Date,
): Representation {
  const tally = new Tally(now.getTime());
  const seats = people.flatMap(({ id, division }) => {
    const { seats: own = [] } = snapshot.residenceOf.get(division.id) ?? {};
    return own.find(({ holder }) => holder?.current.id === id) ?? [];
  });
  return {
    status: 'found',
    uncertain: false,
    officeholders: tally.holders(seats),
    candidates: [],
    vacant: [],
    warnings: [...dateWarnings(snapshot, tally.now), ...tally.warnings()],
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
  if ('at' in place) return findPoint(snapshot, place);
  if ('postcode' in place) return findPostcode(snapshot, place.postcode);
  return findChosen(snapshot, place.divisions);
}

function findPoint(snapshot: Snapshot, { at, withinMetres }: PointPlace): Finding {
  const { byLayer, offShore } = snapshot.layers.locate(at, withinMetres);
  const residences = combineResidences(
    snapshot,
    byLayer.map((positions) => positions.flatMap((position) => snapshot.residences[position] ?? [])),
  );
  return { residences, uncertain: residences.length > 1, warnings: offShore ? ['off_shore'] : [] };
}

function findPostcode(snapshot: Snapshot, text: string): Finding {
  const key = snapshot.postcodePattern.exec(cleanPostcode(text))?.[1];
  if (key === undefined) return { residences: [], warnings: ['postcode_malformed'] };
  const ids = snapshot.set.postcodes.entries.get(key);
  if (ids === undefined) return { residences: [], warnings: ['postcode_unknown'] };
  const byLayer = Map.groupBy(ids, (id) => snapshot.layers.layerOf.get(id));
  const groups = [...byLayer.values()].map((group) =>
    group.flatMap((id) => snapshot.residenceOf.get(id) ?? []),
  );
  return { residences: combineResidences(snapshot, groups) };
}

/** All that was chosen holds at once; an id that is not in the set makes the answer `none`. */
function findChosen(snapshot: Snapshot, ids: readonly DivisionId[]): Finding {
  const chosen = ids.flatMap(splitDivisions).map((id) => snapshot.residenceOf.get(id));
  const known = chosen.filter((residence) => residence !== undefined);
  if (known.length < chosen.length) return { residences: [] };
  return {
    residences: combineResidences(
      snapshot,
      known.map((residence) => [residence]),
    ),
  };
}
