import type { Division, DivisionId, LegislatureSet } from '../model.js';
import { districtDivision, readDistrictNumber } from '../us-congress/house-district.js';
import { stateDivision, stateOfFips } from '../us-congress/states.js';

const CONGRESSIONAL_FIELD = /^CD\d{2,3}FP$/;
/** `ZZ`, `ZZZ`: open water that is in no district. */
const NO_DISTRICT = /^Z{2,3}$/;
/** Where files of other kinds say which division a feature is, the surest first. */
const PLAIN_FIELDS = [
  'ocd_id',
  'ocdid',
  'ocd_division_id',
  'division_id',
  'division',
  'id',
  'code',
  'GEOID',
  'name',
  'NAME',
  'Name',
  'NAMELSAD',
];
const LONGEST_NAME = 1000;
/** What the Census adds to a name, and to a number. */
const CENSUS_WORDS =
  /\b(?:state )?(?:senate|house|assembly|legislative|house of delegates|general assembly)(?: (?:subdistrict|district))?\b|\b(?:congressional|state) district\b|\(at large\)|\bdistrict\b/gi;

export type FeatureProperties = Readonly<Record<string, unknown>>;

export type Match =
  | { readonly kind: 'division'; readonly division: Division }
  | { readonly kind: 'water' }
  | { readonly kind: 'several'; readonly named: string; readonly divisions: readonly Division[] }
  | { readonly kind: 'none'; readonly named: string };

export interface MatchOptions {
  /** The property that names the division; without it, those that are usual. */
  readonly property?: string | undefined;
  /** Only divisions that elect to this chamber. */
  readonly chamber?: string | undefined;
}

/** Finds the division of a feature by its properties: by an id, a code or a name of the division. */
export class DivisionMatcher {
  readonly #byId: ReadonlyMap<DivisionId, Division>;
  readonly #byName = new Map<string, Set<Division>>();
  readonly #options: MatchOptions;

  constructor({ divisions, seats }: LegislatureSet, options: MatchOptions) {
    const { chamber } = options;
    const electing = new Set(
      seats.filter((seat) => seat.chamber === chamber).map(({ division }) => division),
    );
    const wanted = chamber === undefined ? divisions : divisions.filter(({ id }) => electing.has(id));
    this.#options = options;
    this.#byId = new Map(wanted.map((division) => [division.id, division]));
    for (const division of wanted)
      for (const name of new Set(namesOf(division))) this.#names(name).add(division);
  }

  match(properties: FeatureProperties): Match {
    const { property } = this.#options;
    if (property !== undefined) return this.#find(wordOf(properties[property]) ?? '', '');
    return (
      matchCensus(properties, (word, type) => this.#find(word, type), this.#byId) ?? this.#usual(properties)
    );
  }

  #usual(properties: FeatureProperties): Match {
    let several: Match | undefined;
    let named = '';
    for (const field of PLAIN_FIELDS) {
      const word = wordOf(properties[field]);
      if (word === undefined) continue;
      const found = this.#find(word, '');
      if (found.kind === 'division') return found;
      if (found.kind === 'several') several ??= found;
      named ||= word;
    }
    return several ?? { kind: 'none', named };
  }

  #find(word: string, type: string): Match {
    const exact = this.#byId.get(word);
    if (exact !== undefined) return { kind: 'division', division: exact };
    const found = [...(this.#byName.get(fold(word)) ?? [])].filter(({ id }) => id.includes(type));
    const [division, ...others] = found;
    if (division === undefined) return { kind: 'none', named: word };
    return others.length === 0
      ? { kind: 'division', division }
      : { kind: 'several', named: word, divisions: found };
  }

  #names(name: string): Set<Division> {
    const known = this.#byName.get(name) ?? new Set();
    this.#byName.set(name, known);
    return known;
  }
}

/** By the fields of the Census: `STATEFP` with `CD119FP`, `SLDUST` or `SLDLST`. Undefined for another file. */
function matchCensus(
  properties: FeatureProperties,
  find: (word: string, type: string) => Match,
  byId: ReadonlyMap<DivisionId, Division>,
): Match | undefined {
  const state = stateOfFips(wordOf(properties.STATEFP) ?? '');
  for (const [field, value] of Object.entries(properties)) {
    const congressional = CONGRESSIONAL_FIELD.test(field);
    const type = congressional
      ? '/cd:'
      : field === 'SLDUST'
        ? '/sldu:'
        : field === 'SLDLST'
          ? '/sldl:'
          : undefined;
    if (type === undefined) continue;
    const code = wordOf(value) ?? '';
    if (NO_DISTRICT.test(code)) return { kind: 'water' };
    const number = readDistrictNumber(code);
    if (state !== undefined && congressional && number !== undefined) {
      const id = districtDivision({ state, number });
      const division = byId.get(id);
      return division === undefined ? { kind: 'none', named: id } : { kind: 'division', division };
    }
    const named = wordOf(properties.NAMELSAD) ?? '';
    const within = state === undefined ? type : stateDivision(state) + type;
    const byCode = find(code.replace(/^0+(?=.)/, ''), within);
    const match = byCode.kind === 'division' ? byCode : find(named, within);
    return match.kind === 'none' ? { kind: 'none', named: named || code } : match;
  }
  return undefined;
}

function wordOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string' || value.length > LONGEST_NAME) return undefined;
  return value.trim() || undefined;
}

/** The last part of an id, the code and the name: each as it is compared. */
function namesOf({ id, code, name }: Division): string[] {
  return [id.slice(id.lastIndexOf(':') + 1), code ?? '', name].map(fold).filter((word) => word !== '');
}

function fold(word: string): string {
  return word
    .replace(CENSUS_WORDS, ' ')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replace(/\b0+(?=\d)/g, '');
}
