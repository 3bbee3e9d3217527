import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import type { GeocodingAdapter } from './adapter.js';
import { latitude, longitude } from './coordinates-schema.js';
import { hasSameHouse } from './found-at.js';

const answerOf = Compile(
  Type.Object({
    result: Type.Object({
      addressMatches: Type.Array(
        Type.Object({
          matchedAddress: Type.String(),
          coordinates: Type.Object({ x: longitude, y: latitude }),
          addressComponents: Type.Optional(Type.Object({ zip: Type.Optional(Type.String()) })),
        }),
      ),
    }),
  }),
);

/**
 * The geocoder of the United States Census Bureau: no key, house numbers along streets. Its districts are not taken:
 * the operator's set says who represents a place.
 */
export const census: GeocodingAdapter = {
  address: 'https://geocoding.geo.census.gov/geocoder',
  path: 'geographies/onelineaddress',
  countries: ['us'],
  query: ({ address }) => ({
    address,
    benchmark: 'Public_AR_Current',
    vintage: 'Current_Current',
    format: 'json',
  }),
  read(answer, { address }) {
    if (!answerOf.Check(answer)) return undefined;
    return answer.result.addressMatches.map(({ matchedAddress, coordinates, addressComponents }) => ({
      longitude: coordinates.x,
      latitude: coordinates.y,
      precision: 'street',
      label: matchedAddress,
      ...(addressComponents?.zip && { postcode: addressComponents.zip }),
      withinMetres: 0,
      sure: hasSameHouse(matchedAddress, address),
    }));
  },
};
