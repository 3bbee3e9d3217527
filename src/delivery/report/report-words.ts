import type { Language } from '../../language/index.js';
import { FEWEST_SHOWN, type ShownCount } from './hide-small.js';
import type { OfficeReport, ReportRow } from './read-report.js';

/** What a report is about, beside its numbers. */
export interface ReportFrame {
  readonly language: Language;
  readonly headline: string;
  readonly organisation: {
    readonly name: string;
    readonly contactEmail: string;
    readonly postalAddress: string;
  };
  readonly at: Date;
  /** Whether mail that comes back is read here. */
  readonly watchesBounces: boolean;
}

/** One table of a report, in words. */
export interface ReportTable {
  readonly title: string;
  /** What stands in its first column; absent where the rows say it. */
  readonly column: string | undefined;
  readonly rows: readonly { readonly name: string; readonly count: string }[];
  readonly remark?: string | undefined;
}

/** A whole report in words. */
export interface ReportWords {
  readonly title: string;
  readonly about: string;
  readonly total: string;
  readonly tables: readonly ReportTable[];
  readonly method: { readonly title: string; readonly paragraphs: readonly string[] };
}

/** Puts a report into words, for a page and for a terminal alike. */
export function wordsOfReport(report: OfficeReport, frame: ReportFrame): ReportWords {
  const { language, headline, organisation, at } = frame;
  const { t } = language;
  const { office } = report;
  return {
    title: t('delivery.report.title', { office: `${office.title} ${office.name}`.trim() }),
    about: t('delivery.report.about', { headline, organisation: organisation.name, date: language.date(at) }),
    total:
      report.letters === 'few'
        ? `${t('delivery.report.total_few', { fewest: FEWEST_SHOWN })}. ${t('delivery.report.no_parts')}`
        : t('delivery.report.total', { n: Number(report.letters) }),
    tables: tablesOf(report, frame).filter(({ rows }) => rows.length > 0),
    method: { title: t('delivery.report.method'), paragraphs: methodOf(frame) },
  };
}

function tablesOf(report: OfficeReport, frame: ReportFrame): readonly ReportTable[] {
  const { language, organisation, watchesBounces } = frame;
  const { t } = language;
  const rows = <Key>(counts: readonly ReportRow<Key>[], nameOf: (key: Key) => string) =>
    counts.map(({ key, letters }) => ({ name: nameOf(key), count: countWords(language, letters) }));
  return [
    {
      title: t('delivery.report.ways'),
      column: undefined,
      rows: rows(report.ways, (way) =>
        t(`delivery.report.way.${way === 'relay' && !watchesBounces ? 'relay_unwatched' : way}`),
      ),
    },
    {
      title: t('delivery.report.texts'),
      column: undefined,
      rows: rows(report.texts, (kind) =>
        t(`delivery.report.text.${kind}`, { organisation: organisation.name }),
      ),
      remark:
        report.sharedTexts === undefined
          ? undefined
          : t('delivery.report.shared_texts', { n: report.sharedTexts }),
    },
    ...report.divisions.map((divisions) => ({
      title: t('delivery.report.divisions'),
      column: t('delivery.report.division'),
      rows: rows(divisions, (name) => name),
    })),
    {
      title: t('delivery.report.weeks'),
      column: t('delivery.report.week'),
      rows: rows(report.weeks, (monday) => language.date(new Date(`${monday}T00:00:00Z`))),
    },
  ];
}

function methodOf({ language: { t }, organisation }: ReportFrame): readonly string[] {
  return [
    t('delivery.report.method.who'),
    t('delivery.report.method.words'),
    t('delivery.report.method.where'),
    t('delivery.report.method.small', { fewest: FEWEST_SHOWN }),
    t('delivery.report.method.check', { contact: organisation.contactEmail }),
  ];
}

function countWords({ t, number }: Language, letters: ShownCount): string {
  if (typeof letters === 'number') return number(letters);
  return t(`delivery.report.${letters}`, { fewest: FEWEST_SHOWN });
}
