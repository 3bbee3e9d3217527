import { MailButton, MailHeadline, MailLayout, MailLink, renderMail } from '../../design/index.js';
import type { Language } from '../../language/index.js';

/** What a confirmation or its reminder says. It holds no word that the submitter typed, not even a name. */
export interface ConfirmationMailView {
  readonly language: Language;
  /** The organisation. */
  readonly name: string;
  readonly headline: string;
  /** To whom the letters would go: names from the data, never typed ones. */
  readonly offices: readonly string[];
  /** The secret links, absolute. */
  readonly confirm: string;
  readonly notMe: string;
  readonly expires: Date;
  readonly reminder: boolean;
}

export function confirmationSubject({ language, reminder, headline }: ConfirmationMailView): string {
  return language.t(reminder ? 'actions.mail.reminder_subject' : 'actions.mail.subject', { headline });
}

/** The HTML part of the mail that asks for confirmation. */
export function renderConfirmationMail(view: ConfirmationMailView): string {
  const { language, name, headline, offices, confirm, notMe, expires, reminder } = view;
  return renderMail(
    <MailLayout
      language={language}
      name={name}
      subject={confirmationSubject(view)}
      preview={language.t('actions.mail.preview', { n: offices.length })}
      foot={
        <>
          <p>{language.t('actions.mail.why', { name })}</p>
          <p>
            <MailLink address={notMe}>{language.t('actions.mail.not_me')}</MailLink>
          </p>
        </>
      }
    >
      <MailHeadline>{headline}</MailHeadline>
      {reminder && <p>{language.t('actions.mail.reminder')}</p>}
      <p>{language.t('actions.mail.wrote_below')}</p>
      <ul>
        {offices.map((office) => (
          <li key={office}>{office}</li>
        ))}
      </ul>
      <p>{language.t('actions.mail.nothing_sent')}</p>
      <MailButton address={confirm}>{language.t('actions.mail.button')}</MailButton>
      <p>{language.t('actions.mail.expires', { time: language.date(expires, 'datetime') })}</p>
    </MailLayout>,
  );
}
