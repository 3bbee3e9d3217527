import { DistrictMap, type DistrictMapView, Page, type SiteView } from '../design/index.js';
import type { Language } from '../language/index.js';
import type { Snapshot } from '../legislatures/index.js';
import { DataFacts } from './data-facts.js';
import { LinkList, LinkSection, type NamedLink, Trail } from './division-page.js';

/** A chamber with its divisions; or, where it has but one, with its members. */
export interface ChamberView {
  readonly id: string;
  readonly name: string;
  readonly seats: number;
  readonly vacant: number;
  readonly groups: readonly { readonly name: string; readonly links: readonly NamedLink[] }[];
}

export interface SetPageProps {
  readonly language: Language;
  readonly site: SiteView;
  readonly snapshot: Snapshot;
  readonly now: Date;
  readonly map: DistrictMapView | undefined;
  /** What lies too far away for the map. */
  readonly elsewhere: readonly NamedLink[];
  readonly chambers: readonly ChamberView[];
}

/** A legislature: its map, its chambers, and every division by name. */
export function SetPage(props: SetPageProps) {
  const { language, site, snapshot, map, elsewhere, chambers, now } = props;
  const { name } = snapshot.set;
  return (
    <Page
      language={language}
      site={site}
      title={name}
      description={language.t('browse.set.description', { name })}
      islands={map === undefined ? [] : ['map.js']}
    >
      <div class="column">
        <Trail language={language} links={[{ name: language.t('browse.who.title'), href: '/who' }]} />
        <h1>
          <bdi>{name}</bdi>
        </h1>
        {map !== undefined && <DistrictMap language={language} map={map} />}
        <LinkSection language={language} title="browse.set.elsewhere" links={elsewhere} />
        {chambers.map((chamber) => (
          <Chamber key={chamber.id} language={language} chamber={chamber} />
        ))}
        <DataFacts language={language} snapshot={snapshot} now={now} />
      </div>
    </Page>
  );
}

function Chamber({ language, chamber }: { language: Language; chamber: ChamberView }) {
  const { id, name, seats, vacant, groups } = chamber;
  return (
    <section aria-labelledby={`chamber-${id}`}>
      <h2 id={`chamber-${id}`}>
        <bdi>{name}</bdi>
      </h2>
      <p class="hint">{language.t('browse.set.seats', { seats, vacant })}</p>
      {groups.map((group) => (
        <div key={group.name} class="group">
          {groups.length > 1 && (
            <h3 class="label">
              <bdi>{group.name}</bdi>
            </h3>
          )}
          <LinkList links={group.links} />
        </div>
      ))}
    </section>
  );
}
