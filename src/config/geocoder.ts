import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { AppError } from '../errors.js';
import type { Environment } from './environment.js';

const GEOCODERS = ['none', 'census', 'nominatim', 'pelias', 'photon', 'offline'] as const;
type GeocoderKind = (typeof GEOCODERS)[number];

const CENSUS_NAME = 'US Census Bureau';
/** Addresses that do not leave the operator's network. */
const OWN_NETWORK: ReadonlySet<string> = new Set(['loopback', 'private', 'uniqueLocal']);

export interface GeocoderConfig {
  readonly kind: GeocoderKind;
  /** Who learns each address that is looked up; undefined where it stays on this machine. */
  readonly goesTo: string | undefined;
}

/**
 * Who looks up street addresses: nobody, unless the operator says who.
 * @throws AppError `invalid_configuration`
 */
export function readGeocoder(environment: Environment): GeocoderConfig {
  const { geocoder = 'none', geocoderUrl, geocoderName } = environment;
  const kind = GEOCODERS.find((known) => known === geocoder);
  if (kind === undefined)
    return refuse(`REDRESS_GEOCODER is "${geocoder}". Use one of ${GEOCODERS.join(', ')}.`);
  if (kind === 'none' || kind === 'offline') {
    if (geocoderUrl !== undefined || geocoderName !== undefined)
      refuse(
        `REDRESS_GEOCODER_URL or REDRESS_GEOCODER_NAME is set, but REDRESS_GEOCODER is ${kind}, which asks nobody.`,
      );
    return { kind, goesTo: undefined };
  }
  if (geocoderUrl !== undefined) return { kind, goesTo: geocoderName ?? hostOf(readUrl(geocoderUrl)) };
  if (kind === 'census') return { kind, goesTo: geocoderName ?? CENSUS_NAME };
  return refuse(
    `REDRESS_GEOCODER is ${kind}, but not REDRESS_GEOCODER_URL: where it is. Set it, like https://geocoder.example.org.`,
  );
}

function refuse(detail: string): never {
  throw new AppError('invalid_configuration', { detail });
}

/** The address may hold a key, so that a sentence about it never repeats it. */
function readUrl(text: string): URL {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol))
    return refuse('REDRESS_GEOCODER_URL is no address. Give a full one, like https://geocoder.example.org.');
  if (url.username !== '' || url.password !== '' || url.hash !== '')
    refuse('REDRESS_GEOCODER_URL holds a name, a password or a #. Give a key in the query, or none.');
  if (url.protocol === 'http:' && !inOwnNetwork(url.hostname))
    refuse(
      `REDRESS_GEOCODER_URL would send addresses to ${url.hostname} in the clear. Use https; http is for your own network.`,
    );
  return url;
}

/** A name without a dot is one of the own network, as in `http://nominatim:8080`. */
function inOwnNetwork(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) === 0) return !host.includes('.') || /\.(internal|local|localhost)$/.test(host);
  return OWN_NETWORK.has(ipaddr.process(host).range());
}

function hostOf({ hostname }: URL): string | undefined {
  const host = hostname.replace(/^\[|\]$/g, '');
  const loopback = host === 'localhost' || (isIP(host) !== 0 && ipaddr.process(host).range() === 'loopback');
  return loopback ? undefined : hostname;
}
