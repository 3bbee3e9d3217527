import { importSet } from '../src/legislatures/index.js';
import { askProgram } from './forked-program.js';
import type { Ground } from './ground.js';
import { findPublicData, PUBLIC_SETS } from './public-sets.js';
import { median, printFigure, printRatio } from './report.js';

const ROUNDS = 3;

/** What a set takes in a process that has nothing else, in MB beyond what was there before. */
export interface SetMemory {
  /** On the heap and in array buffers, after loading. */
  readonly loadedMb: number;
  /** After look-ups all over it. */
  readonly usedMb: number;
  /** Of the process (RSS), which gives back late. */
  readonly rssMb: number;
  /** The raw arrays of its boundaries. */
  readonly boundariesMb: number;
}

/** The memory of each set, in use, against the raw arrays of its boundaries. */
export async function measureSetMemory(ground: Ground): Promise<void> {
  const folder = await findPublicData('memory');
  if (folder === undefined) return;
  for (const [name, { read }] of Object.entries(PUBLIC_SETS)) {
    const { set } = await read(folder);
    const request = { set, files: [], by: 'bench', reason: 'bench' };
    const { version } = await importSet(ground.context, request);
    const rounds: SetMemory[] = [];
    while (rounds.length < ROUNDS) {
      const running = { args: [set.id, version], variables: ground.variables, options: ['--expose-gc'] };
      rounds.push(await askProgram<SetMemory>('./memory-process.js', running));
    }
    printMemory(name, rounds);
  }
}

function printMemory(name: string, rounds: readonly SetMemory[]): void {
  const middle = (field: keyof SetMemory): string =>
    `${median(rounds.map((round) => round[field])).toFixed(1)} MB`;
  const taken = `${middle('loadedMb')} when loaded, ${middle('usedMb')} after look-ups all over it`;
  const words = `${taken}; the process grew by ${middle('rssMb')}`;
  if (rounds.every(({ boundariesMb }) => boundariesMb === 0)) {
    printFigure(`memory-${name}: ${words}; it has no boundaries to compare with`);
    return;
  }
  const perMegabyte = rounds.map(({ usedMb, boundariesMb }) => ({
    ours: 1 / usedMb,
    bare: 1 / boundariesMb,
  }));
  printRatio({ name: `memory-${name}`, goal: 0.1, rounds: perMegabyte });
  printFigure(`${words}; the bare arrays of its boundaries are ${middle('boundariesMb')}`);
}
