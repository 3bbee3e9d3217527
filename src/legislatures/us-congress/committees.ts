import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { refuseFile, type SourceFile } from '../files/source-file.js';
import { readYaml } from '../files/yaml-file.js';
import { present, webAddress } from '../imports/contacts.js';
import type { Committee, CommitteeMember } from '../model.js';
import { HOUSE, SENATE } from './members.js';

const Words = Type.String({ minLength: 1, maxLength: 2000 });
const Part = Type.Object({
  name: Words,
  thomas_id: Type.String({ pattern: '^[A-Z0-9]{2,8}$' }),
  address: Type.Optional(Words),
  phone: Type.Optional(Words),
});
const Whole = Type.Object({
  type: Type.Union([Type.Literal('house'), Type.Literal('senate'), Type.Literal('joint')]),
  name: Words,
  url: Type.Optional(Words),
  thomas_id: Type.String({ pattern: '^[A-Z0-9]{2,8}$' }),
  address: Type.Optional(Words),
  phone: Type.Optional(Words),
  subcommittees: Type.Optional(Type.Array(Part)),
});
const Member = Type.Object({
  bioguide: Type.String({ pattern: '^[A-Z]\\d{6}$' }),
  party: Type.Optional(Words),
  rank: Type.Optional(Type.Number()),
  title: Type.Optional(Words),
});
const whole = Compile(Whole);
const members = Compile(Type.Array(Member));

export interface CommitteesRead {
  readonly committees: readonly Committee[];
  /** Seats in committees of people who are in the Congress no more. */
  readonly left: number;
}

/**
 * Reads `committees-current.yaml` and `committee-membership-current.yaml` (github.com/unitedstates/congress-legislators).
 * A subcommittee's id is its committee's with its own: `HSAG15`.
 * @throws AppError `invalid_file` with the line.
 */
export function readCommittees(
  files: { readonly committees: SourceFile; readonly membership: SourceFile },
  people: ReadonlySet<string>,
): CommitteesRead {
  const membership = readMembership(files.membership);
  const { value, lineOf } = readYaml(files.committees);
  if (!Array.isArray(value))
    return refuseFile(files.committees.name, 'a list of committees is expected', { line: 1 });
  let left = 0;
  const membersOf = (id: string): CommitteeMember[] => {
    const all = membership.get(id) ?? [];
    const present = all.filter(({ officeholder }) => people.has(officeholder));
    left += all.length - present.length;
    return present;
  };
  const committees = value.flatMap((entry: unknown, index) => {
    if (whole.Check(entry)) return makeCommittees(entry, membersOf);
    const [problem] = whole.Errors(entry);
    const words = `${problem?.instancePath ?? ''} ${problem?.message ?? 'is unusable'}`;
    return refuseFile(files.committees.name, `a committee cannot be read: ${words}`, { line: lineOf(index) });
  });
  return { committees, left };
}

function makeCommittees(
  { type, name, url, thomas_id: id, address, phone, subcommittees = [] }: Static<typeof Whole>,
  membersOf: (id: string) => CommitteeMember[],
): Committee[] {
  const chamber = type === 'joint' ? {} : { chamber: type === 'house' ? HOUSE.id : SENATE.id };
  const committee = { id, name, ...chamber, ...present({ website: webAddress(url), phone, address }) };
  const parts = subcommittees.map((part) => ({
    id: id + part.thomas_id,
    name: part.name,
    ...chamber,
    parent: id,
    ...present({ phone: part.phone, address: part.address }),
    members: membersOf(id + part.thomas_id),
  }));
  return [{ ...committee, members: membersOf(id) }, ...parts];
}

function readMembership(file: SourceFile): Map<string, CommitteeMember[]> {
  const { value, lineOf } = readYaml(file);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return refuseFile(file.name, 'committees with their members are expected', { line: 1 });
  const byCommittee = new Map<string, CommitteeMember[]>();
  for (const [id, list] of Object.entries(value)) {
    if (!members.Check(list))
      return refuseFile(file.name, `the members of ${id} cannot be read`, { line: lineOf(id) });
    const ranked = list.toSorted((a, b) => sideRank(a) - sideRank(b) || (a.rank ?? 0) - (b.rank ?? 0));
    byCommittee.set(
      id,
      ranked.map(({ bioguide, party, title }) => ({
        officeholder: bioguide,
        ...present({ title, side: party }),
      })),
    );
  }
  return byCommittee;
}

function sideRank({ party }: Static<typeof Member>): number {
  return party === 'minority' ? 1 : 0;
}
