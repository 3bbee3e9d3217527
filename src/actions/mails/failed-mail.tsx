import {
  MailButton,
  MailHeadline,
  MailLayout,
  MailLetter,
  renderMail,
  type SheetView,
} from '../../design/index.js';
import type { Language } from '../../language/index.js';
import { paragraphs } from './mail-text.js';

/** What tells a supporter that letters of theirs failed, with their texts and the way on. */
export interface FailedMailView {
  readonly language: Language;
  /** The organisation. */
  readonly name: string;
  readonly headline: string;
  readonly letters: readonly FailedLetterView[];
  /** The receipt's secret link, absolute. */
  readonly receipt: string;
}

interface FailedLetterView {
  readonly to: string;
  /** The supporter can take the next step. */
  readonly isYours: boolean;
  /** No answer says so, but the office may have it. */
  readonly perhaps: boolean;
  /** What was tried and answered, a line each. */
  readonly said: readonly string[];
  /** Absent once the text was deleted. */
  readonly letter: SheetView | undefined;
}

export function failedSubject({ language, headline, letters }: FailedMailView): string {
  const words = isPerhaps(letters) ? 'actions.failed.subject_perhaps' : 'actions.failed.subject';
  return language.t(words, { n: letters.length, headline });
}

/** The plain part of that mail: each letter in full. */
export function failedText({ language, name, headline, letters, receipt }: FailedMailView): string {
  const { t } = language;
  return paragraphs([
    headline,
    leadOf(language, letters),
    `${t('actions.failed.button')}:\n${receipt}`,
    ...letters.map(({ to, isYours, said, letter }) => {
      const text =
        letter === undefined
          ? t('actions.failed.forgotten')
          : `${t('design.sheet.subject')} ${letter.subject}\n\n${letter.body}`;
      return [`--- ${to} ---`, ...said, wayOn(language, isYours), '', text].join('\n');
    }),
    t('actions.failed.why', { name }),
  ]);
}

/** The HTML part of that mail. */
export function renderFailedMail(view: FailedMailView): string {
  const { language, name, headline, letters, receipt } = view;
  const lead = leadOf(language, letters);
  return renderMail(
    <MailLayout
      language={language}
      name={name}
      subject={failedSubject(view)}
      preview={lead}
      foot={<p>{language.t('actions.failed.why', { name })}</p>}
    >
      <MailHeadline>{headline}</MailHeadline>
      <p>{lead}</p>
      <MailButton address={receipt}>{language.t('actions.failed.button')}</MailButton>
      {letters.map(({ to, isYours, said, letter }) => (
        <section key={to}>
          <p>
            <strong>{to}</strong>
          </p>
          {said.map((line) => (
            <p key={line}>{line}</p>
          ))}
          <p>{wayOn(language, isYours)}</p>
          {letter === undefined ? (
            <p>{language.t('actions.failed.forgotten')}</p>
          ) : (
            <MailLetter to={to} letter={letter} subjectLabel={language.t('design.sheet.subject')} />
          )}
        </section>
      ))}
    </MailLayout>,
  );
}

function leadOf(language: Language, letters: readonly FailedLetterView[]): string {
  const words = isPerhaps(letters) ? 'actions.failed.lead_perhaps' : 'actions.failed.lead';
  return language.t(words, { n: letters.length });
}

function isPerhaps(letters: readonly FailedLetterView[]): boolean {
  return letters.some(({ perhaps }) => perhaps);
}

function wayOn(language: Language, isYours: boolean): string {
  return language.t(isYours ? 'actions.failed.yours' : 'actions.failed.over');
}
