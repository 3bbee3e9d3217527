import type { HandOverStep } from '../../delivery/index.js';
import type { SheetView } from '../../design/index.js';
import type { Language } from '../../language/index.js';
import { CallWay } from './hand-over-call.js';
import { FormWay } from './hand-over-form.js';
import { MailWay } from './hand-over-mail.js';
import { PaperWay } from './hand-over-paper.js';
import { type HandOverView, wayWords } from './hand-over-view.js';

interface HandOverProps {
  readonly language: Language;
  readonly id: string;
  readonly letter: SheetView;
  readonly handOver: HandOverView;
}

/** The best way with its steps in full, and the others behind a fold. */
export function HandOver(props: HandOverProps) {
  const { language, handOver } = props;
  const [first, ...others] = handOver.steps;
  if (first === undefined) return null;
  return (
    <div class="hand-over">
      {others.length > 0 && <h3 class="hand-over-way">{wayWords(language, first)}</h3>}
      <Way {...props} step={first} copied={false} first />
      {others.length > 0 && (
        <details class="other-ways">
          <summary>{language.t('actions.hand.other_ways')}</summary>
          {others.map((step) => (
            <section key={step.way}>
              <h3 class="hand-over-way">{wayWords(language, step)}</h3>
              <Way {...props} step={step} copied={first.way === 'by_form'} first={false} />
            </section>
          ))}
        </details>
      )}
    </div>
  );
}

interface AnyWayProps extends HandOverProps {
  readonly step: HandOverStep;
  readonly copied: boolean;
  readonly first: boolean;
}

function Way({ step, ...props }: AnyWayProps) {
  switch (step.way) {
    case 'by_form':
      return <FormWay {...props} step={step} />;
    case 'by_own_mail':
      return <MailWay {...props} step={step} />;
    case 'by_telephone':
      return <CallWay {...props} step={step} />;
    case 'on_paper':
      return <PaperWay {...props} step={step} />;
  }
}
