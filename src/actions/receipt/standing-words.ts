import { type DeliveryView, type Expectation, isCountCapped, timeOfDay } from '../../delivery/index.js';
import type { Language } from '../../language/index.js';
import { isolated, type LetterStanding, lastChange, mayHaveArrived, wasTelephoned } from './letter-words.js';

/** What a letter's state means for the person who wrote, in sentences. */
export function standingWords(language: Language, standing: LetterStanding): string {
  return sentences(language, standing)
    .filter((sentence) => sentence !== '')
    .join(' ');
}

function sentences(language: Language, standing: LetterStanding): readonly string[] {
  const { t } = language;
  const { state, expectation, leftOffice, byHand } = standing;
  const last = lastChange(standing.events);
  switch (state) {
    case 'queued':
      return [
        expectation === undefined ? t('actions.standing.queued') : expectationWords(language, expectation),
        copyWords(language, standing),
      ];
    case 'sending':
      return [t('actions.standing.sending'), copyWords(language, standing)];
    case 'accepted':
    case 'settled':
      return [
        acceptedWords(language, standing),
        ...reports(language, standing),
        copyWords(language, standing),
      ];
    case 'bounced':
      return [bouncedWords(language, standing), arrivalWords(language, standing)];
    case 'waiting':
      return [
        ...(last?.reason === 'next_channel'
          ? [t('actions.standing.failed_before'), perhapsWords(language, standing)]
          : []),
        t('actions.standing.waiting'),
      ];
    case 'stopped':
      if (leftOffice && byHand)
        return [t('actions.standing.left_office_by_hand'), perhapsWords(language, standing)];
      return [
        t(leftOffice ? 'actions.standing.left_office' : 'actions.standing.stopped'),
        arrivalWords(language, standing),
        noteWords(language, last),
      ];
    case 'rehearsed':
      return [
        t(
          last?.reason === 'test_system' || last?.reason === 'checked_only'
            ? `actions.standing.${last.reason}`
            : 'actions.standing.rehearsed',
        ),
      ];
    case 'refused':
      return [t('actions.standing.refused'), perhapsWords(language, standing), noteWords(language, last)];
    case 'handed_over':
      return [
        t(wasTelephoned(standing) ? 'actions.standing.telephoned' : 'actions.standing.handed_over'),
        perhapsWords(language, standing),
      ];
    case 'withdrawn':
    case 'expired':
      return [t(`actions.standing.${state}`), arrivalWords(language, standing)];
    default:
      return [t(`actions.standing.${state}`)];
  }
}

/** Of a letter that goes on, or arrived: after a try without an answer there may be a second copy. */
function copyWords({ t }: Language, { possibleCopies = 0 }: LetterStanding): string {
  return possibleCopies > 0 ? t('actions.standing.copies') : '';
}

/** Of a letter that does not go on: that the office may have it all the same. */
function perhapsWords({ t }: Language, standing: LetterStanding): string {
  return mayHaveArrived(standing) ? t('actions.standing.perhaps') : '';
}

/** Of a letter that does not go on: what became of it with us. What its writer did, nobody here knows. */
function arrivalWords(language: Language, standing: LetterStanding): string {
  if (mayHaveArrived(standing)) return perhapsWords(language, standing);
  return language.t(
    standing.delivery === undefined ? 'actions.standing.not_tried' : 'actions.standing.not_arrived',
  );
}

function expectationWords(language: Language, expectation: Expectation): string {
  const { waitsFor, at, hours, orLater, lettersPerHour: perHour, reason } = expectation;
  if (waitsFor === 'soon' || waitsFor === 'off') return language.t(`actions.standing.${waitsFor}`);
  if (at === null || waitsFor === 'paused')
    return language.t('actions.standing.paused', { reason: isolated(reason ?? '') });
  return language.t(`actions.standing.${waitsFor}`, {
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
  const taken = lastChange(standing.events.filter(({ to }) => to === 'accepted'));
  const time = timeOf(language, delivery?.acceptedAt ?? taken?.at ?? changedAt);
  if (taken?.reason === 'staff_evidence')
    return `${t('actions.standing.accepted_evidence', { time })} ${noteWords(language, taken)}`;
  if (delivery?.acceptedBy === 'office')
    return t(`actions.standing.accepted_${officeOf(delivery)}`, { time });
  const host = delivery?.host ?? '';
  const words = t('actions.standing.accepted_relay', {
    time,
    host: isolated(host),
    known: host === '' ? 'no' : 'yes',
  });
  return `${words} ${bounceWords(language, standing)}`;
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

/** What staff said of this very change. */
function noteWords({ t }: Language, change: LetterStanding['events'][number] | undefined): string {
  const note = change?.note;
  return note ? t('actions.standing.note', { note: isolated(note) }) : '';
}

function timeOf(language: Language, at: Date): string {
  return language.date(at, 'datetime');
}
