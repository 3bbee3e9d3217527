import type { Position } from 'geojson';

/** An arc's position in the list, or its bitwise complement where it runs backwards, as TopoJSON counts them. */
export type ArcReference = number;

interface Step {
  readonly arc: number;
  readonly line: Position[];
}

/**
 * The outline around polygons that are given by their arcs. An arc that two of them share lies inside and goes; what is left
 * closes into rings, since at each point an even number of arcs meets. Which way round a source draws its rings does
 * not matter.
 */
export function outlineOf(references: readonly ArcReference[], arcs: readonly Position[][]): Position[][] {
  const open = outerArcs(references);
  const leaving = stepsByStart(open, arcs);
  const rings: Position[][] = [];
  for (const arc of open) {
    const ring = close(arcs[arc] ?? [], { open, leaving, arc });
    if (ring.length > 0) rings.push(ring);
  }
  return rings;
}

function outerArcs(references: readonly ArcReference[]): Set<number> {
  const outer = new Set<number>();
  for (const reference of references) {
    const arc = reference < 0 ? ~reference : reference;
    if (!outer.delete(arc)) outer.add(arc);
  }
  return outer;
}

function stepsByStart(open: ReadonlySet<number>, arcs: readonly Position[][]): Map<string, Step[]> {
  const leaving = new Map<string, Step[]>();
  const add = (arc: number, line: Position[]): void => {
    const steps = leaving.get(keyOf(line[0])) ?? [];
    leaving.set(keyOf(line[0]), steps);
    steps.push({ arc, line });
  };
  for (const arc of open) {
    const line = arcs[arc] ?? [];
    add(arc, line);
    add(arc, line.toReversed());
  }
  return leaving;
}

interface Walk {
  /** The arcs that no ring has taken yet. */
  readonly open: Set<number>;
  readonly leaving: ReadonlyMap<string, Step[]>;
  readonly arc: number;
}

function close(first: readonly Position[], { open, leaving, arc }: Walk): Position[] {
  open.delete(arc);
  const ring = [...first];
  const start = keyOf(ring[0]);
  while (keyOf(ring.at(-1)) !== start) {
    const next = leaving.get(keyOf(ring.at(-1)))?.find((step) => open.has(step.arc));
    if (next === undefined) return [];
    open.delete(next.arc);
    ring.push(...next.line.slice(1));
  }
  return ring;
}

function keyOf(point: Position | undefined): string {
  return `${point?.[0]} ${point?.[1]}`;
}
