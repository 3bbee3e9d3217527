export const MANY = 1_000_000;
export const DEEP = 100_000;
/** Where a member with an absolute path would land. */
export const ESCAPED = '/tmp/redress-escaped.yml';
export const MEGABYTE = 1024 * 1024;
/** How many districts the council has that the bombs of boundaries and postcodes are about: `d0`, `d1`, … */
export const COUNCIL_DISTRICTS = 6000;

type Kind = 'popolo' | 'csv' | 'postcodes' | 'boundaries' | 'openstates' | 'us-congress' | 'streets';

/** A file that is made to hurt whoever reads it. */
export interface ImportBomb {
  readonly name: string;
  readonly kind: Kind;
  readonly file: string;
  readonly bytes: () => Buffer | string;
  /** Other files that it needs. */
  readonly beside?: Readonly<Record<string, string>>;
  /** It is sound all the same, and is to be imported. */
  readonly sound?: true;
  /** It goes off in every run of the tests in a process of its own, not only in a trial. */
  readonly everyDay?: true;
  /** It is small, and made in no time: every run of the tests has it in the tests' own process. */
  readonly light?: true;
}

export function repeat(count: number, make: (index: number) => string, between = ''): string {
  return Array.from({ length: count }, (_, index) => make(index)).join(between);
}
