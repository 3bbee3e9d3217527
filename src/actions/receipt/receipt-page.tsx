import {
  type AlertReference,
  Button,
  Form,
  Moment,
  Notice,
  Page,
  Recap,
  type SiteView,
} from '../../design/index.js';
import type { Language } from '../../language/index.js';
import { PdfLinks } from '../hand-over/hand-over-paper.js';
import { LetterCard, type LetterCardView } from './letter-card.js';
import { mayHaveArrived } from './letter-words.js';
import type { PrintView } from './print-letters.js';
import { isRehearsal } from './view-letters.js';

const GONE: ReadonlySet<string> = new Set(['accepted', 'settled', 'handed_over']);
const UNDER_WAY: ReadonlySet<string> = new Set(['held', 'queued', 'sending', 'waiting']);

export interface ReceiptPageProps {
  readonly language: Language;
  readonly site: SiteView;
  readonly alert: AlertReference;
  /** `by_hand`: the supporter sends every letter themselves, so no mail was needed. */
  readonly kind: 'by_mail' | 'by_hand';
  readonly state: 'submitted' | 'confirmed' | 'self_reported' | 'withdrawn' | 'ended';
  /** When it was confirmed, or begun where nothing is confirmed. */
  readonly at: Date;
  readonly letters: readonly LetterCardView[];
  /** Where withdrawing is posted; absent where nothing can be withdrawn any more. */
  readonly withdraw?: string | undefined;
  /** True when the page follows right on the button: it thanks, and asks to keep the link. */
  readonly fresh?: boolean;
  /** The draft that the browser may forget now. */
  readonly draftName: string;
  /** Where several letters can be printed at once. */
  readonly print?: PrintView | undefined;
}

/** The receipt: every letter, and what happened to it. Whoever has the link sees it, so nobody else should. */
export function ReceiptPage(props: ReceiptPageProps) {
  const { language, site, alert, kind, letters, withdraw, print } = props;
  const toSend = kind === 'by_hand' && letters.some((letter) => !letter.leftOffice);
  const title = language.t(`actions.receipt.title.${toSend ? 'by_hand' : 'by_mail'}`, { n: letters.length });
  return (
    <Page language={language} site={site} title={title} islands={['act.js', 'copy.js']}>
      <div class="column" data-sent={props.draftName}>
        <Recap language={language} alert={alert} />
        <h1>{title}</h1>
        <Standing {...props} toSend={toSend} />
        <div class="letters">
          {letters.map((card) => (
            <LetterCard key={card.id} language={language} card={card} who={site.who ?? alert.address} />
          ))}
        </div>
        {print !== undefined && (
          <div class="print-all">
            <p>{language.t('actions.hand.paper.all', { n: print.letters })}</p>
            <PdfLinks language={language} pdf={print.pdf} format={print.format} quiet />
          </div>
        )}
        <p class="hint">{language.t('actions.receipt.link')}</p>
        {withdraw !== undefined && <Withdraw language={language} action={withdraw} />}
      </div>
    </Page>
  );
}

interface StandingProps extends ReceiptPageProps {
  /** Something is the supporter's to send by hand. */
  readonly toSend: boolean;
}

function Standing(props: StandingProps) {
  const { language, kind, state, at, fresh, toSend } = props;
  return (
    <>
      <p class="lead">
        {fresh && kind === 'by_mail' && state === 'confirmed' && `${language.t('actions.receipt.thanks')} `}
        {toSend &&
          (state === 'submitted' || state === 'self_reported') &&
          language.t('actions.receipt.by_hand')}
        {kind === 'by_mail' && state === 'confirmed' && summaryOf(props)}
      </p>
      <p class="byline">
        <span>
          {language.t(`actions.receipt.state.${state}`)}{' '}
          <Moment language={language} at={at} style="datetime" />
        </span>
      </p>
      {state === 'withdrawn' && (
        <Notice>
          <p>{language.t('actions.receipt.withdrawn')}</p>
        </Notice>
      )}
    </>
  );
}

function summaryOf({ language, letters }: ReceiptPageProps): string {
  const gone = letters.filter((letter) => GONE.has(letter.state)).length;
  const yours = letters.filter((letter) => letter.state === 'waiting').length;
  const words = isRehearsal(letters)
    ? language.t('actions.receipt.rehearsed')
    : language.t('actions.receipt.gone', { n: gone, all: letters.length, so: howFar(letters) });
  return yours === 0 ? words : `${words} ${language.t('actions.receipt.yours', { n: yours })}`;
}

/** Of letters none of which is known to have gone. */
function howFar(letters: readonly LetterCardView[]): 'perhaps' | 'yet' | 'not' {
  if (letters.some((letter) => letter.state === 'bounced' || mayHaveArrived(letter))) return 'perhaps';
  return letters.some((letter) => UNDER_WAY.has(letter.state)) ? 'yet' : 'not';
}

function Withdraw({ language, action }: { language: Language; action: string }) {
  return (
    <Form action={action} class="withdraw">
      <p>{language.t('actions.receipt.withdraw_hint')}</p>
      <Button quiet>{language.t('actions.receipt.withdraw')}</Button>
    </Form>
  );
}
