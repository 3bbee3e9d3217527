import type { DivisionId } from '../model.js';
import type { Snapshot } from '../snapshot.js';
import { type AreaToDraw, type DrawnArea, drawAreas } from './draw-areas.js';
import { type BoxedArea, mainCluster } from './main-cluster.js';
import { boxOfBoundaries, frameAround, isNear, type MapFrame } from './map-frame.js';
import { type DrawableDivision, layerOf, layerWith, liesIn } from './map-layers.js';

/** With more divisions than this, an overview shows the larger ones that they lie in. */
const MOST_AREAS = 60;
/** As a share of the division's longer side. */
const SURROUNDINGS = 0.45;
/** Some 40 kB each. */
const MOST_PICTURES_KEPT = 200;

/** A picture of divisions. It holds no words and no links: those who show it add them. */
export interface MapPicture {
  readonly frame: MapFrame;
  /** Without overlap. */
  readonly areas: readonly MapArea[];
  /** Too far away to be shown with the others. */
  readonly elsewhere: readonly DivisionId[];
}

export interface MapArea extends DrawnArea {
  readonly id: DivisionId;
  /** It, or what it lies in, is what the picture is about. */
  readonly current: boolean;
  /** It stands for the divisions in it, which have a picture of their own. */
  readonly group: boolean;
}

interface Overview {
  /** The layer of one of these chambers (`Chamber.id`); of any without it. */
  readonly chambers?: readonly string[] | undefined;
  /** Only what lies in this division. */
  readonly within?: DivisionId | undefined;
}

/** All divisions of a set, or of one part of it; undefined where no lines are known. */
export function drawOverview(snapshot: Snapshot, { chambers, within }: Overview): MapPicture | undefined {
  return kept(snapshot, `overview ${chambers?.join(' ') ?? ''} in ${within ?? ''}`, () => {
    const layer = layerOf(snapshot, chambers).filter(
      ({ division }) => within === undefined || liesIn(snapshot, division.id, within),
    );
    const grouped = within === undefined && layer.length > MOST_AREAS ? groupByParent(layer) : undefined;
    const areas = grouped ?? layer.map(areaOf);
    return drawMain(areas, grouped !== undefined);
  });
}

/** A division, or what lies in it, with what lies around; undefined where its lines are not known. */
export function drawSurroundings(snapshot: Snapshot, id: DivisionId): MapPicture | undefined {
  return kept(snapshot, `around ${id}`, () => {
    const layer = layerWith(snapshot, id);
    const current = new Set(
      layer.map(({ division }) => division.id).filter((inner) => liesIn(snapshot, inner, id)),
    );
    const box = boxOfBoundaries(
      layer.filter(({ division }) => current.has(division.id)).map(({ boundary }) => boundary),
    );
    if (box === undefined) return undefined;
    const frame = frameAround(box, SURROUNDINGS);
    const drawn = drawAreas(layer.filter(({ boundary }) => isNear(boundary, frame)).map(areaOf), frame);
    const areas = drawn.map((area) => ({ ...area, current: current.has(area.id), group: false }));
    return { frame, areas, elsewhere: [] };
  });
}

function areaOf({ division, boundary }: DrawableDivision): AreaToDraw {
  return { id: division.id, boundaries: [boundary] };
}

/** Undefined where the divisions do not lie in larger ones: then there is nothing to group by. */
function groupByParent(layer: readonly DrawableDivision[]): AreaToDraw[] | undefined {
  const groups = Map.groupBy(layer, ({ division }) => division.parent ?? division.id);
  if (groups.size < 2 || groups.size === layer.length) return undefined;
  return [...groups].map(([id, members]) => ({ id, boundaries: members.map(({ boundary }) => boundary) }));
}

function drawMain(areas: readonly AreaToDraw[], group: boolean): MapPicture | undefined {
  const boxed = areas.flatMap(({ id, boundaries }): BoxedArea[] => {
    const box = boxOfBoundaries(boundaries);
    return box === undefined ? [] : [{ id, box, weight: boundaries.length }];
  });
  const ids = mainCluster(boxed);
  const main = areas.filter(({ id }) => ids.has(id));
  const box = boxOfBoundaries(main.flatMap(({ boundaries }) => boundaries));
  if (box === undefined) return undefined;
  const frame = frameAround(box);
  const drawn = drawAreas(main, frame);
  return {
    frame,
    areas: drawn.map((area) => ({ ...area, current: false, group })),
    elsewhere: areas.map(({ id }) => id).filter((id) => !ids.has(id)),
  };
}

const pictures = new WeakMap<Snapshot, Map<string, MapPicture | undefined>>();

/** A picture is drawn once for each version of a set, and goes with it. */
function kept(snapshot: Snapshot, name: string, draw: () => MapPicture | undefined): MapPicture | undefined {
  const shelf = pictures.get(snapshot) ?? new Map<string, MapPicture | undefined>();
  pictures.set(snapshot, shelf);
  if (shelf.has(name)) return shelf.get(name);
  const picture = draw();
  const [oldest] = shelf.keys();
  if (shelf.size >= MOST_PICTURES_KEPT && oldest !== undefined) shelf.delete(oldest);
  shelf.set(name, picture);
  return picture;
}
