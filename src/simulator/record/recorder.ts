import { createHash } from 'node:crypto';
import type { Clock } from '../../context.js';
import { BodyFile, type BodyPlace } from './body-file.js';
import type { AnswerEvent, IdCount, OfficeTally, Received } from './received.js';

const MOST_RECORDS = 200_000;
const MOST_IDS = 200_000;
const MOST_OFFICES = 20_000;
const MOST_ANSWERS_OF_AN_OFFICE = 200;
const BODY_BYTES = 1024 * 1024 * 1024;

/** A message that just came in. */
export type Arrival = Omit<Received, 'number' | 'at' | 'nth' | 'bytes' | 'sha256'> & {
  readonly step: string;
  readonly body: Uint8Array;
};

interface Kept {
  readonly message: Received;
  readonly place: BodyPlace;
}

interface RecorderOptions {
  readonly clock: Clock;
  /** Hears each answer as it is given. */
  readonly onAnswer?: ((event: AnswerEvent) => void) | undefined;
}

/** Remembers what came and what was answered. The oldest is forgotten, so that memory stays bounded. */
export class Recorder implements Disposable {
  readonly #options: RecorderOptions;
  readonly #bodies = new BodyFile(BODY_BYTES);
  readonly #messages = new Map<number, Kept>();
  readonly #ids = new Map<string, { received: number; kept: number }>();
  readonly #tallies = new Map<
    string,
    OfficeTally & { answers: Record<string, number>; kept: number; last: Date }
  >();
  #number = 0;

  constructor(options: RecorderOptions) {
    this.#options = options;
  }

  /** Records a whole message with its answer. */
  add({ body, step, ...arrival }: Arrival): Received {
    const count = this.#ids.get(arrival.id) ?? { received: 0, kept: 0 };
    count.received += 1;
    if (arrival.kept) count.kept += 1;
    if (arrival.id !== '') put(this.#ids, arrival.id, { value: count, most: MOST_IDS });
    this.#number += 1;
    const message: Received = {
      ...arrival,
      number: this.#number,
      at: this.#options.clock.now(),
      nth: count.received,
      bytes: body.length,
      sha256: createHash('sha256').update(body).digest('hex'),
    };
    const kept = { message, place: this.#bodies.append(body) };
    put(this.#messages, message.number, { value: kept, most: MOST_RECORDS });
    const { server, office, answer } = message;
    this.answered({ server, office, step, answer, message });
    return message;
  }

  /** Counts an answer, and tells it on. */
  answered(given: Omit<AnswerEvent, 'at'>): void {
    const event = { ...given, at: this.#options.clock.now() };
    const key = `${event.server} ${event.office}`;
    const { server, office } = event;
    const tally = this.#tallies.get(key) ?? { server, office, kept: 0, answers: {}, last: event.at };
    const name = `${event.step} ${event.answer}`;
    const known = tally.answers[name];
    if (known !== undefined || Object.keys(tally.answers).length < MOST_ANSWERS_OF_AN_OFFICE)
      tally.answers[name] = (known ?? 0) + 1;
    if (event.message?.kept) tally.kept += 1;
    tally.last = event.at;
    put(this.#tallies, key, { value: tally, most: MOST_OFFICES });
    this.#options.onAnswer?.(event);
  }

  /** Oldest first. */
  messages(): readonly Received[] {
    return Array.from(this.#messages.values(), ({ message }) => message);
  }

  find(number: number): Received | undefined {
    return this.#messages.get(number)?.message;
  }

  count(id: string): IdCount {
    return { received: 0, kept: 0, ...this.#ids.get(id) };
  }

  tallies(): readonly OfficeTally[] {
    return Array.from(this.#tallies.values(), (tally) => ({ ...tally, answers: { ...tally.answers } }));
  }

  /** The very bytes; undefined when they were forgotten. */
  body(number: number): Buffer | undefined {
    const kept = this.#messages.get(number);
    return kept === undefined ? undefined : this.#bodies.read(kept.place);
  }

  /** All that came since the last `clear`, forgotten or not. */
  get total(): number {
    return this.#number;
  }

  clear(): void {
    this.#messages.clear();
    this.#ids.clear();
    this.#tallies.clear();
    this.#number = 0;
  }

  [Symbol.dispose](): void {
    this.#bodies[Symbol.dispose]();
  }
}

interface Entry<Value> {
  readonly value: Value;
  readonly most: number;
}

/** Sets what a map has; the oldest makes room. */
function put<Key, Value>(map: Map<Key, Value>, key: Key, { value, most }: Entry<Value>): void {
  map.set(key, value);
  const [oldest] = map.size > most ? map.keys() : [];
  if (oldest !== undefined) map.delete(oldest);
}
