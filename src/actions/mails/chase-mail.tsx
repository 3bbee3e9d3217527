import { MailButton, MailHeadline, MailLayout, renderMail } from '../../design/index.js';
import type { Language } from '../../language/index.js';
import { paragraphs } from './mail-text.js';

/** What reminds a supporter of letters without an answer. */
export interface ChaseMailView {
  readonly language: Language;
  /** The organisation. */
  readonly name: string;
  readonly headline: string;
  readonly offices: readonly { readonly to: string; readonly automatic: boolean }[];
  /** The receipt's secret link, absolute. */
  readonly receipt: string;
}

export function chaseSubject({ language, headline }: ChaseMailView): string {
  return language.t('actions.chase.subject', { headline });
}

/** The plain part of that mail. */
export function chaseText(view: ChaseMailView): string {
  const { language, name, headline, offices, receipt } = view;
  const { t } = language;
  return paragraphs([
    headline,
    t('actions.chase.lead', { n: offices.length }),
    officeLines(view)
      .map((line) => `- ${line}`)
      .join('\n'),
    isAutomatic(view) ? t('actions.chase.automatic') : '',
    `${t('actions.chase.mail_button')}:\n${receipt}`,
    t('actions.chase.why', { name }),
  ]);
}

/** The HTML part of that mail. */
export function renderChaseMail(view: ChaseMailView): string {
  const { language, name, headline, offices, receipt } = view;
  const { t } = language;
  return renderMail(
    <MailLayout
      language={language}
      name={name}
      subject={chaseSubject(view)}
      preview={t('actions.chase.preview')}
      foot={<p>{t('actions.chase.why', { name })}</p>}
    >
      <MailHeadline>{headline}</MailHeadline>
      <p>{t('actions.chase.lead', { n: offices.length })}</p>
      <ul>
        {officeLines(view).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {isAutomatic(view) && <p>{t('actions.chase.automatic')}</p>}
      <MailButton address={receipt}>{t('actions.chase.mail_button')}</MailButton>
    </MailLayout>,
  );
}

function officeLines({ language, offices }: ChaseMailView): readonly string[] {
  return offices.map(({ to, automatic }) =>
    automatic ? language.t('actions.chase.marked', { office: to }) : to,
  );
}

function isAutomatic({ offices }: ChaseMailView): boolean {
  return offices.some(({ automatic }) => automatic);
}
