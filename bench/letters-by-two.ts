import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { startProgram } from './forked-program.js';
import { freePort, type Ground } from './ground.js';
import {
  countUnderWay,
  type Mailing,
  openMailing,
  queueLetters,
  requireAccepted,
  SELECTOR,
  writeLetters,
} from './letters-sent.js';
import { printFigure, printRatio, type Round, rate } from './report.js';

const ROUNDS = 3;
const PROCESSES = 2;
const POLL_MS = 50;

/** Two worker processes on one database, against two processes of nodemailer with the same mails. */
export async function measureLettersByTwo(ground: Ground): Promise<void> {
  using stack = new DisposableStack();
  const port = await freePort();
  await startProgram(stack, './mail-sink.js', { args: [String(port)] });
  await using mailing = await openMailing(ground, port);
  await measureRound(mailing, 'two-warm');
  const rounds: Round[] = [];
  while (rounds.length < ROUNDS) rounds.push(await measureRound(mailing, `two${rounds.length}`));
  printRatio({ name: 'letters-by-two', goal: 0.85, rounds });
  printFigure(`${rate(rounds, 'ours')} by two workers; ${rate(rounds, 'bare')} by two of nodemailer alone`);
}

async function measureRound(mailing: Mailing, run: string): Promise<Round> {
  const letterIds = await writeLetters(mailing.ground, run);
  const bare = await sendBare(mailing, letterIds.length);
  const ours = await sendLetters(mailing, letterIds);
  return { ours: letterIds.length / ours, bare: letterIds.length / bare };
}

/** The mails of the newest letters; in seconds, from the word to begin to the last answer. */
async function sendBare({ variables, port }: Mailing, letters: number): Promise<number> {
  using stack = new DisposableStack();
  const senders = await startTwo(stack, './mailer-process.js', (part) => ({
    args: ['127.0.0.1', String(port), SELECTOR, String(letters), String(part), String(PROCESSES)],
    variables,
  }));
  const begin = performance.now();
  await Promise.all(senders.map((sender) => tell(sender)));
  return (performance.now() - begin) / 1000;
}

/** The workers are there already, as a worker is; from the moment that the letters are queued. */
async function sendLetters({ context, variables }: Mailing, letterIds: readonly string[]): Promise<number> {
  using stack = new DisposableStack();
  const workers = await startTwo(stack, './worker-process.js', () => ({ variables }));
  await queueLetters(context, letterIds);
  const begin = performance.now();
  while ((await countUnderWay(context)) > 0) await sleep(POLL_MS);
  const seconds = (performance.now() - begin) / 1000;
  for (const worker of workers) worker.send('stop');
  await requireAccepted(context, letterIds);
  return seconds;
}

function startTwo(
  stack: DisposableStack,
  name: string,
  running: (part: number) => Parameters<typeof startProgram>[2],
): Promise<readonly ChildProcess[]> {
  const parts = Array.from({ length: PROCESSES }, (_, part) => part);
  return Promise.all(parts.map((part) => startProgram(stack, name, running(part))));
}

async function tell(sender: ChildProcess): Promise<void> {
  const ended = once(sender, 'message');
  sender.send('go');
  await ended;
}
