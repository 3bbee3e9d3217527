import { readSourceFile, type SourceFile, type WantedName } from '../files/source-file.js';
import type { Committee, Officeholder, Source } from '../model.js';
import { readCommittees } from './committees.js';
import { type ContactFormsRead, readContactForms } from './contact-forms.js';
import type { MemberRead } from './members.js';
import { readSocialAccounts } from './social-accounts.js';

const COMMITTEES_FILE = 'committees-current.yaml';
const MEMBERSHIP_FILE = 'committee-membership-current.yaml';
const SOCIAL_FILE = 'legislators-social-media.yaml';
const FORMS_ARCHIVE = 'contact-congress.tar.gz';
const MOST_BYTES = 4 * 1024 * 1024;

/** What is read beside the members where it is there. */
export const EXTRA_FILES: readonly WantedName[] = [
  COMMITTEES_FILE,
  MEMBERSHIP_FILE,
  SOCIAL_FILE,
  { key: FORMS_ARCHIVE, pattern: /^contact-congress.*\.(?:tar\.gz|tgz)$/ },
];

const FORMS_SOURCE: Source = {
  title: 'contact-congress',
  licence: 'CC0 1.0',
  address: 'https://github.com/unitedstates/contact-congress',
};

/** Committees, social accounts, and what the forms of offices ask for. */
export interface Extras {
  readonly committees: readonly Committee[];
  extend(person: Officeholder): Officeholder;
  readonly files: readonly SourceFile[];
  readonly sources: readonly Source[];
  readonly notes: readonly string[];
}

/** @throws AppError `invalid_file` with the file and the line. */
export async function readExtras(
  found: ReadonlyMap<string, string>,
  members: readonly MemberRead[],
): Promise<Extras> {
  const open = async (name: string): Promise<SourceFile | undefined> => {
    const path = found.get(name);
    return path === undefined ? undefined : readSourceFile(path, MOST_BYTES);
  };
  const committees = await open(COMMITTEES_FILE);
  const membership = await open(MEMBERSHIP_FILE);
  const social = await open(SOCIAL_FILE);
  const archive = await open(FORMS_ARCHIVE);
  const people = new Set(members.map(({ officeholder }) => officeholder.id));
  const sitting = committees && membership ? readCommittees({ committees, membership }, people) : undefined;
  const accounts = social && readSocialAccounts(social);
  const { forms, broken = [] }: Partial<ContactFormsRead> =
    archive === undefined ? {} : readContactForms(archive);
  return {
    committees: sitting?.committees ?? [],
    extend(person) {
      const form = forms?.get(person.id);
      const own = accounts?.get(person.id) ?? [];
      return {
        ...person,
        office: { ...person.office, ...(form && { form }) },
        ...(own.length > 0 && { accounts: own }),
      };
    },
    files: [committees, membership, social, archive].filter((file) => file !== undefined),
    sources: forms === undefined ? [] : [FORMS_SOURCE],
    notes: notesOf(
      sitting?.left ?? 0,
      broken.filter((id) => people.has(id)),
    ),
  };
}

function notesOf(left: number, broken: readonly string[]): string[] {
  const notes: string[] = [];
  if (left > 0)
    notes.push(`${left} seats in committees are of people who are no members now; they were left out.`);
  if (broken.length > 0)
    notes.push(
      `The descriptions of ${broken.length} contact forms have mistakes and were left out: ${broken.join(', ')}.`,
    );
  return notes;
}
