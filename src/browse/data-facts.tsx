import { type Fact, Facts, Notice } from '../design/index.js';
import type { Language } from '../language/index.js';
import { lastDayOf, type Snapshot } from '../legislatures/index.js';

const WHOLE_DATE = 'YYYY-MM-DD';

interface DataFactsProps {
  readonly language: Language;
  readonly snapshot: Snapshot;
  readonly now: Date;
}

/** How old the data are, where they come from, and under which licence. */
export function DataFacts({ language, snapshot, now }: DataFactsProps) {
  const { set, validBefore } = snapshot;
  const ended = now.getTime() >= validBefore && set.validUntil !== undefined;
  return (
    <section class="small-print" aria-labelledby="data-title">
      <h2 id="data-title" class="label">
        {language.t('browse.data.title')}
      </h2>
      {ended && (
        <Notice tone="warning">
          <p>{language.t('legislatures.warning.dataset_expired')}</p>
        </Notice>
      )}
      <Facts facts={dataFacts(language, snapshot)} />
    </section>
  );
}

function dataFacts(language: Language, { set, importedAt }: Snapshot): Fact[] {
  const day = (date: string): string => language.date(new Date(lastDayOf(date)));
  // A year or a month is no day, and is shown as the source has it.
  const partial = (date: string): string => (date.length === WHOLE_DATE.length ? day(date) : date);
  return [
    ...(set.validUntil === undefined
      ? []
      : [{ name: language.t('browse.data.until'), value: day(set.validUntil) }]),
    ...(importedAt === undefined
      ? []
      : [{ name: language.t('browse.data.stored'), value: language.date(importedAt) }]),
    ...set.sources.map(({ title, address, licence, date, retrieved }) => ({
      name: language.t('browse.data.source'),
      value: (
        <>
          {address === '' ? <bdi>{title}</bdi> : <a href={address}>{title}</a>}
          {[
            licence === '' ? language.t('browse.data.no_licence') : licence,
            ...(date === undefined ? [] : [partial(date)]),
            ...(retrieved === undefined ? [] : [day(retrieved)]),
          ].map((part) => (
            <span key={part} class="part">
              <bdi>{part}</bdi>
            </span>
          ))}
        </>
      ),
    })),
  ];
}
