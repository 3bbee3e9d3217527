// A process of its own, run with --expose-gc: what a set takes in memory, loaded as the server loads it.
import { represent, type Snapshot } from '../src/legislatures/index.js';
import { UNITS_PER_DEGREE } from '../src/legislatures/places/boundary.js';
import { readSnapshot } from '../src/legislatures/set-store.js';
import { openContext } from '../src/open-context.js';
import type { SetMemory } from './set-memory.js';

const [id = '', version = ''] = process.argv.slice(2);
const POINTS_PER_RING = 4;
const BYTES_PER_MB = 1024 * 1024;

interface Held {
  readonly heap: number;
  readonly rss: number;
}

/** After the garbage is gone; `heap` with what lies beside it: array buffers. */
function held(): Held {
  for (let times = 0; times < 3; times += 1) globalThis.gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { heap: (heapUsed + external) / BYTES_PER_MB, rss: rss / BYTES_PER_MB };
}

/** Asks for places on and inside every ring, so that what is made when it is first needed is there. */
function useEverywhere(snapshot: Snapshot): void {
  const now = new Date(snapshot.set.validFrom ?? 0);
  for (const ring of snapshot.set.divisions.flatMap(({ boundary }) => boundary?.flat() ?? [])) {
    const step = 2 * Math.max(1, Math.floor(ring.length / 2 / POINTS_PER_RING));
    for (let at = 0; at + 1 < ring.length; at += step) {
      const longitude = (ring[at] ?? 0) / UNITS_PER_DEGREE;
      const latitude = (ring[at + 1] ?? 0) / UNITS_PER_DEGREE;
      represent(snapshot, { at: { longitude, latitude } }, { now });
    }
  }
}

await using context = await openContext({ variables: process.env, role: 'command' });
await context.pool.query('select 1');
const before = held();
const snapshot = await readSnapshot(context, id, version);
const loaded = held();
useEverywhere(snapshot);
const used = held();
const rings = snapshot.set.divisions.flatMap(({ boundary }) => boundary?.flat() ?? []);
const memory: SetMemory = {
  loadedMb: loaded.heap - before.heap,
  usedMb: used.heap - before.heap,
  rssMb: used.rss - before.rss,
  boundariesMb: rings.reduce((sum, ring) => sum + ring.byteLength, 0) / BYTES_PER_MB,
};
process.send?.(memory);
process.disconnect();
