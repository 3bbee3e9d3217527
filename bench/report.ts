/** Two rates of one kind, measured one after the other, several times. */
export interface Round {
  readonly ours: number;
  readonly bare: number;
}

interface Goal {
  readonly name: string;
  readonly goal: number;
  readonly rounds: readonly Round[];
}

/** Prints `NAME ratio R goal G met|short`: the median of the rounds' own ratios. */
export function printRatio({ name, goal, rounds }: Goal): void {
  const ratio = median(rounds.map(({ ours, bare }) => ours / bare));
  print(`${name} ratio ${ratio.toFixed(2)} goal ${goal} ${ratio >= goal ? 'met' : 'short'}`);
}

/** Prints a figure behind a ratio, or one that has no bare limit. */
export function printFigure(text: string): void {
  print(`  ${text}`);
}

/** The middle one, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2;
}

/** `12,345/s`, the median of a side's rates. */
export function rate(rounds: readonly Round[], side: keyof Round): string {
  return `${Math.round(median(rounds.map((round) => round[side]))).toLocaleString('en')}/s`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
