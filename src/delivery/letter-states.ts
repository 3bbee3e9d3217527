import { AppError } from '../errors.js';

export const LETTER_STATES = [
  'held',
  'queued',
  'sending',
  'accepted',
  'settled',
  'bounced',
  'refused',
  'unclear',
  'waiting',
  'stopped',
  'rehearsed',
  'handed_over',
  'withdrawn',
  'expired',
] as const;

export type LetterState = (typeof LETTER_STATES)[number];

/** One row of the table: from any of these states to that one, for one of these reasons. */
export interface Transition {
  readonly from: readonly LetterState[];
  readonly to: LetterState;
  readonly when: string;
  readonly reasons: readonly string[];
}

/** Every change of a letter's state that there is. `docs/promises.md` prints this table. */
export const TRANSITIONS = [
  {
    from: ['held'],
    to: 'queued',
    when: 'the supporter confirmed, and a channel sends it',
    reasons: ['confirmed'],
  },
  {
    from: ['held'],
    to: 'waiting',
    when: 'the supporter confirmed, and must take the step: the office has only a form or a site',
    reasons: ['confirmed'],
  },
  {
    from: ['held'],
    to: 'rehearsed',
    when: 'the supporter confirmed while sending was off; final, it is never sent later',
    reasons: ['sending_off'],
  },
  {
    from: ['held', 'waiting'],
    to: 'expired',
    when: '7 days without confirmation; 28 days waiting for the supporter; or the alert closed',
    reasons: ['not_confirmed_in_time', 'step_not_taken', 'alert_closed'],
  },
  {
    from: ['held', 'queued', 'waiting', 'unclear', 'stopped'],
    to: 'withdrawn',
    when: '"this was not me", the supporter withdraws, or another letter of theirs stands in its place',
    reasons: ['not_me', 'withdrawn', 'superseded', 'already_written'],
  },
  {
    from: ['queued'],
    to: 'sending',
    when: 'a worker leases it',
    reasons: ['leased'],
  },
  {
    from: ['queued', 'waiting'],
    to: 'stopped',
    when: 'the holder left office, the measure moved, or staff paused it',
    reasons: ['left_office', 'measure_moved', 'staff_paused'],
  },
  {
    from: ['held'],
    to: 'stopped',
    when: 'the supporter sends it by hand, and the holder left office before they said that they had',
    reasons: ['left_office'],
  },
  {
    from: ['sending'],
    to: 'accepted',
    when: 'the next system said yes',
    reasons: ['accepted', 'already_accepted'],
  },
  {
    from: ['sending'],
    to: 'queued',
    when: 'try again later, under the same id',
    reasons: [
      'temporary_refusal',
      'unreachable',
      'timed_out',
      'no_answer_after_data',
      'lease_expired',
      'fault',
      'released',
      'channel_paused',
      'sending_off',
    ],
  },
  {
    from: ['sending'],
    to: 'refused',
    when: 'a permanent no, the last try failed, or there is no text any more',
    reasons: [
      'permanent_refusal',
      'gave_up',
      'too_large',
      'bad_address',
      'text_gone',
      'office_inactive',
      'not_valid',
    ],
  },
  {
    from: ['queued'],
    to: 'refused',
    when: 'the office’s system answered nothing for 7 days, or its address was found to fail for good',
    reasons: ['office_silent', 'address_dead'],
  },
  {
    from: ['sending'],
    to: 'rehearsed',
    when: 'a legislature’s test system took it, or its system only checked it: no office has it; final',
    reasons: ['test_system', 'checked_only'],
  },
  {
    from: ['sending', 'queued'],
    to: 'unclear',
    when: 'the answer cannot be read, or the data was restored from a backup',
    reasons: ['unreadable_answer', 'restored'],
  },
  {
    from: ['unclear', 'stopped', 'refused', 'bounced'],
    to: 'queued',
    when: 'the next channel sends it, or staff decide with a reason',
    reasons: ['next_channel', 'staff_decision'],
  },
  {
    from: ['unclear', 'stopped', 'refused', 'bounced'],
    to: 'waiting',
    when: 'the next channel is the supporter, or staff decide with a reason',
    reasons: ['next_channel', 'staff_decision'],
  },
  { from: ['unclear'], to: 'accepted', when: 'staff have evidence', reasons: ['staff_evidence'] },
  { from: ['unclear'], to: 'refused', when: 'staff have evidence', reasons: ['staff_evidence'] },
  {
    from: ['accepted'],
    to: 'settled',
    when: '5 days passed, and no bounce was recorded',
    reasons: ['window_passed'],
  },
  {
    from: ['accepted', 'settled'],
    to: 'bounced',
    when: 'a bounce came back, however late',
    reasons: ['bounced'],
  },
  {
    from: ['held', 'waiting', 'queued', 'stopped', 'refused', 'bounced'],
    to: 'handed_over',
    when: 'the supporter says they sent it themselves',
    reasons: ['by_form', 'by_own_mail', 'by_telephone', 'on_paper'],
  },
] as const satisfies readonly Transition[];

