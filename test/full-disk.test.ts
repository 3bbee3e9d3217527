import { execFile, execFileSync } from 'node:child_process';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { lostActions, publishIn } from './support/acknowledged.js';
import { Program } from './support/program.js';
import { figure, quantile, sized, TRIAL } from './support/trial.js';
import { Writers } from './support/writers.js';

const run = promisify(execFile);

const DISK_MB = 256;
const BLOCK_BYTES = 64 * 1024;
const SEED = 20_261_126;
const WRITERS = 20;
const REST_MS = 200;
const LOAD_MS = 1000;
const FULL_MS = sized(4000, 30_000);
const TIMES = sized(1, 5);
const ANSWERED_WITHIN_MS = 10_000;
const TEST_LIMIT_MS = TRIAL ? 600_000 : 90_000;
const OTHERS_MAY_ENTER = 0o711;

const folder = await mkdtemp(join(tmpdir(), 'redress-full-'));
const mounted = mountSmallDisk();
const WHERE = mounted ? `a disk of ${DISK_MB} MB` : 'left out: only root may mount a small disk';

afterAll(async () => {
  if (mounted) await run('umount', ['--lazy', folder]);
  await rm(folder, { recursive: true, force: true });
});

function mountSmallDisk(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MB}m`, 'tmpfs', folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Writes until not one block more fits. */
function fillDisk(path: string): void {
  const file = openSync(path, 'w');
  const block = Buffer.alloc(BLOCK_BYTES, 1);
  try {
    for (;;) writeSync(file, block);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
  } finally {
    closeSync(file);
  }
}

test.skipIf(!mounted)(
  `R5: a full disk is answered with 503 in time, and nothing acknowledged is lost (${WHERE})`,
  {
    timeout: TEST_LIMIT_MS,
  },
  async () => {
    await chmod(folder, OTHERS_MAY_ENTER);
    const variables = { REDRESS_MAIL_BUDGET: '1000000', REDRESS_NETWORK_CAP: '1000000' };
    await using program = await Program.make({ variables, home: folder });
    await program.start();
    await publishIn(program);
    const filler = join(folder, 'filler');
    const writers = new Writers({ url: () => program.url, count: WRITERS, seed: SEED, restMs: REST_MS });
    const pages = new PageReader(`${program.url}/alerts/lamp`);
    const back: number[] = [];
    for (let time = 0; time < TIMES; time += 1) {
      await sleep(LOAD_MS);
      const end = performance.now() + FULL_MS;
      // PostgreSQL gives files back and takes them again: full means full until the end.
      while (performance.now() < end) {
        fillDisk(`${filler}-${Math.round(performance.now())}`);
        await sleep(200);
      }
      await run('sh', ['-c', 'rm -f "$1"*', 'sh', filler]);
      const begin = performance.now();
      await program.ready();
      back.push(performance.now() - begin);
    }
    await sleep(LOAD_MS);
    await writers.stop();
    await pages.stop();
    rmSync(filler, { force: true });
    const slowest = Math.max(...writers.answerMs);
    figure('full disk', {
      times: TIMES,
      acknowledged: writers.acknowledged.length,
      answers: JSON.stringify(Object.fromEntries(writers.statuses)),
      'slowest answer ms': Math.round(slowest),
      'slowest page ms': Math.round(Math.max(...pages.milliseconds)),
      pages: JSON.stringify(Object.fromEntries(pages.statuses)),
      'back p95 ms': Math.round(quantile(back, 0.95)),
    });
    expect([...writers.statuses.keys()].filter((status) => ![202, 503].includes(status))).toEqual([]);
    expect(writers.statuses.get(503) ?? 0, 'the full disk was felt').toBeGreaterThan(0);
    expect([...pages.statuses.keys()].filter((status) => ![200, 503].includes(status))).toEqual([]);
    expect(slowest).toBeLessThanOrEqual(ANSWERED_WITHIN_MS);
    expect(Math.max(...pages.milliseconds)).toBeLessThanOrEqual(ANSWERED_WITHIN_MS);
    expect(await lostActions(program, writers.acknowledged)).toEqual([]);
  },
);

/** Somebody who reads a page all the while. */
class PageReader {
  readonly statuses = new Map<number, number>();
  readonly milliseconds: number[] = [];
  readonly #reading: Promise<void>;
  #stopping = false;

  constructor(url: string) {
    this.#reading = this.#read(url);
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#reading;
  }

  async #read(url: string): Promise<void> {
    while (!this.#stopping) {
      const begin = performance.now();
      const answer = await fetch(url, { headers: { accept: 'text/html' } }).catch(() => undefined);
      await answer?.body?.cancel();
      this.milliseconds.push(performance.now() - begin);
      const status = answer?.status ?? 0;
      this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
      await sleep(100);
    }
  }
}
