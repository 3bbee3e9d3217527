import type { LetterEvent, LetterState } from '../delivery/index.js';
import type { Language } from '../language/index.js';

/** Where a letter stands, as far as words for people need it. */
export interface LetterStanding {
  readonly state: LetterState;
  /** Whose system said yes: the office's own, or our mail provider's. The words differ. */
  readonly acceptedBy?: 'office' | 'relay' | undefined;
  readonly nextTry?: Date | undefined;
  /** It was stopped since whom it is to no longer holds the seat. */
  readonly leftOffice?: boolean | undefined;
  /** It was the supporter's to send: whether they had, only they know. */
  readonly byHand?: boolean | undefined;
}

type Tone = 'done' | 'open' | 'void';

const TONES: Readonly<Record<LetterState, Tone>> = {
  held: 'open',
  queued: 'open',
  sending: 'open',
  accepted: 'done',
  settled: 'done',
  bounced: 'void',
  refused: 'void',
  unclear: 'void',
  waiting: 'open',
  stopped: 'void',
  rehearsed: 'void',
  handed_over: 'done',
  withdrawn: 'void',
  expired: 'void',
};

/** The word on the stamp, and its tone. */
export function stampOf(language: Language, standing: LetterStanding): { word: string; tone: Tone } {
  return { word: language.t(`actions.stamp.${wordOf(standing)}`), tone: TONES[standing.state] };
}

/** What the state means for the person who wrote. */
export function standingWords(language: Language, standing: LetterStanding): string {
  if (standing.state === 'queued' && standing.nextTry !== undefined) {
    return language.t('actions.standing.retry', { time: language.date(standing.nextTry, 'datetime') });
  }
  if (standing.leftOffice) {
    const key = standing.byHand ? 'actions.standing.left_office_by_hand' : 'actions.standing.left_office';
    return language.t(key);
  }
  return language.t(`actions.standing.${wordOf(standing)}`);
}

/** One event of a letter in words. */
export function eventWords(
  language: Language,
  { reason, callOutcome }: Pick<LetterEvent, 'reason' | 'callOutcome'>,
): string {
  if (callOutcome !== null) return language.t(`actions.hand.call.told.${callOutcome}`);
  return language.t(`actions.event.${reason}`);
}

type WordOf =
  | Exclude<LetterState, 'accepted' | 'settled'>
  | `${'accepted' | 'settled'}_${'office' | 'relay'}`;

// Without the office's own word, the weaker claim is made.
function wordOf({ state, acceptedBy = 'relay' }: LetterStanding): WordOf {
  return state === 'accepted' || state === 'settled' ? `${state}_${acceptedBy}` : state;
}
