import { Type } from 'typebox';

/** Degrees. */
export const latitude = Type.Number({ minimum: -90, maximum: 90 });
export const longitude = Type.Number({ minimum: -180, maximum: 180 });
/** GeoJSON's order. */
export const position = Type.Tuple([longitude, latitude]);
