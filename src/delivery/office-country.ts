import type { OfficeSnapshot } from './office.js';

const COUNTRY = /^ocd-division\/country:([a-z]{2})(?:\/|$)/;

/** The country of an office by its division's OCD id, ISO 3166-1 alpha-2 in lower case; undefined where the id says none. */
export function countryOf({ division }: Pick<OfficeSnapshot, 'division'>): string | undefined {
  return COUNTRY.exec(division.id)?.[1];
}
