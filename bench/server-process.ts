import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { freePort } from './ground.js';

const PROGRAM = fileURLToPath(new URL('../main.js', import.meta.url));
const READY = 'Redress is ready';

/** How many batches of submits were written, and how many submits they held. */
export interface Batches {
  readonly count: number;
  readonly submits: number;
}

/** The real program in a process of its own. */
export class ServerProcess implements AsyncDisposable {
  readonly url: string;
  readonly #process: ChildProcess;
  readonly #metricsUrl: string;

  private constructor(process: ChildProcess, port: number, metricsPort: number) {
    this.#process = process;
    this.url = `http://127.0.0.1:${port}`;
    this.#metricsUrl = `http://127.0.0.1:${metricsPort}/metrics`;
  }

  /** Runs `redress serve` until it says that it is ready. */
  static async start(variables: Readonly<Record<string, string>>): Promise<ServerProcess> {
    const [port, metricsPort] = [await freePort(), await freePort()];
    const env = {
      PATH: process.env.PATH,
      ...variables,
      PORT: `${port}`,
      REDRESS_METRICS_PORT: `${metricsPort}`,
    };
    const child = spawn(process.execPath, [...nodeOptions(), PROGRAM, 'serve'], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const lines = createInterface({ input: child.stdout });
    for await (const line of lines) {
      if (line.includes(READY)) return new ServerProcess(child, port, metricsPort);
    }
    throw new Error('the server ended before it was ready');
  }

  async batches(): Promise<Batches> {
    const text = await (await fetch(this.#metricsUrl)).text();
    const read = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1] ?? Number.NaN);
    return {
      count: read('redress_submission_batch_size_count'),
      submits: read('redress_submission_batch_size_sum'),
    };
  }

  /** The most memory that the process ever had (VmHWM), in MB; `undefined` where there is no /proc. */
  async peakMemory(): Promise<number | undefined> {
    const status = await readFile(`/proc/${this.#process.pid}/status`, 'utf8').catch(() => '');
    const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = once(this.#process, 'exit');
    this.#process.kill('SIGTERM');
    await ended;
  }
}

/** `BENCH_NODE_OPTIONS="--cpu-prof --cpu-prof-dir=DIR"` shows where the server's time goes. */
function nodeOptions(): readonly string[] {
  return process.env.BENCH_NODE_OPTIONS?.split(' ').filter(Boolean) ?? [];
}
