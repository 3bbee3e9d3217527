/** Why a letter is tried again. */
export type RetryReason =
  | 'temporary_refusal'
  | 'unreachable'
  | 'timed_out'
  | 'no_answer_after_data'
  | 'lease_expired'
  | 'fault';

/** After a try with one of these outcomes nobody here knows whether the other side has the letter. */
export const MAY_HAVE_ARRIVED = [
  'no_answer_after_data',
  'lease_expired',
] as const satisfies readonly RetryReason[];

export type RefusalReason =
  | 'permanent_refusal'
  | 'too_large'
  | 'bad_address'
  | 'text_gone'
  | 'office_inactive'
  | 'not_valid';

/**
 * What became of one try. A closed set of values that are stored, never an exception. `answer` is the other side's
 * words; `channelDown` says that the fault is the channel's, `officeDown` that it is the office's, not the letter's.
 */
export type Outcome =
  | {
      readonly kind: 'accepted';
      readonly by: 'office' | 'relay';
      readonly answer: string;
      readonly host: string;
      /** The other side said that it had taken this id before, on an earlier try of ours. */
      readonly again?: boolean;
    }
  | {
      readonly kind: 'retry';
      readonly reason: RetryReason;
      readonly answer?: string;
      readonly channelDown?: boolean;
      readonly officeDown?: boolean;
      /** For how long the other side asked not to be tried again. */
      readonly waitMs?: number;
    }
  | { readonly kind: 'refused'; readonly reason: RefusalReason; readonly answer?: string }
  | { readonly kind: 'unclear'; readonly reason: 'unreadable_answer'; readonly answer?: string }
  /**
   * A legislature's test system took it, or its system only checked it: no office has it. Final, as `rehearsed` is.
   */
  | {
      readonly kind: 'rehearsed';
      readonly reason: 'test_system' | 'checked_only';
      readonly answer: string;
      readonly host: string;
    }
  /**
   * The configuration is at fault, or sending is off: counts no try. `senderOnly`: what is wrong is the organisation's,
   * and letters of others may go by the same channel.
   */
  | {
      readonly kind: 'paused';
      readonly reason: 'channel_paused' | 'sending_off';
      readonly answer?: string;
      readonly senderOnly?: boolean;
    }
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
