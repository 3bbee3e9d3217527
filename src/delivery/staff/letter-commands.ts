import { type Command, Option } from 'commander';
import type { Context } from '../../context.js';
import { CHANNELS, type ChannelName } from '../office.js';
import { type DecisionOptions, readDecision, takesDecision } from './decision.js';
import { listUnclear, type UnclearLetter } from './list-unclear.js';
import {
  type Moved,
  rerouteLetters,
  retryLetters,
  type StaffMove,
  settleUnclear,
  stopChosen,
} from './staff-moves.js';

const JSON_INDENT = 2;

type Open = () => Promise<Context>;

interface MoveOptions extends DecisionOptions {
  readonly lane?: string;
}

/** Registers what staff do about letters, below `redress letter`. */
export function staffLetterCommands(letter: Command, open: Open): void {
  addUnclear(letter, open);
  moveCommand(letter, 'retry', 'send letters again by the same way and under the same id').action(
    run(open, 'queued again, or tried at once', (context, move) => retryLetters(context, move)),
  );
  moveCommand(letter, 're-route', 'give letters another way: the next one of their office, or the named one')
    .addOption(new Option('--to <channel>', 'by this way').choices([...CHANNELS]))
    .action(
      run(open, 'on another way', (context, move, options: MoveOptions & { to?: ChannelName }) =>
        rerouteLetters(context, { ...move, to: options.to }),
      ),
    );
  moveCommand(letter, 'stop', 'stop letters that have not gone').action(
    run(open, 'stopped', (context, move) => stopChosen(context, move)),
  );
  moveCommand(letter, 'settle-unclear', 'say what became of letters whose answer could not be read')
    .addOption(
      new Option('--as <outcome>', 'what you found out; the reason is your evidence')
        .choices(['accepted', 'refused'])
        .makeOptionMandatory(),
    )
    .action(
      run(open, 'settled', (context, move, options: MoveOptions & { as: 'accepted' | 'refused' }) =>
        settleUnclear(context, { ...move, as: options.as }),
      ),
    );
}

function moveCommand(letter: Command, name: string, description: string): Command {
  const command = letter
    .command(`${name} [letters...]`)
    .description(description)
    .option(
      '--lane <lane>',
      'all such letters of one office, as redress queue prints it; at most 5,000 at a time',
    );
  return takesDecision(command);
}

function run<Options extends MoveOptions>(
  open: Open,
  done: string,
  act: (context: Context, move: StaffMove, options: Options) => Promise<Moved>,
) {
  return async (ids: readonly string[], options: Options): Promise<void> => {
    const decision = readDecision(options);
    await using context = await open();
    const moved = await act(context, { ...decision, choice: { ids, lane: options.lane } }, options);
    print(wordsOf(moved, done));
  };
}

/** `2 letters are stopped.` and a line for each reason why others are not. */
function wordsOf({ moved, left }: Moved, done: string): string {
  const lines = [...left].map(([why, letters]) => `  ${counted(letters)} left as it was: ${why}.`);
  return [`${counted(moved)} ${moved === 1 ? 'is' : 'are'} ${done}.`, ...lines].join('\n');
}

function counted(letters: number): string {
  return letters === 1 ? '1 letter' : `${letters} letters`;
}

function addUnclear(letter: Command, open: Open): void {
  letter
    .command('unclear')
    .description('letters of which nobody can tell what became of them: look into each, then settle-unclear')
    .option('--json', 'as JSON', false)
    .action(async ({ json }: { json: boolean }) => {
      await using context = await open();
      const letters = await listUnclear(context.db);
      const text = letters.map(lineOf).join('\n') || 'No letter is unclear.';
      print(json ? JSON.stringify(letters, undefined, JSON_INDENT) : text);
    });
}

function lineOf({ letterId, alert, office, channel, since, messageId, host, answer }: UnclearLetter): string {
  const said = answer === null ? '' : `: ${answer}`;
  return `${letterId}  ${since.toISOString()}  ${channel}  ${alert}  ${office}  ${messageId ?? ''}  ${host ?? ''}${said}`;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
