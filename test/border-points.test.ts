import { beforeAll, describe, expect, test } from 'vitest';
import { buildSnapshot, type LegislatureSet, represent, type Snapshot } from '../src/legislatures/index.js';
import { UNITS_PER_DEGREE } from '../src/legislatures/places/boundary.js';
import { readUsCongress } from '../src/legislatures/us-congress/read-us-congress.js';
import { publicData, WITHOUT_PUBLIC_DATA } from './support/public-data.js';
import { figure, seeded } from './support/trial.js';

const NOW = new Date('2026-11-24T12:00:00Z');
const BORDERS = 1000;
const SEEDS = [11, 2026, 777];
const READING_LIMIT_MS = 60_000;

/** In whole 1e-7 degrees. */
type Point = readonly [x: number, y: number];

/** Where two divisions meet: their ids, and every edge that is of both. */
interface Border {
  readonly sides: readonly [string, string];
  readonly edges: readonly (readonly [Point, Point])[];
}

/** Every pair of neighbours with a line in common; the coast and the outer lines are nobody's border. */
function bordersOf({ divisions }: LegislatureSet): Border[] {
  const edges = new Map<string, { readonly edge: readonly [Point, Point]; readonly owners: Set<string> }>();
  for (const { id, boundary = [] } of divisions) {
    for (const ring of boundary.flat()) {
      for (let at = 0; at + 3 < ring.length; at += 2) {
        const [a, b]: [Point, Point] = [pointAt(ring, at), pointAt(ring, at + 2)];
        const key = [a.join(), b.join()].sort().join(' ');
        const known = edges.get(key) ?? { edge: [a, b], owners: new Set() };
        known.owners.add(id);
        edges.set(key, known);
      }
    }
  }
  const shared = [...edges.values()].filter(({ owners }) => owners.size === 2);
  const byPair = Map.groupBy(shared, ({ owners }) => [...owners].sort().join(' '));
  return [...byPair].map(([key, members]) => {
    const [one = '', other = ''] = key.split(' ');
    return { sides: [one, other], edges: members.map(({ edge }) => edge) };
  });
}

function pointAt(ring: Int32Array, at: number): Point {
  return [ring[at] ?? 0, ring[at + 1] ?? 0];
}

/** A corner of the border, or the middle of one of its edges, rounded to the units that the set has. */
function pointOn({ edges }: Border, next: () => number): Point {
  const [a, b] = edges[Math.floor(next() * edges.length)] ?? [];
  if (a === undefined || b === undefined) throw new RangeError('a border without an edge');
  return next() < 0.5 ? a : [Math.round((a[0] + b[0]) / 2), Math.round((a[1] + b[1]) / 2)];
}

function shuffled<Item>(items: readonly Item[], next: () => number): Item[] {
  return items
    .map((item) => ({ item, rank: next() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}

describe.skipIf(publicData === undefined)(
  publicData === undefined ? WITHOUT_PUBLIC_DATA : `a point on each of ${BORDERS} borders`,
  () => {
    let snapshot: Snapshot;
    let borders: readonly Border[];
    beforeAll(async () => {
      const { set } = await readUsCongress(publicData ?? '');
      snapshot = buildSnapshot(set, 'test');
      borders = bordersOf(set);
    }, READING_LIMIT_MS);

    test.each(SEEDS)('says uncertain and offers both neighbours (seed %d)', (seed) => {
      const next = seeded(seed);
      const chosen = shuffled(borders, next).slice(0, BORDERS);
      expect(new Set(chosen.map(({ sides }) => sides.join(' '))).size).toBe(BORDERS);
      const start = performance.now();
      let most = 0;
      for (const border of chosen) {
        const [x, y] = pointOn(border, next);
        const at = { longitude: x / UNITS_PER_DEGREE, latitude: y / UNITS_PER_DEGREE };
        const answer = represent(snapshot, { at }, { now: NOW });
        const label = `${border.sides.join(' | ')} at ${at.latitude},${at.longitude}`;
        const offered = answer.candidates.map(({ division }) => division);
        expect(answer, label).toMatchObject({ status: 'choose', uncertain: true });
        expect(offered, label).toEqual(expect.arrayContaining([...border.sides]));
        expect(certainIn(snapshot, answer.officeholders), label).not.toContain('house');
        most = Math.max(most, offered.length);
      }
      const ms = Math.round(performance.now() - start);
      figure('borders', { asked: chosen.length, of: borders.length, ms, 'most candidates': most });
    });
  },
);

/** The chambers of those whom an answer takes for certain. */
function certainIn({ officeholders }: Snapshot, people: readonly { readonly id: string }[]): string[] {
  return people.map(({ id }) => officeholders.get(id)?.chamber.id ?? '');
}
