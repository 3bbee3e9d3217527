import { type HandOverStep, isSending } from '../../delivery/index.js';
import {
  type AlertReference,
  Button,
  Form,
  Notice,
  Page,
  Recap,
  Sheet,
  type SheetView,
  type SiteView,
} from '../../design/index.js';
import type { Language } from '../../language/index.js';
import { wayWords } from '../hand-over/hand-over-view.js';
import {
  Officeholder,
  type OfficeholderView,
  type Reach,
  reachWords,
  titledName,
} from '../officeholder-view.js';
import { SentParts, type SentPartsView } from './sent-parts.js';

const SHEETS_IN_FULL = 2;

/** A letter as it will go. */
export interface ConfirmLetterView {
  readonly id: string;
  readonly officeholder: OfficeholderView;
  readonly reach: Reach;
  /** Where the last step is the supporter's: the ways that they will have, best first. */
  readonly ahead?: readonly HandOverStep[] | undefined;
  readonly letter: SheetView;
  /** Set where it goes in parts, by a mail system of the Congress. */
  readonly parts?: SentPartsView | undefined;
  /** How many characters the office's form takes, where the letter has more. */
  readonly roomOfForm?: number | undefined;
}

export interface ConfirmPageProps {
  readonly language: Language;
  readonly site: SiteView;
  readonly alert: AlertReference;
  readonly letters: readonly ConfirmLetterView[];
  /** Where confirming is posted. */
  readonly action: string;
  /** "This was not me". */
  readonly notMe: string;
  readonly expires: Date;
}

/** Behind the link in the mail: each letter exactly as it will go, and the button that sends it. */
export function ConfirmPage(props: ConfirmPageProps) {
  const { language, site, alert, letters, action, notMe, expires } = props;
  const n = letters.length;
  const sent = letters.filter(({ reach }) => isSending(reach)).length;
  return (
    <Page language={language} site={site} title={language.t('actions.confirm.title', { n })}>
      <div class="column">
        <Recap language={language} alert={alert} />
        <h1>{language.t('actions.confirm.title', { n })}</h1>
        <p class="lead">
          {language.t(sent === n ? 'actions.confirm.lead' : 'actions.confirm.lead_mixed', { n, sent })}
        </p>
        {site.rehearsal && (
          <Notice tone="warning">
            <p>{language.t('actions.confirm.rehearsal')}</p>
          </Notice>
        )}
        <div class="letters">
          {letters.map((letter, index) => (
            <ConfirmLetter
              key={letter.id}
              language={language}
              site={site}
              letter={letter}
              open={index < SHEETS_IN_FULL}
            />
          ))}
        </div>
        <Form action={action} class="actbar">
          <Button>{language.t('actions.confirm.button', { n: sent })}</Button>
          <a class="quiet-link" href={notMe}>
            {language.t('actions.confirm.not_me')}
          </a>
        </Form>
        <p class="hint">
          {language.t('actions.confirm.until', { time: language.date(expires, 'datetime') })}
        </p>
      </div>
    </Page>
  );
}

interface ConfirmLetterProps extends Pick<ConfirmPageProps, 'language' | 'site'> {
  readonly letter: ConfirmLetterView;
  readonly open: boolean;
}

function ConfirmLetter({ language, site, letter, open }: ConfirmLetterProps) {
  const { officeholder, roomOfForm, parts } = letter;
  return (
    <article class="letter">
      <h2 class="letter-to">
        <Officeholder officeholder={officeholder} />
      </h2>
      <p class="reach">{reachWords(language, letter.reach)}</p>
      {letter.ahead !== undefined && <WaysAhead language={language} steps={letter.ahead} />}
      <details open={open}>
        <summary>{language.t('actions.confirm.letter')}</summary>
        <Sheet language={language} letter={letter.letter} />
      </details>
      {roomOfForm !== undefined && (
        <Notice tone="warning">
          <p>{language.t('actions.limits.form', { office: titledName(officeholder), most: roomOfForm })}</p>
        </Notice>
      )}
      {parts !== undefined && <SentParts language={language} site={site} parts={parts} />}
    </article>
  );
}

/** What the supporter will do once they have confirmed: before that, the office could not check the letter. */
function WaysAhead({ language, steps }: { language: Language; steps: readonly HandOverStep[] }) {
  const ways = steps.map((step) => wayWords(language, step));
  return (
    <p class="hint">
      {language.t('actions.hand.ahead')} {language.t('actions.hand.ahead_ways', { ways: ways.join(' · ') })}
    </p>
  );
}

/** Why a link from a mail has nothing left to confirm. */
export type LinkEnd = 'confirmed' | 'acted_before' | 'expired' | 'withdrawn' | 'alert_closed';

interface LinkEndPageProps {
  readonly language: Language;
  readonly site: SiteView;
  readonly alert: AlertReference;
  readonly end: LinkEnd;
  /** The receipt, where the person may see one. */
  readonly receipt?: string | undefined;
}

/** Behind a link that has done its work or has ended. */
export function LinkEndPage({ language, site, alert, end, receipt }: LinkEndPageProps) {
  const title = language.t(`actions.end.${end}`);
  return (
    <Page language={language} site={site} title={title}>
      <div class="column">
        <Recap language={language} alert={alert} />
        <h1>{title}</h1>
        <p class="lead">{language.t(`actions.end.${end}_lead`)}</p>
        <p>
          {receipt === undefined ? (
            <a href={alert.address}>{language.t('actions.end.back')}</a>
          ) : (
            <a class="button" href={receipt}>
              {language.t('actions.end.receipt')}
            </a>
          )}
        </p>
      </div>
    </Page>
  );
}
