import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { openProgress } from '../files/progress.js';
import { recordOf, refuseFile, type SourceFileRecord } from '../files/source-file.js';
import { YamlBudget } from '../files/yaml-file.js';
import { NO_POSTCODES, type ReadSet, type StatedFacts, statedSource, validity } from '../imports/read-set.js';
import { seatMembers } from '../imports/seat-members.js';
import type { Division, IsoDate, LegislatureSet, Source } from '../model.js';
import { CHAMBER_KINDS, chamberOf, districtOf, type Jurisdiction } from './jurisdiction.js';
import { openPeopleFiles, type PeopleFiles } from './people-files.js';
import { readPersonFile } from './person-file.js';
import { type MemberRead, readMember } from './read-member.js';

const SOURCE: Source = {
  title: 'Open States people',
  licence: 'CC0 1.0',
  address: 'https://github.com/openstates/people',
};

export interface OpenStatesOptions {
  /** A folder, a `.tar.gz` or a `.zip`. */
  readonly path: string;
  readonly facts: StatedFacts;
  /** `vt`: which state, where the files are of several. */
  readonly state?: string | undefined;
  readonly today: IsoDate;
}

/**
 * Reads the legislature of one state from the files of its members: who sits today.
 * @throws AppError `invalid_file` with the file and the line.
 */
export async function readOpenStates(options: OpenStatesOptions): Promise<ReadSet> {
  const { path, facts, state, today } = options;
  const people = await openPeopleFiles(path);
  const { members, outside, record } = await readPeople(people, basename(path), today);
  const own = members.filter(
    ({ jurisdiction }) => state === undefined || jurisdiction.code === state.toLowerCase(),
  );
  const [first] = own;
  if (first === undefined)
    return refuseFile(basename(path), 'nobody in it sits in the legislature of a state today');
  const states = [...new Set(own.map(({ jurisdiction }) => jurisdiction.code))];
  if (states.length > 1)
    refuseFile(
      basename(path),
      `it is of ${states.length} states; name one: --state ${states.sort().join(', ')}`,
    );
  const unusable = own.reduce((sum, member) => sum + member.unusable, 0);
  return {
    set: makeSet(own, first.jurisdiction, facts),
    files: [record],
    notes: [
      ...(outside > 0 ? [`${outside} people sit in no chamber today and were left out.`] : []),
      ...(unusable > 0 ? [`${unusable} e-mail addresses cannot be used and were left out.`] : []),
    ],
  };
}

async function readPeople(people: PeopleFiles, name: string, today: IsoDate) {
  using progress = openProgress('people');
  const hash = createHash('sha256');
  const budget = new YamlBudget();
  const members: MemberRead[] = [];
  const seen = new Map<string, string>();
  let [done, bytes] = [0, 0];
  for await (const file of people.files()) {
    const person = readPersonFile(file, budget);
    const other = seen.get(person.id);
    if (other !== undefined) refuseFile(file.name, `${person.name} is in ${other} already`);
    seen.set(person.id, file.name);
    const member = readMember(file, person, today);
    if (member !== undefined) members.push(member);
    hash.update(`${file.name}\0`).update(file.bytes);
    bytes += file.bytes.length;
    done += 1;
    progress.at(done, people.count);
  }
  const record: SourceFileRecord =
    people.archive === undefined
      ? { file: name, bytes, sha256: hash.digest('hex') }
      : recordOf(people.archive);
  return { members, outside: done - members.length, record };
}

function makeSet(members: readonly MemberRead[], state: Jurisdiction, facts: StatedFacts): LegislatureSet {
  const kinds = CHAMBER_KINDS.filter((kind) => members.some((member) => member.kind === kind));
  const chambers = kinds.map((kind) => chamberOf(kind, state));
  const districts = new Map<string, Division>();
  const sittings = members.map(({ kind, district, person }) => {
    const division = districtOf(kind, district, state);
    districts.set(division.id, division);
    return { chamber: chamberOf(kind, state).id, division: division.id, person };
  });
  const sorted = [...districts.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  const divisions = [state.division, ...sorted];
  return {
    id: facts.id ?? `${state.country}-${state.code}`,
    name: facts.name ?? `${state.division.name}, state legislature`,
    country: facts.country ?? state.country,
    edition: 'current',
    ...validity(facts.validFrom, facts.validUntil),
    sources: [statedSource(SOURCE, facts)],
    chambers,
    divisions,
    ...seatMembers(sittings, { chambers, divisions }),
    committees: [],
    postcodes: NO_POSTCODES,
  };
}
