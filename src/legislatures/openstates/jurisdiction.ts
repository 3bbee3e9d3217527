import { divisionPart } from '../imports/names.js';
import type { Chamber, Division, DivisionId } from '../model.js';
import { STATES } from '../us-congress/states.js';

const JURISDICTION =
  /^ocd-jurisdiction\/(country:([a-z]{2})(?:\/(?:state|district|territory):([a-z]{2}))?)\/government$/;

/** A state and its legislature. */
export interface Jurisdiction {
  readonly country: string;
  /** `vt` */
  readonly code: string;
  readonly division: Division;
}

/** Reads `ocd-jurisdiction/country:us/state:vt/government`; undefined for a city, a county, or anything else. */
export function readJurisdiction(text: string): Jurisdiction | undefined {
  const [, path, country, code] = JURISDICTION.exec(text) ?? [];
  if (path === undefined || country === undefined || code === undefined) return undefined;
  const state = country === 'us' ? STATES.find((other) => other.code === code.toUpperCase()) : undefined;
  const name = state?.name ?? code.toUpperCase();
  return { country, code, division: { id: `ocd-division/${path}`, name, code: code.toUpperCase() } };
}

export type ChamberKind = 'upper' | 'lower' | 'legislature';

export const CHAMBER_KINDS: readonly ChamberKind[] = ['lower', 'upper', 'legislature'];

/** Lower houses that are not called House of Representatives, and what their members are called. */
const LOWER_HOUSES: Readonly<Record<string, readonly [chamber: string, title: string]>> = {
  ca: ['State Assembly', 'Assembly Member'],
  md: ['House of Delegates', 'Delegate'],
  nj: ['General Assembly', 'Assembly Member'],
  nv: ['Assembly', 'Assembly Member'],
  ny: ['Assembly', 'Assembly Member'],
  va: ['House of Delegates', 'Delegate'],
  wi: ['State Assembly', 'Representative'],
  wv: ['House of Delegates', 'Delegate'],
};
/** The council of the federal district is no house of senators. */
const COUNCILS: ReadonlySet<string> = new Set(['dc']);

export function chamberOf(kind: ChamberKind, { code }: Jurisdiction): Chamber {
  if (kind === 'upper') return { id: 'upper', name: 'Senate', role: 'upper' };
  if (kind === 'lower')
    return { id: 'lower', name: LOWER_HOUSES[code]?.[0] ?? 'House of Representatives', role: 'lower' };
  return { id: 'legislature', name: COUNCILS.has(code) ? 'Council' : 'Legislature', role: 'unicameral' };
}

export function titleOf(kind: ChamberKind, { code }: Jurisdiction): string {
  if (kind === 'lower') return LOWER_HOUSES[code]?.[1] ?? 'Representative';
  return COUNCILS.has(code) ? 'Councilmember' : 'Senator';
}

/** `…/state:vt/sldl:grand_isle-chittenden`; the districts of a single chamber are upper ones (Census, OCD). */
export function districtOf(kind: ChamberKind, district: string, { division }: Jurisdiction): Division {
  const type = kind === 'lower' ? 'sldl' : 'sldu';
  const id: DivisionId = `${division.id}/${type}:${divisionPart(district)}`;
  const name = /^\d+[A-Z]?$/.test(district) ? `District ${district}` : district;
  return { id, name, code: district, parent: division.id };
}
