import type { Division, DivisionId } from '../model.js';
import { type State, stateDivision } from './states.js';

const HIGHEST_DISTRICT = 97;
/** The Census's number for the district of a delegate. */
const DELEGATE_DISTRICT = 98;

/** A House district in the one form used here; every source numbers the single district of a state differently. */
export interface HouseDistrict {
  readonly state: State;
  /** 0: the whole state, federal district or territory. */
  readonly number: number;
}

/** Reads a number as a source writes it: `12`, `'00'`, `'98'`; undefined for anything else, `ZZ` among it. */
export function readDistrictNumber(value: unknown): number | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string' || !/^\d{1,2}$/.test(text)) return undefined;
  const number = Number(text);
  if (number === DELEGATE_DISTRICT) return 0;
  return number <= HIGHEST_DISTRICT ? number : undefined;
}

/** `ocd-division/country:us/state:ca/cd:11`, `…/state:ak/cd:at-large` */
export function districtDivision({ state, number }: HouseDistrict): DivisionId {
  return `${stateDivision(state)}/cd:${number === 0 ? 'at-large' : number}`;
}

/** `CA-11`, `AK-AL` */
function districtCode({ state, number }: HouseDistrict): string {
  return `${state.code}-${number === 0 ? 'AL' : number}`;
}

function districtName({ state, number }: HouseDistrict): string {
  if (number > 0) return `${state.name}, district ${number}`;
  return state.kind === 'state' ? `${state.name}, at large` : state.name;
}

export function makeDistrict(district: HouseDistrict): Division {
  return {
    id: districtDivision(district),
    name: districtName(district),
    code: districtCode(district),
    parent: stateDivision(district.state),
  };
}
