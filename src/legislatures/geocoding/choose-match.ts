import type { AddressMatch } from './geocoder.js';

/** What the matches of an address come to. */
export type MatchChoice =
  /** One of these; several, or one that is not sure, are for the person to choose. */
  | { readonly kind: 'houses'; readonly matches: readonly AddressMatch[] }
  /** Only an area was found: `match` is its middle. */
  | { readonly kind: 'area'; readonly match: AddressMatch }
  /** A town says nothing about a district. */
  | { readonly kind: 'too_rough' }
  | { readonly kind: 'not_found' };

/** Takes the exact matches where there are any, else streets, else the first postcode. */
export function chooseMatch(matches: readonly AddressMatch[]): MatchChoice {
  const reachable = matches.filter(({ withinMetres }) => Number.isFinite(withinMetres));
  const numbered = reachable.filter(({ withinMetres }) => withinMetres === 0);
  if (numbered.length > 0) return { kind: 'houses', matches: numbered };
  const streets = reachable.filter(({ precision }) => precision === 'street' || precision === 'rooftop');
  if (streets.length > 0) return { kind: 'houses', matches: streets };
  const [area] = reachable;
  if (area !== undefined) return { kind: 'area', match: area };
  return { kind: matches.length > 0 ? 'too_rough' : 'not_found' };
}
