import type { CwcElements, ReadElements } from './cwc/read-elements.js';
import type { IdCount, OfficeTally, Received } from './record/received.js';
import type { Recorder } from './record/recorder.js';
import { type MailText, readMail } from './smtp/mail-message.js';

/** What came, and what was answered. */
export interface SimulatorRecords {
  /** Every message that came in whole, oldest first; of one office, or with one id. The last 200,000 are kept. */
  received(filter?: {
    readonly office?: string | undefined;
    readonly id?: string | undefined;
  }): readonly Received[];
  find(number: number): Received | undefined;
  /** All messages that came, forgotten or not. */
  readonly total: number;
  /** The very bytes; undefined when newer ones took their place (the last GB is kept). */
  raw(number: number): Buffer | undefined;
  /** The words of a mail. */
  readMail(number: number): Promise<MailText | undefined>;
  /** What the elements of a CWC letter say. */
  readCwc(number: number): CwcElements | undefined;
  /** How often a Message-ID or DeliveryId came, and how often the office has it. */
  count(id: string): IdCount;
  /** How each office answered. */
  tallies(): readonly OfficeTally[];
}

export function openRecords(recorder: Recorder, readElements: ReadElements): SimulatorRecords {
  return {
    received: ({ office, id } = {}) =>
      recorder
        .messages()
        .filter((message) => office === undefined || message.office === office)
        .filter((message) => id === undefined || message.id === id),
    find: (number) => recorder.find(number),
    get total() {
      return recorder.total;
    },
    raw: (number) => recorder.body(number),
    async readMail(number) {
      const raw = recorder.body(number);
      return raw && (await readMail(raw));
    },
    readCwc(number) {
      const raw = recorder.body(number);
      return raw && readElements(raw);
    },
    count: (id) => recorder.count(id),
    tallies: () => recorder.tallies(),
  };
}
