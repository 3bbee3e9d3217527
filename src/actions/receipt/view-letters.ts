import type { Context } from '../../context.js';
import { handOverSteps, type LetterState, type LetterView, watchesBounces } from '../../delivery/index.js';
import type { SheetView } from '../../design/index.js';
import type { Language } from '../../language/index.js';
import type { ActionRecord } from '../find-action.js';
import type { HandOverView } from '../hand-over/hand-over-view.js';
import type { OfficeholderView } from '../officeholder-view.js';
import { chaseView } from './chase-view.js';
import type { LetterCardView } from './letter-card.js';
import { type LetterStanding, lastChange } from './letter-words.js';

const STEP_IS_THE_SUPPORTERS: ReadonlySet<string> = new Set(['waiting', 'refused', 'bounced', 'stopped']);

export function officeholderView({ office }: LetterView): OfficeholderView {
  const { name, title, chamber, division, party } = office;
  return { name, title, chamber: chamber.name, division: division.name, party };
}

/** The letter as it was frozen; `undefined` once its text was deleted. */
export function sheetView({ content, sha256 }: LetterView, lang: string): SheetView | undefined {
  return content && { subject: content.subject, body: content.body, sha256, lang };
}

/** Whether a letter was stopped since whom it is to no longer holds the seat. */
export function leftOffice({ state, events }: Pick<LetterView, 'state' | 'events'>): boolean {
  return state === 'stopped' && lastChange(events)?.reason === 'left_office';
}

const STAYS: ReadonlySet<LetterState> = new Set(['held', 'waiting', 'stopped', 'withdrawn', 'expired']);

/** Whether the site's rehearsal kept letters here, and none of them went or goes. */
export function isRehearsal(letters: readonly Pick<LetterStanding, 'state' | 'events'>[]): boolean {
  const kept = letters.filter(
    ({ state, events }) => state === 'rehearsed' && lastChange(events)?.reason === 'sending_off',
  );
  return kept.length > 0 && letters.every((letter) => kept.includes(letter) || STAYS.has(letter.state));
}

/** The channel failed for good, and the letter waits for its writer or stays where it is. */
export function hasFailed({ state, events }: Pick<LetterView, 'state' | 'events'>): boolean {
  if (state === 'waiting') return lastChange(events)?.reason === 'next_channel';
  return state === 'refused' || state === 'bounced';
}

/**
 * Whether the step is the supporter's: the letter waits for them, or could not be delivered. Not where whom it is
 * to has left: the pages of that office lead to nobody, or to somebody else.
 */
export function isSupportersTurn(letter: LetterView, { kind }: Pick<ActionRecord, 'kind'>): boolean {
  const { state } = letter;
  const waits = STEP_IS_THE_SUPPORTERS.has(state) || (kind === 'by_hand' && state === 'held');
  return waits && letter.content !== undefined && !leftOffice(letter);
}

/** What the letters of one receipt have in common. */
interface ReceiptFrame {
  readonly context: Context;
  readonly path: string;
  readonly action: Pick<ActionRecord, 'organisationId' | 'kind' | 'language' | 'state'>;
  /** The page's. */
  readonly language: Language;
}

/** A letter on the receipt, with the way on where it could not go by itself. */
export function letterCard(letter: LetterView, receipt: ReceiptFrame): LetterCardView {
  const { letterId, state, changedAt, events, heardAt } = letter;
  return {
    id: letterId,
    // Nothing will be confirmed here: the step is the supporter's.
    state: receipt.action.kind === 'by_hand' && state === 'held' ? 'waiting' : state,
    changedAt,
    events,
    ways: letter.deliveries,
    delivery: letter.delivery,
    expectation: letter.expectation,
    watchesBounces: watchesBounces(receipt.context.config),
    heardAt: heardAt ?? undefined,
    leftOffice: leftOffice(letter),
    byHand: lastChange(events)?.from !== 'queued',
    officeholder: officeholderView(letter),
    possibleCopies: letter.possibleCopies,
    letter: sheetView(letter, receipt.action.language),
    handOver: isSupportersTurn(letter, receipt.action) ? handOver(letter, receipt) : undefined,
    chase: chaseView(letter, receipt),
  };
}

function handOver(letter: LetterView, { path, language }: ReceiptFrame): HandOverView {
  const own = `${path}/letters/${letter.letterId}`;
  return {
    steps: handOverSteps(letter, language),
    action: `${own}/hand-over`,
    pdf: `${own}/paper.pdf`,
  };
}