/** What is written down without a change of state: the outcome stands. */
export const NOTES = [
  {
    states: ['sending', 'accepted', 'settled', 'bounced', 'refused', 'rehearsed', 'handed_over'],
    when: 'the supporter withdraws, or says "this was not me", when it cannot be taken back any more',
    reasons: ['withdrawn', 'not_me'],
  },
  {
    states: [
      'queued',
      'sending',
      'accepted',
      'settled',
      'bounced',
      'refused',
      'unclear',
      'waiting',
      'stopped',
      'handed_over',
      'withdrawn',
      'expired',
    ],
    when: 'a mail came back about a copy that was sent, each kind once: a delay, a delivery, an automatic answer, a complaint, or a bounce that moves nothing (yet)',
    reasons: ['delay_reported', 'delivery_reported', 'auto_replied', 'complained', 'bounce_noted'],
  },
  {
    states: ['held', 'waiting', 'queued', 'stopped', 'refused', 'bounced'],
    when: 'the supporter telephoned, and reached nobody: nothing was handed over',
    reasons: ['called_in_vain'],
  },
  {
    states: ['accepted', 'settled'],
    when: 'two weeks later, by mail: the supporter asked the office for an answer, once; or said that one came',
    reasons: ['followed_up', 'answer_heard'],
  },
  { states: ['queued'], when: 'staff had it tried at once', reasons: ['staff_decision'] },
] as const satisfies readonly {
  readonly states: readonly LetterState[];
  readonly when: string;
  readonly reasons: readonly string[];
}[];

/** Why a letter is in the state it is in: a closed set. `submitted` is the first event of every letter. */
export type LetterReason =
  | 'submitted'
  | (typeof TRANSITIONS)[number]['reasons'][number]
  | (typeof NOTES)[number]['reasons'][number];

/** Who moved a letter; never a person's data. */
export type Mover = 'supporter' | 'upkeep' | 'system' | `worker:${string}` | `staff:${string}`;

interface Change {
  readonly from: readonly LetterState[];
  readonly to: LetterState;
  readonly reason: LetterReason;
}

/** Whether the table has this change. */
function isTransition(from: LetterState, to: LetterState, reason: LetterReason): boolean {
  const table: readonly Transition[] = TRANSITIONS;
  return table.some((row) => row.to === to && row.from.includes(from) && row.reasons.includes(reason));
}

/** @throws AppError `internal` when the table does not have the change from each of the states. */
export function requireTransition({ from, to, reason }: Change): void {
  const missing = from.filter((state) => !isTransition(state, to, reason));
  if (from.length > 0 && missing.length === 0) return;
  throw new AppError('internal', {
    detail: `no letter may go from ${missing.join(', ')} to ${to}: ${reason}`,
  });
}
