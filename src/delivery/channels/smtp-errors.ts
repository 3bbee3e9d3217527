import { keptAnswer, type Outcome } from './outcome.js';

/** How far a message had come: nothing of it begun, begun, or read to its end by the connection. */
export type SendStage = 'connecting' | 'begun' | 'handed_over';

/** What nodemailer's errors say of themselves. */
interface SmtpFault {
  readonly code: string;
  /** The command that was answered: CONN, API, MAIL FROM, RCPT TO, DATA, AUTH …. */
  readonly command: string;
  readonly responseCode: number | undefined;
  readonly response: string | undefined;
  readonly message: string;
}

const CONFIGURATION_FAULTS = new Set(['EAUTH', 'ENOAUTH', 'EOAUTH2', 'ETLS', 'ECONFIG', 'EREQUIRETLS']);
const AUTHENTICATION_CODES = new Set([530, 534, 535, 538]);
const NOT_AVAILABLE = 421;
const BAD_SEQUENCE = 503;
const TOO_LARGE = 552;

/** Sorts a failed try into the closed set of outcomes (reply codes: RFC 5321 section 4.2, RFC 4954). */
export function outcomeOfError(error: unknown, stage: SendStage): Outcome {
  const fault = readFault(error);
  const answer = keptAnswer(fault.response ?? fault.message);
  if (fault.responseCode !== undefined) return outcomeOfReply(fault, stage, answer);
  if (stage === 'handed_over') {
    const answered = fault.response !== undefined || fault.code === 'EPROTOCOL';
    return answered
      ? { kind: 'unclear', reason: 'unreadable_answer', answer }
      : { kind: 'retry', reason: 'no_answer_after_data', answer, officeDown: true };
  }
  if (CONFIGURATION_FAULTS.has(fault.code)) return { kind: 'paused', reason: 'channel_paused', answer };
  if (fault.command === 'API' && fault.code === 'EENVELOPE')
    return { kind: 'refused', reason: 'bad_address', answer };
  if (fault.code === 'EMESSAGE') return { kind: 'refused', reason: 'too_large', answer };
  if (stage === 'connecting') return { kind: 'retry', reason: 'unreachable', answer, channelDown: true };
  const reason = fault.code === 'ETIMEDOUT' || fault.code === 'EABORT' ? 'timed_out' : 'unreachable';
  return { kind: 'retry', reason, answer, officeDown: true };
}

function outcomeOfReply(fault: SmtpFault, stage: SendStage, answer: string): Outcome {
  const code = fault.responseCode ?? 0;
  const permanent = code >= 500 && code < 600 && code !== BAD_SEQUENCE;
  const aboutUs = fault.code === 'EAUTH' || AUTHENTICATION_CODES.has(code);
  if (aboutUs && permanent) return { kind: 'paused', reason: 'channel_paused', answer };
  if (stage === 'connecting') return { kind: 'retry', reason: 'unreachable', answer, channelDown: true };
  if (code < 400) return { kind: 'unclear', reason: 'unreadable_answer', answer };
  if (!permanent)
    return { kind: 'retry', reason: 'temporary_refusal', answer, officeDown: code === NOT_AVAILABLE };
  if (code === TOO_LARGE) return { kind: 'refused', reason: 'too_large', answer };
  // A no to our own sender address is the configuration's fault; it must not refuse every letter.
  if (fault.command === 'MAIL FROM') return { kind: 'paused', reason: 'channel_paused', answer };
  return { kind: 'refused', reason: 'permanent_refusal', answer };
}

function readFault(error: unknown): SmtpFault {
  const read = (key: string): unknown =>
    typeof error === 'object' && error !== null ? Reflect.get(error, key) : undefined;
  const text = (key: string): string | undefined => {
    const value = read(key);
    return typeof value === 'string' ? value : undefined;
  };
  const responseCode = read('responseCode');
  return {
    code: text('code') ?? '',
    command: text('command') ?? '',
    responseCode: typeof responseCode === 'number' ? responseCode : undefined,
    response: text('response'),
    message: text('originalCode') ?? text('message') ?? 'unknown fault',
  };
}
