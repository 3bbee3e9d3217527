import { type DegreeBox, squeezeOf } from './map-frame.js';

/** Two areas belong together when no wider gap than this share of a usual area parts them. */
const GAP_OF_AREA = 0.5;
/** What lies so near to the main part, as a share of its size, is shown with it. */
const GAP_OF_MAIN = 0.05;
const WHOLE_CIRCLE = 360;

export interface BoxedArea {
  readonly id: string;
  readonly box: DegreeBox;
  /** How many divisions it holds: the main part is where most of them are. */
  readonly weight: number;
}

/** The areas that lie together, as most do: a picture that also held far islands would show nothing but sea. */
export function mainCluster(areas: readonly BoxedArea[]): ReadonlySet<string> {
  const usual = median(areas.map(({ box }) => sizeOf(box)));
  const clusters = clusterBy(areas, usual * GAP_OF_AREA);
  const [main = [], ...others] = clusters.toSorted((a, b) => weightOf(b) - weightOf(a));
  const whole = main.length === 0 ? undefined : around(main.map(({ box }) => box));
  const near = others
    .flat()
    .filter(({ box }) => whole !== undefined && gapBetween(box, whole) <= sizeOf(whole) * GAP_OF_MAIN);
  return new Set([...main, ...near].map(({ id }) => id));
}

/** The least box around boxes on the same side of the 180th meridian. */
function around(boxes: readonly DegreeBox[]): DegreeBox {
  return {
    west: Math.min(...boxes.map(({ west }) => west)),
    south: Math.min(...boxes.map(({ south }) => south)),
    east: Math.max(...boxes.map(({ east }) => east)),
    north: Math.max(...boxes.map(({ north }) => north)),
  };
}

function clusterBy(areas: readonly BoxedArea[], gap: number): BoxedArea[][] {
  let clusters: BoxedArea[][] = [];
  for (const area of areas) {
    const near = clusters.filter((cluster) => cluster.some(({ box }) => gapBetween(box, area.box) <= gap));
    clusters = [...clusters.filter((cluster) => !near.includes(cluster)), [area, ...near.flat()]];
  }
  return clusters;
}

function weightOf(cluster: readonly BoxedArea[]): number {
  return cluster.reduce((sum, { weight }) => sum + weight, 0);
}

/** Between two boxes, in degrees of latitude; 0 where they touch. */
function gapBetween(a: DegreeBox, b: DegreeBox): number {
  const squeeze = squeezeOf(around([a, b]));
  const apart = [-WHOLE_CIRCLE, 0, WHOLE_CIRCLE].map((turn) =>
    Math.max(0, a.west + turn - b.east, b.west - a.east - turn),
  );
  const across = Math.min(...apart) * squeeze;
  return Math.hypot(across, Math.max(0, a.south - b.north, b.south - a.north));
}

function sizeOf(box: DegreeBox): number {
  return Math.hypot((box.east - box.west) * squeezeOf(box), box.north - box.south);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
