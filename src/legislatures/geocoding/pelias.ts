import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import type { GeocodingAdapter } from './adapter.js';
import { position } from './coordinates-schema.js';
import { foundAt, mayBeIn } from './found-at.js';
import type { Precision } from './geocoder.js';

const Properties = Type.Object({
  layer: Type.String(),
  label: Type.String(),
  accuracy: Type.Optional(Type.String()),
  match_type: Type.Optional(Type.String()),
  housenumber: Type.Optional(Type.String()),
  postalcode: Type.Optional(Type.String()),
  country_code: Type.Optional(Type.String()),
});
const answerOf = Compile(
  Type.Object({
    type: Type.Literal('FeatureCollection'),
    features: Type.Array(
      Type.Object({
        geometry: Type.Object({ type: Type.Literal('Point'), coordinates: position }),
        properties: Properties,
      }),
    ),
  }),
);

/** Pelias' `/v1/search`, over open address data. Not every version can be asked for more than one country. */
export const pelias: GeocodingAdapter = {
  path: 'v1/search',
  query: ({ address, countries: [country, ...others] }) => ({
    text: address,
    size: '3',
    ...(country !== undefined && others.length === 0 && { 'boundary.country': country.toUpperCase() }),
  }),
  read(answer, asked) {
    if (!answerOf.Check(answer)) return undefined;
    return answer.features
      .filter(({ properties }) => mayBeIn(asked, properties.country_code))
      .map(({ geometry, properties }) =>
        foundAt(asked, {
          longitude: geometry.coordinates[0],
          latitude: geometry.coordinates[1],
          label: properties.label,
          postcode: properties.postalcode,
          precision: precisionOf(properties),
          house: properties.match_type === 'fallback' ? undefined : properties.housenumber,
        }),
      );
  },
};

function precisionOf({ layer, accuracy, match_type }: Static<typeof Properties>): Precision {
  if (layer === 'street') return 'street';
  if (layer === 'postalcode') return 'postcode';
  if (layer !== 'address') return 'place';
  return accuracy === 'point' && match_type !== 'fallback' ? 'rooftop' : 'street';
}
