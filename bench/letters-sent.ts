import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createTransport } from 'nodemailer';
import { findOrganisation } from '../src/accounts/index.js';
import { sql } from '../src/database/index.js';
import { moveLetters, startWorker } from '../src/delivery/index.js';
import { type OpenedContext, openContext } from '../src/open-context.js';
import { openBareSubmits } from './bare-submits.js';
import { startProgram } from './forked-program.js';
import { freePort, type Ground } from './ground.js';
import { type Mail, readMails } from './letter-mails.js';
import { median, printFigure, printRatio, type Round, rate } from './report.js';

const ROUNDS = 3;
const ACTIONS = 1500;
const LETTERS_PER_ACTION = 3;
const BATCH = 50;
const CONNECTIONS = 5;
const KEY_BITS = 2048;
export const SELECTOR = 'bench';
const POLL_MS = 50;

/** Letters that a worker sends, each leased and its outcome stored, against a pooled nodemailer with the same mails. */
export async function measureLettersSent(ground: Ground): Promise<void> {
  using stack = new DisposableStack();
  const port = await freePort();
  await startProgram(stack, './mail-sink.js', { args: [String(port)] });
  await using mailing = await openMailing(ground, port);
  await measureRound(mailing, 'warm');
  const rounds: LetterRound[] = [];
  while (rounds.length < ROUNDS) rounds.push(await measureRound(mailing, `letters${rounds.length}`));
  printRatio({ name: 'letters-sent', goal: 0.8, rounds });
  const pool = `nodemailer alone, ${CONNECTIONS} connections, DKIM RSA-${KEY_BITS}`;
  printFigure(`${rate(rounds, 'ours')} leased, sent and stored; ${rate(rounds, 'bare')} by ${pool}`);
  const parsed = median(rounds.map((round) => round.ours / round.parsed)).toFixed(2);
  printFigure(`against nodemailer with the key parsed beforehand, as the worker does: ratio ${parsed}`);
}

export interface Mailing extends AsyncDisposable {
  readonly ground: Ground;
  /** With the mail server's address and the key that mail is signed with. */
  readonly context: OpenedContext;
  readonly variables: Readonly<Record<string, string>>;
  readonly port: number;
}

/** A mail server's address and a key to sign with, beside the ground's own variables. */
export async function openMailing(ground: Ground, port: number): Promise<Mailing> {
  const keyFile = join(ground.folder, 'dkim.pem');
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: KEY_BITS });
  await writeFile(keyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const variables = {
    ...ground.variables,
    SMTP_URL: `smtp://127.0.0.1:${port}`,
    REDRESS_MAIL_FROM: 'letters@lanternists.example',
    REDRESS_DKIM_KEY_FILE: keyFile,
    REDRESS_DKIM_SELECTOR: SELECTOR,
    // Confirmation mails of the submits before stay where they are.
    REDRESS_MAIL_BUDGET: '0',
  };
  const context = await openContext({ variables, role: 'command' });
  return { ground, context, variables, port, [Symbol.asyncDispose]: () => context[Symbol.asyncDispose]() };
}

interface LetterRound extends Round {
  /** nodemailer with the key parsed once beforehand, as our worker does: faster than as its manual has it. */
  readonly parsed: number;
}

async function measureRound(mailing: Mailing, run: string): Promise<LetterRound> {
  const letterIds = await writeLetters(mailing.ground, run);
  const mails = await readMails(mailing.context, letterIds);
  const pem = mailing.context.secrets.dkimKey ?? '';
  const bare = await sendBare(mailing, mails, pem);
  const ours = await sendLetters(mailing, letterIds);
  const parsed = await sendBare(mailing, mails, createPrivateKey(pem));
  return { ours: letterIds.length / ours, bare: mails.length / bare, parsed: mails.length / parsed };
}

/** Held letters, as a submit leaves them. */
export async function writeLetters(
  { context, alert, ...ground }: Ground,
  run: string,
): Promise<readonly string[]> {
  const before = await letterIdsOf(context, alert.alertId);
  const submits = await openBareSubmits({ context, alert, ...ground });
  await submits.write(submits.prepare(run, BATCH, ACTIONS / BATCH), 1);
  const after = await letterIdsOf(context, alert.alertId);
  const known = new Set(before);
  return after.filter((id) => !known.has(id)).slice(0, ACTIONS * LETTERS_PER_ACTION);
}

async function letterIdsOf({ db }: OpenedContext, alertId: string): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select letter_id as id from letter where alert_id = ${alertId} and state = 'held'`.execute(db);
  return rows.map(({ id }) => id);
}

/** Answers in seconds. */
async function sendBare(
  { context, port }: Mailing,
  mails: readonly Mail[],
  privateKey: string | KeyObject,
): Promise<number> {
  const { config } = context;
  const transport = createTransport({
    host: '127.0.0.1',
    port,
    pool: true,
    maxConnections: CONNECTIONS,
    maxMessages: Number.POSITIVE_INFINITY,
    dkim: {
      domainName: config.mail.domain,
      keySelector: SELECTOR,
      privateKey,
    },
  });
  const begin = performance.now();
  await Promise.all(mails.map((mail) => transport.sendMail(mail)));
  const seconds = (performance.now() - begin) / 1000;
  transport.close();
  return seconds;
}

/** From the worker's start to the last outcome in the database, in seconds. */
async function sendLetters({ context }: Mailing, letterIds: readonly string[]): Promise<number> {
  await queueLetters(context, letterIds);
  const begin = performance.now();
  const worker = startWorker(context, { renderMail: async () => undefined, concurrency: CONNECTIONS });
  while ((await countUnderWay(context)) > 0) await sleep(POLL_MS);
  const seconds = (performance.now() - begin) / 1000;
  await worker.stop();
  await requireAccepted(context, letterIds);
  return seconds;
}

/** Queues held letters, as confirming does. */
export async function queueLetters(context: OpenedContext, letterIds: readonly string[]): Promise<void> {
  const { organisationId } = await findOrganisation(context);
  const move = { from: ['held'], to: 'queued', reason: 'confirmed', by: 'supporter' } as const;
  await moveLetters(context.db, { organisationId, letterIds, ...move, at: context.clock.now() });
}

export async function countUnderWay({ db }: OpenedContext): Promise<number> {
  const { rows } = await sql<{ letters: number }>`
    select (select count(*) from letter where state = 'queued')
      + (select count(*) from letter where state = 'sending') as letters`.execute(db);
  return rows[0]?.letters ?? 0;
}

export async function requireAccepted({ db }: OpenedContext, letterIds: readonly string[]): Promise<void> {
  const { rows } = await sql<{ letters: number }>`
    select count(*) as letters from letter where state = 'accepted' and letter_id = any(${letterIds}::uuid[])
  `.execute(db);
  if (rows[0]?.letters !== letterIds.length) throw new Error('not every letter was accepted');
}
