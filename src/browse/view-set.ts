import type { Language } from '../language/index.js';
import {
  type Chamber,
  type Division,
  drawOverview,
  nameOfDivision,
  type SeatView,
  type Snapshot,
  viewMap,
} from '../legislatures/index.js';
import type { NamedLink } from './division-page.js';
import { anchorOf, divisionPath } from './paths.js';
import type { ChamberView, SetPageProps } from './set-page.js';
import { whoSitsFor } from './who-sits.js';

/** A legislature as its page shows it. */
export function viewSet(
  snapshot: Snapshot,
  language: Language,
): Pick<SetPageProps, 'map' | 'elsewhere' | 'chambers'> {
  const picture = drawOverview(snapshot, {});
  const hrefOf = (id: string): string => divisionPath(snapshot.set.id, id);
  const elsewhere = picture?.elsewhere ?? [];
  return {
    map: picture && viewMap(snapshot, picture, { language, title: snapshot.set.name, hrefOf }),
    elsewhere: elsewhere
      .map((id) => ({ name: nameOfDivision(snapshot, id), href: hrefOf(id) }))
      .sort((a, b) => language.compare(a.name, b.name)),
    chambers: snapshot.set.chambers.map((chamber) => viewChamber(snapshot, chamber, language)),
  };
}

function viewChamber(snapshot: Snapshot, chamber: Chamber, language: Language): ChamberView {
  // A seat is listed by every division in it; here it counts where it is elected.
  const own = snapshot.residences.flatMap(({ division, seats }) =>
    seats.filter((seat) => seat.chamber === chamber && seat.division === division),
  );
  const divisions = [...new Set(own.map(({ division }) => division))];
  return {
    id: chamber.id,
    name: chamber.name,
    seats: own.length,
    vacant: own.filter(({ holder }) => holder === undefined).length,
    groups:
      divisions.length === 1
        ? groupMembers(snapshot, own, language)
        : group(snapshot, divisions, { language, chamber }),
  };
}

type Groups = ChamberView['groups'];

interface Grouping {
  readonly language: Language;
  readonly chamber: Chamber;
}

function group(snapshot: Snapshot, divisions: readonly Division[], grouping: Grouping): Groups {
  const groups = Map.groupBy(divisions, ({ parent }) => parent ?? '');
  return sorted(
    [...groups].map(([parent, members]) => ({
      name: parent === '' ? snapshot.set.name : nameOfDivision(snapshot, parent),
      links: members.map(({ id, name }) => ({
        name,
        href: divisionPath(snapshot.set.id, id),
        note: whoSitsFor(snapshot, id, grouping),
      })),
    })),
    grouping.language,
  );
}

/** Without districts it is parties or lists that order a chamber. */
function groupMembers(snapshot: Snapshot, seats: readonly SeatView[], language: Language): Groups {
  const people = seats.flatMap(({ holder, division }) =>
    holder === undefined ? [] : [{ ...holder.current, href: divisionPath(snapshot.set.id, division.id) }],
  );
  const groups = Map.groupBy(people, ({ party }) => party);
  return sorted(
    [...groups].map(([name, members]) => ({
      name,
      links: members.map(({ id, name: person, href }) => ({ name: person, href: `${href}#${anchorOf(id)}` })),
    })),
    language,
  );
}

function sorted(groups: Groups, { compare }: Language): Groups {
  const byName = (a: NamedLink, b: NamedLink): number => compare(a.name, b.name);
  return groups
    .map(({ name, links }) => ({ name, links: links.toSorted(byName) }))
    .sort((a, b) => compare(a.name, b.name));
}
