/** A version of a set was made live. */
export interface Activation {
  readonly version: string;
  readonly activatedAt: Date;
  /** Null: at once. */
  readonly takesEffect: Date | null;
}

/** From when a version answers, in milliseconds since 1970, until the next period begins. */
export interface Period<Row extends Activation = Activation> {
  readonly from: number;
  readonly activation: Row;
}

/**
 * Which version answers when, the oldest period first. The last activation at once holds from the beginning; those
 * with a later time follow. Of two with the same time the one that was stored last holds.
 */
export function periodsOf<Row extends Activation>(storedInOrder: readonly Row[]): Period<Row>[] {
  const atOnce = storedInOrder.findLast(({ takesEffect }) => takesEffect === null);
  const byTime = new Map<number, Row>();
  for (const activation of storedInOrder) {
    const from = activation.takesEffect?.getTime();
    if (from !== undefined && from > (atOnce?.activatedAt.getTime() ?? Number.NEGATIVE_INFINITY))
      byTime.set(from, activation);
  }
  const planned = Array.from(byTime, ([from, activation]) => ({ from, activation }));
  planned.sort((a, b) => a.from - b.from);
  return atOnce === undefined
    ? planned
    : [{ from: Number.NEGATIVE_INFINITY, activation: atOnce }, ...planned];
}

/** What holds at a moment, of things that each hold from theirs until the next one's; in that order. */
export function inForce<Item extends { readonly from: number }>(
  items: readonly Item[],
  now: number,
): Item | undefined {
  return items.findLast(({ from }) => from <= now);
}
