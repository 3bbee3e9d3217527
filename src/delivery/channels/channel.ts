import type { ConstituentNeed } from '../constituent.js';
import type { LeasedLetter } from '../lease-letters.js';
import type { LetterContent } from '../letter-content.js';
import type { OfficeSnapshot, SendingChannel } from '../office.js';
import type { Outcome } from './outcome.js';

/** A leased letter whose text was opened and is the one that was confirmed. */
export interface ReadyLetter extends Omit<LeasedLetter, 'content'> {
  readonly content: LetterContent;
}

/** One way by which a worker sends letters. */
export interface Channel {
  readonly name: SendingChannel;
  /** What this office's letters must say of the constituent. */
  needs(office: OfficeSnapshot): readonly ConstituentNeed[];
  /** Whether letters to this office may leave the machine: sending is on, or whom it reaches is a test's. */
  mayReach(office: OfficeSnapshot): boolean;
  /** Until when nothing is sent, by the business clock: the other side's hours of maintenance. */
  closedUntil(now: Date): Date | undefined;
  /** Tries once. Never rejects: whatever the answer, it is one of the outcomes. */
  send(letter: ReadyLetter): Promise<Outcome>;
  /** Ends what is under way; each outcome says how far it had come. */
  breakOff(): void;
  close(): void;
}
