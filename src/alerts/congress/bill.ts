/** The kinds of bill of the United States Congress, as congress.gov abbreviates them. */
export const BILL_TYPES = [
  'hr',
  'hres',
  'hjres',
  'hconres',
  'hamdt',
  's',
  'sres',
  'sjres',
  'sconres',
  'samdt',
] as const;
export type BillType = (typeof BILL_TYPES)[number];

/** A bill of the United States Congress: H.R. 233 of the 111th is `{ congress: 111, type: 'hr', number: 233 }`. */
export interface Bill {
  readonly congress: number;
  readonly type: BillType;
  readonly number: number;
}

/** `H.R. 233`, `S.Con.Res. 5`, `hjres12`: letters with their dots and spaces, then a number without leading zeros. */
const CITATION = /^([hs][a-z. ]*?)[. ]*([1-9]\d{0,4})$/iu;

/**
 * The bill that a measure's number cites; `undefined` where it cites none, or where nobody says of which Congress
 * (numbers begin anew with each).
 */
export function billOf(measure: {
  readonly number: string;
  readonly congress: number | null;
}): Bill | undefined {
  const { number, congress } = measure;
  const cited = citationOf(number);
  return cited === undefined || congress === null ? undefined : { congress, ...cited };
}

/** Whether a measure's number reads like that of a bill of the Congress. */
export function citesBill(number: string): boolean {
  return citationOf(number) !== undefined;
}

function citationOf(text: string): Pick<Bill, 'type' | 'number'> | undefined {
  const [, letters = '', digits] = CITATION.exec(text.trim()) ?? [];
  const type = BILL_TYPES.find((known) => known === letters.replace(/[. ]/g, '').toLowerCase());
  return type === undefined ? undefined : { type, number: Number(digits) };
}
