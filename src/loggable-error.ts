const STACK_LINES = 8;

/** What a log may hold of an error. The message of a database error may quote a value; its code and place may not. */
export function loggable(error: unknown): object | undefined {
  if (!(error instanceof Error)) return undefined;
  const cause = error.cause instanceof Error ? error.cause : error;
  const code = 'code' in cause ? String(cause.code) : undefined;
  const at = cause.stack
    ?.split('\n')
    .filter((line) => line.startsWith('    at '))
    .slice(0, STACK_LINES)
    .join('\n');
  return { name: cause.name, code, at };
}
