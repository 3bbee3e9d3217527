import { AppError, type FieldProblem } from '../errors.js';
import { type Legislatures, setsOfCountry } from './legislatures.js';
import type { Coordinates } from './places/place-index.js';
import { type Place, represent } from './represent.js';
import type { Representation } from './representation.js';
import type { Snapshot } from './snapshot.js';

const LARGEST_LATITUDE = 90;
const LARGEST_LONGITUDE = 180;
const NUMBER = /^[+-]?\d{1,3}(?:\.\d{1,20})?$/;

/** A place as a tool names it, in the API's query or on the command line; exactly one of the three. */
export interface PlaceQuery {
  readonly postcode?: string | undefined;
  /** `LATITUDE,LONGITUDE` in degrees. */
  readonly at?: string | undefined;
  readonly division?: string | undefined;
}

/** @throws AppError `invalid_input` that names the field. */
export function parsePlace({ postcode, at, division }: PlaceQuery): Place {
  const given = [postcode, at, division].filter((value) => value !== undefined);
  if (given.length !== 1)
    refuse(
      { field: 'postcode', key: 'legislatures.error.one_place' },
      'Give a postcode, or coordinates, or a division.',
    );
  if (postcode !== undefined) return { postcode };
  if (at !== undefined) return { at: parseCoordinates(at) };
  return { divisions: [division ?? ''] };
}

function parseCoordinates(text: string): Coordinates {
  const parts = text.split(',').map((part) => part.trim());
  const [latitude = Number.NaN, longitude = Number.NaN] = parts.map((part) =>
    NUMBER.test(part) ? Number(part) : Number.NaN,
  );
  const onGlobe = Math.abs(latitude) <= LARGEST_LATITUDE && Math.abs(longitude) <= LARGEST_LONGITUDE;
  if (parts.length === 2 && onGlobe) return { latitude, longitude };
  return refuse(
    { field: 'at', key: 'legislatures.error.coordinates' },
    'Coordinates are LATITUDE,LONGITUDE in degrees, such as 1.25,-3.5.',
  );
}

function refuse(problem: FieldProblem, detail: string): never {
  throw new AppError('invalid_input', { detail, fields: [problem] });
}

interface Question {
  readonly place: Place;
  readonly now: Date;
  /** A country's code or a set's id; without it every live set is asked. */
  readonly country?: string | undefined;
}

/**
 * Who represents a place, from whichever live set knows it.
 * Of two sets of the country that was named, the larger one answers.
 * @throws AppError `not_found` when there is no set of that country, or none at all; `invalid_input` when no country
 * was named and two sets know the place.
 */
export function findRepresentation(
  legislatures: Legislatures,
  { place, now, country }: Question,
): Representation {
  const answers = snapshotsFor(legislatures, country).map((snapshot) => represent(snapshot, place, { now }));
  const [found, rival] = answers.filter(({ status }) => status !== 'none');
  if (found !== undefined && rival !== undefined && country === undefined) {
    const ids = `${found.dataset.id} and ${rival.dataset.id}`;
    refuse(
      { field: 'country', key: 'legislatures.error.country_needed' },
      `More than one legislature knows that place: ${ids}. Name one, or the country.`,
    );
  }
  const [answer] = found === undefined ? answers.sort((a, b) => rankOf(a) - rankOf(b)) : [found];
  if (answer === undefined) throw new AppError('not_found', { detail: 'No legislature is loaded.' });
  return answer;
}

/** Of two sets that do not know a postcode, the one whose postcodes look like it says more. */
function rankOf({ warnings }: Representation): number {
  return warnings.includes('postcode_malformed') ? 1 : 0;
}

function snapshotsFor(legislatures: Legislatures, country: string | undefined): readonly Snapshot[] {
  const known = legislatures.list();
  if (known.length === 0) {
    throw new AppError('not_found', {
      detail: 'No legislature is loaded. Import one: redress legislature import us-congress --download.',
    });
  }
  if (country === undefined) return known;
  const named = known.filter(({ set }) => set.id === country.toLowerCase());
  const snapshots = named.length > 0 ? named : setsOfCountry(known, country.toLowerCase());
  if (snapshots.length > 0) return snapshots;
  const countries = [...new Set(known.map(({ set }) => set.country))].join(', ');
  throw new AppError('not_found', {
    detail: `No legislature of "${country}" is loaded; there are those of ${countries}.`,
    key: 'legislatures.error.country_unknown',
  });
}
