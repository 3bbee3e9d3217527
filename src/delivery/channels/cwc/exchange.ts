import {
  Agent as HttpAgent,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request as requestHttp,
} from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';

const MOST_ANSWER_BYTES = 100_000;
/** Shorter than servers keep idle connections, so that a letter is seldom written to one that is being closed. */
const IDLE_MS = 4000;

/** How long a chamber's system may take. Tests make them short. */
export interface CwcTimeouts {
  readonly connectMs: number;
  /** From the beginning to the last byte of the answer, however slowly it drips. */
  readonly totalMs: number;
}

const CWC_TIMEOUTS: CwcTimeouts = { connectMs: 10_000, totalMs: 60_000 };

/** How far a request had come: to no connection, into its bytes, or to the end of them. */
type ExchangeStage = 'connecting' | 'sending' | 'sent';

/** What came of asking once. It is never an exception, and its words hold no address with a key. */
export type Exchange =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers: IncomingHttpHeaders;
      readonly body: Buffer;
      /** False where the answer was cut off, did not end in time, or is longer than 100 kB. */
      readonly whole: boolean;
    }
  | {
      readonly kind: 'fault';
      readonly stage: ExchangeStage;
      readonly fault: 'timed_out' | 'broken' | 'unreadable' | 'stopped';
      readonly words: string;
    };

interface Question {
  /** With the key in its query. */
  readonly url: URL;
  readonly userAgent: string;
  /** Posted as `application/xml`; without one, the address is got. */
  readonly xml?: string;
}

/** Asks a chamber's system over kept connections. Redirects are answers like others. */
export class CwcClient {
  readonly #agents = {
    http: new HttpAgent({ keepAlive: true, timeout: IDLE_MS }),
    https: new HttpsAgent({ keepAlive: true, timeout: IDLE_MS }),
  };
  readonly #timeouts: CwcTimeouts;
  readonly #underWay = new Set<() => void>();

  constructor(timeouts: CwcTimeouts = CWC_TIMEOUTS) {
    this.#timeouts = timeouts;
  }

  ask(question: Question): Promise<Exchange> {
    return new Promise((resolve) => {
      const exchanging = new Exchanging(this.#open(question), (exchange) => {
        for (const timer of timers) clearTimeout(timer);
        this.#underWay.delete(stop);
        resolve(exchange);
      });
      const stop = (): void => exchanging.end('stopped');
      const { connectMs, totalMs } = this.#timeouts;
      const timers = [
        setTimeout(() => exchanging.endUnlessConnected(), connectMs),
        setTimeout(() => exchanging.end('timed_out'), totalMs),
      ];
      this.#underWay.add(stop);
      exchanging.send(question.xml);
    });
  }

  /** Ends what is under way; each outcome says how far it had come. */
  breakOff(): void {
    for (const stop of this.#underWay) stop();
  }

  close(): void {
    this.#agents.http.destroy();
    this.#agents.https.destroy();
  }

  #open({ url, userAgent, xml }: Question) {
    const headers = {
      accept: 'application/xml, application/json, text/plain',
      'user-agent': userAgent,
      ...(xml !== undefined && {
        'content-type': 'application/xml',
        'content-length': Buffer.byteLength(xml),
      }),
    };
    const options = { method: xml === undefined ? 'GET' : 'POST', headers };
    return url.protocol === 'https:'
      ? requestHttps(url, { ...options, agent: this.#agents.https })
      : requestHttp(url, { ...options, agent: this.#agents.http });
  }
}

/** One request on its way. It settles once. */
class Exchanging {
  readonly #request: ReturnType<typeof requestHttp>;
  readonly #settle: (exchange: Exchange) => void;
  #stage: ExchangeStage = 'connecting';
  #answer: IncomingMessage | undefined;
  #chunks: Buffer[] = [];
  #bytes = 0;
  #settled = false;

  constructor(request: ReturnType<typeof requestHttp>, settle: (exchange: Exchange) => void) {
    this.#request = request;
    this.#settle = settle;
    request.on('socket', (socket) => {
      const connected = (): void => {
        if (this.#stage === 'connecting') this.#stage = 'sending';
      };
      if (!socket.connecting) connected();
      else socket.once('encrypted' in socket ? 'secureConnect' : 'connect', connected);
    });
    request.on('finish', () => {
      this.#stage = 'sent';
    });
    request.on('response', (answer) => this.#read(answer));
    request.on('error', (error: NodeJS.ErrnoException) => this.#fail(error));
    request.on('close', () => this.#fail(new Error('the connection was closed')));
  }

  send(xml: string | undefined): void {
    this.#request.end(xml);
  }

  endUnlessConnected(): void {
    if (this.#stage === 'connecting') this.end('timed_out');
  }

  /** Ends it from this side. */
  end(fault: 'timed_out' | 'stopped'): void {
    const words = fault === 'timed_out' ? 'no answer in time' : 'broken off here';
    if (this.#answer !== undefined) this.#settleAnswer(this.#answer, false);
    else this.#settleOnce({ kind: 'fault', stage: this.#stage, fault, words });
    this.#request.destroy();
  }

  #read(answer: IncomingMessage): void {
    this.#answer = answer;
    answer.on('data', (chunk: Buffer) => {
      this.#bytes += chunk.length;
      if (this.#bytes <= MOST_ANSWER_BYTES) this.#chunks.push(chunk);
      else {
        this.#settleAnswer(answer, false);
        this.#request.destroy();
      }
    });
    answer.on('end', () => this.#settleAnswer(answer, answer.complete));
    answer.on('error', () => this.#settleAnswer(answer, false));
    answer.on('close', () => this.#settleAnswer(answer, false));
  }

  #fail(error: NodeJS.ErrnoException): void {
    if (this.#answer !== undefined) {
      this.#settleAnswer(this.#answer, false);
      return;
    }
    const unreadable = error.code?.startsWith('HPE_') === true;
    // Codes alone: the message of some errors holds the address that was asked.
    const words = error.code ?? 'the connection was closed';
    this.#settleOnce({
      kind: 'fault',
      stage: this.#stage,
      fault: unreadable ? 'unreadable' : 'broken',
      words,
    });
  }

  #settleAnswer({ statusCode = 0, headers }: IncomingMessage, whole: boolean): void {
    this.#settleOnce({
      kind: 'answer',
      status: statusCode,
      headers,
      body: Buffer.concat(this.#chunks),
      whole,
    });
  }

  #settleOnce(exchange: Exchange): void {
    if (this.#settled) return;
    this.#settled = true;
    this.#settle(exchange);
  }
}
