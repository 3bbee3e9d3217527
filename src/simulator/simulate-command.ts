import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { FastifyInstance } from 'fastify';
import { systemClock } from '../context.js';
import { AppError } from '../errors.js';
import { servePages } from './page/page-routes.js';
import { printEnvironment } from './print-environment.js';
import { viewAnswer } from './record/record-view.js';
import { readScript } from './script/read-script.js';
import { SERVING } from './script/script.js';
import { type Simulator, startSimulator } from './simulator.js';

const HIGHEST_PORT = 65_535;

interface SimulateOptions {
  readonly host: string;
  readonly smtpPort: string;
  readonly cwcPort: string;
  readonly script?: string;
  readonly json?: boolean;
  readonly texts?: boolean;
  readonly web?: boolean;
  readonly demo?: boolean;
}

interface Surroundings {
  /** Serves what pages load, and the headers of every answer. */
  readonly dress: (app: FastifyInstance) => void;
  /** Resolves when the operator ends the program. */
  readonly stopped: () => Promise<unknown>;
}

/** Registers `redress simulate`: offices that behave as a script says, on this computer only. */
export function registerSimulate(program: Command, surroundings: Surroundings): void {
  program
    .command('simulate')
    .description('play the offices: a mail server, the House and the Senate, on this computer only')
    .option('--host <address>', 'an address of this computer alone', '127.0.0.1')
    .option('--smtp-port <port>', 'port of the mail server; 0 takes a free one', '2525')
    .option('--cwc-port <port>', 'port of the House and the Senate, and of what is shown', '2526')
    .option('--script <file>', 'who misbehaves, and how (docs/simulator.md)')
    .option('--json', 'print each answer as a line of JSON')
    .option('--texts', 'show addresses, and the words of letters')
    .option('--web', 'show what came on a page')
    .option('--demo', 'print the settings with which npm start talks to it, and show what came on a page')
    .action((options: SimulateOptions) => simulate(options, surroundings));
}

async function simulate(options: SimulateOptions, { dress, stopped }: Surroundings): Promise<void> {
  const stop = stopped();
  const texts = options.texts ?? false;
  const web = options.web ?? options.demo ?? false;
  const script = options.script === undefined ? SERVING : readScript(await readScriptFile(options.script));
  await using simulator = await start({
    clock: systemClock,
    host: options.host,
    smtpPort: readPort('--smtp-port', options.smtpPort),
    httpPort: readPort('--cwc-port', options.cwcPort),
    script,
    texts,
    ...(options.json && {
      onAnswer: (event) => process.stdout.write(`${JSON.stringify(viewAnswer(event, { texts }))}\n`),
    }),
    ...(web && {
      mount: (app, records) => {
        dress(app);
        servePages(app, { records, texts });
      },
    }),
  });
  // What is read by a program stands alone on the standard output.
  const terminal = options.json ? process.stderr : process.stdout;
  terminal.write(welcome(simulator, web));
  if (options.demo) terminal.write(printEnvironment(simulator));
  await stop;
}

async function start(options: Parameters<typeof startSimulator>[0]): Promise<Simulator> {
  try {
    return await startSimulator(options);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    throw new AppError('in_use', {
      detail:
        'A port is in use by another program. Give free ones by --smtp-port and --cwc-port, or 0 for any.',
      cause: error,
    });
  }
}

async function readScriptFile(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new AppError('invalid_input', { detail: `The script ${path} cannot be read.`, cause });
  }
}

function readPort(option: string, text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : HIGHEST_PORT + 1;
  if (port <= HIGHEST_PORT) return port;
  throw new AppError('invalid_input', {
    detail: `${option} is "${text}". Give a number up to ${HIGHEST_PORT}.`,
  });
}

function welcome({ smtpUrl, url }: Simulator, web: boolean): string {
  return [
    '',
    '  The offices are played on this computer. Letters end here; Ctrl-C forgets them.',
    '',
    `  mail server   ${smtpUrl}`,
    `  House         ${url}/v2/message`,
    `  Senate        ${url}/api/testing-messages/`,
    `  what came     ${url}/${web ? '' : 'received'}`,
    '',
    '',
  ].join('\n');
}
