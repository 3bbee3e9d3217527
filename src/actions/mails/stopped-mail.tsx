import { MailButton, MailHeadline, MailLayout, renderMail } from '../../design/index.js';
import type { Language } from '../../language/index.js';

/** What tells a supporter that letters of theirs stopped, since whom they are to left office. */
export interface StoppedMailView {
  readonly language: Language;
  /** The organisation. */
  readonly name: string;
  readonly headline: string;
  /** To whom the letters were. */
  readonly offices: readonly string[];
  /** The receipt's secret link, absolute. */
  readonly receipt: string;
}

export function stoppedSubject({ language, headline, offices }: StoppedMailView): string {
  return language.t('actions.stopped.subject', { n: offices.length, headline });
}

/** The HTML part of that mail. */
export function renderStoppedMail(view: StoppedMailView): string {
  const { language, name, headline, offices, receipt } = view;
  const n = offices.length;
  return renderMail(
    <MailLayout
      language={language}
      name={name}
      subject={stoppedSubject(view)}
      preview={language.t('actions.stopped.nobody_else', { n })}
      foot={<p>{language.t('actions.stopped.why', { name })}</p>}
    >
      <MailHeadline>{headline}</MailHeadline>
      <p>{language.t('actions.stopped.lead', { n })}</p>
      <ul>
        {offices.map((office) => (
          <li key={office}>{office}</li>
        ))}
      </ul>
      <p>{language.t('actions.stopped.nobody_else', { n })}</p>
      <p>{language.t('actions.stopped.can_do')}</p>
      <MailButton address={receipt}>{language.t('actions.copy.button')}</MailButton>
    </MailLayout>,
  );
}
