import { type Command, Option } from 'commander';
import type { Context } from '../context.js';
import { AppError } from '../errors.js';
import { activateVersion } from './activations.js';
import { endingOfDay } from './age.js';
import { changeText } from './change-text.js';
import { loadLegislatures } from './legislatures.js';
import type { LetterKeeper } from './letters-of-holders.js';
import { listSets } from './list-sets.js';
import { listVersions, type StoredVersion } from './list-versions.js';
import { previewChange } from './preview-change.js';
import { columns } from './representation-text.js';
import { readSnapshot } from './set-store.js';

const BY_OPERATOR = 'terminal';

/** What the commands of this room are given from outside. */
export interface CommandGround {
  readonly open: () => Promise<Context>;
  readonly letters: LetterKeeper;
}

/** Adds `legislature list` and `legislature activate`. */
export function versionCommands(legislature: Command, ground: CommandGround): void {
  legislature
    .command('list')
    .description('every stored version, which is live, and how long it holds')
    .option('--json', 'what each legislature holds, as JSON')
    .action(async ({ json }: { json?: boolean }) => {
      await using context = await ground.open();
      if (json) {
        print(JSON.stringify(await listSets(context), undefined, 2));
        return;
      }
      const versions = await listVersions(context);
      const now = context.clock.now();
      const table = columns(versions.map((version) => listRow(version, now))).join('\n');
      print(table || 'No legislature is stored yet.');
    });
  legislature
    .command('activate')
    .description('make a stored version live, now or on a day to come')
    .argument('<set>', 'such as us-congress')
    .argument('<version>', 'as `legislature list` tells it')
    .addOption(new Option('--reason <text>', 'why; kept with the change').makeOptionMandatory())
    .option('--by <name>', 'who decided it', BY_OPERATOR)
    .option('--on <date>', 'YYYY-MM-DD: from the beginning of that day (UTC)')
    .option('--dry-run', 'only show what would change')
    .action(async (setId: string, version: string, options: ActivateOptions) => {
      await using context = await ground.open();
      const takesEffect = readEffectDate(options.on);
      if (options.dryRun) {
        const { set } = await readSnapshot(context, setId, version);
        const change = { after: set, letters: ground.letters, takesEffect };
        print(changeText(await previewChange(context, change)));
        return;
      }
      const { by, reason } = options;
      const changed = await activateVersion(context, { setId, version, by, reason, takesEffect });
      const planned = takesEffect !== undefined && takesEffect > context.clock.now();
      const when = planned ? `takes effect on ${options.on}` : 'is live now';
      print(
        changed ? `${setId} ${version} ${when}.` : `${setId} ${version} was so already. Nothing changed.`,
      );
      await stopLetters(context, ground.letters);
    });
}

interface ActivateOptions {
  readonly reason: string;
  readonly by: string;
  readonly on?: string;
  readonly dryRun?: boolean;
}

/**
 * Reads the day on which something is to take effect.
 * @throws AppError `invalid_input` for what is no day.
 */
export function readEffectDate(text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  const date = new Date(`${text}T00:00:00Z`);
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && date.toJSON()?.startsWith(text)) return date;
  throw new AppError('invalid_input', { detail: `"${text}" is no day: give it as YYYY-MM-DD.` });
}

/** Stops the letters of those who left by what was just stored, and says how many. */
export async function stopLetters(context: Context, letters: LetterKeeper): Promise<void> {
  await using legislatures = await loadLegislatures(context);
  const stopped = await letters.stop(context, legislatures);
  if (stopped > 0)
    print(
      `Stopped ${stopped === 1 ? '1 letter' : `${stopped} letters`} to people who left; who wrote is told.`,
    );
}

/** As `list --json` prints it. */
function listRow(version: StoredVersion, now: Date): string[] {
  const { id, name, validFrom, validUntil, live, planned, edits } = version;
  const state = live !== null ? 'live' : planned !== null ? `from ${planned.since.slice(0, 10)}` : '';
  const ending = live === null ? undefined : endingOfDay(validUntil, now);
  const age = ending === undefined ? '' : ending.ended ? 'past its date' : `ends in ${ending.days} days`;
  const edited = live === null || edits === 0 ? '' : edits === 1 ? '1 edit' : `${edits} edits`;
  return [state, id, version.version, name, `${validFrom ?? '?'} to ${validUntil ?? '?'}`, age, edited];
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
