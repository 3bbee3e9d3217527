/** Which server was spoken to. */
export type Server = 'mail' | 'house' | 'senate';

/** One message that came in whole: a mail to its final dot, or the body of a CWC request. */
export interface Received {
  /** 1, 2, 3 ... over all servers. */
  readonly number: number;
  /** By the simulator's clock. */
  readonly at: Date;
  readonly server: Server;
  /** The first recipient's address in lower case, or the office's code; empty where the XML names none. */
  readonly office: string;
  /** The Message-ID without its brackets, or the DeliveryId; empty where there is none. */
  readonly id: string;
  /** 1 for the first with this id, 2 for its first repetition ... */
  readonly nth: number;
  readonly bytes: number;
  /** Of the very bytes: a mail after SMTP's dots were undone, an XML body as it came. 64 hexadecimal digits. */
  readonly sha256: string;
  /** What was answered: a code, or the word of the misbehaviour with the code that was due: `451`, `drop`, `drip 250`. */
  readonly answer: string;
  /** The office has the letter, whatever it answered. */
  readonly kept: boolean;
  readonly envelope?: { readonly from: string; readonly to: readonly string[] };
  /** What a CWC request asked for, and the errors that its validation found. */
  readonly request?: { readonly path: string; readonly errors: readonly string[] };
}

/** How often a letter came, and how often the office has it. */
export interface IdCount {
  readonly received: number;
  readonly kept: number;
}

/** How an office answered, over all conversations. */
export interface OfficeTally {
  readonly server: Server;
  /** A mail address or a code; empty for what came before the office was known. */
  readonly office: string;
  /** Letters that the office has. */
  readonly kept: number;
  /** From `rcpt 451` or `message 200` to how often. */
  readonly answers: Readonly<Record<string, number>>;
  readonly last: Date;
}

/** One answer as it was given, for who watches. */
export interface AnswerEvent {
  readonly at: Date;
  readonly server: Server;
  readonly office: string;
  /** `rcpt`, `final_dot`, `message` ... */
  readonly step: string;
  readonly answer: string;
  /** Only where a whole message had come in. */
  readonly message?: Received;
}
