import { askProgram } from './forked-program.js';
import type { Ground } from './ground.js';
import { findPublicData } from './public-sets.js';
import { median, printFigure, printRatio, type Round } from './report.js';

const ROUNDS = 3;
const SETS = ['us-congress', 'ireland', 'vermont'] as const;

/** What one import took in a process of its own. */
export interface ImportCost {
  readonly seconds: number;
  /** At most; undefined where there is no /proc. */
  readonly megabytes: number | undefined;
}

interface CostRound {
  readonly ours: ImportCost;
  readonly bare: ImportCost;
}

/** A whole import, read, checked, indexed and stored, against the parsers alone, and the files as one row. */
export async function measureImports(ground: Ground): Promise<void> {
  const folder = await findPublicData('import');
  if (folder === undefined) return;
  for (const name of SETS) {
    const run = (side: 'ours' | 'bare', round: number): Promise<ImportCost> =>
      askProgram('./import-process.js', {
        args: [side, name, folder, `bench-${name}-${round}`],
        variables: ground.variables,
      });
    await run('bare', 0);
    const rounds: CostRound[] = [];
    while (rounds.length < ROUNDS)
      rounds.push({ ours: await run('ours', rounds.length), bare: await run('bare', rounds.length) });
    printCosts(name, rounds);
  }
}

function printCosts(name: string, rounds: readonly CostRound[]): void {
  const perSecond = rounds.map(({ ours, bare }) => ({ ours: 1 / ours.seconds, bare: 1 / bare.seconds }));
  printRatio({ name: `import-${name}`, goal: 0.5, rounds: perSecond });
  const seconds = (side: keyof Round): string =>
    `${median(rounds.map((round) => round[side].seconds)).toFixed(3)} s`;
  printFigure(
    `${seconds('ours')} to read, check and store it; ${seconds('bare')} by the parsers and one row alone`,
  );
  const memory = rounds.flatMap(({ ours, bare }) =>
    ours.megabytes === undefined || bare.megabytes === undefined
      ? []
      : [{ ours: ours.megabytes, bare: bare.megabytes }],
  );
  if (memory.length === 0) return;
  // The more the worse: turned over, like seconds.
  const perMegabyte = memory.map(({ ours, bare }) => ({ ours: 1 / ours, bare: 1 / bare }));
  printRatio({ name: `import-${name}-memory`, goal: 0.5, rounds: perMegabyte });
  const most = (side: keyof Round): string => `${median(memory.map((round) => round[side])).toFixed(0)} MB`;
  printFigure(`${most('ours')} at most (VmHWM); ${most('bare')} by the parsers alone`);
}
