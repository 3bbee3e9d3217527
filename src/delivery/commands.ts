import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { Command } from 'commander';
import type { Context } from '../context.js';
import { channelKeyCommands } from './channels/cwc/index.js';
import { inboundCommands } from './inbound/commands.js';
import { laneCommands } from './lanes/lane-commands.js';
import { type ListedLetter, listLetters } from './letter-list.js';
import { reportCommand } from './report/report-commands.js';
import { staffLetterCommands } from './staff/letter-commands.js';

/** Opens the context for one command; the command disposes of it. */
export type OpenContext = () => Promise<Context>;

interface ListOptions {
  readonly alert?: string;
  readonly json?: boolean;
}

/**
 * Registers `redress letter …`, `redress queue …`, `redress channel key …`, `redress inbound …` and
 * `redress office …`.
 */
export function deliveryCommands(program: Command, open: OpenContext): void {
  channelKeyCommands(program, open);
  inboundCommands(program, open);
  const office = program.commands.find((command) => command.name() === 'office') ?? program.command('office');
  reportCommand(office, open);
  laneCommands(program, open);
  const letter = program.command('letter').description('letters and what became of them');
  staffLetterCommands(letter, open);
  letter
    .command('list')
    .description('list letters; no personal data')
    .option('--alert <slug>', 'only those of this alert')
    .option('--json', 'as a JSON array, one letter on a line')
    .action(async (options: ListOptions) => {
      await using context = await open();
      const letters = listLetters(context, options.alert);
      await (options.json === true
        ? writeJson(process.stdout, letters)
        : writeLines(process.stdout, letters));
    });
}

async function writeJson(out: Writable, letters: AsyncIterable<ListedLetter>): Promise<void> {
  let separator = '[\n';
  for await (const letter of letters) {
    await write(out, separator + JSON.stringify(letter));
    separator = ',\n';
  }
  await write(out, separator === '[\n' ? '[]\n' : '\n]\n');
}

async function writeLines(out: Writable, letters: AsyncIterable<ListedLetter>): Promise<void> {
  let listed = 0;
  for await (const { id, alert, office, channel, state, attempts } of letters) {
    await write(out, `${id}  ${state}  ${channel}  tries ${attempts}  ${alert}  ${office}\n`);
    listed += 1;
  }
  if (listed === 0) await write(out, 'There is no letter yet.\n');
}

async function write(out: Writable, text: string): Promise<void> {
  if (!out.write(text)) await once(out, 'drain');
}
