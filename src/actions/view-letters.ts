import type { LetterView } from '../delivery/index.js';
import type { SheetView } from '../design/index.js';
import type { HandOverView } from './hand-over.js';
import type { LetterCardView } from './letter-card.js';
import type { OfficeholderView } from './officeholder-view.js';

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
  return state === 'stopped' && events.at(-1)?.reason === 'left_office';
}

/** The channel failed for good, and the letter waits for its writer or stays where it is. */
export function hasFailed({ state, events }: Pick<LetterView, 'state' | 'events'>): boolean {
  if (state === 'waiting') return events.at(-1)?.reason === 'next_channel';
  return state === 'refused' || state === 'bounced';
}

interface ReceiptFrame {
  readonly path: string;
  readonly byHand: boolean;
  /** The letters' language. */
  readonly lang: string;
}

/** A letter on the receipt, with the way on where it could not go by itself. */
export function letterCard(letter: LetterView, receipt: ReceiptFrame): LetterCardView {
  const { letterId, state, delivery, dueAt, changedAt, events } = letter;
  return {
    id: letterId,
    // Nothing will be confirmed here: the step is the supporter's.
    state: receipt.byHand && state === 'held' ? 'waiting' : state,
    leftOffice: leftOffice(letter),
    byHand: events.at(-1)?.from !== 'queued',
    acceptedBy: delivery?.acceptedBy ?? undefined,
    nextTry: letter.attempts > 0 ? (dueAt ?? undefined) : undefined,
    officeholder: officeholderView(letter),
    changedAt,
    events,
    possibleCopies: letter.possibleCopies,
    letter: sheetView(letter, receipt.lang),
    handOver: handOver(letter, receipt),
  };
}

function handOver(letter: LetterView, { path, byHand }: ReceiptFrame): HandOverView | undefined {
  const { state, office, letterId } = letter;
  // The pages of an office whose holder left lead to nobody, or to somebody else.
  if (leftOffice(letter)) return undefined;
  if (!STEP_IS_THE_SUPPORTERS.has(state) && !(byHand && state === 'held')) return undefined;
  return {
    reach: office.contactForm === undefined ? 'website' : 'web_form',
    address: office.contactForm ?? office.website,
    action: `${path}/letters/${letterId}/hand-over`,
  };
}
