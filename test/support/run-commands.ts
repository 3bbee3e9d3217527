import { Command } from 'commander';
import { vi } from 'vitest';
import type { Context } from '../../src/context.js';

/** Runs `redress …` in this process and answers what it printed; throws what the program would show as its error. */
export async function runCommands(
  add: (program: Command) => void,
  words: readonly string[],
): Promise<string> {
  const printed: string[] = [];
  const program = new Command('redress');
  add(program);
  neverExit(program);
  const write = vi
    .spyOn(process.stdout, 'write')
    .mockImplementation((chunk) => printed.push(String(chunk)) > 0);
  await program.parseAsync(['node', 'redress', ...words]).finally(() => write.mockRestore());
  return printed.join('');
}

/** A context that a command closes at its end, and the test goes on with. */
export function keepOpen(context: Context): Context {
  return { ...context, [Symbol.asyncDispose]: async () => undefined };
}

// A command that was made elsewhere does not take these two from its parent.
function neverExit(command: Command): void {
  command.exitOverride().configureOutput({ writeErr: () => undefined });
  command.commands.forEach(neverExit);
}
