import { domainToASCII } from 'node:url';

const LONGEST_ADDRESS = 254;
const LONGEST_LOCAL_PART = 64;
// RFC 5321 dot-atom. No quoted local parts, no comments; nor the letters of RFC 6531, which our mail cannot reach.
const LOCAL_PART = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const DOMAIN = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** An e-mail address as it is written to: local part as typed, domain in ASCII; `undefined` when it is none. */
export function parseAddress(typed: string): string | undefined {
  const text = typed.trim().normalize('NFC');
  const at = text.lastIndexOf('@');
  const local = text.slice(0, at);
  const domain = domainToASCII(text.slice(at + 1)).toLowerCase();
  if (at < 1 || local.length > LONGEST_LOCAL_PART || domain.length > LONGEST_ADDRESS) return undefined;
  if (!LOCAL_PART.test(local) || !DOMAIN.test(domain)) return undefined;
  return `${local}@${domain}`;
}

/** The form of an address that tells one person from another: lower case; dots and plus are kept. */
export function personOf(address: string): string {
  return address.toLowerCase();
}
