import { type AlertContent, positionOf } from '../../alerts/index.js';
import { foldText } from '../../language/index.js';
import type { SeatedOfficeholder, Snapshot } from '../../legislatures/index.js';

type AskContent = Pick<AlertContent, 'ask' | 'measure'>;

/**
 * Everybody whom an alert names, whoever writes; undefined where it asks for the reader's own. Those whom the
 * legislature does not have any more are left out.
 */
export function listAsked(
  snapshot: Snapshot,
  content: AskContent,
  languageTag: string,
): readonly SeatedOfficeholder[] | undefined {
  const { whom } = content.ask;
  if (whom.kind === 'mine') return undefined;
  if (whom.kind === 'named') return byIds(snapshot, whom.officeholders);
  const all =
    whom.kind === 'committee'
      ? membersOfCommittee(snapshot, whom.committee)
      : membersOfChambers(snapshot, whom.chambers, languageTag);
  const { positions, parties } = whom;
  return all.filter(
    (person) =>
      (positions === null || positions.includes(positionOf(content, person.id))) &&
      (parties === null || partiesOf(person).some((party) => parties.includes(party))),
  );
}

/** Whether one of these people, or whoever sits there, may be written to. */
export function concerns(
  snapshot: Snapshot,
  content: AskContent,
  residents: { readonly chambers: readonly string[]; readonly officeholders: readonly string[] },
): boolean {
  const { whom } = content.ask;
  if (whom.kind === 'mine')
    return chambersOf(snapshot, whom.chambers).some((id) => residents.chambers.includes(id));
  const asked = new Set(listAsked(snapshot, content, 'en')?.map(({ id }) => id));
  return residents.officeholders.some((id) => asked.has(id));
}

/** The ids of chambers that are named by id or by role. */
export function chambersOf(snapshot: Snapshot, named: readonly string[]): readonly string[] {
  return snapshot.set.chambers
    .filter(({ id, role }) => named.includes(id) || named.includes(role))
    .map(({ id }) => id);
}

/** Each party or list of a person. */
export function partiesOf({
  party,
  parties,
}: Pick<SeatedOfficeholder, 'party' | 'parties'>): readonly string[] {
  return parties ?? (party === '' ? [] : [party]);
}

interface Search {
  /** Words of a name or a division; empty for all. */
  readonly text: string;
  /** One party or list; empty for all. */
  readonly party: string;
}

/** Those in whose name, division or chamber every word occurs; accents do not count. */
export function searchOfficeholders(
  people: readonly SeatedOfficeholder[],
  { text, party }: Search,
): readonly SeatedOfficeholder[] {
  const words = foldText(text).split(/\s+/).filter(Boolean);
  return people.filter((person) => {
    const haystack = foldText(`${person.name} ${person.division.name} ${person.chamber.name}`);
    return (
      (party === '' || partiesOf(person).includes(party)) && words.every((word) => haystack.includes(word))
    );
  });
}

function membersOfCommittee(snapshot: Snapshot, id: string): SeatedOfficeholder[] {
  const committee = snapshot.set.committees.find((candidate) => candidate.id === id);
  return byIds(snapshot, committee?.members.map(({ officeholder }) => officeholder) ?? []);
}

function membersOfChambers(
  snapshot: Snapshot,
  named: readonly string[],
  languageTag: string,
): SeatedOfficeholder[] {
  const chambers = chambersOf(snapshot, named);
  const collator = new Intl.Collator(languageTag, { numeric: true });
  const key = ({ sortName, name }: SeatedOfficeholder): string => sortName ?? name;
  return [...snapshot.officeholders.values()]
    .filter(({ chamber }) => chambers.includes(chamber.id))
    .sort((a, b) => collator.compare(key(a), key(b)) || collator.compare(a.id, b.id));
}

function byIds(snapshot: Snapshot, ids: readonly string[]): SeatedOfficeholder[] {
  return ids.flatMap((id) => snapshot.officeholders.get(id) ?? []);
}
