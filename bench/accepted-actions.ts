import { setTimeout as sleep } from 'node:timers/promises';
import { type BareSubmits, openBareSubmits } from './bare-submits.js';
import { freePort, type Ground } from './ground.js';
import type { Loader } from './loader.js';
import { median, printFigure, printRatio, type Round, rate } from './report.js';
import { ServerProcess } from './server-process.js';

const ROUNDS = 5;
const WARM_UP_SECONDS = 5;
const HTTP_SECONDS = 5;
const WARM_UP_BATCH = 30;
const BARE_SUBMITS = 6000;
const SETTLE_MS = 300;
const PACE = { perSecond: 500, seconds: 10 };

interface Measured {
  readonly one: Round;
  readonly two: Round;
  readonly batchSize: number;
}

/**
 * Accepted actions over HTTP against the database alone: the same statement, the same bytes, batches as large. Then
 * how long a submit takes at a steady pace, and the memory that all of it took.
 */
export async function measureAcceptedActions(ground: Ground, loader: Loader): Promise<void> {
  const metricsPort = await freePort();
  const variables = { ...ground.variables, REDRESS_METRICS_PORT: String(metricsPort) };
  await using server = await ServerProcess.start(variables);
  const url = `${server.url}/api/v1/alerts/${ground.alert.slug}/actions`;
  const bare = await openBareSubmits(ground);
  const rounds = await measureRounds({ bare, loader, url, metricsPort });
  const one = rounds.map((round) => round.one);
  const two = rounds.map((round) => round.two);
  const size = median(rounds.map(({ batchSize }) => batchSize)).toFixed(0);
  printRatio({ name: 'accepted-actions', goal: 0.5, rounds: one });
  printFigure(`${rate(one, 'ours')} over HTTP, from 64 connections, with 3 letters each`);
  printFigure(`${rate(one, 'bare')} by the bare statement in batches of ${size}, one under way`);
  const twice = median(two.map(({ ours, bare: limit }) => ours / limit)).toFixed(2);
  printFigure(`${rate(two, 'bare')} with two under way: ratio ${twice}`);
  await measureSubmitTime(loader, url);
  const megabytes = await server.peakMemory();
  printFigure(`most memory of the server: ${megabytes === undefined ? 'unknown' : megabytes.toFixed(0)} MB`);
}

interface Measuring {
  readonly bare: BareSubmits;
  readonly loader: Loader;
  readonly url: string;
  readonly metricsPort: number;
}

async function measureRounds(measuring: Measuring): Promise<readonly Measured[]> {
  const { bare, loader, url } = measuring;
  await loader.run({ kind: 'submits', url, seconds: WARM_UP_SECONDS, run: 'warm' });
  await bare.write(bare.prepare('warm', WARM_UP_BATCH, WARM_UP_BATCH), 1);
  const rounds: Measured[] = [];
  while (rounds.length < ROUNDS) rounds.push(await measureRound(measuring, `r${rounds.length}`));
  return rounds;
}

async function measureRound({ bare, loader, url, metricsPort }: Measuring, run: string): Promise<Measured> {
  const before = await readBatches(metricsPort);
  const http = await loader.run({ kind: 'submits', url, seconds: HTTP_SECONDS, run });
  const after = await readBatches(metricsPort);
  const batchSize = (after.submits - before.submits) / (after.batches - before.batches);
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

/** How many statements the server's micro-batcher has written, and how many submits were in them. */
async function readBatches(metricsPort: number): Promise<{ batches: number; submits: number }> {
  const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
  const read = (name: string): number =>
    Number(new RegExp(`^redress_submission_batch_size_${name} (\\S+)$`, 'm').exec(text)?.[1] ?? Number.NaN);
  return { batches: read('count'), submits: read('sum') };
}

async function measureSubmitTime(loader: Loader, url: string): Promise<void> {
  const { times } = await loader.run({ kind: 'paced submits', url, run: 'paced', ...PACE });
  const figures = `p50 ${times?.p50Ms.toFixed(1)} ms, p99 ${times?.p99Ms.toFixed(1)} ms`;
  printFigure(`a submit at ${PACE.perSecond}/s for ${PACE.seconds} s: ${figures}`);
}
