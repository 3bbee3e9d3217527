import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from './test-server.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const NODE = join(ROOT, 'node_modules', '.bin', 'node');
const MAIN = join(ROOT, 'build', 'main.js');
const POLL_MS = 10;
const READY_LIMIT_MS = 60_000;
const COMMAND_LIMIT_MS = 50_000;
const ASK_LIMIT_MS = 2000;
// PostgreSQL's user must be able to walk through the folder around the data where root runs the test.
const OTHERS_MAY_ENTER = 0o711;
const PARENT_FIELD = 1;
const UNPACED = '100000000';

interface ProgramOptions {
  readonly variables?: Readonly<Record<string, string>>;
  /** A folder that is there already, to hold the data; else one is made, and removed in the end. */
  readonly home?: string;
  readonly port?: number;
}

/** What a command of the program said, and how it ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly error: string;
}

/** The built program as an operator starts it, in a process group and a data folder of its own. */
export class Program implements AsyncDisposable {
  readonly home: string;
  readonly port: number;
  readonly url: string;
  readonly #variables: Readonly<Record<string, string>>;
  readonly #own: boolean;
  #child: ChildProcess | undefined;
  #out = '';
  #error = '';

  private constructor(home: string, port: number, options: ProgramOptions) {
    this.home = home;
    this.port = port;
    this.url = `http://127.0.0.1:${port}`;
    this.#variables = options.variables ?? {};
    this.#own = options.home === undefined;
  }

  static async make(options: ProgramOptions = {}): Promise<Program> {
    const home = options.home ?? (await mkdtemp(join(tmpdir(), 'redress-program-')));
    if (options.home === undefined) await chmod(home, OTHERS_MAY_ENTER);
    return new Program(home, options.port ?? (await freePort()), options);
  }

  get dataDirectory(): string {
    return join(this.home, 'data');
  }

  get keyFile(): string {
    return join(this.home, 'data.key');
  }

  /** The process that was started last. */
  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  /** The variables it runs under; nothing of the environment of the test but the path. */
  get environment(): Record<string, string> {
    const { PATH = '' } = process.env;
    return {
      PATH,
      REDRESS_DATA: this.dataDirectory,
      PORT: String(this.port),
      REDRESS_OFFICE_PACE: UNPACED,
      ...this.#variables,
    };
  }

  /** Everything that it wrote to its error output, its log. */
  get log(): string {
    return this.#error;
  }

  get output(): string {
    return this.#out;
  }

