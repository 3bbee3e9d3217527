import { Moment, Page, type SiteView } from '../design/index.js';
import type { Language } from '../language/index.js';

/** One line of the list of alerts. */
export interface AlertListing {
  readonly address: string;
  /** BCP 47, where it is not the page's. */
  readonly lang?: string | undefined;
  readonly headline: string;
  readonly standfirst: string;
  readonly date: Date;
  readonly state: 'open' | 'closed' | 'not-yet';
  readonly until?: Date | undefined;
}

export interface AlertsPageProps {
  readonly language: Language;
  readonly site: SiteView;
  /** Newest first. */
  readonly alerts: readonly AlertListing[];
}

/** The front page: the organisation's alerts by date. */
export function AlertsPage({ language, site, alerts }: AlertsPageProps) {
  return (
    <Page
      language={language}
      site={site}
      title={site.name}
      description={language.t('alerts.list.description', { name: site.name })}
      front
    >
      <div class="index">
        <h2 class="kicker">{language.t('alerts.list.title')}</h2>
        {alerts.length === 0 && <p class="lead">{language.t('alerts.list.empty')}</p>}
        {alerts.map((alert) => (
          <Listing key={alert.address} language={language} alert={alert} />
        ))}
      </div>
    </Page>
  );
}

function Listing({ language, alert }: { language: Language; alert: AlertListing }) {
  return (
    <article class={`listing listing-${alert.state}`}>
      <p class="listing-date">
        <Moment language={language} at={alert.date} />
      </p>
      <div lang={alert.lang} dir="auto">
        <h3>
          <a href={alert.address}>{alert.headline}</a>
        </h3>
        <p class="listing-text">{alert.standfirst}</p>
      </div>
      <p class="listing-state">{stateOf(language, alert)}</p>
    </article>
  );
}

function stateOf(language: Language, { state, until }: AlertListing): string {
  if (state === 'closed') return language.t('alerts.state.closed');
  if (state === 'not-yet') return language.t('alerts.state.not_yet');
  if (until === undefined) return language.t('alerts.state.open');
  return language.t('alerts.state.open_until', { date: language.date(until) });
}
