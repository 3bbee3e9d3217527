import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import type { GeocodingAdapter } from './adapter.js';
import { foundAt, mayBeIn } from './found-at.js';
import type { Precision } from './geocoder.js';

const Degrees = Type.String({ pattern: '^-?\\d{1,3}(\\.\\d{1,20})?$' });
const Result = Type.Object({
  lat: Degrees,
  lon: Degrees,
  category: Type.Optional(Type.String()),
  type: Type.Optional(Type.String()),
  display_name: Type.String(),
  address: Type.Optional(
    Type.Object({
      house_number: Type.Optional(Type.String()),
      road: Type.Optional(Type.String()),
      postcode: Type.Optional(Type.String()),
      country_code: Type.Optional(Type.String()),
    }),
  ),
});
const answerOf = Compile(Type.Array(Result));

/** Nominatim's `/search` (`format=jsonv2`), which searches OpenStreetMap. */
export const nominatim: GeocodingAdapter = {
  path: 'search',
  query: ({ address, countries }) => ({
    q: address,
    format: 'jsonv2',
    addressdetails: '1',
    limit: '3',
    countrycodes: countries.join(','),
  }),
  read(answer, asked) {
    if (!answerOf.Check(answer)) return undefined;
    return answer
      .filter(({ address }) => mayBeIn(asked, address?.country_code))
      .map((result) =>
        foundAt(asked, {
          latitude: Number(result.lat),
          longitude: Number(result.lon),
          label: result.display_name,
          postcode: result.address?.postcode,
          precision: precisionOf(result),
          house: result.address?.house_number,
        }),
      );
  },
};

function precisionOf({ category, type, address }: Static<typeof Result>): Precision {
  if (address?.house_number !== undefined) return 'rooftop';
  if (type === 'postcode' || type === 'postal_code') return 'postcode';
  return category === 'highway' ? 'street' : 'place';
}
