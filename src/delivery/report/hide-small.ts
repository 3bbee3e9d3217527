/** Smaller numbers are not shown: behind them stand people whom their neighbours could guess. */
export const FEWEST_SHOWN = 10;

/** A number of letters as it is shown: itself, `few`, or withheld so that a few cannot be worked out from the total. */
export type ShownCount = number | 'few' | 'withheld';

export interface Counted {
  readonly letters: number;
}

/**
 * Hides small numbers among the parts of one whole. Where those hidden come to less than `FEWEST_SHOWN` together, so
 * that the whole would give them away, the smallest of the others is withheld as well.
 */
export function hideSmall<Row extends Counted>(
  rows: readonly Row[],
): readonly (Omit<Row, 'letters'> & { readonly letters: ShownCount })[] {
  const hidden = rows.filter(({ letters }) => letters > 0 && letters < FEWEST_SHOWN);
  const sum = hidden.reduce((total, { letters }) => total + letters, 0);
  const shown = rows.filter(({ letters }) => letters >= FEWEST_SHOWN);
  const smallest = Math.min(...shown.map(({ letters }) => letters));
  const withheld =
    sum > 0 && sum < FEWEST_SHOWN ? shown.find(({ letters }) => letters === smallest) : undefined;
  return rows.map((row) => ({ ...row, letters: shownCount(row, row === withheld) }));
}

function shownCount({ letters }: Counted, withheld: boolean): ShownCount {
  if (withheld) return 'withheld';
  return letters > 0 && letters < FEWEST_SHOWN ? 'few' : letters;
}
