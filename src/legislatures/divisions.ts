import { foldText } from '../language/index.js';
import type { DivisionId } from './model.js';
import type { Residence, Snapshot } from './snapshot.js';

/** A division that somebody can choose as the place where they live. */
export interface DivisionChoice {
  readonly id: DivisionId;
  readonly name: string;
  readonly code: string | undefined;
  /** The name of the division around it, or of its chamber where those have districts of their own: to group by. */
  readonly within: string | undefined;
}

/** The innermost divisions, by name as a reader of that language (BCP 47) sorts: "District 2" before "District 10". */
export function listDivisions(snapshot: Snapshot, languageTag: string): DivisionChoice[] {
  const outer = new Set(snapshot.set.divisions.map(({ parent }) => parent));
  const collator = new Intl.Collator(languageTag, { numeric: true });
  return snapshot.residences
    .filter(({ division, seats }) => !outer.has(division.id) && seats.length > 0)
    .map((residence) => ({
      id: residence.division.id,
      name: residence.division.name,
      code: residence.division.code,
      within: groupOf(snapshot, residence),
    }))
    .sort((a, b) => collator.compare(a.within ?? '', b.within ?? '') || collator.compare(a.name, b.name));
}

function groupOf({ layers, residenceOf }: Snapshot, { division, seats }: Residence): string | undefined {
  if (layers.count > 1) return seats.find((seat) => seat.division === division)?.chamber.name;
  return division.parent === undefined ? undefined : residenceOf.get(division.parent)?.division.name;
}

/** The choices in whose name, code or surrounding division every word of the text occurs; accents do not count. */
export function findDivisions(snapshot: Snapshot, text: string, languageTag: string): DivisionChoice[] {
  const words = foldText(text).split(/\s+/).filter(Boolean);
  return listDivisions(snapshot, languageTag).filter(({ name, code, within }) => {
    const haystack = foldText(`${name} ${code ?? ''} ${within ?? ''}`);
    return words.every((word) => haystack.includes(word));
  });
}
