import { setImmediate as takeTurns } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildSnapshot, importSet, represent, type Snapshot } from '../src/legislatures/index.js';
import { UNITS_PER_DEGREE } from '../src/legislatures/places/boundary.js';
import { packSet, unpackSet } from '../src/legislatures/set-content.js';
import { readSnapshot } from '../src/legislatures/set-store.js';
import { runAtOnce, runInSlices, type Steps } from '../src/legislatures/steps.js';
import { readUsCongress } from '../src/legislatures/us-congress/read-us-congress.js';
import { publicData, WITHOUT_PUBLIC_DATA } from './support/public-data.js';
import { openTestContext, type TestContext } from './support/test-context.js';
import { figure } from './support/trial.js';

const STEP_MS = 3;
const LOADS = 4;
const why = publicData === undefined ? ` (${WITHOUT_PUBLIC_DATA})` : '';

function* busy(steps: number): Steps<number> {
  let done = 0;
  for (; done < steps; done += 1) {
    const end = performance.now() + STEP_MS;
    while (performance.now() < end);
    yield;
  }
  return done;
}

interface Watched<Result> {
  readonly result: Result;
  /** How often others had their turn. */
  readonly turns: number;
  /** The longest that they waited for it. */
  readonly longestMs: number;
}

async function watch<Result>(work: Promise<Result>): Promise<Watched<Result>> {
  let [turns, longestMs, running] = [0, 0, true];
  const watching = (async () => {
    for (let last = performance.now(); running; turns += 1) {
      await takeTurns();
      longestMs = Math.max(longestMs, performance.now() - last);
      last = performance.now();
    }
  })();
  const result = await work.finally(() => {
    running = false;
  });
  await watching;
  return { result, turns, longestMs };
}

describe('long work', () => {
  test('comes to the same at once and in slices, and in slices lets others have their turns', async () => {
    expect(runAtOnce(busy(20))).toBe(20);
    const { result, turns } = await watch(runInSlices(busy(20)));
    expect(result).toBe(20);
    expect(turns).toBeGreaterThanOrEqual(5);
  });

  test('that fails says so either way', async () => {
    function* failing(): Steps<never> {
      yield;
      throw new Error('contradiction');
    }
    expect(() => runAtOnce(failing())).toThrow('contradiction');
    await expect(runInSlices(failing())).rejects.toThrow('contradiction');
  });
});

describe.skipIf(publicData === undefined)(`a set of the United States${why}`, () => {
  let opened: TestContext;
  beforeAll(async () => {
    opened = await openTestContext();
  });
  afterAll(() => opened?.[Symbol.asyncDispose]());

  test('is loaded while others have their turns, and answers as one that was built at once', async () => {
    const { set } = await readUsCongress(publicData ?? '');
    const { version } = await importSet(opened.context, { set, files: [], by: 'test', reason: 'test' });
    const loads: Watched<Snapshot>[] = [];
    while (loads.length < LOADS) loads.push(await watch(readSnapshot(opened.context, set.id, version)));
    // What else this machine does must not count: the best of them.
    const [best] = loads.toSorted((a, b) => a.longestMs - b.longestMs);
    const { result, longestMs } = best ?? expect.fail('nothing was loaded');
    const packed = packSet(set);
    const begin = performance.now();
    const atOnce = buildSnapshot(unpackSet(packed), version);
    const atOnceMs = performance.now() - begin;
    figure('loading the United States', {
      'longest ms': Math.round(longestMs),
      'at once ms': Math.round(atOnceMs),
    });
    expect(longestMs).toBeLessThan(atOnceMs / 2);
    const now = new Date('2026-11-24');
    for (const { boundary } of set.divisions) {
      const [x = 0, y = 0] = boundary?.[0]?.[0] ?? [];
      const at = { longitude: x / UNITS_PER_DEGREE + 0.01, latitude: y / UNITS_PER_DEGREE };
      expect(represent(result, { at }, { now })).toEqual(represent(atOnce, { at }, { now }));
    }
  });
});
