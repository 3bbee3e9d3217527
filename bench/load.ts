// A process of its own, so that asking takes no time from what is measured.
import { setTimeout as sleep } from 'node:timers/promises';
import autocannon from 'autocannon';
import type { LoadAnswer, LoadJob, LoadResult, PacedJob } from './load-jobs.js';
import { lookUpPaced } from './paced-lookups.js';
import { timesOf } from './paced-times.js';
import { loadPage, loadPaths } from './page-load.js';
import { makeSubmission, toRequest } from './supporter.js';

const CONNECTIONS = 64;
const ACCEPTED = 202;
const TICK_MS = 2;

process.on('message', (job: LoadJob) => {
  const answer = (message: LoadAnswer): void => {
    process.send?.(message);
  };
  work(job).then(
    (result) => answer({ result }),
    (error: unknown) => answer({ failure: String(error) }),
  );
});

function work(job: LoadJob): Promise<LoadResult> {
  if (job.kind === 'page') return loadPage(job.url, job.seconds);
  if (job.kind === 'paced lookups') return lookUpPaced(job);
  if (job.kind === 'lookups') return loadPaths({ ...job, origin: job.url });
  return job.kind === 'submits' ? submitAll(job.url, job.seconds, job.run) : submitPaced(job);
}

/** As fast as 64 connections go, each asking again when it was answered. */
async function submitAll(url: string, seconds: number, run: string): Promise<LoadResult> {
  let made = 0;
  const setupRequest = (request: autocannon.Request): autocannon.Request => {
    made += 1;
    return Object.assign(request, toRequest(makeSubmission(run, made)));
  };
  const result = await autocannon({
    url,
    connections: CONNECTIONS,
    duration: seconds,
    requests: [{ method: 'POST', setupRequest }],
  });
  const answers = result.statusCodeStats?.[`${ACCEPTED}`]?.count ?? 0;
  const others = result.errors + result.timeouts + result.requests.total - answers;
  if (others > 0)
    throw new Error(`${others} submits were not accepted: ${JSON.stringify(result.statusCodeStats)}`);
  return { answers, seconds: result.duration };
}

/** So many each second, whether or not those before were answered. */
async function submitPaced({ url, seconds, run, perSecond }: PacedJob): Promise<LoadResult> {
  const begin = performance.now();
  const times: Promise<number>[] = [];
  while (times.length < seconds * perSecond) {
    const dueAt = begin + (times.length * 1000) / perSecond;
    if (dueAt > performance.now()) await sleep(TICK_MS);
    else times.push(submitOne(url, makeSubmission(run, times.length), dueAt));
  }
  return { answers: times.length, seconds, times: timesOf(await Promise.all(times)) };
}

async function submitOne(
  url: string,
  submission: ReturnType<typeof makeSubmission>,
  dueAt: number,
): Promise<number> {
  const response = await fetch(url, { method: 'POST', ...toRequest(submission) });
  await response.arrayBuffer();
  if (response.status !== ACCEPTED) throw new Error(`a submit was answered with ${response.status}`);
  return performance.now() - dueAt;
}
