import type { Language, MessageKey } from '../language/index.js';
import type { AlertContent, ListedOfficeholders, Measure, Position, RightsBasis } from './alert-content.js';
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

const LIST_WORDS: Readonly<Record<ListedOfficeholders['kind'], MessageKey>> = {
  committee: 'alerts.ask.whom.committee',
  everybody: 'alerts.ask.whom.everybody',
  choose: 'alerts.ask.whom.choose',
};

const PART_WORDS: Readonly<Record<ListedOfficeholders['kind'], MessageKey>> = {
  committee: 'alerts.ask.whom.committee_only',
  everybody: 'alerts.ask.whom.everybody_only',
  choose: 'alerts.ask.whom.choose_only',
};

const POSITION_WORDS: Readonly<Record<Position, MessageKey>> = {
  sponsor: 'alerts.ask.only.sponsor',
  cosponsor: 'alerts.ask.only.cosponsor',
  for: 'alerts.ask.only.for',
  against: 'alerts.ask.only.against',
  none: 'alerts.ask.only.none',
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
    whom: whomOf(content, language, nameOf),
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

function whomOf(
  { ask: { whom } }: AlertContent,
  language: Language,
  nameOf: (id: string) => string,
): readonly string[] {
  if (whom.kind === 'mine') return whom.chambers.map(nameOf);
  if (whom.kind === 'named') return whom.officeholders.map(nameOf);
  const of = whom.kind === 'committee' ? [whom.committee] : whom.chambers;
  const name = language.list(of.map(nameOf));
  const only = [
    ...(whom.positions ?? []).map((one) => language.t(POSITION_WORDS[one])),
    ...(whom.parties ?? []),
  ];
  if (only.length === 0) return [language.t(LIST_WORDS[whom.kind], { name })];
  return [language.t(PART_WORDS[whom.kind], { name, only: language.list(only) })];
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
