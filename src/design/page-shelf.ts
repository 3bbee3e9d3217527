import type { CompressedBody } from './compressed-body.js';

const FRESH_MS = 5000;
const MOST_KEPT = 200;

interface Kept {
  readonly body: Promise<CompressedBody>;
  readonly of: object | undefined;
  readonly until: number;
}

/**
 * Pages that are the same for everybody, rendered at most once in five seconds: counts on them are that old at
 * most, and a changed alert or legislature shows at once, since the page hangs on its own object.
 */
export class PageShelf {
  readonly #kept = new Map<string, Kept>();

  take(name: string, render: () => Promise<CompressedBody>, of?: object): Promise<CompressedBody> {
    const kept = this.#kept.get(name);
    const now = performance.now();
    if (kept !== undefined && kept.of === of && kept.until > now) return kept.body;
    // While the database does not answer, the last page that was rendered is shown.
    const body = render().catch((error: unknown) =>
      kept?.of === of ? (kept?.body ?? fail(error)) : fail(error),
    );
    const next = { body, of, until: now + FRESH_MS };
    this.#kept.delete(name);
    this.#kept.set(name, next);
    body.catch(() => this.#kept.delete(name));
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MOST_KEPT && oldest !== undefined) this.#kept.delete(oldest);
    return body;
  }
}

function fail(error: unknown): never {
  throw error;
}
