import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { freePort } from './ground.js';
import { peakMemory } from './peak-memory.js';

const PROGRAM = fileURLToPath(new URL('../main.js', import.meta.url));
const READY = 'Redress is ready';

/** The real program in a process of its own. */
export class ServerProcess implements AsyncDisposable {
  readonly url: string;
  readonly #process: ChildProcess;

  private constructor(process: ChildProcess, port: number) {
    this.#process = process;
    this.url = `http://127.0.0.1:${port}`;
  }

  /** Runs `redress serve` until it says that it is ready. */
  static async start(variables: Readonly<Record<string, string>>): Promise<ServerProcess> {
    const port = await freePort();
    const child = spawn(process.execPath, [...nodeOptions(), PROGRAM, 'serve'], {
      env: { PATH: process.env.PATH, ...variables, PORT: `${port}` },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    for await (const line of createInterface({ input: child.stdout })) {
      if (line.includes(READY)) return new ServerProcess(child, port);
    }
    throw new Error('the server ended before it was ready');
  }

  /** The most memory that the process ever had, in MB; `undefined` where there is no /proc. */
  async peakMemory(): Promise<number | undefined> {
    return this.#process.pid === undefined ? undefined : peakMemory(this.#process.pid);
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
