import type { DeliveryView } from '../../delivery/index.js';
import type { Language } from '../../language/index.js';
import { wayWords } from './way-words.js';

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
