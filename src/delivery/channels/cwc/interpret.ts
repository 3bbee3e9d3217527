import type { CwcMode } from '../../../config/index.js';
import { keptAnswer, type Outcome } from '../outcome.js';
import type { Exchange } from './exchange.js';
import { maskText } from './mask-text.js';
import { type AnswerBody, readAnswerBody } from './read-answer.js';
import { waitAsked } from './retry-after.js';

/** What must be known of a try to understand its answer. */
export interface Tried {
  readonly mode: CwcMode;
  /** Whom was asked. */
  readonly host: string;
  /** Whether an earlier try of ours used the same id. */
  triedBefore(): Promise<boolean>;
  /** What an answer may repeat, and nobody may keep: the key, what the letter says of its writer. */
  readonly secrets: readonly string[];
  /** The letter's own words, which it may repeat as well. */
  readonly texts: readonly string[];
}

type Answer = Extract<Exchange, { kind: 'answer' }>;
type Fault = Extract<Exchange, { kind: 'fault' }>;

const CONFLICT = 409;
const TOO_LARGE = 413;
const REQUEST_TIMEOUT = 408;
/** The letter, as it is, is not taken. */
const REFUSALS: ReadonlySet<number> = new Set([400, 415, 422]);
/** The key, or this machine's address: another organisation's key may be let in. */
const NOT_LET_IN: ReadonlySet<number> = new Set([401, 403]);
/** The address of the system: nothing that another letter would change. */
const OUR_FAULTS: ReadonlySet<number> = new Set([404, 405, 407, 410]);
const LATER: ReadonlySet<number> = new Set([REQUEST_TIMEOUT, 425, 429]);
const LEAST_SECRET = 2;

/** Sorts what came of one try into the closed set of outcomes (status codes: RFC 9110; docs/cwc.md). */
export async function outcomeOfExchange(exchange: Exchange, tried: Tried): Promise<Outcome> {
  if (exchange.kind === 'fault') return outcomeOfFault(exchange);
  const body = await readAnswerBody(exchange.body);
  const answer = keep(`${exchange.status} ${body.words}`, tried);
  const { status } = exchange;
  if (status >= 200 && status < 300) return outcomeOfYes(exchange, body, { ...tried, answer });
  if (status === CONFLICT) return outcomeOfConflict({ ...tried, answer });
  if (REFUSALS.has(status)) return { kind: 'refused', reason: 'permanent_refusal', answer };
  if (status === TOO_LARGE) return { kind: 'refused', reason: 'too_large', answer };
  if (NOT_LET_IN.has(status)) return { kind: 'paused', reason: 'channel_paused', answer, senderOnly: true };
  if (OUR_FAULTS.has(status) || (status >= 300 && status < 400))
    return { kind: 'paused', reason: 'channel_paused', answer };
  if (status >= 500 || LATER.has(status)) {
    const waitMs = waitAsked(exchange.headers);
    return {
      kind: 'retry',
      reason: 'temporary_refusal',
      answer,
      officeDown: true,
      ...(waitMs !== undefined && { waitMs }),
    };
  }
  return { kind: 'unclear', reason: 'unreadable_answer', answer };
}

type Answered = Tried & { readonly answer: string };

function outcomeOfYes({ whole }: Answer, { kind }: AnswerBody, answered: Answered): Outcome {
  const { answer } = answered;
  if (!whole || kind !== 'words') return { kind: 'unclear', reason: 'unreadable_answer', answer };
  return yes(answered);
}

/** The id was used: by an earlier try of ours, whose answer was lost, or nobody knows by whom. */
async function outcomeOfConflict(answered: Answered): Promise<Outcome> {
  const { answer, mode } = answered;
  if (mode === 'validate' || !(await answered.triedBefore()))
    return { kind: 'unclear', reason: 'unreadable_answer', answer };
  const outcome = yes(answered);
  return outcome.kind === 'accepted' ? { ...outcome, again: true } : outcome;
}

function yes({ mode, answer, host }: Answered): Outcome {
  if (mode === 'production') return { kind: 'accepted', by: 'office', answer, host };
  return { kind: 'rehearsed', reason: mode === 'test' ? 'test_system' : 'checked_only', answer, host };
}

function outcomeOfFault({ stage, fault, words: answer }: Fault): Outcome {
  if (fault === 'unreadable') return { kind: 'unclear', reason: 'unreadable_answer', answer };
  const officeDown = fault !== 'stopped';
  if (stage === 'sent') return { kind: 'retry', reason: 'no_answer_after_data', answer, officeDown };
  if (stage === 'sending') {
    const reason = fault === 'broken' ? 'unreachable' : 'timed_out';
    return { kind: 'retry', reason, answer, officeDown };
  }
  if (fault === 'stopped') return { kind: 'released' };
  return { kind: 'retry', reason: 'unreachable', answer, channelDown: true };
}

function keep(words: string, { secrets, texts }: Tried): string {
  const masked = secrets
    .filter((secret) => secret.length >= LEAST_SECRET)
    .reduce((text, secret) => text.replace(wholeWord(secret), '[…]'), maskText(words, texts));
  return keptAnswer(masked);
}

function wholeWord(text: string): RegExp {
  const escaped = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'giu');
}
