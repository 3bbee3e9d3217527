import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';

const run = promisify(execFile);

const PROGRAM = fileURLToPath(new URL('./embedded-process.mjs', import.meta.url));

interface Ready {
  readonly url: string;
  readonly dataDirectory: string;
  readonly started: boolean;
}

interface Line {
  readonly ready?: Ready;
  readonly refused?: { readonly code?: string; readonly message: string };
  readonly log?: string;
}

/** A process that uses, or was refused, the embedded PostgreSQL of a folder. */
export interface EmbeddedProcess {
  readonly process: ChildProcess;
  readonly pid: number;
  readonly ready: Ready | undefined;
  readonly refused: Line['refused'];
  readonly logged: readonly string[];
  /** From the start of the process to its first answer. */
  readonly milliseconds: number;
  /** SIGTERM, and waits for its end. */
  stop(): Promise<void>;
  /** SIGKILL to this process alone. */
  kill(): Promise<void>;
}

interface StartOptions {
  /** The system user it runs as, where root runs the test. */
  readonly uid?: number;
  /** A program that is to run it, with its arguments. */
  readonly under?: readonly string[];
}

/** A data folder of its own; whatever still runs there is killed when it is disposed. */
export class EmbeddedFolder implements AsyncDisposable {
  readonly path: string;
  readonly #processes: ChildProcess[] = [];
  readonly #clusters: Set<string>;

  private constructor(path: string) {
    this.path = path;
    this.#clusters = new Set([join(path, 'postgres')]);
  }

  /** @param mode of the folder around it: 0o700 keeps PostgreSQL's user out when root runs the test. */
  static async make(mode = 0o711): Promise<EmbeddedFolder> {
    const parent = await mkdtemp(join(tmpdir(), 'redress-embedded-'));
    await chmod(parent, mode);
    return new EmbeddedFolder(join(parent, 'data'));
  }

  /** A folder with a database in it, copied from one whose PostgreSQL has stopped. */
  async copy(): Promise<EmbeddedFolder> {
    const folder = await EmbeddedFolder.make();
    await run('cp', ['-a', this.path, folder.path]);
    return folder;
  }

  async start(role: 'server' | 'command', options: StartOptions = {}): Promise<EmbeddedProcess> {
    const begin = performance.now();
    const command = [...(options.under ?? []), process.execPath, PROGRAM, this.path, role];
    const child = spawn(command[0] ?? '', command.slice(1), {
      ...(options.uid !== undefined && { uid: options.uid, gid: options.uid }),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#processes.push(child);
    const logged: string[] = [];
    const answer = new Promise<Line>((resolve) => {
      createInterface({ input: child.stdout })
        .on('line', (text) => {
          const line: Line = JSON.parse(text);
          if (line.log !== undefined) logged.push(line.log);
          else resolve(line);
        })
        .on('close', () => resolve({}));
    });
    const { ready, refused } = await answer;
    if (ready === undefined && refused === undefined) throw new Error('the process ended without an answer');
    if (ready !== undefined) this.#clusters.add(ready.dataDirectory);
    return {
      process: child,
      pid: child.pid ?? 0,
      ready,
      refused,
      logged,
      milliseconds: performance.now() - begin,
      stop: () => end(child, 'SIGTERM'),
      kill: () => end(child, 'SIGKILL'),
    };
  }

  /** PostgreSQL's own pid; undefined when it is not running. */
  postmaster(dataDirectory = join(this.path, 'postgres')): number | undefined {
    try {
      return Number(readFileSync(join(dataDirectory, 'postmaster.pid'), 'utf8').split('\n')[0]);
    } catch {
      return undefined;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#processes.map((child) => end(child, 'SIGKILL')));
    for (const cluster of this.#clusters) {
      killIfThere(this.postmaster(cluster), 'SIGQUIT');
      const home = cluster.startsWith(this.path) ? join(this.path, '..') : join(cluster, '..');
      await rm(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    }
  }
}

export async function query(url: string, text: string, values: unknown[] = []): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  return client.query(text, values).finally(() => client.end());
}

export function killIfThere(pid: number | undefined, signal: NodeJS.Signals): void {
  // Pid 0 would be this process's own group.
  if (!pid) return;
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended already.
  }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill(signal);
  await exit;
}
