import { domainToASCII } from 'node:url';

const LONGEST_ADDRESS = 254;
const LONGEST_LOCAL_PART = 64;
// One plain address of ASCII, as HTML's e-mail field has it; no quoting, comments, groups or lists.
const LOCAL_PART = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i;
const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;

// Names that no mail can leave to: RFC 2606, RFC 6761.
const NOWHERE = new Set(['example', 'invalid', 'test', 'localhost']);

/** A mail address in the form that goes on the wire (domain in ASCII); `undefined` unless it is exactly one. */
export function plainAddress(text: string): string | undefined {
  const at = text.lastIndexOf('@');
  const localPart = text.slice(0, at);
  const written = text.slice(at + 1);
  const domain = DOMAIN.test(written) ? written : domainToASCII(written);
  if (at < 1 || localPart.length > LONGEST_LOCAL_PART || text.length > LONGEST_ADDRESS) return undefined;
  return LOCAL_PART.test(localPart) && DOMAIN.test(domain) ? `${localPart}@${domain}` : undefined;
}

/** Whether the address's domain is one of those reserved for tests and documents. */
export function leadsNowhere(address: string): boolean {
  const lastLabel =
    address
      .slice(address.lastIndexOf('@') + 1)
      .split('.')
      .at(-1) ?? '';
  return NOWHERE.has(lastLabel.toLowerCase());
}
