import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import type { GeocodingAdapter } from './adapter.js';
import { position } from './coordinates-schema.js';
import { foundAt, mayBeIn } from './found-at.js';
import type { Precision } from './geocoder.js';

const Properties = Type.Object({
  name: Type.Optional(Type.String()),
  osm_value: Type.Optional(Type.String()),
  type: Type.Optional(Type.String()),
  housenumber: Type.Optional(Type.String()),
  street: Type.Optional(Type.String()),
  postcode: Type.Optional(Type.String()),
  city: Type.Optional(Type.String()),
  state: Type.Optional(Type.String()),
  countrycode: Type.Optional(Type.String()),
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

/** Photon's `/api`, which searches OpenStreetMap. It cannot be asked for some countries only, so others are left out here. */
export const photon: GeocodingAdapter = {
  path: 'api',
  query: ({ address }) => ({ q: address, limit: '5' }),
  read(answer, asked) {
    if (!answerOf.Check(answer)) return undefined;
    return answer.features
      .filter(({ properties }) => mayBeIn(asked, properties.countrycode))
      .map(({ geometry, properties }) =>
        foundAt(asked, {
          longitude: geometry.coordinates[0],
          latitude: geometry.coordinates[1],
          label: labelOf(properties),
          postcode: properties.postcode,
          precision: precisionOf(properties),
          house: properties.housenumber,
        }),
      );
  },
};

function precisionOf({ housenumber, type, osm_value }: Static<typeof Properties>): Precision {
  if (housenumber !== undefined) return 'rooftop';
  if (osm_value === 'postcode') return 'postcode';
  return type === 'street' ? 'street' : 'place';
}

function labelOf({ name, housenumber, street, postcode, city, state }: Static<typeof Properties>): string {
  const house = [housenumber, street].filter(Boolean).join(' ');
  const parts = new Set([name, house, [postcode, city].filter(Boolean).join(' '), state]);
  return [...parts].filter(Boolean).join(', ');
}
