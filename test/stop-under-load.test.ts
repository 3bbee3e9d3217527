import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { lostActions, publishIn } from './support/acknowledged.js';
import { Program } from './support/program.js';
import { figure, quantile, sized, TRIAL } from './support/trial.js';
import { Writers } from './support/writers.js';

const SEED = 20_261_125;
const WRITERS = 50;
const REST_MS = 500;
const LOAD_MS = sized(1000, 1500);
const DRAINED_WITHIN_MS = 10_000;
const READY_WITHIN_MS = sized(15_000, 5000);
const STOPS = sized(1, 5);
const RESTARTS = sized(2, 20);
const DOWN_MS = sized(300, 30_000);
const TEST_LIMIT_MS = TRIAL ? 1_200_000 : 120_000;

const OPEN = { REDRESS_MAIL_BUDGET: '1000000', REDRESS_NETWORK_CAP: '1000000' };

function printed(statuses: ReadonlyMap<number, number>): string {
  return JSON.stringify(Object.fromEntries([...statuses].sort(([a], [b]) => a - b)));
}

test(`R21: SIGTERM under ${WRITERS} writers drains within 10 s, and what was acknowledged is there`, {
  timeout: TEST_LIMIT_MS,
}, async () => {
  await using program = await Program.make({ variables: OPEN });
  await program.start();
  await publishIn(program);
  for (let stop = 0; stop < STOPS; stop += 1) {
    if (stop > 0) await program.start();
    const writers = new Writers({
      url: () => program.url,
      count: WRITERS,
      seed: SEED + 1000 * stop,
      restMs: REST_MS,
    });
    await sleep(LOAD_MS);
    const begin = performance.now();
    const ended = await program.stop();
    const drained = performance.now() - begin;
    await writers.giveUp();
    figure('SIGTERM under load', {
      'drained in ms': Math.round(drained),
      acknowledged: writers.acknowledged.length,
      answers: printed(writers.statuses),
    });
    expect({ code: ended.code, signal: ended.signal }).toEqual({ code: 0, signal: null });
    expect(drained).toBeLessThanOrEqual(DRAINED_WITHIN_MS);
    expect([...writers.statuses.keys()].filter((status) => ![0, 202, 503].includes(status))).toEqual([]);
    await program.start();
    expect(writers.acknowledged.length).toBeGreaterThan(WRITERS / 2);
    expect(await lostActions(program, writers.acknowledged)).toEqual([]);
    await program.stop();
  }
});

test(`R6: PostgreSQL restarted ${RESTARTS} times under ${WRITERS} writers: 503 meanwhile, never 500, nothing lost`, {
  timeout: TEST_LIMIT_MS,
}, async () => {
  await using program = await Program.make({ variables: OPEN });
  await program.start();
  await publishIn(program);
  const writers = new Writers({ url: () => program.url, count: WRITERS, seed: SEED, restMs: REST_MS });
  const back: number[] = [];
  for (let restart = 0; restart < RESTARTS; restart += 1) {
    await sleep(LOAD_MS);
    stopPostgres(program);
    await sleep(DOWN_MS);
    const begin = performance.now();
    await program.ready();
    back.push(performance.now() - begin);
  }
  await sleep(LOAD_MS);
  await writers.stop();
  figure('PostgreSQL restarted', {
    restarts: RESTARTS,
    'back p50 ms': Math.round(quantile(back, 0.5)),
    'back p95 ms': Math.round(quantile(back, 0.95)),
    acknowledged: writers.acknowledged.length,
    answers: printed(writers.statuses),
  });
  expect([...writers.statuses.keys()].filter((status) => ![202, 503].includes(status))).toEqual([]);
  expect(writers.statuses.get(503) ?? 0, 'the restarts were felt').toBeGreaterThan(0);
  expect(await lostActions(program, writers.acknowledged)).toEqual([]);
  expect(quantile(back, 0.95)).toBeLessThanOrEqual(READY_WITHIN_MS);
});

/** As an operator's `pg_ctl stop -m fast`: open transactions are broken off. */
function stopPostgres(program: Program): void {
  process.kill(Number.parseInt(readFileSync(join(program.cluster, 'postmaster.pid'), 'utf8'), 10), 'SIGINT');
}
