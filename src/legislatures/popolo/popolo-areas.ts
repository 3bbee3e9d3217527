import { refuseFile, type SourceFile } from '../files/source-file.js';
import { countryName, divisionPart } from '../imports/names.js';
import type { Division, DivisionId } from '../model.js';
import type { PopoloArea } from './popolo-document.js';
import { shortId } from './term.js';

const DIVISION_ID = /^ocd-division\/country:[a-z]{2}(?:\/[^/:\s,]+:[^/:\s,]+)*$/u;

/** The divisions of a file's areas, and the country around them. */
export interface AreaDivisions {
  readonly country: Division;
  /** The division of an area; the country for none. */
  of(areaId: string | undefined, path: string): Division;
  /** All that were asked for, sorted by id, after the country. */
  used(): readonly Division[];
}

/** Makes the divisions of areas: by the Open Civic Data id where a file has it, else by an id of that form. */
export function divisionsOfAreas(
  file: SourceFile,
  areas: ReadonlyMap<string, PopoloArea>,
  countryCode: string,
): AreaDivisions {
  const country: Division = { id: `ocd-division/country:${countryCode}`, name: countryName(countryCode) };
  const made = new Map<string, Division>();
  const areaOfId = new Map<DivisionId, string>();
  const make = (area: PopoloArea, path: string): Division => {
    const id =
      statedId(area) ?? `${country.id}/${divisionPart(kindOf(area))}:${divisionPart(shortId(area.id))}`;
    const other = areaOfId.get(id);
    if (other !== undefined)
      return refuseFile(file.name, `the areas "${other}" and "${area.id}" would have the same id, ${id}`, {
        path,
      });
    areaOfId.set(id, area.id);
    const name = area.name?.trim() || shortId(area.id);
    return id === country.id ? country : { id, name, parent: country.id };
  };
  return {
    country,
    of(areaId, path) {
      if (areaId === undefined) return country;
      const known = made.get(areaId);
      if (known !== undefined) return known;
      const area = areas.get(areaId) ?? refuseFile(file.name, `there is no area "${areaId}"`, { path });
      const division = make(area, path);
      made.set(areaId, division);
      return division;
    },
    used() {
      const inner = [...made.values()].filter(({ id }) => id !== country.id);
      return [country, ...inner.sort((a, b) => (a.id < b.id ? -1 : 1))];
    },
  };
}

function statedId({ id, identifier, identifiers }: PopoloArea): DivisionId | undefined {
  const stated = [id, identifier, ...(identifiers ?? []).map((other) => other.identifier)];
  return stated.find((value): value is string => typeof value === 'string' && DIVISION_ID.test(value));
}

function kindOf({ type, classification }: PopoloArea): string {
  return type || classification || 'constituency';
}
