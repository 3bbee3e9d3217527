import type { DivisionId } from '../model.js';

type Kind = 'state' | 'district' | 'territory';

/** A state, the federal district or a territory that has a seat in the House. */
export interface State {
  readonly code: string;
  readonly name: string;
  readonly fips: string;
  readonly kind: Kind;
}

const STATES_BY_FIPS: readonly (readonly [fips: string, code: string, name: string])[] = [
  ['01', 'AL', 'Alabama'],
  ['02', 'AK', 'Alaska'],
  ['04', 'AZ', 'Arizona'],
  ['05', 'AR', 'Arkansas'],
  ['06', 'CA', 'California'],
  ['08', 'CO', 'Colorado'],
  ['09', 'CT', 'Connecticut'],
  ['10', 'DE', 'Delaware'],
  ['12', 'FL', 'Florida'],
  ['13', 'GA', 'Georgia'],
  ['15', 'HI', 'Hawaii'],
  ['16', 'ID', 'Idaho'],
  ['17', 'IL', 'Illinois'],
  ['18', 'IN', 'Indiana'],
  ['19', 'IA', 'Iowa'],
  ['20', 'KS', 'Kansas'],
  ['21', 'KY', 'Kentucky'],
  ['22', 'LA', 'Louisiana'],
  ['23', 'ME', 'Maine'],
  ['24', 'MD', 'Maryland'],
  ['25', 'MA', 'Massachusetts'],
  ['26', 'MI', 'Michigan'],
  ['27', 'MN', 'Minnesota'],
  ['28', 'MS', 'Mississippi'],
  ['29', 'MO', 'Missouri'],
  ['30', 'MT', 'Montana'],
  ['31', 'NE', 'Nebraska'],
  ['32', 'NV', 'Nevada'],
  ['33', 'NH', 'New Hampshire'],
  ['34', 'NJ', 'New Jersey'],
  ['35', 'NM', 'New Mexico'],
  ['36', 'NY', 'New York'],
  ['37', 'NC', 'North Carolina'],
  ['38', 'ND', 'North Dakota'],
  ['39', 'OH', 'Ohio'],
  ['40', 'OK', 'Oklahoma'],
  ['41', 'OR', 'Oregon'],
  ['42', 'PA', 'Pennsylvania'],
  ['44', 'RI', 'Rhode Island'],
  ['45', 'SC', 'South Carolina'],
  ['46', 'SD', 'South Dakota'],
  ['47', 'TN', 'Tennessee'],
  ['48', 'TX', 'Texas'],
  ['49', 'UT', 'Utah'],
  ['50', 'VT', 'Vermont'],
  ['51', 'VA', 'Virginia'],
  ['53', 'WA', 'Washington'],
  ['54', 'WV', 'West Virginia'],
  ['55', 'WI', 'Wisconsin'],
  ['56', 'WY', 'Wyoming'],
];

const OTHERS: readonly State[] = [
  { fips: '11', code: 'DC', name: 'District of Columbia', kind: 'district' },
  { fips: '60', code: 'AS', name: 'American Samoa', kind: 'territory' },
  { fips: '66', code: 'GU', name: 'Guam', kind: 'territory' },
  { fips: '69', code: 'MP', name: 'Northern Mariana Islands', kind: 'territory' },
  { fips: '72', code: 'PR', name: 'Puerto Rico', kind: 'territory' },
  { fips: '78', code: 'VI', name: 'U.S. Virgin Islands', kind: 'territory' },
];

/** The fifty states, then those that send a delegate and no senator. */
export const STATES: readonly State[] = [
  ...STATES_BY_FIPS.map(([fips, code, name]) => ({ fips, code, name, kind: 'state' as const })),
  ...OTHERS,
];

const BY_CODE = new Map(STATES.map((state) => [state.code, state]));
const BY_FIPS = new Map(STATES.map((state) => [state.fips, state]));

export const stateOfCode = (code: string): State | undefined => BY_CODE.get(code);
export const stateOfFips = (fips: string): State | undefined => BY_FIPS.get(fips);

/** `ocd-division/country:us/state:ca`, `…/district:dc`, `…/territory:pr` */
export function stateDivision({ kind, code }: State): DivisionId {
  return `ocd-division/country:us/${kind}:${code.toLowerCase()}`;
}