  /** Starts it and does not wait. */
  launch(...args: string[]): ChildProcess {
    const child = spawn(NODE, [MAIN, ...(args.length > 0 ? args : ['serve'])], {
      cwd: this.home,
      env: this.environment,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.on('data', (chunk: Buffer) => {
      this.#out += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      this.#error += chunk.toString();
    });
    this.#child = child;
    return child;
  }

  /** Starts it and waits until it serves; answers after how many milliseconds. */
  async start(): Promise<number> {
    const begin = performance.now();
    const child = this.launch();
    await this.ready(() => child.exitCode === null && child.signalCode === null);
    return performance.now() - begin;
  }

  /** Waits until `/readyz` says yes. */
  async ready(lives: () => boolean = () => true): Promise<void> {
    const end = performance.now() + READY_LIMIT_MS;
    while (performance.now() < end) {
      const signal = AbortSignal.timeout(ASK_LIMIT_MS);
      const answer = await fetch(`${this.url}/readyz`, { signal }).catch(() => undefined);
      await answer?.body?.cancel();
      if (answer?.status === 200) return;
      if (!lives()) throw new Error(`the program ended: ${this.#error.slice(-2000)}`);
      await sleep(POLL_MS);
    }
    throw new Error(`the program was not ready in time: ${this.#error.slice(-2000)}`);
  }

  /** Runs a command of it to its end; one that does not end is killed. */
  async run(...args: string[]): Promise<Ended> {
    const other = new Program(this.home, this.port, { variables: this.#variables, home: this.home });
    const child = other.launch(...args);
    const timer = setTimeout(() => kill(-(child.pid ?? 0)), COMMAND_LIMIT_MS);
    const [code, signal] = await once(child, 'close').finally(() => clearTimeout(timer));
    return { code, signal, out: other.output, error: other.log };
  }

  /** SIGTERM; answers how it ended. */
  async stop(): Promise<Ended> {
    const child = this.#child;
    if (child === undefined) throw new Error('it was not started');
    const closed = child.exitCode === null && child.signalCode === null ? once(child, 'close') : undefined;
    child.kill('SIGTERM');
    await closed;
    return { code: child.exitCode, signal: child.signalCode, out: this.#out, error: this.#error };
  }

  /** SIGKILL to the program's process group and to every process of its PostgreSQL, as a power cut ends them. */
  async killEverything(): Promise<void> {
    const pids = this.#postgresPids();
    if (this.#child?.pid !== undefined) kill(-this.#child.pid);
    for (const pid of pids) kill(pid);
    await this.#gone([...pids, this.#child?.pid ?? 0]);
  }

  /** SIGKILL to the program alone: its PostgreSQL stays behind. */
  async killNode(): Promise<void> {
    if (this.#child?.pid === undefined) return;
    kill(-this.#child.pid);
    await this.#gone([this.#child.pid]);
  }

  /** SIGKILL to every process of PostgreSQL. */
  async killPostgres(): Promise<void> {
    const pids = this.#postgresPids();
    for (const pid of pids) kill(pid);
    await this.#gone(pids);
  }

  /** Where PostgreSQL's data lie. */
  get cluster(): string {
    try {
      const state: unknown = JSON.parse(readFileSync(join(this.dataDirectory, 'embedded.json'), 'utf8'));
      if (typeof state === 'object' && state !== null && 'cluster' in state) return String(state.cluster);
    } catch {
      // It was not made yet.
    }
    return join(this.dataDirectory, 'postgres');
  }

  /** The address of its PostgreSQL, for a look from outside. */
  get databaseUrl(): string {
    const password = readFileSync(join(this.dataDirectory, 'postgres-password'), 'utf8').trim();
    const port = readFileSync(join(this.cluster, 'postmaster.pid'), 'utf8').split('\n')[3];
    return `postgres://redress:${password}@127.0.0.1:${port}/redress`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.killEverything();
    if (!this.#own) return;
    const removal = { recursive: true, force: true, maxRetries: 20, retryDelay: 100 };
    if (!this.cluster.startsWith(this.home)) await rm(join(this.cluster, '..'), removal);
    await rm(this.home, removal);
  }

  #postgresPids(): number[] {
    const postmaster = readNumber(join(this.cluster, 'postmaster.pid'));
    return postmaster === undefined || isGone(postmaster) ? [] : [postmaster, ...childrenOf(postmaster)];
  }

  async #gone(pids: readonly number[]): Promise<void> {
    while (pids.some((pid) => pid > 0 && !isGone(pid))) await sleep(1);
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}

function readNumber(path: string): number | undefined {
  try {
    return Number.parseInt(readFileSync(path, 'utf8'), 10) || undefined;
  } catch {
    return undefined;
  }
}

// Field 3 of proc(5)'s stat is the state, field 4 the parent; the name before them may hold spaces.
function statOf(pid: number): readonly string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

// A killed process that nobody has waited for keeps its pid: for us it is gone.
function isGone(pid: number): boolean {
  const stat = statOf(pid);
  if (stat !== undefined) return stat[0] === 'Z';
  try {
    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
}

// Elsewhere than on Linux only the postmaster is killed; its children end when they notice.
function childrenOf(parent: number): number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && Number(statOf(pid)?.[PARENT_FIELD]) === parent);
}
