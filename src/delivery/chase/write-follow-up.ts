import type { Context } from '../../context.js';
import { language } from '../../language/index.js';
import { oneLine } from '../compose-letter.js';
import type { LetterContent } from '../letter-content.js';
import type { OfficeSnapshot } from '../office.js';
import { verifyUrl } from '../verify-link.js';

/** What a follow-up is made of. */
export interface FollowUpParts {
  readonly organisationId: number;
  readonly letterId: string;
  readonly office: OfficeSnapshot;
  /** The letter's language tag. */
  readonly language: string;
  readonly content: Pick<LetterContent, 'subject' | 'body' | 'replyTo'>;
  /** When the office's mail system, or our provider, took the letter. */
  readonly acceptedAt: Date;
}

/**
 * The one mail by which a supporter asks an office for an answer: fixed words, the letter's own line to verify it, and
 * the letter as it went, quoted. The same each time for the same letter: what is shown is what is sent.
 */
export function writeFollowUp(
  context: Context,
  parts: FollowUpParts,
): { readonly subject: string; readonly body: string } {
  const { organisationId, letterId, office, content, acceptedAt } = parts;
  const { t, date } = language(parts.language);
  const day = date(acceptedAt);
  const blocks = [
    t('delivery.letter.salutation', { officeholder: oneLine(`${office.title} ${office.name}`) }),
    t('delivery.follow_up.asked', { date: day }),
    `${t('delivery.letter.closing')}\n\n${oneLine(content.replyTo.name)}`,
    t('delivery.letter.verify', { url: verifyUrl(context, organisationId, letterId) }),
    t('delivery.follow_up.original', { date: day }),
    quoted(content.body),
  ];
  return {
    subject: t('delivery.follow_up.subject', { subject: content.subject }),
    body: `${blocks.join('\n\n')}\n`,
  };
}

function quoted(body: string): string {
  return body
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => (line === '' ? '>' : `> ${line}`))
    .join('\n');
}
