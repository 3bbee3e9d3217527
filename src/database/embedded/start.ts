import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { AppError } from '../../errors.js';
import { ensureCluster } from './cluster.js';
import { type DataFolder, lastPort, rememberPort } from './data-folder.js';
import { freePort } from './port.js';
import { judgeFailure, readPostmaster, runsHere, spawnPostmaster } from './postmaster.js';
import { findPrograms, type Programs } from './programs.js';
import { Session } from './session.js';

const POLL_MS = 20;
const AGAIN_PAUSE_MS = 100;
const WORD_EVERY_MS = 10_000;
// A program that took our port answers until our own PostgreSQL has given up; a wrong password stays wrong.
const REFUSALS_LIMIT = 40;
// Recovery after a crash reads at most max_wal_size (1 GB), which a slow disk does in minutes.
const READY_LIMIT_MS = 600_000;

export interface Running {
  readonly session: Session;
  readonly port: number;
  readonly started: boolean;
}

interface StartOptions {
  readonly log: Logger;
  /** The port it must have, where connections to it already exist. */
  readonly fixedPort?: number;
  /** Settings of PostgreSQL for as long as this start lives. */
  readonly settings: Readonly<Record<string, string>>;
}

/**
 * Joins the PostgreSQL that runs on the folder, else starts it. Any number of processes may do so at once:
 * PostgreSQL's own lock file lets one start, and the others find it.
 */
export async function joinOrStart(folder: DataFolder, options: StartOptions): Promise<Running> {
  const { log, fixedPort, settings } = options;
  const deadline = Date.now() + READY_LIMIT_MS;
  let programs: Programs | undefined;
  let avoid: number | undefined;
  while (Date.now() < deadline) {
    const joined = await join(folder, log);
    if (joined !== undefined) return joined;
    programs ??= await prepare(folder, log);
    const wanted = fixedPort ?? (await lastPort(folder));
    const port = fixedPort ?? (await freePort(wanted === avoid ? undefined : wanted, folder.path));
    const outcome = await startOn(folder, programs, { log, fixedPort: port, settings });
    if (typeof outcome !== 'string') return outcome;
    if (outcome === 'other port' && fixedPort !== undefined) throw portError(fixedPort);
    if (outcome === 'other port') avoid = port;
    await sleep(AGAIN_PAUSE_MS);
  }
  throw neverReady(folder);
}

async function prepare(folder: DataFolder, log: Logger): Promise<Programs> {
  const programs = await findPrograms(folder.account);
  if (programs.copiedTo !== undefined) log.info(`PostgreSQL runs from a copy in ${programs.copiedTo}.`);
  await ensureCluster(folder, programs);
  return programs;
}

async function join(folder: DataFolder, log: Logger): Promise<Running | undefined> {
  const patience = new Patience(folder, log);
  for (;;) {
    const postmaster = await readPostmaster(folder);
    if (postmaster === undefined) return undefined;
    const answer = await Session.open(folder, postmaster.port);
    if (typeof answer !== 'string') return running(folder, answer, { port: postmaster.port, started: false });
    if (!(await runsHere(folder, postmaster))) return undefined;
    await patience.wait(answer);
  }
}

async function startOn(
  folder: DataFolder,
  programs: Programs,
  { log, fixedPort: port, settings }: Required<StartOptions>,
): Promise<Running | 'again' | 'other port'> {
  const { process: child, said } = await spawnPostmaster(folder, programs, {
    ...settings,
    port: String(port),
  });
  const patience = new Patience(folder, log);
  while (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
    const answer = await Session.open(folder, port);
    if (typeof answer !== 'string') return running(folder, answer, { port, started: true });
    await patience.wait(answer);
  }
  return judgeFailure(folder, await said);
}

async function running(
  folder: DataFolder,
  session: Session,
  found: { port: number; started: boolean },
): Promise<Running> {
  await session.ensureDatabase(folder);
  if (found.started) await rememberPort(folder, found.port);
  return { session, ...found };
}

/** Waits for a PostgreSQL that lives but does not let us in yet: recovery takes as long as it takes. */
class Patience {
  readonly #folder: DataFolder;
  readonly #log: Logger;
  readonly #begin = Date.now();
  #words = 0;
  #refusals = 0;

  constructor(folder: DataFolder, log: Logger) {
    this.#folder = folder;
    this.#log = log;
  }

  async wait(answer: 'not yet' | 'refused'): Promise<void> {
    this.#refusals = answer === 'refused' ? this.#refusals + 1 : 0;
    if (this.#refusals > REFUSALS_LIMIT) throw passwordError(this.#folder);
    const waited = Date.now() - this.#begin;
    if (waited > READY_LIMIT_MS) throw neverReady(this.#folder);
    if (waited > (this.#words + 1) * WORD_EVERY_MS) {
      this.#words += 1;
      this.#log.info('Waiting for PostgreSQL, which is recovering or stopping.');
    }
    await sleep(POLL_MS);
  }
}

function portError(port: number): AppError {
  return new AppError('unavailable', { detail: `Another program has taken its port, ${port}.` });
}

function passwordError(folder: DataFolder): AppError {
  return new AppError('unavailable', {
    detail: `PostgreSQL does not take the password in ${folder.path}/postgres-password. Put back the file that belongs to ${folder.cluster}.`,
  });
}

function neverReady(folder: DataFolder): AppError {
  return new AppError('unavailable', {
    detail: `PostgreSQL did not become ready. Its log is ${folder.logFile}.`,
  });
}
