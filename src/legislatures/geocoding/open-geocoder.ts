import type { Context } from '../../context.js';
import type { GeocodingAdapter } from './adapter.js';
import { census } from './census.js';
import type { Geocoder } from './geocoder.js';
import { httpGeocoder } from './http-geocoder.js';
import { nominatim } from './nominatim.js';
import { Pace } from './pace.js';
import { pelias } from './pelias.js';
import { photon } from './photon.js';
import { offlineGeocoder } from './streets/offline-geocoder.js';

const MOST_AT_ONCE = 16;
/** The usage policy of the public server: one request a second, one after the other. */
const PUBLIC_NOMINATIM = 'nominatim.openstreetmap.org';
const PUBLIC_NOMINATIM_APART_MS = 1000;

const ADAPTERS: Readonly<Record<'census' | 'nominatim' | 'pelias' | 'photon', GeocodingAdapter>> = {
  census,
  nominatim,
  pelias,
  photon,
};

type Opening = Pick<Context, 'config' | 'secrets' | 'db'>;

/** The geocoder that the operator configured; undefined without one. Opening it asks nobody anything. */
export function openGeocoder(context: Opening): Geocoder | undefined {
  const { config, secrets } = context;
  const { kind, goesTo } = config.geocoder;
  if (kind === 'none') return undefined;
  if (kind === 'offline') return offlineGeocoder(context);
  const adapter = ADAPTERS[kind];
  const address = secrets.geocoderUrl ?? adapter.address;
  if (address === undefined) return undefined;
  const base = new URL(address);
  const pace =
    base.hostname === PUBLIC_NOMINATIM
      ? new Pace({ atOnce: MOST_AT_ONCE, apartMs: PUBLIC_NOMINATIM_APART_MS })
      : new Pace({ atOnce: MOST_AT_ONCE, apartMs: 0 });
  return httpGeocoder({ adapter, base, goesTo, userAgent: `Redress (+${config.url})`, pace });
}
