import type { ComponentChildren } from 'preact';
import { type Fact, Facts, Moment, Page, type SiteView } from '../design/index.js';
import type { Language } from '../language/index.js';
import { ReportArticle } from './alert-report.js';
import type { AlertView } from './alert-view.js';

export interface AlertPageProps {
  readonly language: Language;
  readonly site: SiteView;
  readonly alert: AlertView;
  /** Only where an open alert asks: the first step of the action (`PlacePanel`). */
  readonly panel?: ComponentChildren;
  readonly counts: { readonly confirmed: number; readonly selfReported: number };
}

/** An alert: the headline, the ask with its first step, the report. */
export function AlertPage(props: AlertPageProps) {
  const { language, site, alert } = props;
  return (
    <Page
      language={language}
      site={site}
      title={alert.headline}
      description={alert.standfirst}
      islands={alert.state === 'open' ? ['act.js'] : []}
    >
      <article class="alert">
        <AlertHead language={language} alert={alert} />
        <section class="coupon" id="act" aria-labelledby="act-title" tabIndex={-1}>
          <Ask {...props} />
          {alert.state === 'open' && props.panel}
          <Counts {...props} />
        </section>
        <div class="report">
          <ReportArticle language={language} alert={alert} />
          {alert.state === 'open' && (
            <p class="askbar">
              <a class="button" href="#act">
                {language.t('alerts.page.write')}
              </a>
            </p>
          )}
        </div>
      </article>
    </Page>
  );
}

function AlertHead({ language, alert }: { language: Language; alert: AlertView }) {
  return (
    <header class="alert-head">
      <p class="kicker">{language.t('design.kicker')}</p>
      <h1 lang={alert.lang} dir="auto">
        {alert.headline}
      </h1>
      <p class="standfirst" lang={alert.lang} dir="auto">
        {alert.standfirst}
      </p>
      <p class="byline">
        <Moment language={language} at={alert.date} />
        {alert.byline !== undefined && <span>{language.t('alerts.page.by', { name: alert.byline })}</span>}
        <span>
          <bdi>{alert.publisher}</bdi>
        </span>
      </p>
    </header>
  );
}

function Ask({ language, alert }: AlertPageProps) {
  return (
    <div class="ask">
      <p class="coupon-label">{language.t(`alerts.ask.${alert.state}`)}</p>
      <h2 id="act-title" class="ask-request" lang={alert.lang} dir="auto">
        {alert.request}
      </h2>
      <Facts facts={askFacts(language, alert)} />
    </div>
  );
}

const UNTIL_LABELS = {
  open: 'alerts.ask.until',
  closed: 'alerts.ask.ended',
  'not-yet': 'alerts.ask.opens',
} as const;

function askFacts(language: Language, { state, whom, measure, until }: AlertView): Fact[] {
  return [
    { name: language.t('alerts.ask.to'), value: language.list(whom) },
    ...(measure === undefined
      ? []
      : [{ name: language.t('alerts.ask.about'), value: <a href="#measure">{measure.number}</a> }]),
    ...(until === undefined
      ? []
      : [{ name: language.t(UNTIL_LABELS[state]), value: <Moment language={language} at={until} /> }]),
  ];
}

function Counts({ language, counts, alert }: AlertPageProps) {
  const none = counts.confirmed === 0 && counts.selfReported === 0;
  return (
    <p class="counts">
      {none && language.t(alert.state === 'open' ? 'alerts.counts.none_yet' : 'alerts.counts.none')}
      {!none && <span>{language.t('alerts.counts.confirmed', { n: counts.confirmed })}</span>}{' '}
      {counts.selfReported > 0 && (
        <span>{language.t('alerts.counts.self_reported', { n: counts.selfReported })}</span>
      )}
    </p>
  );
}
