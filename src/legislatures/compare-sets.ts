import type { Boundary, Division, LegislatureSet, Office, Officeholder, Seat } from './model.js';

/** What another version of a set changes, as an operator looks at it before it goes live. */
export interface SetChanges {
  readonly peopleIn: readonly PersonAt[];
  readonly peopleOut: readonly PersonAt[];
  /** Who is in both, on another seat. */
  readonly peopleMoved: readonly PersonMoved[];
  /** Who keeps the seat under another name, party or title, or can be reached in another way. */
  readonly peopleChanged: readonly PersonChanged[];
  readonly seatsIn: readonly Seat[];
  readonly seatsOut: readonly Seat[];
  readonly divisionsIn: readonly Division[];
  readonly divisionsOut: readonly Division[];
  /** Another name, or another division around it. */
  readonly divisionsRenamed: readonly DivisionPair[];
  readonly boundariesChanged: readonly DivisionPair[];
  readonly postcodes: PostcodeChanges;
  /** The first and last day, where they differ. */
  readonly dates: readonly FieldChange[];
}

export interface PersonAt {
  readonly person: Officeholder;
  /** Undefined where the set contradicts itself. */
  readonly seat: Seat | undefined;
}

export interface PersonMoved {
  readonly person: Officeholder;
  readonly from: Seat | undefined;
  readonly to: Seat | undefined;
}

export interface PersonChanged {
  readonly person: Officeholder;
  readonly fields: readonly FieldChange[];
}

export interface DivisionPair {
  readonly before: Division;
  readonly after: Division;
}

export interface FieldChange {
  readonly field: string;
  readonly before: string;
  readonly after: string;
}

/** How many postcodes there are only after, only before, and in both but in other divisions. */
export interface PostcodeChanges {
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
}

/** Compares two versions of a set by the ids of its people, seats and divisions. Pure; boundaries point by point. */
export function compareSets(before: LegislatureSet, after: LegislatureSet): SetChanges {
  const people = compareById(before.officeholders, after.officeholders);
  const seats = compareById(before.seats, after.seats);
  const divisions = compareById(before.divisions, after.divisions);
  const seatOf = { before: seatFinder(before), after: seatFinder(after) };
  const stayed = people.both.map((pair) => ({
    ...pair,
    from: seatOf.before(pair.before),
    to: seatOf.after(pair.after),
  }));
  return {
    peopleIn: people.added.map((person) => ({ person, seat: seatOf.after(person) })),
    peopleOut: people.removed.map((person) => ({ person, seat: seatOf.before(person) })),
    peopleMoved: stayed
      .filter(({ from, to }) => !sameSeat(from, to))
      .map(({ after: person, from, to }) => ({ person, from, to })),
    peopleChanged: stayed.flatMap((pair) => {
      const fields = changedFields(wordsOf(pair.before), wordsOf(pair.after));
      return fields.length === 0 ? [] : [{ person: pair.after, fields }];
    }),
    seatsIn: [...seats.added, ...seats.both.filter(grew).map(({ after: seat }) => seat)],
    seatsOut: [...seats.removed, ...seats.both.filter(shrank).map(({ before: seat }) => seat)],
    divisionsIn: divisions.added,
    divisionsOut: divisions.removed,
    divisionsRenamed: divisions.both.filter(
      (pair) => pair.before.name !== pair.after.name || pair.before.parent !== pair.after.parent,
    ),
    boundariesChanged: divisions.both.filter(
      (pair) => !sameBoundary(pair.before.boundary, pair.after.boundary),
    ),
    postcodes: comparePostcodes(before, after),
    dates: changedFields(datesOf(before), datesOf(after)),
  };
}

/** Whether nothing at all changes. */
export function isUnchanged({ postcodes, ...lists }: SetChanges): boolean {
  const { added, removed, changed } = postcodes;
  return added + removed + changed === 0 && Object.values(lists).every((list) => list.length === 0);
}

interface Pair<Item> {
  readonly before: Item;
  readonly after: Item;
}

function compareById<Item extends { readonly id: string }>(
  before: readonly Item[],
  after: readonly Item[],
): { added: Item[]; removed: Item[]; both: Pair<Item>[] } {
  const old = new Map(before.map((item) => [item.id, item]));
  const fresh = new Set(after.map(({ id }) => id));
  return {
    added: after.filter(({ id }) => !old.has(id)),
    removed: before.filter(({ id }) => !fresh.has(id)),
    both: after.flatMap((item) => {
      const known = old.get(item.id);
      return known === undefined ? [] : [{ before: known, after: item }];
    }),
  };
}

function seatFinder({ seats }: LegislatureSet): (person: Officeholder) => Seat | undefined {
  const byId = new Map(seats.map((seat) => [seat.id, seat]));
  return (person) => byId.get(person.seat);
}

/** A seat is what people know it as: the same chamber and division, whatever number a source gives it. */
function sameSeat(from: Seat | undefined, to: Seat | undefined): boolean {
  return from?.chamber === to?.chamber && from?.division === to?.division;
}

function grew({ before, after }: Pair<Seat>): boolean {
  return (after.places ?? 1) > (before.places ?? 1);
}

function shrank({ before, after }: Pair<Seat>): boolean {
  return (after.places ?? 1) < (before.places ?? 1);
}

type Words = Readonly<Record<string, string>>;

function wordsOf({ name, title, party, termStart, termEnds, office }: Officeholder): Words {
  return { name, title, party, termStart: termStart ?? '', termEnds: termEnds ?? '', ...waysOf(office) };
}

function waysOf({ emails, contactForm, website, phone, address, code, requiresAddress }: Office): Words {
  return {
    email: emails.join(', '),
    contactForm: contactForm ?? '',
    website: website ?? '',
    phone: phone ?? '',
    address: address ?? '',
    code: code ?? '',
    requiresAddress: requiresAddress ? 'yes' : '',
  };
}

function datesOf({ validFrom, validUntil }: LegislatureSet): Words {
  return { validFrom: validFrom ?? '', validUntil: validUntil ?? '' };
}

function changedFields(before: Words, after: Words): FieldChange[] {
  return Object.entries(after).flatMap(([field, value]) => {
    const old = before[field] ?? '';
    return old === value ? [] : [{ field, before: old, after: value }];
  });
}

function sameBoundary(before: Boundary = [], after: Boundary = []): boolean {
  if (before === after) return true;
  return sameList(before, after, (a, b) => sameList(a, b, sameRing));
}

function sameList<Item>(
  before: readonly Item[],
  after: readonly Item[],
  same: (a: Item, b: Item) => boolean,
): boolean {
  return (
    before.length === after.length &&
    before.every((item, index) => {
      const other = after[index];
      return other !== undefined && same(item, other);
    })
  );
}

function sameRing(before: Int32Array, after: Int32Array): boolean {
  return before.length === after.length && before.every((value, index) => value === after[index]);
}

function comparePostcodes(before: LegislatureSet, after: LegislatureSet): PostcodeChanges {
  const old = before.postcodes.entries;
  let [added, changed] = [0, 0];
  for (const [postcode, ids] of after.postcodes.entries) {
    const known = old.get(postcode);
    if (known === undefined) added += 1;
    else if (known !== ids && known.toSorted().join() !== ids.toSorted().join()) changed += 1;
  }
  return { added, removed: old.size + added - after.postcodes.entries.size, changed };
}
