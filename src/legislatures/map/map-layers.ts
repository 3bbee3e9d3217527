import type { Boundary, Division, DivisionId } from '../model.js';
import type { Snapshot } from '../snapshot.js';

/** A division that is drawn, together with what is known of the way out of it. */
export interface DrawableDivision {
  readonly division: Division;
  readonly boundary: Boundary;
}

/**
 * The divisions that fill a map without overlapping: those with a boundary that elect to one chamber. Of the
 * chambers given, or of all, the one with the most such divisions is taken.
 */
export function layerOf(snapshot: Snapshot, chambers?: readonly string[]): readonly DrawableDivision[] {
  const layers = Map.groupBy(snapshot.set.seats, ({ chamber }) => chamber);
  const drawn = drawableById(snapshot);
  const asked = [...layers.keys()].filter((id) => chambers?.includes(id) ?? true);
  const layersOf = (ids: readonly string[]): DrawableDivision[][] =>
    ids.map((id) => pick(drawn, layers.get(id)?.map(({ division }) => division) ?? []));
  const [widest = []] = layersOf(asked).toSorted(byLength);
  return widest.length > 0 ? widest : (layersOf([...layers.keys()]).toSorted(byLength)[0] ?? []);
}

/** The layer to which a division, or what lies in it, belongs. */
export function layerWith(snapshot: Snapshot, id: DivisionId): readonly DrawableDivision[] {
  const chambers = snapshot.set.seats.filter(({ division }) => division === id).map(({ chamber }) => chamber);
  const own = [...new Set(chambers)]
    .map((chamber) => layerOf(snapshot, [chamber]))
    .find((layer) => layer.some(({ division }) => division.id === id));
  return own ?? layerOf(snapshot);
}

/** Whether a division lies in another, at any depth, or is it. */
export function liesIn(snapshot: Snapshot, inner: DivisionId, outer: DivisionId): boolean {
  const parents = parentsOf(snapshot);
  let at: DivisionId | undefined = inner;
  while (at !== undefined && at !== outer) at = parents.get(at);
  return at === outer;
}

const knownParents = new WeakMap<Snapshot, ReadonlyMap<DivisionId, DivisionId | undefined>>();

function parentsOf(snapshot: Snapshot): ReadonlyMap<DivisionId, DivisionId | undefined> {
  const known = knownParents.get(snapshot);
  if (known !== undefined) return known;
  const parents = new Map(snapshot.set.divisions.map(({ id, parent }) => [id, parent]));
  knownParents.set(snapshot, parents);
  return parents;
}

function drawableById(snapshot: Snapshot): ReadonlyMap<DivisionId, DrawableDivision> {
  return new Map(
    snapshot.set.divisions.flatMap((division) => {
      const { boundary } = division;
      return boundary === undefined ? [] : [[division.id, { division, boundary }] as const];
    }),
  );
}

function pick(
  drawn: ReadonlyMap<DivisionId, DrawableDivision>,
  ids: readonly DivisionId[],
): DrawableDivision[] {
  return [...new Set(ids)].flatMap((id) => drawn.get(id) ?? []);
}

function byLength(a: readonly unknown[], b: readonly unknown[]): number {
  return b.length - a.length;
}
