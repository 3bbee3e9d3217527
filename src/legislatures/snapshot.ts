import { AppError } from '../errors.js';
import { type Layers, layDivisions } from './layers.js';
import type { Chamber, Division, DivisionId, LegislatureSet, Officeholder, Seat } from './model.js';
import { lastDayOf } from './partial-date.js';
import type { Dataset, RepresentationOfficeholder, VacantSeat } from './representation.js';
import { runAtOnce, type Steps } from './steps.js';

const MS_PER_DAY = 86_400_000;
/** Country, region, county, municipality, ward: no place needs more. */
const DEEPEST_DIVISION = 16;
const MOST_CHAMBERS = 64;
/** Seats of each division and of all around it, added up; the memory for them is taken at once. */
const MOST_SEAT_VIEWS = 2_000_000;

/** One version of a set, ready to answer. Immutable: a new version is a new snapshot. */
export interface Snapshot {
  readonly set: LegislatureSet;
  readonly dataset: Dataset;
  /** When this version was stored; absent for one that was not. */
  readonly importedAt: Date | undefined;
  /** Milliseconds since 1970 (UTC): the first and the first no longer valid moment; infinite where not known. */
  readonly validFrom: number;
  readonly validBefore: number;
  readonly layers: Layers;
  readonly postcodePattern: RegExp;
  /** In the order of `set.divisions`, the order that `layers` counts in. */
  readonly residences: readonly Residence[];
  readonly residenceOf: ReadonlyMap<DivisionId, Residence>;
  /** The one residence of a legislature without districts: wherever somebody lives there, this holds. */
  readonly everywhere: Residence | undefined;
  readonly officeholders: ReadonlyMap<string, SeatedOfficeholder>;
}

/** What living in a division means: the seats of it and of every division around it, in the order of chambers. */
export interface Residence {
  readonly division: Division;
  readonly seats: readonly SeatView[];
}

export interface SeatView {
  readonly chamber: Chamber;
  readonly division: Division;
  readonly vacancy: VacantSeat;
  readonly holder: SeatHolder | undefined;
}

export interface SeatHolder {
  readonly current: RepresentationOfficeholder;
  readonly ended: RepresentationOfficeholder;
  /** Milliseconds since 1970 (UTC): the first moment after the term. */
  readonly endsBefore: number;
}

/** An officeholder together with the chamber and the division of the seat. */
export type SeatedOfficeholder = Officeholder & { readonly chamber: Chamber; readonly division: Division };

/**
 * Builds the indexes of a set (about 0.4 s for the United States).
 * @throws AppError `invalid_file` when the set contradicts itself: an id used twice, a seat of no division, more
 * officeholders on a seat than it has places.
 */
export function buildSnapshot(set: LegislatureSet, version: string, importedAt?: Date): Snapshot {
  return runAtOnce(snapshotSteps(set, version, importedAt));
}

/** As `buildSnapshot`, for a process that must go on answering. */
export function* snapshotSteps(set: LegislatureSet, version: string, importedAt?: Date): Steps<Snapshot> {
  if (set.chambers.length > MOST_CHAMBERS) refuse(`it has more than ${MOST_CHAMBERS} chambers`);
  const layers = yield* layDivisions(set);
  yield;
  return assemble(set, version, { importedAt, layers });
}

/**
 * The snapshot of a set that differs from another's in its people alone: shares the index of places (milliseconds).
 * @throws AppError `invalid_file` as `buildSnapshot`.
 */
export function reseatSnapshot(base: Snapshot, set: LegislatureSet, version: string): Snapshot {
  const sameLand = set.divisions === base.set.divisions && set.seats === base.set.seats;
  return assemble(set, version, sameLand ? base : { ...base, layers: runAtOnce(layDivisions(set)) });
}

function assemble(
  set: LegislatureSet,
  version: string,
  { importedAt, layers }: Pick<Snapshot, 'importedAt' | 'layers'>,
): Snapshot {
  const chambers = indexById(set.chambers, 'chamber');
  const divisions = indexById(set.divisions, 'division');
  const officeholders = seatOfficeholders(set, chambers, divisions);
  const residences = settle(set, officeholders, { chambers, divisions });
  checkPostcodes(set, divisions);
  const seated = new Map([...officeholders.values()].flat().map((person) => [person.id, person]));
  checkCommittees(set, seated);
  const settled = residences.filter(({ seats }) => seats.length > 0);
  return {
    set,
    dataset: { id: set.id, version, ...(set.validUntil !== undefined && { validUntil: set.validUntil }) },
    importedAt,
    validFrom: set.validFrom === undefined ? Number.NEGATIVE_INFINITY : Date.parse(set.validFrom),
    validBefore: dayAfter(set.validUntil),
    layers,
    postcodePattern: new RegExp(`^(?:${set.postcodes.pattern})$`, 'u'),
    residences,
    residenceOf: new Map(residences.map((residence) => [residence.division.id, residence])),
    everywhere: settled.length === 1 ? settled[0] : undefined,
    officeholders: seated,
  };
}

interface ById {
  readonly chambers: ReadonlyMap<string, Chamber>;
  readonly divisions: ReadonlyMap<DivisionId, Division>;
}

function refuse(detail: string): never {
  throw new AppError('invalid_file', { detail: `The legislature contradicts itself: ${detail}.` });
}

