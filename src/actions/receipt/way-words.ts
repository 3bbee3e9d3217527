import type { DeliveryView, LetterView } from '../../delivery/index.js';
import type { Language } from '../../language/index.js';
import { eventWords, isolated, mayHaveArrived } from './letter-words.js';

interface FailedLetter extends Pick<LetterView, 'deliveries'>, Partial<Pick<LetterView, 'possibleCopies'>> {
  readonly events: readonly Pick<
    LetterView['events'][number],
    'from' | 'to' | 'reason' | 'callOutcome' | 'note'
  >[];
}

/** How a letter failed: the last no in words, each way with its tries and answers, and whether it may be there, a line each. */
export function failureLines(language: Language, letter: FailedLetter): readonly string[] {
  const { events, deliveries } = letter;
  const failure = events.findLast(({ from, to }) => from !== to && (to === 'refused' || to === 'bounced'));
  return [
    ...(failure === undefined ? [] : [`${eventWords(language, failure)}.`]),
    ...deliveries.map((way) =>
      [`${language.t(`actions.way.${way.channel}`)}:`, ...wayWords(language, way)].join(' '),
    ),
    ...(mayHaveArrived(letter) ? [language.t('actions.standing.perhaps')] : []),
  ];
}

/** What is known of a way, a sentence each. */
export function wayWords(language: Language, way: DeliveryView): readonly string[] {
  const { t } = language;
  const { tries, beganAt, triedAt, answer, host, bouncedAt, bounceAnswer } = way;
  const time = (at: Date): string => language.date(at, 'datetime');
  const answered = answer !== null && answer !== '';
  return [
    tries === 0
      ? t('actions.way.not_tried')
      : t('actions.way.tries', { n: tries, first: time(beganAt), last: time(triedAt ?? beganAt) }),
    ...(answered ? [answerWords(language, answer, host)] : []),
    ...(bouncedAt === null ? [] : [cameBack(language, bouncedAt, bounceAnswer)]),
  ];
}

function answerWords({ t }: Language, answer: string, host: string | null): string {
  const known = host ? 'yes' : 'no';
  return t('actions.way.answer', { answer: isolated(answer), host: isolated(host ?? ''), known });
}

function cameBack({ t, date }: Language, at: Date, answer: string | null): string {
  const time = date(at, 'datetime');
  return answer
    ? t('actions.way.came_back', { time, answer: isolated(answer) })
    : t('actions.way.came_back_silently', { time });
}
