import { AppError } from '../../errors.js';
import { parsePlace, STATES } from '../../legislatures/index.js';
import { NO_FACTS, type TypedFacts } from '../write/constituent-fields.js';
import { fieldOf, type PostedForm } from '../write/letter-form.js';
import type { StatedPlace } from './find-whom.js';

/** `LATITUDE,LONGITUDE`, and in metres how far from there the place may be. */
const POINT = /^([^,]+,[^,]+)(?:,(\d{1,4}))?$/;

/** The place in a posted form: typed, chosen, or carried along from an earlier step. */
export function placeOfForm(form: PostedForm): StatedPlace {
  return {
    postcode: fieldOf(form, 'postcode'),
    division: fieldOf(form, 'division'),
    address: fieldOf(form, 'address'),
    words: fieldOf(form, 'words'),
    among: fieldOf(form, 'among').split(' ').filter(Boolean),
    ...pointOf(fieldOf(form, 'at')),
  };
}

/** A point in a form, as `pointField` wrote it; nothing where it is none. */
function pointOf(text: string): Pick<StatedPlace, 'at' | 'withinMetres'> {
  const [, point, within] = POINT.exec(text) ?? [];
  if (point === undefined) return {};
  try {
    const place = parsePlace({ at: point });
    return 'at' in place ? { at: place.at, ...(within && { withinMetres: Number(within) }) } : {};
  } catch (error) {
    if (error instanceof AppError) return {};
    throw error;
  }
}

/** The same as a field's value; empty where no point was given. */
export function pointField({ at, withinMetres = 0 }: Pick<StatedPlace, 'at' | 'withinMetres'>): string {
  if (at === undefined) return '';
  const point = [at.latitude, at.longitude].map((degrees) => degrees.toFixed(7)).join(',');
  return withinMetres === 0 ? point : `${point},${Math.round(withinMetres)}`;
}

/** An address as the letter's two fields: the street, and what follows it. */
export function linesOfAddress(address: string): { readonly street: string; readonly locality: string } {
  const [street = '', ...rest] = address.split(/\s*[,\r\n]\s*/);
  return {
    street: street.trim(),
    locality: rest
      .filter((part) => part !== '')
      .join(', ')
      .trim(),
  };
}

/** `California 94110` is not read: only what stands there as the field wants it. */
const STATE_AND_ZIP = /^([A-Z]{2})?\s*(\d{5}(?:-\d{4})?)?$/;

/** What the place as it was typed says for the letter's fields: each piece is the person's own, and theirs to change. */
export function factsOfPlace({ address = '', postcode = '' }: StatedPlace): TypedFacts {
  const [street = '', city = '', ...rest] = address.split(/\s*[,\r\n]\s*/).map((part) => part.trim());
  const [, state = '', zip = ''] = STATE_AND_ZIP.exec(rest.join(' ')) ?? [];
  const [, , typedZip = ''] = STATE_AND_ZIP.exec(postcode.trim()) ?? [];
  return {
    ...NO_FACTS,
    address_line1: street,
    city,
    state: STATES.some(({ code }) => code === state) ? state : '',
    zip: zip || typedZip,
  };
}
