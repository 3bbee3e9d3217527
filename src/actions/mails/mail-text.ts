import type { ConfirmationMailView } from './confirmation-mail.js';
import type { CopyMailView } from './copy-mail.js';
import type { StoppedMailView } from './stopped-mail.js';

/** The plain part of a confirmation or a reminder: the same words as its HTML part, the links in full. */
export function confirmationText(view: ConfirmationMailView): string {
  const { language, name, headline, offices, confirm, notMe, expires, reminder } = view;
  const { t } = language;
  return paragraphs([
    reminder ? t('actions.mail.reminder') : '',
    t('actions.mail.wrote', { headline }),
    offices.map((office) => `- ${office}`).join('\n'),
    t('actions.mail.nothing_sent'),
    `${t('actions.mail.button')}:\n${confirm}`,
    t('actions.mail.expires', { time: language.date(expires, 'datetime') }),
    t('actions.mail.why', { name }),
    `${t('actions.mail.not_me')}:\n${notMe}`,
  ]);
}

/** The plain part of the copy: each letter in full. */
export function copyText({ language, name, letters, receipt, rehearsal }: CopyMailView): string {
  const { t } = language;
  return paragraphs([
    t(rehearsal ? 'actions.copy.rehearsal' : 'actions.copy.lead', { n: letters.length }),
    `${t('actions.copy.button')}:\n${receipt}`,
    ...letters.map(
      ({ to, letter }) => `--- ${to} ---\n${t('design.sheet.subject')} ${letter.subject}\n\n${letter.body}`,
    ),
    t('actions.copy.keep'),
    t('actions.copy.why', { name }),
  ]);
}

/** The plain part of the mail about letters that stopped. */
export function stoppedText({ language, name, headline, offices, receipt }: StoppedMailView): string {
  const { t } = language;
  const n = offices.length;
  return paragraphs([
    headline,
    t('actions.stopped.lead', { n }),
    offices.map((office) => `- ${office}`).join('\n'),
    t('actions.stopped.nobody_else', { n }),
    t('actions.stopped.can_do'),
    `${t('actions.copy.button')}:\n${receipt}`,
    t('actions.stopped.why', { name }),
  ]);
}

/** Paragraphs of a plain text; empty ones are left out. */
export function paragraphs(parts: readonly string[]): string {
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}
