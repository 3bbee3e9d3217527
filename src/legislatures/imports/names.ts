import { basename } from 'node:path';
import { AppError } from '../../errors.js';

const SET_ID = /^[a-z0-9][a-z0-9-]{0,62}$/;
const LONGEST_SET_ID = 63;
const LETTERS_OF_THE_ALPHABET = 26;

/** The last part of an Open Civic Data id: lower case, `_` for spaces; letters of every script are kept. */
export function divisionPart(name: string): string {
  return name
    .normalize('NFC')
    .toLowerCase()
    .trim()
    .replace(/\s+/g, '_')
    .replace(/[^\p{L}\p{M}\p{N}._~-]+/gu, '-');
}

/** A name in lower-case ASCII letters, digits and dashes; empty where it has none. */
export function slugOf(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
}

/**
 * The id of a set: as stated, or made of the file's name up to its first dot.
 * @throws AppError `invalid_input` where neither gives one.
 */
export function setIdOf(stated: string | undefined, path: string): string {
  const id = stated ?? slugOf(basename(path).split('.', 1)[0] ?? '').slice(0, LONGEST_SET_ID);
  if (SET_ID.test(id)) return id;
  throw new AppError('invalid_input', {
    detail: `"${id}" cannot be the id of a legislature: lower-case letters, digits and dashes are needed. Give --id.`,
  });
}

/** The country whose English name a set's id is, or begins with: `ireland-dail` is `ie`. */
export function countryOfId(id: string): string | undefined {
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  const codes = pairsOfLetters().filter((code) => {
    const name = slugOf(names.of(code) ?? '');
    return name !== '' && (id === name || id.startsWith(`${name}-`));
  });
  // Some names have an old code beside the present one: `BU` and `MM`.
  return codes.length === 1 ? codes[0]?.toLowerCase() : undefined;
}

function pairsOfLetters(): string[] {
  const letters = Array.from({ length: LETTERS_OF_THE_ALPHABET }, (_, index) =>
    String.fromCharCode('A'.charCodeAt(0) + index),
  );
  return letters.flatMap((first) => letters.map((second) => first + second));
}

/** The name of a country in English, or its code in capitals. */
export function countryName(code: string): string {
  return new Intl.DisplayNames('en', { type: 'region' }).of(code.toUpperCase()) ?? code.toUpperCase();
}
