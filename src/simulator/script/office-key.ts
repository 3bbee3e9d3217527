import { AppError } from '../../errors.js';

/** What a script may speak of: a whole server, a mail address or its domain, or an office by its CWC code. */
export type OfficeKey =
  | { readonly kind: 'mail'; readonly key: 'mail' }
  | { readonly kind: 'address' | 'domain'; readonly key: string }
  | { readonly kind: 'chamber'; readonly key: Chamber; readonly chamber: Chamber }
  | { readonly kind: 'code'; readonly key: string; readonly chamber: Chamber };

export type Chamber = 'house' | 'senate';

const LONGEST_KEY = 320;
const HOUSE_CODE = /^H[A-Z]{2}\d{2}$/;
const SENATE_CODE = /^S[A-Z]{2}0[1-3]$/;

/**
 * Reads `mail`, `house`, `senate`, `office@upper.example`, `@upper.example`, `HVA04` or `SVA01`.
 * @throws AppError `invalid_input` that says what it may be.
 */
export function readOfficeKey(text: string): OfficeKey {
  const lower = text.toLowerCase();
  if (lower === 'mail') return { kind: 'mail', key: lower };
  if (lower === 'house' || lower === 'senate') return { kind: 'chamber', key: lower, chamber: lower };
  const code = text.toUpperCase();
  if (HOUSE_CODE.test(code)) return { kind: 'code', key: code, chamber: 'house' };
  if (SENATE_CODE.test(code)) return { kind: 'code', key: code, chamber: 'senate' };
  if (text.length <= LONGEST_KEY && /^[^\s@<>]*@[^\s@<>]+$/.test(text))
    return { kind: text.startsWith('@') ? 'domain' : 'address', key: lower };
  throw new AppError('invalid_input', {
    detail: `"${text.slice(0, LONGEST_KEY)}" is no office. Give mail, house or senate for a whole server, an e-mail address, @ and its domain, or a code such as HVA04 or SVA01.`,
  });
}
