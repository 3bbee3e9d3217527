import { openProgress } from '../files/progress.js';
import { readSourceFile, recordOf, refuseFile, type SourceFile } from '../files/source-file.js';
import { countryOfId, setIdOf, slugOf } from '../imports/names.js';
import {
  NO_POSTCODES,
  type ReadSet,
  type StatedFacts,
  statedSource,
  UNKNOWN_COUNTRY,
  validity,
} from '../imports/read-set.js';
import { seatMembers } from '../imports/seat-members.js';
import type { Chamber, ChamberRole, IsoDate, Source } from '../model.js';
import { type AreaDivisions, divisionsOfAreas } from './popolo-areas.js';
import { type PopoloDocument, type PopoloOrganization, readPopoloDocument } from './popolo-document.js';
import { readSittings } from './sittings.js';
import { findTerm, shortId, type Term } from './term.js';

const MOST_BYTES = 32 * 1024 * 1024;
const MOST_MEMBERS = 20_000;
const ROLES: Readonly<Record<string, ChamberRole>> = {
  legislature: 'unicameral',
  chamber: 'unicameral',
  lower: 'lower',
  upper: 'upper',
};

export interface PopoloOptions {
  readonly path: string;
  readonly facts: StatedFacts;
  /** The id or the name of a legislative period; the newest without it. */
  readonly term?: string | undefined;
  /** How a letter addresses the members, where the file has no title for them. */
  readonly title?: string | undefined;
  readonly today: IsoDate;
}

/**
 * Reads a legislature from a Popolo JSON file: who sat on the last day of the term, or sits today. Without areas, all
 * members are of the whole country.
 * @throws AppError `invalid_file` with the file and the place in it.
 */
export async function readPopolo(options: PopoloOptions): Promise<ReadSet> {
  const { path, facts, today } = options;
  const file = await readSourceFile(path, MOST_BYTES);
  using progress = openProgress('memberships');
  const document = readPopoloDocument(file);
  const id = setIdOf(facts.id, path);
  const country = facts.country ?? countryOfStatedAreas(document) ?? countryOfId(id) ?? UNKNOWN_COUNTRY;
  const term = findTerm(file, document, { named: options.term, today });
  const chambers = chambersOf(file, document);
  const areas = divisionsOfAreas(file, document.areas, country);
  const read = readSittings({ file, document, term, chambers, areas, title: options.title ?? '', progress });
  if (read.sittings.length === 0)
    refuseFile(file.name, `nobody is a member on ${term.on}`, { path: '/memberships' });
  if (read.sittings.length > MOST_MEMBERS) refuseFile(file.name, `it has more than ${MOST_MEMBERS} members`);
  const divisions = areas.used();
  const used = chambers.filter((chamber) => read.sittings.some((sitting) => sitting.chamber === chamber.id));
  return {
    set: {
      id,
      name: facts.name ?? nameOfSet(used, term),
      country,
      edition: editionOf(term),
      ...validity(facts.validFrom ?? term.firstDay, facts.validUntil ?? term.lastDay),
      sources: sourcesOf(document, file, facts),
      chambers: used,
      divisions,
      ...seatMembers(read.sittings, { chambers: used, divisions }),
      committees: [],
      postcodes: NO_POSTCODES,
    },
    files: [recordOf(file)],
    notes: [...countryNotes(facts, areas), ...read.notes],
  };
}

function chambersOf(file: SourceFile, { organizations }: PopoloDocument): Chamber[] {
  const chambers = [...organizations.values()].flatMap((organization) => chamberOf(organization) ?? []);
  if (chambers.length > 0) return chambers;
  return refuseFile(file.name, 'no organization has the classification "legislature" or "chamber"', {
    path: '/organizations',
  });
}

function chamberOf({ id, name, classification, seats }: PopoloOrganization): Chamber | undefined {
  const role = ROLES[classification?.toLowerCase() ?? ''];
  if (role === undefined) return undefined;
  const size = typeof seats === 'string' && /^\d{1,5}$/.test(seats) ? Number(seats) : seats;
  const sized = typeof size === 'number' && Number.isInteger(size) && size > 0 && size <= MOST_MEMBERS;
  return { id, name: name?.trim() || id, role, ...(sized && { size }) };
}

function countryOfStatedAreas({ areas }: PopoloDocument): string | undefined {
  for (const { id, identifier } of areas.values()) {
    const code = /^ocd-division\/country:([a-z]{2})/.exec(identifier ?? id)?.[1];
    if (code !== undefined) return code;
  }
  return undefined;
}

function countryNotes({ country }: StatedFacts, areas: AreaDivisions): string[] {
  if (country !== undefined) return [];
  const { id, name } = areas.country;
  return id.endsWith(`:${UNKNOWN_COUNTRY}`)
    ? ['The file does not say of which country this is. --country CODE says it.']
    : [`The country was taken to be ${name}. --country CODE says otherwise.`];
}

function nameOfSet(chambers: readonly Chamber[], { event }: Term): string {
  const body = chambers.map(({ name }) => name).join(', ');
  const term = event?.name?.trim();
  return term === undefined || term === '' || body.includes(term) ? body : `${body}, ${term}`;
}

function editionOf({ event }: Term): string {
  return (event && slugOf(shortId(event.id))) || 'current';
}

function sourcesOf({ sources }: PopoloDocument, file: SourceFile, facts: StatedFacts): Source[] {
  const known = sources.map((address) => ({
    title: URL.parse(address)?.host ?? address,
    address: URL.canParse(address) ? address : '',
    licence: '',
  }));
  const [first = { title: file.name, address: '', licence: '' }, ...others] = known;
  return [statedSource(first, facts), ...others];
}
