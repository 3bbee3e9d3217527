import { keptAnswer } from '../channels/outcome.js';
import { classifyFailure, type FailureReason } from './classify-failure.js';
import { findStatus, type RecipientStatus, readDeliveryStatus } from './read-delivery-status.js';
import type { ReadMail } from './read-mail.js';
import { readPlainBounce } from './read-plain-bounce.js';
import { isAutoReply, isComplaint } from './recognise-answers.js';

/**
 * What a mail that came back says: a closed set. `answer` is the other server's words as they are kept: one line,
 * short, without addresses, and nothing of the letter.
 */
export type Understanding =
  | {
      readonly kind: 'failed';
      readonly reason: FailureReason;
      readonly status: string | undefined;
      readonly answer: string;
      /** Whom it names as not reached, in lower case; empty where it names nobody. */
      readonly addresses: readonly string[];
    }
  | { readonly kind: 'delayed'; readonly status: string | undefined; readonly answer: string }
  | { readonly kind: 'delivered' | 'auto_reply' | 'complaint' | 'not_understood' };

const REPORT_TYPES: ReadonlySet<string> = new Set([
  'message/delivery-status',
  // RFC 6533, with addresses in UTF-8.
  'message/global-delivery-status',
]);

/** Understands a mail. Whatever its bytes, the answer is one of the set; in doubt a person has to look. */
export function understandMail(mail: ReadMail | undefined): Understanding {
  if (mail === undefined) return { kind: 'not_understood' };
  if (isComplaint(mail)) return { kind: 'complaint' };
  const reports = mail.parts.filter(({ type }) => REPORT_TYPES.has(type));
  if (reports.length > 0) return understandReport(reports.flatMap(({ text }) => readDeliveryStatus(text)));
  const bounce = readPlainBounce(mail);
  if (bounce !== undefined) {
    const { action, words, addresses } = bounce;
    return understandRecipient({ action, status: findStatus(words), diagnostic: words, addresses });
  }
  return { kind: isAutoReply(mail) ? 'auto_reply' : 'not_understood' };
}

// A letter goes to one address. Where a list behind it was reached in part, nobody can say what became of it.
function understandReport(recipients: readonly RecipientStatus[]): Understanding {
  const kinds = new Map(
    recipients.map(understandRecipient).map((understanding) => [understanding.kind, understanding]),
  );
  const [only] = kinds.values();
  return kinds.size === 1 && only !== undefined ? only : { kind: 'not_understood' };
}

function understandRecipient({ action, status, diagnostic, addresses }: RecipientStatus): Understanding {
  const answer = keptAnswer(diagnostic);
  switch (action ?? actionByStatus(status)) {
    case 'failed':
      return {
        kind: 'failed',
        reason: classifyFailure({ status, words: diagnostic }),
        status,
        answer,
        addresses,
      };
    case 'delayed':
      return { kind: 'delayed', status, answer };
    case 'delivered':
    case 'relayed':
    case 'expanded':
      return { kind: 'delivered' };
    case undefined:
      return { kind: 'not_understood' };
  }
}

function actionByStatus(status: string | undefined): RecipientStatus['action'] {
  if (status === undefined) return undefined;
  if (status.startsWith('5')) return 'failed';
  return status.startsWith('4') ? 'delayed' : 'delivered';
}
