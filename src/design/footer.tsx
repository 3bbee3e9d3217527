import type { Language } from '../language/index.js';
import { Moment } from './moment.js';
import type { DataSetView, SiteView } from './site-view.js';

/** Who answers for the page, how old its data is, and under which licence the program may be used. */
export function Footer({ language, site }: { language: Language; site: SiteView }) {
  return (
    <footer class="footer">
      {site.data.map((set) => (
        <DataSet key={set.name} language={language} set={set} />
      ))}
      <p>
        {site.who !== undefined && (
          <span>
            <a href={site.who}>{language.t('design.footer.who')}</a>
          </span>
        )}
        <span>{language.t('design.footer.publisher', { name: site.name })}</span>
        <span>
          {site.source === undefined ? (
            language.t('design.footer.software')
          ) : (
            <a href={site.source}>{language.t('design.footer.software')}</a>
          )}
        </span>
      </p>
    </footer>
  );
}

function DataSet({ language, set }: { language: Language; set: DataSetView }) {
  return (
    <p class={set.outdated ? 'outdated' : undefined}>
      <span dir="auto">{language.t('design.footer.data', { name: set.name })}</span>
      {set.validUntil !== undefined && (
        <span>
          {language.t(set.outdated ? 'design.footer.outdated' : 'design.footer.valid')}{' '}
          <Moment language={language} at={set.validUntil} />
        </span>
      )}
      {set.sources.map((source) => (
        <span key={source.address}>
          {source.address === '' ? (
            <bdi>{source.title}</bdi>
          ) : (
            <a href={source.address} dir="auto">
              {source.title}
            </a>
          )}{' '}
          <bdi>{source.licence}</bdi>
          {source.date !== undefined && (
            <>
              {' '}
              {language.t('design.footer.as_of')} <KnownDate language={language} date={source.date} />
            </>
          )}
        </span>
      ))}
      {set.importedAt !== undefined && (
        <span>
          {language.t('design.footer.imported')} <Moment language={language} at={set.importedAt} />
        </span>
      )}
    </p>
  );
}

/** A day in words; a month or a year as the source gives it. */
function KnownDate({ language, date }: { language: Language; date: string }) {
  if (date.length === 'YYYY-MM-DD'.length) return <Moment language={language} at={new Date(date)} />;
  return (
    <time dateTime={date}>
      <bdi>{date}</bdi>
    </time>
  );
}
