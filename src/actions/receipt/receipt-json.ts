import type { Context } from '../../context.js';
import type { DeliveryView, Expectation, FollowUp, LetterEvent, LetterView } from '../../delivery/index.js';
import type { LinkedAction } from '../confirm/linked-action.js';
import { titledName } from '../officeholder-view.js';
import { chaseView } from './chase-view.js';
import { standingWords } from './standing-words.js';
import { letterCard } from './view-letters.js';

/** A receipt as `GET /api/v1/receipts/TOKEN` answers it. Times are RFC 3339; what is not known is `null` or left out. */
export interface ReceiptJson {
  readonly alert: string;
  readonly kind: 'by_mail' | 'by_hand';
  readonly state: string;
  readonly letters: readonly LetterJson[];
}

interface LetterJson
  extends Pick<
    LetterView,
    'channel' | 'state' | 'changedAt' | 'sha256' | 'possibleCopies' | 'deliveries' | 'heardAt'
  > {
  readonly id: string;
  /** The officeholder's id. */
  readonly officeholder: string;
  readonly to: string;
  /** What the state means, in the sentences of the page. */
  readonly words: string;
  readonly expected: Expectation | undefined;
  readonly deliveries: readonly DeliveryView[];
  readonly events: readonly LetterEvent[];
  readonly followUp: FollowUp | undefined;
  /** Whether the office can be asked for an answer now. */
  readonly mayFollowUp: boolean;
  /** Absent once the text was deleted. */
  readonly letter: { readonly subject: string; readonly body: string } | undefined;
}

/** The receipt that a link leads to: the same facts as its page. */
export function receiptJson(
  context: Context,
  { action, alert, language, letters }: LinkedAction,
): ReceiptJson {
  const frame = { context, path: '', action, language };
  return {
    alert: alert.slug,
    kind: action.kind,
    state: action.state,
    letters: letters.map((letter) => {
      const { office, officeholderId, expectation, content } = letter;
      const { channel, changedAt, sha256, possibleCopies, deliveries, events, heardAt, followUp } = letter;
      const card = letterCard(letter, frame);
      return {
        id: letter.letterId,
        officeholder: officeholderId,
        to: titledName(office),
        channel,
        state: card.state,
        changedAt,
        words: standingWords(language, card),
        sha256,
        expected: expectation,
        possibleCopies,
        deliveries,
        events,
        heardAt,
        followUp,
        mayFollowUp: chaseView(letter, frame)?.offer !== undefined,
        letter: content && { subject: content.subject, body: content.body },
      };
    }),
  };
}
