import type { Context } from '../context.js';
import { compareSets, type SetChanges } from './compare-sets.js';
import { loadLegislatures } from './legislatures.js';
import { hasLeft, type LetterKeeper, type LettersUnderWay } from './letters-of-holders.js';
import type { LegislatureSet } from './model.js';
import { applyEdits, type Misfit } from './overlay/apply-edits.js';
import { dayOf, type Edit } from './overlay/edit.js';
import { readOverlay } from './overlay/edit-store.js';
import { buildSnapshot } from './snapshot.js';

/** What would be different if a version of a set answered, with the edits that hold over it. */
export interface ChangePreview {
  readonly setId: string;
  /** The version that answers now; undefined where none does. */
  readonly before: string | undefined;
  readonly changes: SetChanges;
  readonly misfits: readonly Misfit[];
  /** Letters that would stop, since whom they are to would no longer hold the seat. */
  readonly stopping: readonly LettersUnderWay[];
}

interface Change {
  /** As imported. */
  readonly after: LegislatureSet;
  readonly letters: LetterKeeper;
  /** Instead of those that are stored. */
  readonly edits?: readonly Edit[];
  /** When it would take effect; now where absent. */
  readonly takesEffect?: Date | undefined;
}

/**
 * Compares what a version would make of a set with what answers now. Stores nothing.
 * @throws AppError `invalid_file` when the set contradicts itself.
 */
export async function previewChange(context: Context, change: Change): Promise<ChangePreview> {
  const { after, letters, takesEffect = context.clock.now() } = change;
  await using legislatures = await loadLegislatures(context);
  const live = legislatures.list().find(({ set }) => set.id === after.id);
  const edits = change.edits ?? (await readOverlay(context, after.id)).edits;
  const edited = applyEdits(after, edits, dayOf(takesEffect));
  const snapshot = buildSnapshot(edited.set, 'preview');
  const then = legislatures.list().map((each) => (each === live ? snapshot : each));
  const underWay = live === undefined ? [] : await letters.underWay(context);
  return {
    setId: after.id,
    before: live?.dataset.version,
    changes: compareSets(live?.set ?? nothingOf(after), edited.set),
    misfits: edited.misfits,
    stopping: underWay.filter((held) => hasLeft(then, held) && !hasLeft(legislatures.list(), held)),
  };
}

function nothingOf({ validFrom: _from, validUntil: _until, ...set }: LegislatureSet): LegislatureSet {
  const nothing = { chambers: [], divisions: [], seats: [], officeholders: [], committees: [] };
  return { ...set, ...nothing, postcodes: { ...set.postcodes, entries: new Map() } };
}
