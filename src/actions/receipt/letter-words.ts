import type { DeliveryView, Expectation, FollowUp, LetterEvent, LetterState } from '../../delivery/index.js';
import type { Language } from '../../language/index.js';

/** Where a letter stands, as far as words for people need it. */
export interface LetterStanding {
  readonly state: LetterState;
  readonly changedAt: Date;
  /** Oldest first. */
  readonly events: readonly Pick<LetterEvent, 'at' | 'from' | 'to' | 'reason' | 'callOutcome' | 'note'>[];
  /** The way that it is on, or was on last. */
  readonly delivery?: DeliveryView | undefined;
  /** What it waits for in the queue. */
  readonly expectation?: Expectation | undefined;
  /** Whether mail that comes back is read here. */
  readonly watchesBounces: boolean;
  /** The supporter says that an answer came. */
  readonly heardAt?: Date | undefined;
  readonly followUp?: FollowUp | undefined;
  /** It was stopped since whom it is to no longer holds the seat. */
  readonly leftOffice?: boolean | undefined;
  /** It was the supporter's to send: whether they had, only they know. */
  readonly byHand?: boolean | undefined;
  /** How often it may have arrived although no answer came. */
  readonly possibleCopies?: number | undefined;
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

/** One event of a letter in words, with what staff said of it. */
export function eventWords(
  language: Language,
  { reason, callOutcome, note }: Pick<LetterEvent, 'reason' | 'callOutcome' | 'note'>,
): string {
  if (callOutcome !== null) return language.t(`actions.hand.call.told.${callOutcome}`);
  const words = language.t(`actions.event.${reason}`);
  return note === null ? words : `${words}. ${language.t('actions.standing.note', { note: isolated(note) })}`;
}

/** Others' words within ours, kept together where the directions differ (Unicode, UAX 9: FSI and PDI). */
export function isolated(text: string): string {
  return text === '' ? '' : `\u2068${text}\u2069`;
}

/** Whether an office may have a letter although no answer says so: of no other letter it is said that it did not arrive. */
export function mayHaveArrived({ events, possibleCopies = 0 }: Tried): boolean {
  return possibleCopies > 0 || events.some(({ to }) => to === 'unclear');
}

interface Tried {
  readonly events: readonly Pick<LetterEvent, 'to'>[];
  readonly possibleCopies?: number | undefined;
}

/** Whether the supporter did not send a letter, but said it by telephone. */
export function wasTelephoned({ state, events }: Pick<LetterStanding, 'state' | 'events'>): boolean {
  return state === 'handed_over' && lastChange(events)?.reason === 'by_telephone';
}

/** How a letter came to be in its state: a note after that moved nothing. */
export function lastChange<Event extends Pick<LetterEvent, 'from' | 'to'>>(
  events: readonly Event[],
): Event | undefined {
  return events.findLast(({ from, to }) => from !== to);
}

type WordOf =
  | Exclude<LetterState, 'accepted' | 'settled'>
  | `${'accepted' | 'settled'}_${'office' | 'relay'}`
  | 'telephoned';

// Without the office's own word, the weaker claim is made.
function wordOf(standing: LetterStanding): WordOf {
  const { state, delivery } = standing;
  if (wasTelephoned(standing)) return 'telephoned';
  return state === 'accepted' || state === 'settled' ? `${state}_${delivery?.acceptedBy ?? 'relay'}` : state;
}
