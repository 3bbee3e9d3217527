import { Command, CommanderError } from 'commander';
import { findLateOffices, goesByCongressMail, stopLettersOfLeavers } from '../actions/index.js';
import { alertCommands } from '../alerts/index.js';
import type { Context } from '../context.js';
import { deliveryCommands, findAddressees } from '../delivery/index.js';
import { AppError } from '../errors.js';
import { legislatureCommands } from '../legislatures/index.js';
import { type OpenedContext, openContext } from '../open-context.js';
import { doctorCommand } from './doctor.js';
import { lateWords } from './late-words.js';
import { organisationCommand } from './organisation.js';
import { serveCommand } from './serve.js';
import { simulateCommand } from './simulate.js';
import { workCommand } from './work.js';

const FAILED = 1;

/** Runs one command of the terminal; answers the exit code. Each error is one clear sentence. */
export async function runProgram(argv: readonly string[], variables: NodeJS.ProcessEnv): Promise<number> {
  const program = new Command('redress')
    .description('An alert, a letter in your own words, to the people who represent you.')
    .showHelpAfterError()
    .exitOverride();
  const open = (): Promise<OpenedContext> => openContext({ variables, role: 'command' });
  serveCommand(program, variables);
  workCommand(program, variables);
  doctorCommand(program, variables);
  organisationCommand(program, open);
  const letters = { underWay: ({ db }: Context) => findAddressees(db), stop: stopLettersOfLeavers };
  legislatureCommands(program, { open, letters });
  alertCommands(program, {
    open,
    goesByCongressMail,
    warningOf: async (context, alert) => lateWords(await findLateOffices(context, alert)),
  });
  deliveryCommands(program, open);
  simulateCommand(program);
  try {
    await program.parseAsync([...argv]);
    return typeof process.exitCode === 'number' ? process.exitCode : 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode;
    process.stderr.write(`${wordsOf(error)}\n`);
    return FAILED;
  }
}

function wordsOf(error: unknown): string {
  if (error instanceof AppError) return error.message;
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    return 'The port is in use by another program. Set PORT to a free one, for example PORT=3001 npm start.';
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
