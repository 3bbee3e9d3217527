import {
  MailButton,
  MailHeadline,
  MailLayout,
  MailLetter,
  renderMail,
  type SheetView,
} from '../../design/index.js';
import type { Language } from '../../language/index.js';

/** The supporter's own copy, mailed after confirming. */
export interface CopyMailView {
  readonly language: Language;
  /** The organisation. */
  readonly name: string;
  readonly headline: string;
  readonly letters: readonly { readonly to: string; readonly letter: SheetView }[];
  /** The receipt's secret link, absolute. */
  readonly receipt: string;
  /** True where letters are not sent from this site. */
  readonly rehearsal: boolean;
}

export function copySubject({ language, headline }: CopyMailView): string {
  return language.t('actions.copy.subject', { headline });
}

/** The HTML part of the mail with the letters as confirmed. */
export function renderCopyMail(view: CopyMailView): string {
  const { language, name, headline, letters, receipt, rehearsal } = view;
  return renderMail(
    <MailLayout
      language={language}
      name={name}
      subject={copySubject(view)}
      preview={language.t('actions.copy.preview')}
      foot={<p>{language.t('actions.copy.why', { name })}</p>}
    >
      <MailHeadline>{headline}</MailHeadline>
      <p>{language.t(rehearsal ? 'actions.copy.rehearsal' : 'actions.copy.lead', { n: letters.length })}</p>
      <MailButton address={receipt}>{language.t('actions.copy.button')}</MailButton>
      {letters.map(({ to, letter }) => (
        <MailLetter key={to} to={to} letter={letter} subjectLabel={language.t('design.sheet.subject')} />
      ))}
      <p>{language.t('actions.copy.keep')}</p>
    </MailLayout>,
  );
}
