import { concerns } from '../actions/index.js';
import { listOpenAsks } from '../alerts/index.js';
import type { Context } from '../context.js';
import type { Language } from '../language/index.js';
import { drawSurroundings, type Residence, type Snapshot, viewMap } from '../legislatures/index.js';
import type { DivisionPageProps, NamedLink } from './division-page.js';
import { divisionPath, setPath } from './paths.js';
import { viewSeats } from './view-seats.js';
import { whoSitsFor } from './who-sits.js';

interface Viewing {
  readonly context: Context;
  readonly organisation: { readonly organisationId: number };
  readonly snapshot: Snapshot;
  readonly language: Language;
}

/** A division as its page shows it. */
export async function viewDivision(
  viewing: Viewing,
  residence: Residence,
): Promise<Omit<DivisionPageProps, 'site'>> {
  const { context, snapshot, language } = viewing;
  const { division, seats } = residence;
  const now = context.clock.now();
  const picture = drawSurroundings(snapshot, division.id);
  const hrefOf = (id: string): string => divisionPath(snapshot.set.id, id);
  return {
    language,
    snapshot,
    now,
    name: division.name,
    here: hrefOf(division.id),
    code: codeBeside(division),
    around: aroundOf(snapshot, residence, language),
    inside: snapshot.set.divisions
      .filter(({ parent }) => parent === division.id)
      .map(({ id, name }) => ({ name, href: hrefOf(id), note: whoSitsFor(snapshot, id, { language }) }))
      .sort((a, b) => language.compare(a.name, b.name)),
    map: picture && viewMap(snapshot, picture, { language, title: division.name, hrefOf }),
    seats: viewSeats(snapshot, seats, now),
    alerts: await alertsFor(viewing, residence),
  };
}

/** Nothing where the name says it: the 5 of District 5. */
function codeBeside({ name, code }: Residence['division']): string | undefined {
  return name.split(/[\s,]+/).includes(code ?? '') ? undefined : code;
}

function aroundOf(snapshot: Snapshot, { division }: Residence, language: Language): NamedLink[] {
  const { set, residenceOf } = snapshot;
  const links: NamedLink[] = [];
  for (let at = division.parent; at !== undefined; at = residenceOf.get(at)?.division.parent) {
    links.unshift({ name: residenceOf.get(at)?.division.name ?? at, href: divisionPath(set.id, at) });
  }
  return [
    { name: language.t('browse.who.title'), href: '/who' },
    { name: set.name, href: setPath(set.id) },
    ...links,
  ];
}

async function alertsFor(
  { context, organisation, snapshot }: Viewing,
  { seats }: Residence,
): Promise<NamedLink[]> {
  const residents = {
    chambers: seats.map(({ chamber }) => chamber.id),
    officeholders: seats.flatMap(({ holder }) => holder?.current.id ?? []),
  };
  const { id, country } = snapshot.set;
  const asks = await listOpenAsks(context, organisation);
  return asks
    .filter(({ ask }) => ask.whom.legislature === id || ask.whom.legislature === country)
    .filter((content) => concerns(snapshot, content, residents))
    .map(({ slug, headline, language: lang }) => ({ name: headline, href: `/alerts/${slug}`, lang }));
}
