import type { Context } from '../context.js';
import { changeText } from './change-text.js';
import type { SourceFileRecord } from './files/source-file.js';
import type { LegislatureSet } from './model.js';
import { previewChange } from './preview-change.js';
import { type ImportOutcome, importSet } from './set-store.js';
import { type CommandGround, readEffectDate, stopLetters } from './version-commands.js';

const BY_OPERATOR = 'terminal';

/** The options that every `legislature import …` has. */
export interface StoreOptions {
  /** Only tell what would change. */
  readonly dryRun?: boolean;
  /** `YYYY-MM-DD` */
  readonly activateOn?: string;
}

interface Read {
  readonly set: LegislatureSet;
  readonly files: readonly SourceFileRecord[];
}

/**
 * Stores a set that was read from files and makes it live, now or on its day; answers in words what happened. A dry
 * run stores nothing, and answers what would change.
 * @throws AppError `invalid_file` when the set contradicts itself.
 */
export async function storeReadSet(
  context: Context,
  { letters }: Pick<CommandGround, 'letters'>,
  { set, files, dryRun, activateOn }: Read & StoreOptions,
): Promise<string> {
  const takesEffect = readEffectDate(activateOn);
  if (dryRun) return changeText(await previewChange(context, { after: set, letters, takesEffect }));
  const outcome = await importSet(context, { set, files, takesEffect, by: BY_OPERATOR, reason: 'imported' });
  await stopLetters(context, letters);
  return importSentence(outcome);
}

function importSentence(outcome: ImportOutcome): string {
  const { id, version, added, activated, takesEffect, officeholders, vacantSeats } = outcome;
  if (!added && !activated) return `${id} ${version} was there already. Nothing changed.`;
  const what = added ? 'imported' : 'was there already';
  const when =
    takesEffect === undefined
      ? 'It is live now'
      : `It takes effect on ${takesEffect.toISOString().slice(0, 10)}`;
  return `${id} ${version}: ${what}, ${officeholders} officeholders, ${vacantSeats} vacant seats. ${when}.`;
}
