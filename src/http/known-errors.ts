import { AppError, type ErrorCode, type FieldProblem } from '../errors.js';

const FASTIFY_CODES: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'invalid_input',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'invalid_input',
  FST_ERR_CTP_INVALID_JSON_BODY: 'invalid_input',
  FST_ERR_VALIDATION: 'invalid_input',
  FST_ERR_BAD_URL: 'not_found',
  FST_ERR_MAX_PARAM_LENGTH: 'not_found',
};
// SQLSTATE classes 08, 53 and 57P: no connection, no room, shutting down; 40001 and 40P01 succeed when tried again.
const PASSING_PROBLEMS = /^(08|57P|53|40001|40P01)|^(ECONNREFUSED|ECONNRESET|ENOENT|EPIPE)$/;
// Words of the `pg` driver, whose own errors carry no code.
const PASSING_WORDS =
  /timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error/;

interface SchemaProblem {
  readonly instancePath?: string;
  readonly params?: { readonly missingProperty?: string; readonly additionalProperty?: string };
}

/** Any error as one of the closed set. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (!(error instanceof Error)) return new AppError('internal', { cause: error });
  const code = 'code' in error ? String(error.code) : '';
  const known = FASTIFY_CODES[code];
  if (known !== undefined) return new AppError(known, { cause: error, fields: fieldsOf(error) });
  if (PASSING_PROBLEMS.test(code) || PASSING_WORDS.test(error.message)) {
    return new AppError('unavailable', { cause: error });
  }
  return new AppError('internal', { cause: error });
}

// A schema's refusal, in the shape of ajv's errors: which field it was, without its value.
function fieldsOf(error: Error): FieldProblem[] {
  if (!('validation' in error) || !Array.isArray(error.validation)) return [];
  return error.validation.map((problem: SchemaProblem) => {
    const { missingProperty, additionalProperty } = problem.params ?? {};
    const path = [...(problem.instancePath ?? '').split('/'), missingProperty, additionalProperty];
    const field = path.filter(Boolean).join('.');
    return { field, key: additionalProperty === undefined ? 'errors.field_shape' : 'errors.field_unknown' };
  });
}
