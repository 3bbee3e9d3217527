import { type Fact, Facts, Moment, Prose } from '../design/index.js';
import type { Language } from '../language/index.js';
import type { AlertView, AttributionView, MeasureView } from './alert-view.js';

interface ReportProps {
  readonly language: Language;
  readonly alert: AlertView;
}

/** The report with its source, corrections, the measure behind it, and the rights on which it is shown. */
export function ReportArticle({ language, alert }: ReportProps) {
  const { attribution, corrections, measure } = alert;
  return (
    <>
      <section aria-labelledby="report-title">
        <h2 id="report-title" class="label">
          {language.t('alerts.report.title')}
        </h2>
        {attribution !== undefined && <Attribution language={language} attribution={attribution} />}
        <Prose html={alert.report} lang={alert.lang} />
      </section>
      {corrections.length > 0 && <Corrections language={language} alert={alert} />}
      {measure !== undefined && <MeasureFacts language={language} measure={measure} lang={alert.lang} />}
      <section class="small-print" aria-labelledby="rights-title">
        <h2 id="rights-title" class="label">
          {language.t('alerts.rights.title')}
        </h2>
        <p>{alert.rights}</p>
        {alert.rightsNotice !== undefined && (
          <p lang={alert.lang} dir="auto">
            {alert.rightsNotice}
          </p>
        )}
      </section>
    </>
  );
}

function Attribution({ language, attribution }: { language: Language; attribution: AttributionView }) {
  const { publisher, author, dateline, published, address } = attribution;
  return (
    <p class="attribution">
      {dateline !== undefined && (
        <span class="dateline">
          <bdi>{dateline}</bdi>
        </span>
      )}
      <span>
        {author === undefined
          ? language.t('alerts.report.from', { publisher })
          : language.t('alerts.report.from_author', { author, publisher })}
      </span>
      {published !== undefined && <Moment language={language} at={published} />}
      {address !== undefined && (
        <a href={address} rel="noopener">
          {language.t('alerts.report.original')}
        </a>
      )}
    </p>
  );
}

function Corrections({ language, alert }: ReportProps) {
  return (
    <section class="small-print" aria-labelledby="corrections-title">
      <h2 id="corrections-title" class="label">
        {language.t('alerts.corrections.title')}
      </h2>
      {alert.corrections.map(({ date, text }) => (
        <p key={`${date.toISOString()} ${text}`}>
          <Moment language={language} at={date} />{' '}
          <span lang={alert.lang} dir="auto">
            {text}
          </span>
        </p>
      ))}
    </section>
  );
}

function MeasureFacts({
  language,
  measure,
  lang,
}: {
  language: Language;
  measure: MeasureView;
  lang: string;
}) {
  return (
    <section class="measure" id="measure" aria-labelledby="measure-title">
      <h2 id="measure-title" class="label">
        {language.t('alerts.measure.title')}
      </h2>
      <p class="measure-title" lang={lang} dir="auto">
        {measure.number}
        <span>{measure.title}</span>
      </p>
      <Facts facts={measureFacts(language, measure)} />
    </section>
  );
}

function measureFacts(language: Language, measure: MeasureView): Fact[] {
  const { chambers, status, sponsors, address } = measure;
  return [
    ...(chambers.length > 0
      ? [{ name: language.t('alerts.measure.chambers'), value: language.list(chambers) }]
      : []),
    ...(status === undefined ? [] : [{ name: language.t('alerts.measure.status'), value: status }]),
    ...(sponsors.length > 0
      ? [{ name: language.t('alerts.measure.sponsors'), value: language.list(sponsors.map(sponsorWords)) }]
      : []),
    ...(address === undefined
      ? []
      : [
          {
            name: language.t('alerts.measure.text'),
            value: (
              <a href={address} rel="noopener">
                {language.t('alerts.measure.read')}
              </a>
            ),
          },
        ]),
  ];
}

function sponsorWords({ name, chamber }: MeasureView['sponsors'][number]): string {
  return chamber === undefined ? name : `${name} (${chamber})`;
}
