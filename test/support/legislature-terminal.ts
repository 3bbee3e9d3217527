import { legislatureCommands } from '../../src/legislatures/index.js';
import { keepOpen, runCommands } from './run-commands.js';
import { openTestContext, type TestContext } from './test-context.js';

/** `redress legislature …` and `redress represent …` in this process, on a database of its own. */
export interface LegislatureTerminal extends AsyncDisposable {
  readonly opened: TestContext;
  /** Runs a command and answers what it printed. */
  run(...args: string[]): Promise<string>;
}

export async function openLegislatureTerminal(): Promise<LegislatureTerminal> {
  const opened = await openTestContext();
  const services = {
    open: async () => keepOpen(opened.context),
    letters: { underWay: async () => [], stop: async () => 0 },
  };
  return {
    opened,
    run: (...args) => runCommands((program) => legislatureCommands(program, services), args),
    [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
  };
}
