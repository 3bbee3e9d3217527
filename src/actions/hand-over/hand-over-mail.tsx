import type { Language } from '../../language/index.js';
import { LetterToCopy, OpenLink, Report, Step, type WayProps } from './hand-over-parts.js';

type Webmail = WayProps<'by_own_mail'>['step']['webmail'];

/** A new mail with the letter in it, in the supporter's own program or on a website that is named. */
export function MailWay({ language, id, letter, handOver, step, copied, first }: WayProps<'by_own_mail'>) {
  const { address, mailto, webmail, failedBefore } = step;
  return (
    <ol class="hand-over-steps">
      {!mailto.carriesText && (
        <Step words={language.t('actions.hand.copy')}>
          <p>{language.t('actions.hand.mail.too_long')}</p>
          {!copied && <LetterToCopy language={language} id={`${id}-mail`} letter={letter} />}
        </Step>
      )}
      <Step words={language.t('actions.hand.mail.open')}>
        {failedBefore && <p class="caution">{language.t('actions.hand.mail.failed_before')}</p>}
        <p>{language.t('actions.hand.mail.to', { address })}</p>
        <p>
          <OpenLink href={mailto.href} quiet={!first}>
            {language.t('actions.hand.mail.mailto')}
          </OpenLink>
        </p>
        <WebmailLinks language={language} webmail={webmail} />
        <p>{language.t('actions.hand.mail.check')}</p>
      </Step>
      <Report
        language={language}
        handOver={handOver}
        way="by_own_mail"
        words={language.t('actions.hand.done')}
      />
    </ol>
  );
}

function WebmailLinks({ language, webmail }: { language: Language; webmail: Webmail }) {
  const name = (provider: Webmail[number]['provider']): string => language.t(`actions.hand.mail.${provider}`);
  const empty = webmail.filter(({ carriesText }) => !carriesText).map(({ provider }) => name(provider));
  return (
    <div class="webmail">
      <p>{language.t('actions.hand.mail.webmail')}</p>
      <p class="webmail-links">
        {webmail.map(({ provider, href }) => (
          <OpenLink key={provider} href={href} quiet tab>
            {name(provider)}
          </OpenLink>
        ))}
      </p>
      {empty.length > 0 && (
        <p class="hint">
          {language.t('actions.hand.mail.too_long_for', { providers: language.list(empty) })}
        </p>
      )}
    </div>
  );
}
