import type { DeliveryView } from '../../delivery/index.js';
import type { Language } from '../../language/index.js';
import { isolated } from './letter-words.js';

/** Every way that a letter took: its tries and their times, and the answers in the other side's words. */
export function LetterWays({ language, ways }: { language: Language; ways: readonly DeliveryView[] }) {
  if (ways.length === 0) return null;
  return (
    <ul class="ways">
      {ways.map((way) => (
        <li key={way.messageId}>
          <p>
            <strong>{language.t(`actions.way.${way.channel}`)}</strong>
          </p>
          {wayWords(language, way).map((words) => (
            <p key={words}>{words}</p>
          ))}
          <p class="hint">
            {language.t('actions.way.id')} <code dir="ltr">{way.messageId}</code>
          </p>
        </li>
      ))}
    </ul>
  );
}

/** What is known of a way, a sentence each. */
function wayWords(language: Language, way: DeliveryView): readonly string[] {
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
