import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LoadResult, PacedLookupsJob } from './load-jobs.js';
import { timesOf } from './paced-times.js';

const OK = 200;
const FOUND = /"status":"(?:found|choose)"/;
const TICK_MS = 2;

/** So many each second, whether or not those before were answered; one that is not answered well is counted. */
export async function lookUpPaced({ url, paths, seconds, perSecond }: PacedLookupsJob): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true });
  const begin = performance.now();
  let failed = 0;
  const lookUp = async (path: string, dueAt: number): Promise<number> => {
    const good = await isAnswered(url + path, agent).catch(() => false);
    if (!good) failed += 1;
    return performance.now() - dueAt;
  };
  const waits: Promise<number>[] = [];
  while (waits.length < seconds * perSecond) {
    const dueAt = begin + (waits.length * 1000) / perSecond;
    if (dueAt > performance.now()) await sleep(TICK_MS);
    else waits.push(lookUp(paths[waits.length % paths.length] ?? '', dueAt));
  }
  const times = timesOf(await Promise.all(waits));
  agent.destroy();
  return { answers: waits.length, seconds, failed, times };
}

function isAnswered(address: string, agent: Agent): Promise<boolean> {
  return new Promise((resolve, reject) => {
    request(address, { agent }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', reject);
      response.once('end', () =>
        resolve(response.statusCode === OK && FOUND.test(Buffer.concat(chunks).toString('utf8'))),
      );
    })
      .once('error', reject)
      .end();
  });
}
