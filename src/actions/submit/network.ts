import ipaddr from 'ipaddr.js';

const IPV4_PREFIX_BITS = 24;
const IPV6_PREFIX_BITS = 64;

/** The network an address belongs to: an IPv4 /24 or an IPv6 /64, as text. */
export function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return 'unknown';
  const parsed = ipaddr.process(address);
  const bits = parsed.kind() === 'ipv4' ? IPV4_PREFIX_BITS : IPV6_PREFIX_BITS;
  const bytes = parsed.toByteArray().slice(0, bits / 8);
  return `${Buffer.from(bytes).toString('hex')}/${bits}`;
}
