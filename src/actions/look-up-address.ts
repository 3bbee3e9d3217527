import type { Alert } from '../alerts/index.js';
import { AppError } from '../errors.js';
import {
  type AddressMatch,
  chooseMatch,
  type Geocoder,
  type GeocodingOutcome,
} from '../legislatures/index.js';
import type { ActionServices } from './action-services.js';
import { findWhom, type StatedPlace, snapshotOf } from './find-whom.js';
import type { NetworkCounts } from './network-counts.js';

const LONGEST_ADDRESS = 200;

interface FoundAddress {
  readonly kind: 'place';
  readonly place: StatedPlace;
  readonly match: AddressMatch;
  /** Only the area of the postcode was found. */
  readonly rough: boolean;
}

/** What an address led to. */
export type AddressFinding =
  | FoundAddress
  | { readonly kind: 'which'; readonly matches: readonly AddressMatch[] }
  | { readonly kind: AddressProblem };

/** `failed`: nobody answered; `busy`: too many were asked for. */
type AddressProblem = 'not_found' | 'too_rough' | 'failed' | 'busy';

interface AddressRequest {
  readonly alert: Alert;
  readonly place: StatedPlace;
  readonly geocoder: Geocoder;
  /** Look-ups of each network in this hour. */
  readonly lookups: NetworkCounts;
  readonly network: string;
  readonly signal: AbortSignal;
}

/** Looks an address up, and says what it means for the alert. The address is neither kept nor logged. */
export async function lookUpAddress(
  services: ActionServices,
  request: AddressRequest,
): Promise<AddressFinding> {
  const outcome = await ask(services, request);
  if (outcome === undefined) return { kind: 'not_found' };
  if (outcome.status !== 'found') {
    services.context.log.warn({ outcome: outcome.status }, 'an address could not be looked up');
    return { kind: outcome.status === 'busy' ? 'busy' : 'failed' };
  }
  return weigh(services, request, outcome.matches);
}

async function ask(
  { context, legislatures }: ActionServices,
  { alert, place, geocoder, lookups, network, signal }: AddressRequest,
): Promise<GeocodingOutcome | undefined> {
  const address = oneAddress(place);
  if (address.length > LONGEST_ADDRESS) return undefined;
  try {
    lookups.take(network, context.clock.now());
  } catch (error) {
    if (error instanceof AppError && error.code === 'rate_limited') return { status: 'busy' };
    throw error;
  }
  return geocoder.geocode(address, { country: snapshotOf(legislatures, alert).set.country, signal });
}

/** The address on one line, with the postcode that was typed beside it. */
function oneAddress({ address = '', postcode = '' }: StatedPlace): string {
  const line = address
    .replace(/\s*[\r\n]+\s*/g, ', ')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  const code = postcode.trim();
  return code === '' || line.includes(code) ? line : `${line}, ${code}`;
}

function weigh(
  services: ActionServices,
  { alert, place }: AddressRequest,
  found: readonly AddressMatch[],
): AddressFinding {
  const choice = chooseMatch(found);
  if (choice.kind === 'area') {
    const area = placeOfArea(services, { alert, place, match: choice.match });
    return { kind: 'place', place: area, match: choice.match, rough: true };
  }
  if (choice.kind !== 'houses') return { kind: choice.kind };
  const [match] = choice.matches;
  if (match === undefined) return { kind: 'not_found' };
  const places = choice.matches.map((one) => placeOfMatch(place, one));
  // Which of them it is matters only where it changes who represents the person.
  const settled = places.length === 1 || sameAnswer(services, alert, places);
  if (!settled || !choice.matches.every(({ sure }) => sure))
    return { kind: 'which', matches: choice.matches };
  return { kind: 'place', place: placeOfMatch(place, match), match, rough: false };
}

function placeOfMatch(place: StatedPlace, match: AddressMatch): StatedPlace {
  const { latitude, longitude, withinMetres, postcode } = match;
  return {
    ...place,
    postcode: place.postcode?.trim() || postcode,
    at: { latitude, longitude },
    withinMetres,
  };
}

interface Area {
  readonly alert: Alert;
  readonly place: StatedPlace;
  readonly match: AddressMatch;
}

/** A postcode that the legislature knows says more than the middle of its area. */
function placeOfArea(services: ActionServices, { alert, place, match }: Area): StatedPlace {
  const { postcode } = match;
  if (postcode !== undefined) {
    const known = { postcode, address: place.address };
    if (findWhom(services, alert, known).representation.status !== 'none') return known;
  }
  return placeOfMatch(place, match);
}

function sameAnswer(services: ActionServices, alert: Alert, places: readonly StatedPlace[]): boolean {
  const answers = places.map((place) => findWhom(services, alert, place).representation);
  const key = ({ officeholders, vacant }: (typeof answers)[number]): string =>
    JSON.stringify([officeholders.map(({ id }) => id), vacant]);
  const [first] = answers;
  return (
    first !== undefined && answers.every((answer) => answer.status === 'found' && key(answer) === key(first))
  );
}
