import type { Position } from 'geojson';

const FIRST_THRESHOLD = 0.25;
const THRESHOLD_GROWTH = 1.5;
const LEAST_CLOSED_POINTS = 4;

/**
 * Leaves out the points that change a line least (after Visvalingam and Whyatt, by the area of the triangle with
 * their neighbours) until no more than `most` are left in all lines, or nothing more can go. The ends of a line stay, so lines
 * that met still meet.
 */
export function simplifyLines(
  lines: readonly Position[][],
  most: number,
  weight: (point: Position) => number,
): Position[][] {
  let thinned = [...lines];
  let left = countPoints(thinned);
  for (let threshold = FIRST_THRESHOLD; left > most; threshold *= THRESHOLD_GROWTH) {
    thinned = thinned.map((line) => thin(line, threshold, weight));
    left = countPoints(thinned);
    if (threshold > Number.MAX_SAFE_INTEGER) break;
  }
  return thinned;
}

function countPoints(lines: readonly Position[][]): number {
  return lines.reduce((sum, line) => sum + line.length, 0);
}

function thin(line: Position[], threshold: number, weight: (point: Position) => number): Position[] {
  let thinned = line;
  for (;;) {
    const next = leaveOut(thinned, threshold, weight);
    if (next.length === thinned.length) return thinned;
    thinned = next;
  }
}

/** Never two neighbours at once: each triangle is measured on what stays. */
function leaveOut(line: Position[], threshold: number, weight: (point: Position) => number): Position[] {
  let afterGap = false;
  const kept = line.filter((point, at) => {
    const [before, after] = [line[at - 1], line[at + 1]];
    const stays =
      afterGap ||
      before === undefined ||
      after === undefined ||
      doubleArea(before, point, after) * weight(point) >= 2 * threshold;
    afterGap = !stays;
    return stays;
  });
  const [first, last] = [kept[0], kept.at(-1)];
  const closed = first?.[0] === last?.[0] && first?.[1] === last?.[1];
  return closed && kept.length < LEAST_CLOSED_POINTS ? line : kept;
}

function doubleArea(
  [ax = 0, ay = 0]: Position,
  [bx = 0, by = 0]: Position,
  [cx = 0, cy = 0]: Position,
): number {
  return Math.abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay));
}
