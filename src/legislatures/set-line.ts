import type { Context } from '../context.js';
import type { StoredActivation } from './activations.js';
import { applyEdits, effectDay, type Misfit } from './overlay/apply-edits.js';
import { dayOf } from './overlay/edit.js';
import type { Overlay } from './overlay/edit-store.js';
import { readSnapshot } from './set-store.js';
import { reseatSnapshot, type Snapshot } from './snapshot.js';
import { inForce, type Period, periodsOf } from './timeline.js';

/** What takes effect within this time is in memory before; what comes later is not yet. */
const LOAD_AHEAD_MS = 86_400_000;

/** The snapshots of one set, the oldest first: at each moment the last that has begun answers. */
export interface SetLine {
  readonly id: string;
  readonly turns: readonly Turn[];
  /** When something takes effect next, in milliseconds since 1970; infinite where nothing is planned. */
  readonly nextAt: number;
}

export interface Turn {
  /** In milliseconds since 1970. */
  readonly from: number;
  /** The same for the same content. */
  readonly key: string;
  readonly snapshot: Snapshot;
  /** As imported, without edits. */
  readonly base: Snapshot;
  readonly misfits: readonly Misfit[];
}

/** What the database says of one set. */
export interface SetPlan {
  readonly id: string;
  readonly activations: readonly StoredActivation[];
  readonly overlay: Overlay;
}

/**
 * Builds what answers now and what takes effect soon. What the line from before has in memory is used again.
 * @throws AppError `invalid_file` when a version cannot be read.
 */
export async function buildLine(
  context: Pick<Context, 'db' | 'clock'>,
  plan: SetPlan,
  known: SetLine | undefined,
): Promise<SetLine> {
  const now = context.clock.now().getTime();
  const starts = startsOf(periodsOf(plan.activations), plan.overlay);
  const current = inForce(starts, now);
  const soon = starts.filter(({ from }) => from > now && from <= now + LOAD_AHEAD_MS);
  const turns: Turn[] = [];
  for (const start of current === undefined ? soon : [current, ...soon]) {
    const seen = [...turns, ...(known?.turns ?? [])];
    turns.push(await buildTurn(context, { plan, start, seen }));
  }
  const nextAt = starts.find(({ from }) => from > now)?.from ?? Number.POSITIVE_INFINITY;
  return { id: plan.id, turns, nextAt };
}

interface Start {
  readonly from: number;
  readonly version: string;
}

/** Every moment at which something else begins to answer: another version, or an edit with a date. */
function startsOf(periods: readonly Period<StoredActivation>[], overlay: Overlay): Start[] {
  const days = overlay.edits.flatMap(({ change }) => effectDay(change) ?? []);
  const moments = new Set([...periods.map(({ from }) => from), ...days.map((day) => Date.parse(day))]);
  return [...moments]
    .sort((a, b) => a - b)
    .flatMap((from) => {
      const version = inForce(periods, from)?.activation.version;
      return version === undefined ? [] : [{ from, version }];
    });
}

interface Turning {
  readonly plan: SetPlan;
  readonly start: Start;
  /** What is in memory already. */
  readonly seen: readonly Turn[];
}

async function buildTurn(context: Pick<Context, 'db'>, { plan, start, seen }: Turning): Promise<Turn> {
  const { id, overlay } = plan;
  const { from, version } = start;
  // Before the first date there is none; no edit with a date is in effect then.
  const day = from === Number.NEGATIVE_INFINITY ? '' : dayOf(new Date(from));
  const key = overlay.edits.length === 0 ? version : `${version}+${overlay.number} ${day}`;
  const same = seen.find((turn) => turn.key === key);
  if (same !== undefined) return { ...same, from };
  const base =
    seen.find((turn) => turn.base.dataset.version === version)?.base ??
    (await readSnapshot(context, id, version));
  if (overlay.edits.length === 0) return { from, key, snapshot: base, base, misfits: [] };
  const { set, misfits } = applyEdits(base.set, overlay.edits, day);
  const snapshot = reseatSnapshot(base, set, `${version}+${overlay.number}`);
  return { from, key, snapshot, base, misfits };
}
