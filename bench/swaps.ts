import { setTimeout as sleep } from 'node:timers/promises';
import { activateVersion } from '../src/legislatures/activations.js';
import { importSet } from '../src/legislatures/index.js';
import type { Ground } from './ground.js';
import type { LoadResult } from './load-jobs.js';
import type { Loader } from './loader.js';
import { openLargestSet } from './public-sets.js';
import { median, printFigure, printRatio } from './report.js';
import { prepareLookups } from './represent-http.js';
import { ServerProcess } from './server-process.js';

const ROUNDS = 3;
const PACE = { perSecond: 200, seconds: 8 };
const POLL_MS = 20;

interface SwapRound {
  readonly quiet: LoadResult;
  readonly swapping: LoadResult;
  readonly swaps: number;
}

/**
 * Look-ups over HTTP at a steady pace while the server takes over one version of the set after the other, as fast as
 * it can, against the same pace in peace.
 */
export async function measureSwaps(ground: Ground, loader: Loader): Promise<void> {
  const lookups = await prepareLookups(ground.context);
  await using server = await ServerProcess.start(ground.variables);
  const swapper = await openSwapper(ground, server.url, lookups.paths[0] ?? '');
  const ask = (): Promise<LoadResult> =>
    loader.run({ kind: 'paced lookups', url: server.url, paths: lookups.paths, ...PACE });
  await ask();
  const rounds: SwapRound[] = [];
  while (rounds.length < ROUNDS) {
    const quiet = await ask();
    const swapping = ask();
    const swaps = await swapper.swapUntil(swapping);
    rounds.push({ quiet, swapping: await swapping, swaps });
  }
  printSwaps(rounds, lookups.setName);
}

function printSwaps(rounds: readonly SwapRound[], setName: string): void {
  const p99 = (side: 'quiet' | 'swapping'): number[] =>
    rounds.map((round) => round[side].times?.p99Ms ?? Number.NaN);
  const failed = rounds.reduce((sum, { swapping }) => sum + (swapping.failed ?? 0), 0);
  const ratios = rounds.map(({ quiet, swapping }) => ({
    ours: 1 / (swapping.times?.p99Ms ?? Number.NaN),
    bare: 1 / (quiet.times?.p99Ms ?? Number.NaN),
  }));
  printRatio({ name: 'swap-under-load', goal: 0.1, rounds: ratios });
  const swaps = rounds.reduce((sum, round) => sum + round.swaps, 0);
  const asked = rounds.reduce((sum, { swapping }) => sum + swapping.answers, 0);
  printFigure(
    `p99 of a look-up ${median(p99('swapping')).toFixed(1)} ms while ${setName} is swapped, ` +
      `${median(p99('quiet')).toFixed(1)} ms in peace, at ${PACE.perSecond} a second`,
  );
  printFigure(`${failed} of ${asked} look-ups failed during ${swaps} swaps`);
}

interface Swapper {
  /** Swaps on until the promise is kept; answers how often. */
  swapUntil(done: Promise<unknown>): Promise<number>;
}

/** Stores a second version that differs in its people, and makes one after the other live. */
async function openSwapper({ context }: Ground, url: string, path: string): Promise<Swapper> {
  const set = await openLargestSet();
  const people = set.officeholders.map((person) => ({ ...person, party: `${person.party} ` }));
  const doing = { by: 'bench', reason: 'bench' };
  const other = await importSet(context, { ...doing, set: { ...set, officeholders: people }, files: [] });
  const first = await importSet(context, { ...doing, set, files: [] });
  const versions = [other.version, first.version];
  return {
    async swapUntil(done) {
      let running = true;
      const end = done.finally(() => {
        running = false;
      });
      let swaps = 0;
      for (; running; swaps += 1) {
        const version = versions[swaps % versions.length] ?? '';
        await activateVersion(context, { ...doing, setId: set.id, version });
        while (running && (await answeringVersion(url + path)) !== version) await sleep(POLL_MS);
      }
      await end;
      return swaps;
    },
  };
}

async function answeringVersion(address: string): Promise<string> {
  const answer = (await (await fetch(address)).json()) as { dataset: { version: string } };
  return answer.dataset.version;
}
