import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Context } from '../../context.js';
import { AppError } from '../../errors.js';
import { readActivations } from '../activations.js';
import { changeText, MISFIT_WORDS } from '../change-text.js';
import { previewChange } from '../preview-change.js';
import { columns } from '../representation-text.js';
import { readSnapshot } from '../set-store.js';
import type { Snapshot } from '../snapshot.js';
import { inForce, periodsOf } from '../timeline.js';
import { type CommandGround, stopLetters } from '../version-commands.js';
import { applyEdits } from './apply-edits.js';
import { dayOf, type EditChange } from './edit.js';
import { type ListedEdit, listEdits, readOverlay, storeEdit, undoEdit } from './edit-store.js';
import { type EditOptions, makeChange } from './make-change.js';

/** Adds `legislature edit`, `legislature edits` and `legislature unedit`: corrections that every import keeps. */
export function editCommands(legislature: Command, ground: CommandGround): void {
  addEdit(legislature, ground);
  addEdits(legislature, ground);
  addUnedit(legislature, ground);
}

interface WhoAndWhy {
  readonly reason: string;
  readonly by: string;
}

const reasonOption = () => new Option('--reason <text>', 'why, and how it is known').makeOptionMandatory();
const byOption = () => new Option('--by <name>', 'who says so').makeOptionMandatory();

function addEdit(legislature: Command, ground: CommandGround): void {
  legislature
    .command('edit')
    .description('correct one officeholder by hand; later imports keep it')
    .argument('<set>', 'such as us-congress')
    .option('--officeholder <id>', 'whom it is about')
    .option('--name <name>')
    .option('--email <address>')
    .option('--no-email', 'the office has none, whatever the source says')
    .option('--contact-form <address>')
    .option('--no-contact-form')
    .option('--website <address>')
    .option('--no-website')
    .option('--phone <number>')
    .option('--no-phone')
    .option('--address <text>', 'of the office')
    .option('--no-address')
    .option('--resigned <date>', 'YYYY-MM-DD: from the beginning of that day (UTC) the seat is vacant')
    .option('--add-officeholder <id>', 'somebody whom the source does not have yet')
    .option('--seat <id>', 'of whom is added')
    .option('--title <title>', 'of whom is added: Senator')
    .option('--party <name>', 'of whom is added')
    .option('--since <date>', 'the first day of whom is added; today without it')
    .option('--until <date>', 'the last day of whom is added; the last day of the set without it')
    .addOption(reasonOption())
    .addOption(byOption())
    .option('--dry-run', 'only show what would change')
    .action(async (setId: string, options: EditOptions & WhoAndWhy & { dryRun?: boolean }) => {
      await using context = await ground.open();
      const { base, change } = await prepareChange(context, setId, options);
      const { by, reason } = options;
      if (options.dryRun) {
        const { number, edits } = await readOverlay(context, setId);
        const edit = { number: number + 1, change, at: context.clock.now(), by, reason };
        const preview = { after: base.set, edits: [...edits, edit], letters: ground.letters };
        print(changeText(await previewChange(context, preview)));
        return;
      }
      const number = await storeEdit(context, { setId, change, by, reason });
      print(`Edit ${number} of ${setId} holds now: ${changeWords(change)}. Every later import keeps it.`);
      await stopLetters(context, ground.letters);
    });
}

async function prepareChange(context: Context, setId: string, options: EditOptions) {
  const base = await readLiveBase(context, setId);
  const now = context.clock.now();
  const { edits } = await readOverlay(context, setId);
  const { set: current } = applyEdits(base.set, edits, dayOf(now));
  return { base, change: makeChange(options, { base: base.set, current, now }) };
}

function addEdits(legislature: Command, { open }: CommandGround): void {
  legislature
    .command('edits')
    .description('the corrections by hand of a set: who, when, why, and whether they still fit')
    .argument('<set>', 'such as us-congress')
    .option('--json', 'as JSON')
    .action(async (setId: string, { json }: { json?: boolean }) => {
      await using context = await open();
      const edits = await listEdits(context, setId);
      const { set } = await readLiveBase(context, setId);
      const holding = edits.filter(({ undone }) => undone === null);
      const { misfits } = applyEdits(set, holding, dayOf(context.clock.now()));
      const listed = edits.map((edit) => ({
        ...edit,
        misfit: misfits.find((misfit) => misfit.edit.number === edit.number)?.reason ?? null,
      }));
      const table = columns(listed.map(editRow)).join('\n');
      if (json) print(JSON.stringify(listed, undefined, 2));
      else print(table || `${setId} has no edits.`);
    });
}

function editRow(edit: ListedEdit & { readonly misfit: keyof typeof MISFIT_WORDS | null }): string[] {
  const { number, at, by, reason, change, undone, misfit } = edit;
  const fits = misfit === null ? 'holds' : MISFIT_WORDS[misfit];
  const state = undone === null ? fits : `undone ${undone.at.slice(0, 10)} by ${undone.by}: ${undone.reason}`;
  return [String(number), dayOf(at), by, changeWords(change), reason, state];
}

function addUnedit(legislature: Command, ground: CommandGround): void {
  legislature
    .command('unedit')
    .description('undo a correction by hand')
    .argument('<set>', 'such as us-congress')
    .argument('<number>', 'as `legislature edits` tells it', readNumber)
    .addOption(reasonOption())
    .option('--by <name>', 'who says so', 'terminal')
    .action(async (setId: string, undoes: number, { reason, by }: WhoAndWhy) => {
      await using context = await ground.open();
      await undoEdit(context, { setId, undoes, by, reason });
      print(`Edit ${undoes} of ${setId} is undone.`);
      await stopLetters(context, ground.letters);
    });
}

/**
 * What answers now, as it was imported.
 * @throws AppError `not_found` when no version of the set is live.
 */
async function readLiveBase(context: Context, setId: string): Promise<Snapshot> {
  const periods = periodsOf(await readActivations(context, setId));
  const live = inForce(periods, context.clock.now().getTime());
  if (live === undefined)
    throw new AppError('not_found', {
      detail: `No version of a set ${setId} is live. See: legislature list.`,
    });
  return readSnapshot(context, setId, live.activation.version);
}

function changeWords(change: EditChange): string {
  switch (change.kind) {
    case 'resign':
      return `${change.officeholder} leaves on ${change.on}`;
    case 'add':
      return `${change.name} (${change.officeholder}) takes ${change.seat} on ${change.termStart}`;
    case 'correct':
      return `${change.officeholder}: ${Object.entries(change.to)
        .map(([field, value]) => `${field} ${value ?? 'none'}`)
        .join(', ')}`;
  }
}

function readNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('a number is expected');
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
