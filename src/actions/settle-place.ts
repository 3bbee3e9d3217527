import type { Alert } from '../alerts/index.js';
import type { FieldProblem } from '../errors.js';
import type { MessageKey } from '../language/index.js';
import type { AddressMatch, Geocoder, Representation } from '../legislatures/index.js';
import type { ActionServices } from './action-services.js';
import { findWhom, type StatedPlace, snapshotOf } from './find-whom.js';
import { lookUpAddress } from './look-up-address.js';
import type { NetworkCounts } from './network-counts.js';

/** A place that can be answered, or what has to be asked first. */
export type SettledPlace =
  | { readonly kind: 'place'; readonly place: StatedPlace; readonly note?: MessageKey | undefined }
  | { readonly kind: 'which'; readonly matches: readonly AddressMatch[] }
  | { readonly kind: 'problem'; readonly problem: FieldProblem };

interface SettleRequest {
  readonly alert: Alert;
  readonly place: StatedPlace;
  readonly lookups: NetworkCounts;
  readonly network: string;
  readonly signal: AbortSignal;
}

/** The geocoder that street addresses of an alert's country are looked up by, if there is one. */
export function geocoderFor({ geocoder, legislatures }: ActionServices, alert: Alert): Geocoder | undefined {
  return geocoder?.serves(snapshotOf(legislatures, alert).set.country) ? geocoder : undefined;
}

/**
 * Settles what a person gave as their place. A street address is looked up only where nothing else says who represents
 * them; where that fails, the postcode stands, or they are asked.
 */
export async function settlePlace(services: ActionServices, request: SettleRequest): Promise<SettledPlace> {
  const { alert, place } = request;
  const geocoder = geocoderFor(services, alert);
  if (geocoder === undefined || isBlank(place.address) || !isBlank(place.division))
    return { kind: 'place', place };
  if (place.at !== undefined) return { kind: 'place', place, note: noteOf(place) };
  const byPostcode = isBlank(place.postcode) ? undefined : findWhom(services, alert, place).representation;
  if (byPostcode?.status === 'found') return { kind: 'place', place };
  const finding = await lookUpAddress(services, { ...request, geocoder });
  if (finding.kind === 'which') return finding;
  if (finding.kind === 'place') {
    const { rough, match } = finding;
    const byAddress = findWhom(services, alert, finding.place).representation;
    if (byPostcode !== undefined && !agree(byPostcode, byAddress)) return { kind: 'which', matches: [match] };
    return { kind: 'place', place: finding.place, note: rough ? 'actions.match.rough.postcode' : undefined };
  }
  if (byPostcode?.status === 'choose') return { kind: 'place', place, note: 'actions.match.by_postcode' };
  return {
    kind: 'problem',
    problem: { field: 'address', key: `actions.error.address_${finding.kind}` },
  };
}

/** One of the matches was chosen, and it may be no more than a street. */
function noteOf({ withinMetres = 0 }: StatedPlace): MessageKey | undefined {
  return withinMetres > 0 ? 'actions.match.rough.street' : undefined;
}

/** Of an address that lies in none of its postcode's districts, one of the two is another's. */
function agree(byPostcode: Representation, byAddress: Representation): boolean {
  const found = [...byAddress.officeholders, ...byAddress.candidates.flatMap((one) => one.officeholders)];
  const ids = new Set(found.map(({ id }) => id));
  return (
    byPostcode.status === 'none' ||
    byPostcode.candidates.some(({ officeholders }) => officeholders.every(({ id }) => ids.has(id)))
  );
}

function isBlank(text = ''): boolean {
  return text.trim() === '';
}
