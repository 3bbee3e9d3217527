import type { DivisionId } from './model.js';
import type { Snapshot } from './snapshot.js';

/** A division that somebody can choose as the place where they live. */
export interface DivisionChoice {
  readonly id: DivisionId;
  readonly name: string;
  readonly code: string | undefined;
  /** The name of the division around it, to group a list by. */
  readonly within: string | undefined;
}

/** The innermost divisions, by name as a reader of that language (BCP 47) sorts: "District 2" before "District 10". */
export function listDivisions(snapshot: Snapshot, languageTag: string): DivisionChoice[] {
  const outer = new Set(snapshot.set.divisions.map(({ parent }) => parent));
  const collator = new Intl.Collator(languageTag, { numeric: true });
  return snapshot.residences
    .filter(({ division, seats }) => !outer.has(division.id) && seats.length > 0)
    .map(({ division: { id, name, code, parent } }) => ({
      id,
      name,
      code,
      within: parent === undefined ? undefined : snapshot.residenceOf.get(parent)?.division.name,
    }))
    .sort((a, b) => collator.compare(a.within ?? '', b.within ?? '') || collator.compare(a.name, b.name));
}

/** The choices in whose name, code or surrounding division every word of the text occurs; accents do not count. */
export function findDivisions(snapshot: Snapshot, text: string, languageTag: string): DivisionChoice[] {
  const words = fold(text).split(/\s+/).filter(Boolean);
  return listDivisions(snapshot, languageTag).filter(({ name, code, within }) => {
    const haystack = fold(`${name} ${code ?? ''} ${within ?? ''}`);
    return words.every((word) => haystack.includes(word));
  });
}

function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
