import type { DistrictMapView } from '../../design/index.js';
import type { Language } from '../../language/index.js';
import type { DivisionId } from '../model.js';
import type { Snapshot } from '../snapshot.js';
import type { MapPicture } from './draw-map.js';

interface MapWords {
  readonly language: Language;
  readonly title: string;
  /** Where a division leads; a group stands for the divisions in it. */
  readonly hrefOf: (id: DivisionId, group: boolean) => string;
}

/** A picture with the names of its divisions, in the order of these names, so that the keyboard finds them. */
export function viewMap(snapshot: Snapshot, picture: MapPicture, words: MapWords): DistrictMapView {
  const { language, title, hrefOf } = words;
  const areas = picture.areas.map(({ id, path, current, group, label }) => ({
    id,
    name: nameOfDivision(snapshot, id),
    short: snapshot.residenceOf.get(id)?.division.code,
    path,
    current,
    label,
    href: hrefOf(id, group),
  }));
  return { title, frame: picture.frame, areas: areas.sort((a, b) => language.compare(a.name, b.name)) };
}

/** The name of a division; its id where the set does not have it. */
export function nameOfDivision({ residenceOf }: Snapshot, id: DivisionId): string {
  return residenceOf.get(id)?.division.name ?? id;
}
