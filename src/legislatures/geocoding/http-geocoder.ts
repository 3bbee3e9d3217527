import type { GeocodingAdapter } from './adapter.js';
import { fetchAnswer } from './fetch-answer.js';
import { type Geocoder, MOST_MATCHES } from './geocoder.js';
import type { Pace } from './pace.js';

interface Service {
  readonly adapter: GeocodingAdapter;
  /** Its address; a query in it (a key) goes along with each question. */
  readonly base: URL;
  readonly goesTo: string | undefined;
  /** Of this installation, for the service's log: `Redress (+https://act.example)`. */
  readonly userAgent: string;
  readonly pace: Pace;
}

/** A geocoder that is asked over HTTP. */
export function httpGeocoder({ adapter, base, goesTo, userAgent, pace }: Service): Geocoder {
  return {
    goesTo,
    serves: (country) => adapter.countries?.includes(country) ?? true,
    async geocode(address, { countries, signal }) {
      const asked = { address, countries };
      const url = questionUrl(base, adapter.path, adapter.query(asked));
      const answer = await pace.take(() => fetchAnswer({ url, userAgent, signal }));
      if (answer === undefined) return { status: 'busy' };
      if ('failure' in answer) return { status: answer.failure };
      const matches = adapter.read(answer.json, asked);
      return matches === undefined
        ? { status: 'unreadable' }
        : { status: 'found', matches: matches.slice(0, MOST_MATCHES) };
    },
  };
}

function questionUrl(base: URL, path: string, query: Readonly<Record<string, string>>): URL {
  const url = new URL(base);
  url.pathname = `${base.pathname.replace(/\/$/, '')}/${path}`;
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url;
}