function indexById<Item extends { readonly id: string }>(
  items: readonly Item[],
  kind: string,
): Map<string, Item> {
  const index = new Map<string, Item>();
  for (const item of items) {
    if (index.has(item.id)) refuse(`${kind} ${item.id} is given twice`);
    index.set(item.id, item);
  }
  return index;
}

/** By seat. */
function seatOfficeholders(set: LegislatureSet, chambers: ById['chambers'], divisions: ById['divisions']) {
  const seats = indexById(set.seats, 'seat');
  const bySeat = new Map<string, SeatedOfficeholder[]>();
  for (const person of indexById(set.officeholders, 'officeholder').values()) {
    const seat =
      seats.get(person.seat) ?? refuse(`${person.name} has the seat ${person.seat}, which is not there`);
    const chamber = chambers.get(seat.chamber) ?? refuse(`seat ${seat.id} is in no chamber`);
    const division = divisions.get(seat.division) ?? refuse(`seat ${seat.id} is of no division`);
    const holders = bySeat.get(seat.id) ?? [];
    const [rival] = holders;
    if (rival && holders.length >= placesOf(seat))
      refuse(`${rival.name} and ${person.name} have the same seat, ${seat.id}`);
    holders.push({ ...person, chamber, division });
    bySeat.set(seat.id, holders);
  }
  return bySeat;
}

/** How many members a seat has room for. */
export function placesOf({ places }: Seat): number {
  return places ?? 1;
}

function settle(
  set: LegislatureSet,
  holders: ReadonlyMap<string, readonly SeatedOfficeholder[]>,
  byId: ById,
): Residence[] {
  const seatsOf = new Map<DivisionId, SeatView[]>();
  for (const seat of set.seats) {
    const chamber = byId.chambers.get(seat.chamber) ?? refuse(`seat ${seat.id} is in no chamber`);
    const division = byId.divisions.get(seat.division) ?? refuse(`seat ${seat.id} is of no division`);
    const views = seatsOf.get(division.id) ?? [];
    const people = holders.get(seat.id) ?? [];
    for (let place = 0; place < placesOf(seat); place += 1)
      views.push(viewSeat(chamber, division, people[place]));
    seatsOf.set(division.id, views);
  }
  const rank = new Map(set.chambers.map((chamber, index) => [chamber.id, index]));
  let views = 0;
  return set.divisions.map((division) => {
    const seats = lineage(division, byId.divisions).flatMap(({ id }) => seatsOf.get(id) ?? []);
    views += seats.length;
    if (views > MOST_SEAT_VIEWS) refuse('too many seats are of all divisions');
    seats.sort((a, b) => (rank.get(a.chamber.id) ?? 0) - (rank.get(b.chamber.id) ?? 0));
    return { division, seats };
  });
}

/** A division and all around it, from the inside out. */
function lineage(division: Division, divisions: ById['divisions']): Division[] {
  const line: Division[] = [];
  for (let next: Division | undefined = division; next !== undefined; ) {
    if (line.includes(next)) refuse(`division ${division.id} lies in itself`);
    if (line.length === DEEPEST_DIVISION)
      refuse(`division ${division.id} lies in more than ${DEEPEST_DIVISION} others`);
    line.push(next);
    const parent: DivisionId | undefined = next.parent;
    next =
      parent === undefined ? undefined : (divisions.get(parent) ?? refuse(`division ${parent} is not there`));
  }
  return line;
}

function viewSeat(chamber: Chamber, division: Division, person: SeatedOfficeholder | undefined): SeatView {
  const vacancy = { chamber: chamber.id, division: division.id };
  if (person === undefined) return { chamber, division, vacancy, holder: undefined };
  const current: RepresentationOfficeholder = Object.freeze({
    id: person.id,
    name: person.name,
    chamber: chamber.id,
    role: chamber.role,
    division: division.id,
    party: person.party,
    ...(person.termEnds !== undefined && { termEnds: person.termEnds }),
  });
  const ended = Object.freeze({ ...current, termEnded: true as const });
  return { chamber, division, vacancy, holder: { current, ended, endsBefore: dayAfter(person.termEnds) } };
}

function checkPostcodes(set: LegislatureSet, divisions: ById['divisions']): void {
  for (const [postcode, ids] of set.postcodes.entries) {
    if (ids.length === 0) refuse(`postcode ${postcode} has no division`);
    for (const id of ids)
      if (!divisions.has(id)) refuse(`postcode ${postcode} names ${id}, which is not there`);
  }
}

function checkCommittees(set: LegislatureSet, people: ReadonlyMap<string, SeatedOfficeholder>): void {
  const committees = indexById(set.committees, 'committee');
  for (const { id, parent, members } of set.committees) {
    if (parent !== undefined && !committees.has(parent)) refuse(`committee ${id} is a part of none`);
    for (const { officeholder } of members)
      if (!people.has(officeholder))
        refuse(`committee ${id} has the member ${officeholder}, who is not there`);
  }
}

/** Milliseconds since 1970: when the last day that a date may mean is over; never, where there is none. */
function dayAfter(date: string | undefined): number {
  return date === undefined ? Number.POSITIVE_INFINITY : Date.parse(lastDayOf(date)) + MS_PER_DAY;
}
