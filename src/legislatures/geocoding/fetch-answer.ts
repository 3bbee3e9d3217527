import { isUtf8 } from 'node:buffer';
import type { GeocodingFailure } from './geocoder.js';

const TIMEOUT_MS = 5000;
const MOST_BYTES = 256 * 1024;
const MOST_REDIRECTS = 3;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 307, 308]);

/** What a service answered: JSON that was parsed and is not checked yet, or why there is none. */
export type Answer = { readonly json: unknown } | { readonly failure: GeocodingFailure };

interface Question {
  readonly url: URL;
  /** Who asks: public services want to know whom to write to. */
  readonly userAgent: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Gets JSON within five seconds and 256 kB, from this origin only. It never throws, and tells nobody the address that
 * was asked for: errors of `fetch` may hold it.
 */
export async function fetchAnswer({ url, userAgent, signal }: Question): Promise<Answer> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const ended = signal === undefined ? timeout : AbortSignal.any([timeout, signal]);
  try {
    const response = await follow(url, { userAgent, signal: ended });
    if (response === undefined) return { failure: 'refused' };
    if (!response.ok) {
      await response.body?.cancel();
      return { failure: 'refused' };
    }
    const text = await readText(response);
    return text === undefined ? { failure: 'unreadable' } : { json: JSON.parse(text) };
  } catch (error) {
    if (ended.aborted) return { failure: 'timed_out' };
    return { failure: error instanceof SyntaxError ? 'unreadable' : 'unreachable' };
  }
}

interface Asking {
  readonly userAgent: string;
  readonly signal: AbortSignal;
}

/** Follows redirects within the origin; undefined where one leads out of it, or there are too many. */
async function follow(from: URL, { userAgent, signal }: Asking): Promise<Response | undefined> {
  let url = from;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
    const response = await fetch(url, {
      signal,
      redirect: 'manual',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      headers: { accept: 'application/json', 'user-agent': userAgent },
    });
    if (!REDIRECTS.has(response.status)) return response;
    await response.body?.cancel();
    const next = URL.parse(response.headers.get('location') ?? '', url);
    if (next === null || next.origin !== from.origin) return undefined;
    url = next;
  }
  return undefined;
}

/** The text of a body; undefined where it is too long or no UTF-8. */
async function readText(response: Response): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) return undefined;
    chunks.push(chunk);
  }
  const whole = Buffer.concat(chunks);
  return isUtf8(whole) ? whole.toString() : undefined;
}
