import type { FieldProblem } from '../../errors.js';
import type { PostedForm } from '../write/letter-form.js';
import type { StatedPlace } from './find-whom.js';

/** In the order of the page: the one that a problem with the place is told at. */
const PLACE_FIELDS = ['postcode', 'address', 'at', 'division'] as const;

/** That no place was given, told at the field that the form has; undefined where one was. */
export function findMissing(form: PostedForm, place: StatedPlace): FieldProblem | undefined {
  const { postcode = '', address = '', division = '', at } = place;
  if (at !== undefined || [postcode, address, division].some((text) => text.trim() !== '')) return undefined;
  const field = PLACE_FIELDS.find((name) => name in form) ?? 'postcode';
  return { field, key: 'actions.error.place_missing' };
}

/** That nobody knows the place, told at the field that it came from. */
export function unknownPlace({ at, address = '' }: StatedPlace): FieldProblem {
  if (at === undefined) return { field: 'postcode', key: 'actions.error.place_unknown' };
  if (address.trim() !== '') return { field: 'address', key: 'actions.error.address_outside' };
  return { field: 'division', key: 'actions.error.point_outside' };
}
