import { refuseFile, type SourceFile } from '../files/source-file.js';
import { present, sortContacts, webAddress } from '../imports/contacts.js';
import type { CsvRow } from '../imports/csv-file.js';
import { divisionPart } from '../imports/names.js';
import type { ChamberRole, Office, Officeholder } from '../model.js';
import { readPartialDate } from '../partial-date.js';

/** As docs/legislature-files.md explains them. */
export const PEOPLE_COLUMNS = [
  'id',
  'name',
  'given_name',
  'family_name',
  'sort_name',
  'title',
  'party',
  'chamber',
  'role',
  'district',
  'district_id',
  'email',
  'contact_form',
  'website',
  'phone',
  'address',
  'requires_address',
  'term_start',
  'term_ends',
] as const;

const ROLES = new Map<string, ChamberRole>([
  ['lower', 'lower'],
  ['upper', 'upper'],
  ['unicameral', 'unicameral'],
]);
const YES = new Set(['yes', 'true', '1']);
const NO = new Set(['no', 'false', '0']);
const SEVERAL = /\s*\/\s*|\s*\|\s*/;

export interface PeopleRow {
  readonly chamber: string;
  readonly role: ChamberRole;
  readonly district: string | undefined;
  readonly districtId: string | undefined;
  /** Undefined: an empty place. */
  readonly person: Omit<Officeholder, 'seat'> | undefined;
  readonly line: number;
}

/** @throws AppError `invalid_file` with the line. */
export function readPeopleRow(file: SourceFile, row: CsvRow, line: number): PeopleRow {
  const refuse = (problem: string): never => refuseFile(file.name, problem, { line });
  const role = ROLES.get(row.get('role')?.toLowerCase() ?? 'unicameral');
  const districtId = row.get('district_id');
  if (
    districtId !== undefined &&
    !/^ocd-division\/country:[a-z]{2}(?:\/[^/:\s,]+:[^/:\s,]+)*$/u.test(districtId)
  )
    refuse(`"${districtId}" is no Open Civic Data id`);
  return {
    chamber: row.get('chamber') ?? '',
    role: role ?? refuse('the role of a chamber is lower, upper or unicameral'),
    district: row.get('district'),
    districtId,
    person: row.has('name') ? readPerson(row, refuse) : undefined,
    line,
  };
}

function readPerson(row: CsvRow, refuse: (problem: string) => never): Omit<Officeholder, 'seat'> {
  const name = row.get('name') ?? '';
  const date = (column: string): string | undefined => {
    const text = row.get(column);
    if (text === undefined) return undefined;
    return readPartialDate(text) ?? refuse(`"${text}" in ${column} is no day (YYYY-MM-DD), month or year`);
  };
  const parties = (row.get('party') ?? '').split(SEVERAL).filter(Boolean);
  return {
    id: row.get('id') ?? divisionPart(name),
    name,
    givenName: row.get('given_name') ?? '',
    familyName: row.get('family_name') ?? '',
    ...present({ sortName: row.get('sort_name') }),
    title: row.get('title') ?? '',
    party: parties.join(' / '),
    ...(parties.length > 1 && { parties }),
    ...present({ termStart: date('term_start'), termEnds: date('term_ends') }),
    office: readOffice(row, refuse),
  };
}

function readOffice(row: CsvRow, refuse: (problem: string) => never): Office {
  const { unusable, ...reached } = sortContacts((row.get('email') ?? '').split(/[\s,;]+/));
  const [wrong] = unusable;
  if (wrong !== undefined) refuse(`"${wrong}" is neither an e-mail address nor a web address`);
  const web = (column: string): string | undefined => {
    const text = row.get(column);
    if (text === undefined) return undefined;
    return webAddress(text) ?? refuse(`"${text}" in ${column} is no web address`);
  };
  const flag = row.get('requires_address')?.toLowerCase() ?? 'no';
  if (!YES.has(flag) && !NO.has(flag)) refuse('requires_address is yes or no');
  return {
    ...reached,
    ...present({
      contactForm: web('contact_form') ?? reached.contactForm,
      website: web('website'),
      phone: row.get('phone'),
      address: row.get('address'),
    }),
    ...(YES.has(flag) && { requiresAddress: true }),
  };
}
