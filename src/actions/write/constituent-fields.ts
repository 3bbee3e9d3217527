import { type ConstituentFacts, oneLine, PREFIXES } from '../../delivery/index.js';
import type { FieldProblem } from '../../errors.js';
import type { MessageKey } from '../../language/index.js';
import { STATES } from '../../legislatures/index.js';

/** What the Congress's mail systems want to know of a constituent, by the names of the form's fields. */
export const FACT_FIELDS = [
  'given_name',
  'family_name',
  'prefix',
  'address_line1',
  'address_line2',
  'city',
  'state',
  'zip',
  'phone',
] as const;
export type FactField = (typeof FACT_FIELDS)[number];
/** Field by field as typed; '' where nothing was. */
export type TypedFacts = Readonly<Record<FactField, string>>;

export const NO_FACTS: TypedFacts = {
  given_name: '',
  family_name: '',
  prefix: '',
  address_line1: '',
  address_line2: '',
  city: '',
  state: '',
  zip: '',
  phone: '',
};

/** Line breaks, controls, and what a mail program takes for an encoded word (RFC 2047) and shows as something else. */
export const NOT_IN_A_LINE = /[\p{Cc}\p{Cs}\u2028\u2029\ufffe\uffff]|=\?/u;

const ZIP = /^\d{5}(?:-\d{4})?$/;
const PHONE = /^(?:\+?1[ .-]?)?\(?(\d{3})\)?[ .-]?(\d{3})[ .-]?(\d{4})$/;

interface LineRule {
  readonly field: FactField;
  /** In characters of Unicode; what the Congress's mail systems want at least. */
  readonly least: number;
  readonly most: number;
  /** What is said where it is empty; absent where it may be. */
  readonly missing?: MessageKey;
}

const NAMES: readonly LineRule[] = [
  { field: 'given_name', least: 1, most: 60, missing: 'actions.error.given_name_missing' },
  { field: 'family_name', least: 1, most: 60, missing: 'actions.error.family_name_missing' },
];
const ADDRESS: readonly LineRule[] = [
  { field: 'address_line1', least: 3, most: 100, missing: 'actions.error.address_line1_missing' },
  { field: 'address_line2', least: 1, most: 100 },
  { field: 'city', least: 3, most: 60, missing: 'actions.error.city_missing' },
];

/** What the address and the like lack for the mail system of a chamber. `checkNames` looks at the name. */
export function* checkFacts(facts: TypedFacts, chamber: string): Generator<FieldProblem> {
  const { prefix, state, zip, phone } = facts;
  const params = { chamber };
  if (prefix === '') yield { field: 'prefix', key: 'actions.error.prefix_missing', params };
  else if (!PREFIXES.includes(prefix)) {
    yield { field: 'prefix', key: 'actions.error.prefix_unknown', params: { known: PREFIXES.join(' ') } };
  }
  for (const rule of ADDRESS) yield* checkLine(facts, rule, chamber);
  if (state === '') yield { field: 'state', key: 'actions.error.state_missing', params };
  else if (!STATES.some(({ code }) => code === state))
    yield { field: 'state', key: 'actions.error.state_unknown' };
  if (zip.trim() === '') yield { field: 'zip', key: 'actions.error.zip_missing', params };
  else if (!ZIP.test(zip.trim())) yield { field: 'zip', key: 'actions.error.zip_unusable' };
  if (phone.trim() !== '' && !PHONE.test(phone.trim()))
    yield { field: 'phone', key: 'actions.error.phone_unusable' };
}

/** What a name in two fields lacks, for the mail system of a chamber or where there is none in play. */
export function* checkNames(facts: TypedFacts, chamber: string | undefined): Generator<FieldProblem> {
  for (const rule of NAMES) {
    yield* chamber === undefined
      ? checkLine(facts, { field: rule.field, least: 0, most: rule.most }, '')
      : checkLine(facts, rule, chamber);
  }
  if (chamber === undefined && nameOf(facts) === '')
    yield { field: 'given_name', key: 'actions.error.name_missing' };
}

function* checkLine(facts: TypedFacts, rule: LineRule, chamber: string): Generator<FieldProblem> {
  const { field, least, most, missing } = rule;
  const typed = facts[field].trim();
  const { length } = [...typed];
  const fits = length >= least && length <= most && !NOT_IN_A_LINE.test(typed);
  if (typed === '' && missing !== undefined) yield { field, key: missing, params: { chamber } };
  else if (typed !== '' && !fits) yield { field, key: 'actions.error.fact_length', params: { least, most } };
}

/** The name as it stands below a letter: given name, family name. */
export function nameOf(facts: TypedFacts): string {
  return oneLine(`${facts.given_name} ${facts.family_name}`);
}

/** The address as it stands below a letter, lines separated by line feeds. */
export function addressOf(facts: TypedFacts): string {
  const { address_line1, address_line2, city, state, zip } = facts;
  const region = [state, zip].map(oneLine).filter(Boolean).join(' ');
  const lines = [address_line1, address_line2, [oneLine(city), region].filter(Boolean).join(', ')];
  return lines.map(oneLine).filter(Boolean).join('\n');
}

/** Checked facts as they go: nothing is added, and a telephone number has hyphens between its digits. */
export function takeFacts(facts: TypedFacts): ConstituentFacts {
  const line2 = oneLine(facts.address_line2);
  const [, area, exchange, number] = PHONE.exec(facts.phone.trim()) ?? [];
  return {
    prefix: facts.prefix,
    firstName: oneLine(facts.given_name),
    lastName: oneLine(facts.family_name),
    address1: oneLine(facts.address_line1),
    ...(line2 !== '' && { address2: line2 }),
    city: oneLine(facts.city),
    state: facts.state,
    zip: facts.zip.trim(),
    ...(number !== undefined && { phone: [area, exchange, number].join('-') }),
  };
}
