import { Command } from 'commander';
import { vi } from 'vitest';
import type { Context } from '../../src/context.js';
import { legislatureCommands } from '../../src/legislatures/index.js';
import { openTestContext, type TestContext } from './test-context.js';

/** `redress legislature …` and `redress represent …` in this process, on a database of its own. */
export interface LegislatureTerminal extends AsyncDisposable {
  readonly opened: TestContext;
  /** Runs a command and answers what it printed. */
  run(...args: string[]): Promise<string>;
}

export async function openLegislatureTerminal(): Promise<LegislatureTerminal> {
  const opened = await openTestContext();
  const context: Context = { ...opened.context, [Symbol.asyncDispose]: async () => undefined };
  const letters = { underWay: async () => [], stop: async () => 0 };
  return {
    opened,
    async run(...args) {
      const printed: string[] = [];
      const spy = vi
        .spyOn(process.stdout, 'write')
        .mockImplementation((text) => printed.push(String(text)) > 0);
      const program = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
      legislatureCommands(program, { open: async () => context, letters });
      try {
        await program.parseAsync(['node', 'redress', ...args]);
      } finally {
        spy.mockRestore();
      }
      return printed.join('');
    },
    [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
  };
}
