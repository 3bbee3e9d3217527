/** Longer input is no postcode of any country. */
const LONGEST_POSTCODE = 32;
const DIGITS_OF_A_SCRIPT = 10;

/**
 * Brings what a person typed as a postcode into one form: Unicode compatibility forms and digits of any script
 * become ASCII, letters capital; spaces, dashes, dots and invisible characters go.
 */
export function cleanPostcode(text: string): string {
  if (text.length > LONGEST_POSTCODE) return '';
  return text
    .normalize('NFKC')
    .replace(/\p{Nd}/gu, toAsciiDigit)
    .replace(/[\s\p{Pd}\p{Cf}.]/gu, '')
    .toUpperCase();
}

/** Unicode keeps the ten digits of a script in a row, and some scripts behind each other without a gap. */
function toAsciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let before = 0;
  while (/\p{Nd}/u.test(String.fromCodePoint(code - before - 1))) before += 1;
  return String(before % DIGITS_OF_A_SCRIPT);
}
