import type { Steps } from '../steps.js';
import { METRES_PER_DEGREE, UNITS_PER_DEGREE } from './boundary.js';
import type { Box, EdgeChunk } from './edge-chunks.js';

const CELLS_PER_DEGREE = 128;
const CELL = UNITS_PER_DEGREE / CELLS_PER_DEGREE;
const COLUMNS = 360 * CELLS_PER_DEGREE;
const ROWS = 180 * CELLS_PER_DEGREE;
const WEST = -180 * UNITS_PER_DEGREE;
const SOUTH = -90 * UNITS_PER_DEGREE;
/** Keeps the margin finite at the poles. */
const LEAST_COSINE = 1e-3;
const NOWHERE = -1;
/** Some milliseconds. */
const CHUNKS_IN_A_STEP = 2000;
const ROWS_IN_A_STEP = 100;

const clamp = (value: number, most: number): number => Math.min(most, Math.max(0, Math.floor(value)));
const columnOf = (x: number): number => clamp((x - WEST) / CELL, COLUMNS - 1);
const rowOf = (y: number): number => clamp((y - SOUTH) / CELL, ROWS - 1);

/**
 * The parts of the globe that lie farther than a margin from every border. No border runs through a part, so one
 * answer, found for any of its points, holds for all of them.
 *
 * The globe is a grid of cells (1/128 degree). A row is kept as its runs of cells that no border comes near; runs
 * of neighbouring rows that touch are one part.
 */
export class CertainCells {
  readonly #runs: Runs;
  readonly #partOfRun: Int32Array;

  private constructor(runs: Runs, partOfRun: Int32Array) {
    this.#runs = runs;
    this.#partOfRun = partOfRun;
  }

  static *build(chunks: readonly EdgeChunk[], marginMetres: number): Steps<CertainCells> {
    const runs = yield* collectRuns(yield* markCells(chunks, marginMetres));
    return new CertainCells(runs, yield* joinRuns(runs));
  }

  /** The number of the part that holds a point (1e-7 degrees); -1 where a border is near. */
  partOf(x: number, y: number): number {
    const { firstRow, rowStart, from, to } = this.#runs;
    const row = rowOf(y) - firstRow;
    const column = columnOf(x);
    let low = rowStart[row] ?? 0;
    let high = (rowStart[row + 1] ?? 0) - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      if (column < (from[middle] ?? 0)) high = middle - 1;
      else if (column > (to[middle] ?? 0)) low = middle + 1;
      else return this.#partOfRun[middle] ?? NOWHERE;
    }
    return NOWHERE;
  }
}

/** By row: first and last column of the stretches that a border comes near, one after the other, unsorted. */
type Marks = Map<number, number[]>;

function* markCells(chunks: readonly EdgeChunk[], marginMetres: number): Steps<Marks> {
  const marks: Marks = new Map();
  const margin = (marginMetres / METRES_PER_DEGREE) * UNITS_PER_DEGREE;
  for (const [index, { ring, start, end }] of chunks.entries()) {
    if (index % CHUNKS_IN_A_STEP === 0) yield;
    // Not `subarray`: a view for each of a million edges takes more memory than all the rest.
    for (let at = start; at < end; at += 2)
      markEdge(marks, [ring[at] ?? 0, ring[at + 1] ?? 0, ring[at + 2] ?? 0, ring[at + 3] ?? 0], margin);
  }
  return marks;
}

/** A long slanting edge is cut into pieces, else its box would mark a whole square. */
function markEdge(
  marks: Marks,
  [fromX, fromY, toX, toY]: readonly [number, number, number, number],
  margin: number,
): void {
  const pieces = Math.max(1, Math.ceil(Math.min(Math.abs(toX - fromX), Math.abs(toY - fromY)) / CELL));
  const stepX = (toX - fromX) / pieces;
  const stepY = (toY - fromY) / pieces;
  for (let piece = 0; piece < pieces; piece += 1) {
    const x = fromX + stepX * piece;
    const y = fromY + stepY * piece;
    markBox(
      marks,
      [Math.min(x, x + stepX), Math.min(y, y + stepY), Math.max(x, x + stepX), Math.max(y, y + stepY)],
      margin,
    );
  }
}

