import { DistrictMap, type DistrictMapView, Page, type SiteView } from '../design/index.js';
import type { Language } from '../language/index.js';
import type { Snapshot } from '../legislatures/index.js';
import { DataFacts } from './data-facts.js';
import { SeatList } from './seat-list.js';
import type { SeatCard } from './view-seats.js';

/** A link by a name in whatever script. */
export interface NamedLink {
  readonly name: string;
  readonly href: string;
  /** BCP 47, where it is not the page's. */
  readonly lang?: string | undefined;
  /** Whoever sits there. */
  readonly note?: string | undefined;
}

export interface DivisionPageProps {
  readonly language: Language;
  readonly site: SiteView;
  readonly snapshot: Snapshot;
  readonly now: Date;
  readonly name: string;
  /** The page's own path. */
  readonly here: string;
  /** What people who know the place call it. */
  readonly code: string | undefined;
  /** The legislature, and the divisions around, from the outside in. */
  readonly around: readonly NamedLink[];
  readonly inside: readonly NamedLink[];
  readonly map: DistrictMapView | undefined;
  readonly seats: readonly SeatCard[];
  readonly alerts: readonly NamedLink[];
}

/** A division: where it lies, who sits for it, and what is asked of them now. */
export function DivisionPage(props: DivisionPageProps) {
  const { language, site, name, code, around, map, snapshot, now } = props;
  return (
    <Page
      language={language}
      site={site}
      title={name}
      description={language.t('browse.division.description', { name, set: snapshot.set.name })}
      islands={map === undefined ? [] : ['map.js']}
    >
      <div class="column">
        <Trail language={language} links={around} />
        <h1>
          <bdi>{name}</bdi>
        </h1>
        {code !== undefined && (
          <p class="lead">
            <bdi>{code}</bdi>
          </p>
        )}
        {map !== undefined && <DistrictMap language={language} map={map} />}
        <Members {...props} />
        <LinkSection language={language} title="browse.division.inside" links={props.inside} />
        <DataFacts language={language} snapshot={snapshot} now={now} />
      </div>
    </Page>
  );
}

/** The way back, from the outside in. */
export function Trail({ language, links }: { language: Language; links: readonly NamedLink[] }) {
  return (
    <nav aria-label={language.t('browse.trail')}>
      <p class="byline">
        {links.map(({ name, href }) => (
          <span key={href}>
            <a href={href} dir="auto">
              {name}
            </a>
          </span>
        ))}
      </p>
    </nav>
  );
}

function Members({ language, seats, alerts, here }: DivisionPageProps) {
  return (
    <>
      <section aria-labelledby="members-title">
        <h2 id="members-title">{language.t('browse.division.members')}</h2>
        {seats.length === 0 && <p>{language.t('browse.division.no_seats')}</p>}
        <SeatList language={language} seats={seats} level={2} here={here} />
      </section>
      <section aria-labelledby="alerts-title">
        <h2 id="alerts-title">{language.t('browse.division.alerts')}</h2>
        {alerts.length === 0 && <p>{language.t('browse.division.no_alerts')}</p>}
        <LinkList links={alerts} long />
      </section>
    </>
  );
}

interface LinkSectionProps {
  readonly language: Language;
  readonly title: 'browse.division.inside' | 'browse.who.sets' | 'browse.set.elsewhere';
  readonly links: readonly NamedLink[];
}

/** Links below a heading; nothing without any. */
export function LinkSection({ language, title, links }: LinkSectionProps) {
  if (links.length === 0) return null;
  const id = title.replaceAll('.', '-');
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{language.t(title)}</h2>
      <LinkList links={links} long={title === 'browse.who.sets'} />
    </section>
  );
}

/** Links beside each other, as in an index; long ones below each other. Nothing without any. */
export function LinkList({ links, long = false }: { links: readonly NamedLink[]; long?: boolean }) {
  if (links.length === 0) return null;
  return (
    <ul class={long ? 'names names-long' : 'names'}>
      {links.map(({ name, href, lang, note }) => (
        <li key={href}>
          <a href={href} dir="auto" lang={lang}>
            {name}
          </a>
          {note !== undefined && (
            <span class="note" dir="auto">
              {note}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
