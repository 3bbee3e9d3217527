import type { Progress } from '../files/progress.js';
import { refuseFile, type SourceFile } from '../files/source-file.js';
import { present } from '../imports/contacts.js';
import type { Sitting } from '../imports/seat-members.js';
import type { Chamber, DivisionId, EarlierTerm } from '../model.js';
import { mayHold } from '../partial-date.js';
import type { AreaDivisions } from './popolo-areas.js';
import type { Placed, PopoloDocument, PopoloMembership } from './popolo-document.js';
import { nameOf, readPerson } from './popolo-people.js';
import { readDate, type Term } from './term.js';

/** Between two tellings of how far it is. */
const TELL_EVERY = 500;

export interface SittingsRequest {
  readonly file: SourceFile;
  readonly document: PopoloDocument;
  readonly term: Term;
  readonly chambers: readonly Chamber[];
  readonly areas: AreaDivisions;
  readonly title: string;
  readonly progress: Progress;
}

/** A membership of a chamber, with its dates. */
interface Spell {
  readonly placed: Placed<PopoloMembership>;
  readonly person: string;
  readonly chamber: string;
  readonly area: string | undefined;
  readonly start: string | undefined;
  readonly ends: string | undefined;
}

/** Reads who sits where: the memberships of a chamber that belong to the term and hold on its day. */
export function readSittings(request: SittingsRequest): {
  readonly sittings: readonly Sitting[];
  readonly notes: readonly string[];
} {
  const { document, term } = request;
  const chambers = new Set(request.chambers.map(({ id }) => id));
  const reading = { file: request.file, document, chambers };
  const spells = document.memberships.flatMap((placed) => readSpell(reading, placed) ?? []);
  const sits = (spell: Spell): boolean => inTerm(spell, term) && mayHold(spell, term.on);
  const now = spells.filter(sits);
  const earlier = Map.groupBy(
    spells.filter((spell) => !sits(spell) && (spell.start ?? '') <= term.on),
    ({ person }) => person,
  );
  const sitting = [...Map.groupBy(now, ({ person }) => person).values()];
  let unusable = 0;
  const sittings = sitting.map((own, index) => {
    if (index % TELL_EVERY === 0) request.progress.at(index, sitting.length);
    const read = seatPerson(request, own, earlier.get(own[0]?.person ?? '') ?? []);
    unusable += read.unusable;
    return read.sitting;
  });
  const left = emptied(request, spells, now);
  const notes = unusable === 0 ? [] : [`${unusable} e-mail addresses cannot be used and were left out.`];
  return { sittings: [...sittings, ...left], notes };
}

interface SpellReading extends Pick<SittingsRequest, 'file' | 'document'> {
  readonly chambers: ReadonlySet<string>;
}

function readSpell(
  { file, document, chambers }: SpellReading,
  placed: Placed<PopoloMembership>,
): Spell | undefined {
  const { item, path } = placed;
  const post = item.post_id ? document.posts.get(item.post_id) : undefined;
  const chamber = item.organization_id ?? post?.organization_id ?? undefined;
  if (chamber === undefined || !chambers.has(chamber)) return undefined;
  const person = item.person_id ?? refuseFile(file.name, 'the membership is of nobody', { path });
  if (!document.persons.has(person))
    refuseFile(file.name, `there is no person "${person}"`, { path: `${path}/person_id` });
  return {
    placed,
    person,
    chamber,
    area: item.area_id ?? post?.area_id ?? undefined,
    start: readDate(file, item.start_date, `${path}/start_date`),
    ends: readDate(file, item.end_date, `${path}/end_date`),
  };
}

function inTerm({ placed: { item } }: Spell, { event }: Term): boolean {
  return event === undefined || !item.legislative_period_id || item.legislative_period_id === event.id;
}

/** One person may have several memberships at once: of one seat, for several parties or lists. */
function seatPerson(request: SittingsRequest, own: readonly Spell[], before: readonly Spell[]) {
  const { file, document, areas } = request;
  const [first, ...others] = own;
  if (first === undefined) throw new RangeError('a sitting without a membership');
  const { item, path } = first.placed;
  const person = document.persons.get(first.person);
  if (person === undefined || nameOf(person) === '')
    return refuseFile(file.name, `the person "${first.person}" has no name`, { path });
  const division = areas.of(first.area, `${path}/area_id`);
  for (const other of others)
    if (other.chamber !== first.chamber || areas.of(other.area, other.placed.path).id !== division.id)
      refuseFile(file.name, `${nameOf(person)} has two seats at once, here and at ${path}`, {
        path: other.placed.path,
      });
  const read = readPerson(person, item);
  const earlierTerms = before.map((spell) => earlierTerm(spell, document));
  return {
    sitting: {
      chamber: first.chamber,
      division: division.id,
      person: {
        ...read.person,
        title: read.honorific || request.title,
        ...partiesOf(request, own),
        ...present({ termStart: first.start, termEnds: first.ends }),
        ...(earlierTerms.length > 0 && { earlierTerms: earlierTerms.sort(byStart) }),
      },
    },
    unusable: read.unusable.length,
  };
}

function partiesOf({ file, document }: SittingsRequest, own: readonly Spell[]) {
  const names = own.flatMap(({ placed: { item, path } }) => {
    if (!item.on_behalf_of_id) return [];
    const party = document.organizations.get(item.on_behalf_of_id);
    if (party === undefined)
      return refuseFile(file.name, `there is no organization "${item.on_behalf_of_id}"`, {
        path: `${path}/on_behalf_of_id`,
      });
    return [party.name?.trim() || party.id];
  });
  const parties = [...new Set(names)];
  return { party: parties.join(' / '), ...(parties.length > 1 && { parties }) };
}

function earlierTerm({ chamber, area, start, ends }: Spell, { areas }: PopoloDocument): EarlierTerm {
  return { chamber, ...present({ division: area && areas.get(area)?.name, start, ends }) };
}

function byStart(a: EarlierTerm, b: EarlierTerm): number {
  return (a.start ?? '').localeCompare(b.start ?? '');
}

/** Divisions of this term from which everybody has gone: their seat is empty. */
function emptied(
  { term, areas }: SittingsRequest,
  spells: readonly Spell[],
  now: readonly Spell[],
): Sitting[] {
  if (term.event === undefined) return [];
  const key = (chamber: string, division: DivisionId): string => `${chamber} ${division}`;
  const divisionOf = (spell: Spell) => areas.of(spell.area, `${spell.placed.path}/area_id`).id;
  const known = new Set(now.map((spell) => key(spell.chamber, divisionOf(spell))));
  const empty = new Map<string, Sitting>();
  for (const spell of spells) {
    if (spell.placed.item.legislative_period_id !== term.event.id || spell.area === undefined) continue;
    const division = divisionOf(spell);
    const id = key(spell.chamber, division);
    if (!known.has(id)) empty.set(id, { chamber: spell.chamber, division, person: undefined });
  }
  return [...empty.values()];
}
