import type { IncomingHttpHeaders } from 'node:http';

const SECOND_MS = 1000;
const LONGEST_WAIT_MS = 24 * 60 * 60 * SECOND_MS;

/**
 * For how many milliseconds the other side asked not to be tried again (RFC 9110, section 10.2.3); `undefined` where
 * it did not, or asked for more than a day.
 */
export function waitAsked(headers: IncomingHttpHeaders): number | undefined {
  const asked = headers['retry-after']?.trim() ?? '';
  // Against the other side's own clock: ours may be wrong, and a test's is moved.
  const wait = /^\d{1,9}$/.test(asked)
    ? Number(asked) * SECOND_MS
    : Date.parse(asked) - Date.parse(headers.date ?? '');
  return wait > 0 && wait <= LONGEST_WAIT_MS ? wait : undefined;
}
