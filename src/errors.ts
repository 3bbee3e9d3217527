import type { MessageKey, MessageParameters } from './language/index.js';

/** Every way in which Redress refuses, with the HTTP status that the edge answers. */
const ERROR_STATUS = {
  invalid_input: 400,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  gone: 410,
  too_large: 413,
  unsupported_media_type: 415,
  misdirected: 421,
  idempotency_mismatch: 422,
  proof_needed: 428,
  rate_limited: 429,
  internal: 500,
  overloaded: 503,
  unavailable: 503,
  invalid_file: 400,
  invalid_configuration: 500,
  wrong_key: 500,
  in_use: 500,
} as const;

const UNAVAILABLE_STATUS = 503;
const RETRY_UNAVAILABLE_SECONDS = 5;

export type ErrorCode = keyof typeof ERROR_STATUS;

/** One field that cannot be taken as it is; `field` is the form's or the JSON's name for it. */
export interface FieldProblem {
  readonly field: string;
  readonly key: MessageKey;
  readonly params?: MessageParameters;
}

interface AppErrorOptions {
  /** English words for the operator: a terminal, a log. Never a person's data. */
  readonly detail?: string;
  /** The message for a person on a page; without it the code's own message is used. */
  readonly key?: MessageKey;
  readonly params?: MessageParameters;
  readonly fields?: readonly FieldProblem[];
  /** Every 503 has one, its own or the usual. */
  readonly retryAfterSeconds?: number;
  readonly cause?: unknown;
}

/** The only error that Redress throws on purpose. The edge (HTTP or terminal) renders it. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  readonly key: MessageKey | undefined;
  readonly params: MessageParameters | undefined;
  readonly fields: readonly FieldProblem[];
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ErrorCode, options: AppErrorOptions = {}) {
    super(options.detail ?? code, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.status = ERROR_STATUS[code];
    this.key = options.key;
    this.params = options.params;
    this.fields = options.fields ?? [];
    this.retryAfterSeconds =
      options.retryAfterSeconds ??
      (this.status === UNAVAILABLE_STATUS ? RETRY_UNAVAILABLE_SECONDS : undefined);
  }
}
