/** Why a letter is tried again. */
export type RetryReason =
  | 'temporary_refusal'
  | 'unreachable'
  | 'timed_out'
  | 'no_answer_after_data'
  | 'lease_expired'
  | 'fault';

export type RefusalReason = 'permanent_refusal' | 'too_large' | 'bad_address' | 'text_gone';

/**
 * What became of one try. A closed set of values that are stored, never an exception. `answer` is the other side's
 * words; `channelDown` says that the fault is the channel's, not the letter's.
 */
export type Outcome =
  | {
      readonly kind: 'accepted';
      readonly by: 'office' | 'relay';
      readonly answer: string;
      readonly host: string;
    }
  | {
      readonly kind: 'retry';
      readonly reason: RetryReason;
      readonly answer?: string;
      readonly channelDown?: boolean;
    }
  | { readonly kind: 'refused'; readonly reason: RefusalReason; readonly answer?: string }
  | { readonly kind: 'unclear'; readonly reason: 'unreadable_answer'; readonly answer?: string }
  /** The configuration is at fault, or sending is off: counts no try. */
  | { readonly kind: 'paused'; readonly reason: 'channel_paused' | 'sending_off'; readonly answer?: string }
  /** Leased, but not begun: counts no try. */
  | { readonly kind: 'released' };

const LONGEST_ANSWER = 300;

/** The other side's words as they are kept: one line, short, without addresses. */
export function keptAnswer(text: string): string {
  return text
    .slice(0, 4 * LONGEST_ANSWER)
    .replace(/[\p{Cc}\p{Surrogate}\u2028\u2029]+/gu, ' ')
    .replace(/[^\s<>"'(),;:]{0,64}@[^\s<>"'(),;:]+/gu, '[address]')
    .slice(0, LONGEST_ANSWER)
    .trim();
}
