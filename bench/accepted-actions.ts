import { setTimeout as sleep } from 'node:timers/promises';
import { type BareSubmits, openBareSubmits } from './bare-submits.js';
import type { Ground } from './ground.js';
import type { Loader } from './loader.js';
import { median, printFigure, printRatio, type Round, rate } from './report.js';
import type { ServerProcess } from './server-process.js';

const ROUNDS = 5;
const WARM_UP_SECONDS = 5;
const HTTP_SECONDS = 5;
const BARE_SUBMITS = 6000;
const SETTLE_MS = 300;
const PACE = { perSecond: 500, seconds: 10 };

interface Measured {
  readonly one: Round;
  readonly two: Round;
  readonly batchSize: number;
}

/** Accepted actions over HTTP against the database alone: the same statement, the same bytes, batches as large. */
export async function measureAcceptedActions(
  ground: Ground,
  server: ServerProcess,
  loader: Loader,
): Promise<void> {
  const bare = await openBareSubmits(ground);
  const url = `${server.url}/api/v1/alerts/${ground.alert.slug}/actions`;
  await loader.run({ kind: 'submits', url, seconds: WARM_UP_SECONDS, run: 'warm' });
  await bare.write(bare.prepare('warm', 30, 30), 1);
  const rounds: Measured[] = [];
  while (rounds.length < ROUNDS) {
    rounds.push(await measureRound({ bare, server, loader, url, run: `r${rounds.length}` }));
  }
  const one = rounds.map((round) => round.one);
  const two = rounds.map((round) => round.two);
  const size = median(rounds.map(({ batchSize }) => batchSize)).toFixed(0);
  printRatio({ name: 'accepted-actions', goal: 0.5, rounds: one });
  printFigure(`${rate(one, 'ours')} over HTTP, from 64 connections, with 3 letters each`);
  printFigure(`${rate(one, 'bare')} by the bare statement in batches of ${size}, one under way`);
  const twice = median(two.map(({ ours, bare: limit }) => ours / limit)).toFixed(2);
  printFigure(`${rate(two, 'bare')} with two under way: ratio ${twice}`);
}

/** How long a submit takes when 500 come each second. */
export async function measureSubmitTime(
  ground: Ground,
  server: ServerProcess,
  loader: Loader,
): Promise<void> {
  const url = `${server.url}/api/v1/alerts/${ground.alert.slug}/actions`;
  const { times } = await loader.run({ kind: 'paced submits', url, run: 'paced', ...PACE });
  const figures = `p50 ${times?.p50Ms.toFixed(1)} ms, p99 ${times?.p99Ms.toFixed(1)} ms`;
  printFigure(`a submit at ${PACE.perSecond}/s for ${PACE.seconds} s: ${figures}`);
}

interface Measuring {
  readonly bare: BareSubmits;
  readonly server: ServerProcess;
  readonly loader: Loader;
  readonly url: string;
  readonly run: string;
}

async function measureRound({ bare, server, loader, url, run }: Measuring): Promise<Measured> {
  const before = await server.batches();
  const http = await loader.run({ kind: 'submits', url, seconds: HTTP_SECONDS, run });
  const after = await server.batches();
  const batchSize = (after.submits - before.submits) / (after.count - before.count);
  const size = Math.round(batchSize);
  const half = Math.ceil(BARE_SUBMITS / 2 / size);
  const batches = bare.prepare(`${run}b`, size, 2 * half);
  await sleep(SETTLE_MS);
  const ours = http.answers / http.seconds;
  const submits = half * size;
  const one = submits / (await bare.write(batches.slice(0, half), 1));
  const two = submits / (await bare.write(batches.slice(half), 2));
  return { one: { ours, bare: one }, two: { ours, bare: two }, batchSize };
}
