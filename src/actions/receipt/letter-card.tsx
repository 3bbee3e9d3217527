import type { DeliveryView, LetterState } from '../../delivery/index.js';
import { Sheet, type SheetView, Stamp, Timeline } from '../../design/index.js';
import type { Language } from '../../language/index.js';
import { HandOver } from '../hand-over/hand-over.js';
import type { HandOverView } from '../hand-over/hand-over-view.js';
import { Officeholder, type OfficeholderView } from '../officeholder-view.js';
import { Chase, type ChaseView } from './chase-panel.js';
import { LetterWays } from './letter-ways.js';
import { eventWords, type LetterStanding, stampOf } from './letter-words.js';
import { standingWords } from './standing-words.js';

// In every other state nothing left us, so the copy is not one "as sent".
const SENT: ReadonlySet<LetterState> = new Set(['sending', 'accepted', 'settled', 'bounced', 'unclear']);

/** One letter on the receipt. */
export interface LetterCardView extends LetterStanding {
  readonly id: string;
  readonly officeholder: OfficeholderView;
  /** Every way that it took. */
  readonly ways: readonly DeliveryView[];
  /** Absent once the text was deleted. */
  readonly letter?: SheetView | undefined;
  /** Where the supporter can or must take the step themselves. */
  readonly handOver?: HandOverView | undefined;
  /** Where the office can be asked for an answer, or was. */
  readonly chase?: ChaseView | undefined;
}

interface LetterCardProps {
  readonly language: Language;
  readonly card: LetterCardView;
  /** The path where one finds out who represents one now. */
  readonly who: string;
}

/** A letter: to whom, what became of it, what can be done, how it came to that, and its copy. */
export function LetterCard({ language, card, who }: LetterCardProps) {
  const { officeholder, changedAt, events, letter, handOver, chase } = card;
  const title = `letter-${card.id}`;
  return (
    <article class="letter" aria-labelledby={title}>
      <header class="letter-head">
        <h2 id={title} class="letter-to">
          <Officeholder officeholder={officeholder} />
        </h2>
        <Stamp language={language} {...stampOf(language, card)} at={changedAt} />
      </header>
      <p class="standing">{standingWords(language, card)}</p>
      {card.leftOffice && (
        <p>
          {language.t('actions.stopped.can_do')} <a href={who}>{language.t('actions.stopped.find')}</a>
        </p>
      )}
      {handOver !== undefined && letter !== undefined && (
        <HandOver language={language} id={card.id} letter={letter} handOver={handOver} />
      )}
      {chase !== undefined && <Chase language={language} chase={chase} />}
      <details>
        <summary>{language.t('actions.receipt.timeline')}</summary>
        <LetterWays language={language} ways={card.ways} />
        <Timeline
          language={language}
          entries={events.map((event) => ({ at: event.at, words: eventWords(language, event) }))}
        />
      </details>
      {letter === undefined ? (
        <p class="hint">{language.t('actions.receipt.deleted')}</p>
      ) : (
        <details>
          <summary>
            {language.t(SENT.has(card.state) ? 'actions.receipt.copy' : 'actions.receipt.copy_held')}
          </summary>
          <Sheet language={language} letter={letter} />
        </details>
      )}
    </article>
  );
}
