import { type DeliveryView, type Expectation, isCountCapped, timeOfDay } from '../../delivery/index.js';
import type { Language } from '../../language/index.js';
import { isolated, type LetterStanding, lastChange } from './letter-words.js';

/** What a letter's state means for the person who wrote, in sentences. */
export function standingWords(language: Language, standing: LetterStanding): string {
  return sentences(language, standing)
    .filter((sentence) => sentence !== '')
    .join(' ');
}

function sentences(language: Language, standing: LetterStanding): readonly string[] {
  const { t } = language;
  const { state, expectation, leftOffice, byHand } = standing;
  const reason = lastChange(standing.events)?.reason;
  switch (state) {
    case 'queued':
      return [
        expectation === undefined ? t('actions.standing.queued') : expectationWords(language, expectation),
      ];
    case 'accepted':
    case 'settled':
      return [acceptedWords(language, standing), ...reports(language, standing)];
    case 'bounced':
      return [bouncedWords(language, standing)];
    case 'waiting':
      return [
        reason === 'next_channel' ? t('actions.standing.failed_before') : '',
        t('actions.standing.waiting'),
      ];
    case 'stopped': {
      if (!leftOffice) return [t('actions.standing.stopped'), noteWords(language, standing)];
      return [t(byHand ? 'actions.standing.left_office_by_hand' : 'actions.standing.left_office')];
    }
    case 'rehearsed':
      return [
        t(
          reason === 'test_system' || reason === 'checked_only'
            ? `actions.standing.${reason}`
            : 'actions.standing.rehearsed',
        ),
      ];
    case 'refused':
      return [t('actions.standing.refused'), noteWords(language, standing)];
    default:
      return [t(`actions.standing.${state}`)];
  }
}

function expectationWords(language: Language, expectation: Expectation): string {
  const { waitsFor, at, hours, orLater, lettersPerHour: perHour, reason } = expectation;
  if (waitsFor === 'soon') return language.t('actions.standing.soon');
  if (at === null) return language.t('actions.standing.paused', { reason: isolated(reason ?? '') });
  return language.t(`actions.standing.${waitsFor === 'paused' ? 'retry' : waitsFor}`, {
    time: timeOf(language, at),
    later: orLater || isCountCapped(expectation) ? 'yes' : 'no',
    perHour,
    before: beforeWords(language, expectation),
    opens: timeOfDay(hours?.opens ?? 0),
    closes: timeOfDay(hours?.closes ?? 0),
    zone: isolated(hours?.timeZone ?? ''),
    weekdays: hours?.weekdaysOnly ? 'yes' : 'no',
  });
}

function beforeWords({ t }: Language, expectation: Expectation): string {
  const { before: n } = expectation;
  return t(isCountCapped(expectation) ? 'actions.standing.before_more' : 'actions.standing.before', { n });
}

function acceptedWords(language: Language, standing: LetterStanding): string {
  const { t } = language;
  const { delivery, changedAt } = standing;
  const time = timeOf(language, delivery?.acceptedAt ?? changedAt);
  if (lastChange(standing.events.filter(({ to }) => to === 'accepted'))?.reason === 'staff_evidence')
    return `${t('actions.standing.accepted_evidence', { time })} ${noteWords(language, standing)}`;
  if (delivery?.acceptedBy === 'office')
    return t(`actions.standing.accepted_${officeOf(delivery)}`, { time });
  const host = delivery?.host ?? '';
  const taken = t('actions.standing.accepted_relay', {
    time,
    host: isolated(host),
    known: host === '' ? 'no' : 'yes',
  });
  return `${taken} ${bounceWords(language, standing)}`;
}

function officeOf({ channel }: DeliveryView): 'office' | 'cwc_house' | 'cwc_senate' {
  return channel === 'cwc_house' || channel === 'cwc_senate' ? channel : 'office';
}

function bounceWords({ t }: Language, { state, delivery, watchesBounces }: LetterStanding): string {
  if (!watchesBounces) return t('actions.standing.not_watched');
  // What came back of an earlier copy moved nothing, and is told step by step.
  if (delivery?.bouncedAt) return '';
  return t(state === 'settled' ? 'actions.standing.no_bounce_since' : 'actions.standing.no_bounce');
}

/** What mail systems reported since, and what the supporter told. */
function reports(language: Language, { delivery, heardAt }: LetterStanding): readonly string[] {
  const { deliveryReportedAt, delayReportedAt, autoRepliedAt, complainedAt } = delivery ?? {};
  const told = [
    ['delivered', deliveryReportedAt],
    ['delayed', deliveryReportedAt ? undefined : delayReportedAt],
    ['auto_replied', autoRepliedAt],
    ['complained', complainedAt],
    ['heard', heardAt],
  ] as const;
  return told.flatMap(([what, at]) =>
    at ? [language.t(`actions.standing.${what}`, { time: timeOf(language, at) })] : [],
  );
}

function bouncedWords(language: Language, { delivery, changedAt }: LetterStanding): string {
  return language.t('actions.standing.bounced', {
    time: timeOf(language, delivery?.bouncedAt ?? changedAt),
    why: language.t(`actions.bounce.${delivery?.bounceReason ?? 'other'}`),
  });
}

function noteWords({ t }: Language, { events }: LetterStanding): string {
  const note = events.findLast((event) => event.note !== null)?.note;
  return note ? t('actions.standing.note', { note: isolated(note) }) : '';
}

function timeOf(language: Language, at: Date): string {
  return language.date(at, 'datetime');
}
