import type { Language, MessageKey } from '../language/index.js';
import type { AlertContent, Measure, RightsBasis } from './alert-content.js';
import type { Alert } from './alert-shelf.js';
import type { AlertView, AttributionView, MeasureView } from './alert-view.js';
import { shownEnd } from './closing-time.js';
import { isOpen } from './find-alerts.js';

interface Viewing {
  readonly alert: Alert;
  readonly organisation: { readonly name: string };
  readonly language: Language;
  readonly now: Date;
  /** The name of a chamber by its id or role, of an officeholder by id; as given where it is not known. */
  readonly nameOf: (id: string) => string;
}

const RIGHTS_WORDS: Readonly<Record<RightsBasis, MessageKey>> = {
  'own-work': 'alerts.rights.own_work',
  licensed: 'alerts.rights.licensed',
  'creative-commons': 'alerts.rights.creative_commons',
  'fair-use': 'alerts.rights.fair_use',
  'fair-dealing': 'alerts.rights.fair_dealing',
  quotation: 'alerts.rights.quotation',
};

/** An alert as its page shows it. */
export function viewAlert({ alert, organisation, language, now, nameOf }: Viewing): AlertView {
  const { content } = alert;
  const { ask, rights, measure } = content;
  const open = isOpen(alert, now);
  return {
    address: `/alerts/${alert.slug}`,
    lang: alert.language,
    state: open ? 'open' : 'closed',
    headline: content.headline,
    standfirst: content.standfirst,
    date: new Date(content.date),
    byline: content.byline ?? undefined,
    publisher: content.publisher ?? organisation.name,
    request: ask.request,
    whom: whomOf(content).map(nameOf),
    measure: measure === null ? undefined : viewMeasure(measure, nameOf),
    until: endOf(alert, open),
    report: alert.reportHtml,
    attribution: viewAttribution(content),
    rights: language.t(RIGHTS_WORDS[rights.basis], { licence: rights.licence ?? '' }),
    rightsNotice: rights.notice ?? undefined,
    corrections: content.corrections.map(({ date, text }) => ({ date: new Date(date), text })),
  };
}

/** The last day while it is open and when it ended by itself; else the day on which it was closed. */
function endOf({ content, closesAt, closedAt }: Alert, open: boolean): Date | undefined {
  const endedByItself = closedAt === null || closedAt.getTime() === closesAt?.getTime();
  return open || endedByItself ? shownEnd(content.ask.until) : closedAt;
}

function whomOf({ ask: { whom } }: AlertContent): readonly string[] {
  return whom.kind === 'mine' ? whom.chambers : whom.officeholders;
}

function viewMeasure(measure: Measure, nameOf: (id: string) => string): MeasureView {
  const { number, title, status, address, chambers, sponsors } = measure;
  return {
    number,
    title,
    status: status ?? undefined,
    address: address ?? undefined,
    chambers: chambers.map(nameOf),
    sponsors: sponsors.map(({ name, chamber }) => ({
      name,
      chamber: chamber === null ? undefined : nameOf(chamber),
    })),
  };
}

function viewAttribution({ report: { source } }: AlertContent): AttributionView | undefined {
  if (source === null) return undefined;
  const { publisher, author, dateline, published, address } = source;
  return {
    publisher,
    author: author ?? undefined,
    dateline: dateline ?? undefined,
    published: published === null ? undefined : new Date(published),
    address: address ?? undefined,
  };
}
