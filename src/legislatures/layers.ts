import type { Division, DivisionId, LegislatureSet } from './model.js';
import { type Coordinates, PlaceIndex } from './places/place-index.js';
import type { Steps } from './steps.js';

/**
 * Divisions that do not overlap, as those of one chamber. Where chambers have districts of their own, a place lies in
 * one division of each layer. A division of which parts are in the set is in no layer: its parts stand for it.
 */
export interface Layers {
  /** Positions in `set.divisions` by layer, the likeliest first; only of layers that know the place. */
  locate(at: Coordinates, withinMetres?: number): LayeredPlace;
  /** The layer of a division; undefined for one that has parts. */
  readonly layerOf: ReadonlyMap<DivisionId, number>;
  /** How many there are. */
  readonly count: number;
}

export interface LayeredPlace {
  readonly byLayer: readonly (readonly number[])[];
  /** The place lies outside every boundary; the nearest was taken. */
  readonly offShore: boolean;
}

/** Sorts the divisions of a set into layers, with an index for each. */
export function* layDivisions({ divisions, seats }: LegislatureSet): Steps<Layers> {
  const outer = new Set(divisions.map(({ parent }) => parent));
  const chambersOf = Map.groupBy(seats, ({ division }) => division);
  const inner = divisions.filter(({ id }) => !outer.has(id));
  const groups = new ChamberGroups();
  const chambers = ({ id }: Division): string[] => (chambersOf.get(id) ?? []).map(({ chamber }) => chamber);
  for (const division of inner) groups.join(chambers(division));
  const layerOf = new Map(inner.map((division) => [division.id, groups.numberOf(chambers(division)[0])]));
  const indexes: PlaceIndex[] = [];
  while (indexes.length < groups.count) {
    const layer = indexes.length;
    const own = divisions.map(({ id, boundary }) => (layerOf.get(id) === layer ? boundary : undefined));
    indexes.push(yield* PlaceIndex.build(own));
  }
  return {
    layerOf,
    count: groups.count,
    locate(at, withinMetres) {
      const found = indexes.map((index) => index.locate(at, withinMetres));
      const inside = found.filter(({ divisions, offShore }) => divisions.length > 0 && !offShore);
      const taken = inside.length > 0 ? inside : found.filter(({ divisions }) => divisions.length > 0);
      return {
        byLayer: taken.map((place) => place.divisions),
        offShore: inside.length === 0 && taken.length > 0,
      };
    },
  };
}

/** Chambers that share a division somewhere have the same kind of districts. */
class ChamberGroups {
  #groups: Set<string>[] = [];

  join(chambers: readonly string[]): void {
    if (chambers.length === 0) return;
    const touched = this.#groups.filter((group) => chambers.some((chamber) => group.has(chamber)));
    const [first] = touched;
    if (first !== undefined && touched.length === 1) {
      for (const chamber of chambers) first.add(chamber);
      return;
    }
    const joined = new Set([...touched.flatMap((group) => [...group]), ...chambers]);
    this.#groups = [...this.#groups.filter((group) => !touched.includes(group)), joined];
  }

  /** A division without a seat is laid beside the first. */
  numberOf(chamber: string | undefined): number {
    return Math.max(
      0,
      this.#groups.findIndex((group) => chamber !== undefined && group.has(chamber)),
    );
  }

  get count(): number {
    return Math.max(1, this.#groups.length);
  }
}
