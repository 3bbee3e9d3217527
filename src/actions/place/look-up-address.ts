import type { Context } from '../../context.js';
import { AppError } from '../../errors.js';
import { type AddressMatch, chooseMatch, type GeocodingOutcome } from '../../legislatures/index.js';
import { type AddressDesk, countriesOf } from './address-desk.js';
import type { StatedPlace } from './find-whom.js';
import { answersTo, type PlaceQuestion } from './place-question.js';

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
  readonly context: Pick<Context, 'clock' | 'log'>;
  readonly desk: AddressDesk;
  readonly question: PlaceQuestion;
  readonly place: StatedPlace;
  readonly network: string;
  readonly signal: AbortSignal;
}

/** Looks an address up, and says what it means for what is asked. The address is neither kept nor logged. */
export async function lookUpAddress(request: AddressRequest): Promise<AddressFinding> {
  const outcome = await ask(request);
  if (outcome === undefined) return { kind: 'not_found' };
  if (outcome.status !== 'found') {
    request.context.log.warn({ outcome: outcome.status }, 'an address could not be looked up');
    return { kind: outcome.status === 'busy' ? 'busy' : 'failed' };
  }
  return weigh(request, outcome.matches);
}

async function ask(request: AddressRequest): Promise<GeocodingOutcome | undefined> {
  const { context, desk, question, place, network, signal } = request;
  const address = oneAddress(place);
  if (address.length > LONGEST_ADDRESS) return undefined;
  try {
    desk.lookups.take(network, context.clock.now());
  } catch (error) {
    if (error instanceof AppError && error.code === 'rate_limited') return { status: 'busy' };
    throw error;
  }
  return desk.geocoder.geocode(address, { countries: countriesOf(desk, question.snapshots), signal });
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

type Weighing = Pick<AddressRequest, 'question' | 'place'>;

function weigh({ question, place }: Weighing, found: readonly AddressMatch[]): AddressFinding {
  const choice = chooseMatch(found);
  if (choice.kind === 'area') {
    const { match } = choice;
    return { kind: 'place', place: placeOfArea({ question, place }, match), match, rough: true };
  }
  if (choice.kind !== 'houses') return { kind: choice.kind };
  const [match] = choice.matches;
  if (match === undefined) return { kind: 'not_found' };
  const places = choice.matches.map((one) => placeOfMatch(place, one));
  // Which of them it is matters only where it changes who represents the person.
  const settled = places.length === 1 || sameAnswer(question, places);
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

/** A postcode that a legislature knows says more than the middle of its area. */
function placeOfArea({ question, place }: Weighing, match: AddressMatch): StatedPlace {
  const { postcode } = match;
  if (postcode !== undefined) {
    const known = { postcode, address: place.address };
    if (answersTo(question, known).length > 0) return known;
  }
  return placeOfMatch(place, match);
}

function sameAnswer(question: PlaceQuestion, places: readonly StatedPlace[]): boolean {
  const keys = places.map((place) => {
    const answers = answersTo(question, place);
    const certain = answers.length > 0 && answers.every(({ found }) => found.status === 'found');
    return certain
      ? JSON.stringify(
          answers.map(({ snapshot, found }) => [
            snapshot.set.id,
            found.officeholders.map(({ id }) => id),
            found.vacant,
          ]),
        )
      : undefined;
  });
  return keys[0] !== undefined && new Set(keys).size === 1;
}