function markBox(marks: Marks, [minX, minY, maxX, maxY]: Box, margin: number): void {
  const farthest = (Math.max(Math.abs(minY), Math.abs(maxY)) + margin) / UNITS_PER_DEGREE;
  const marginX = margin / Math.max(Math.cos((farthest * Math.PI) / 180), LEAST_COSINE);
  const from = columnOf(minX - marginX);
  const to = columnOf(maxX + marginX);
  const last = rowOf(maxY + margin);
  for (let row = rowOf(minY - margin); row <= last; row += 1) markStretch(marks, row, [from, to]);
}

/** Neighbouring edges mostly fall into the stretch that was marked last: it grows. */
function markStretch(marks: Marks, row: number, [from, to]: readonly [number, number]): void {
  const stretches = marks.get(row);
  if (stretches === undefined) {
    marks.set(row, [from, to]);
    return;
  }
  const at = stretches.length - 2;
  const lastFrom = stretches[at] ?? 0;
  const lastTo = stretches[at + 1] ?? 0;
  if (from > lastTo || to < lastFrom) {
    stretches.push(from, to);
    return;
  }
  if (from < lastFrom) stretches[at] = from;
  if (to > lastTo) stretches[at + 1] = to;
}

interface Runs {
  readonly firstRow: number;
  /** Where each row's runs begin in `from` and `to`; one more entry than rows. */
  readonly rowStart: Int32Array;
  /** First and last column of each run. */
  readonly from: Uint16Array;
  readonly to: Uint16Array;
}

function* collectRuns(marks: Marks): Steps<Runs> {
  const rows = [...marks.keys()].sort((a, b) => a - b);
  const firstRow = rows[0] ?? 0;
  const lastRow = rows.at(-1) ?? -1;
  const rowStart = [0];
  const from: number[] = [];
  const to: number[] = [];
  for (let row = firstRow; row <= lastRow; row += 1) {
    if (row % ROWS_IN_A_STEP === 0) yield;
    let free = 0;
    for (const [first, last] of sortStretches(marks.get(row) ?? [])) {
      if (first > free) {
        from.push(free);
        to.push(first - 1);
      }
      free = Math.max(free, last + 1);
    }
    if (free < COLUMNS) {
      from.push(free);
      to.push(COLUMNS - 1);
    }
    rowStart.push(from.length);
  }
  return {
    firstRow,
    rowStart: Int32Array.from(rowStart),
    from: Uint16Array.from(from),
    to: Uint16Array.from(to),
  };
}

function sortStretches(stretches: readonly number[]): [first: number, last: number][] {
  const pairs: [number, number][] = [];
  for (let at = 0; at < stretches.length; at += 2) pairs.push([stretches[at] ?? 0, stretches[at + 1] ?? 0]);
  return pairs.sort((a, b) => a[0] - b[0]);
}

/** Gives each run the number of its part: union-find over runs of neighbouring rows that overlap. */
function* joinRuns({ rowStart, from, to }: Runs): Steps<Int32Array> {
  const parent = Int32Array.from(from, (_, run) => run);
  for (let row = 1; row + 1 < rowStart.length; row += 1) {
    if (row % ROWS_IN_A_STEP === 0) yield;
    const end = rowStart[row + 1] ?? 0;
    const endAbove = rowStart[row] ?? 0;
    let run = endAbove;
    let above = rowStart[row - 1] ?? 0;
    while (above < endAbove && run < end) {
      const apart = (from[above] ?? 0) > (to[run] ?? 0) || (from[run] ?? 0) > (to[above] ?? 0);
      if (!apart) parent[rootOf(parent, run)] = rootOf(parent, above);
      if ((to[above] ?? 0) < (to[run] ?? 0)) above += 1;
      else run += 1;
    }
  }
  return parent.map((_, run) => rootOf(parent, run));
}

function rootOf(parent: Int32Array, run: number): number {
  let root = run;
  for (let next = parent[root] ?? root; next !== root; next = parent[root] ?? root) {
    parent[root] = parent[next] ?? next;
    root = next;
  }
  return root;
}
