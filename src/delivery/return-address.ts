import { timingSafeEqual } from 'node:crypto';
import type { Context } from '../context.js';

const LONGEST_LOCAL_PART = 64;
const ID_DIGITS = 25;
const UUID_HEX_DIGITS = 32;
const MAC_BYTES = 6;
const FALLBACK_LOCAL_PART = 'bounce';
const TOKEN = /\+([0-9a-z]{1,7})-([0-9a-z]{25})-([0-9a-f]{12})@/;

/** One try's own way back: which organisation, which delivery. */
export interface ReturnName {
  readonly organisationId: number;
  readonly deliveryId: string;
}

/**
 * The envelope sender of one delivery (VERP): the From address, a plus, the organisation's short id, the
 * delivery's id and a MAC over both, in digits that survive a change of case.
 */
export function returnAddress(context: Context, name: ReturnName): string {
  const organisation = name.organisationId.toString(36);
  const id = BigInt(`0x${name.deliveryId.replaceAll('-', '')}`)
    .toString(36)
    .padStart(ID_DIGITS, '0');
  const token = `+${organisation}-${id}-${macOf(context, name).toString('hex')}`;
  const { from, domain } = context.config.mail;
  const localPart = from.slice(0, from.lastIndexOf('@'));
  const fits = localPart.length + token.length <= LONGEST_LOCAL_PART;
  return `${fits ? localPart : FALLBACK_LOCAL_PART}${token}@${domain}`;
}

/** The delivery that a bounce came back for; `undefined` when the address was not made here. */
export function readReturnAddress(context: Context, address: string): ReturnName | undefined {
  const [, organisation = '', id = '', mac = ''] = TOKEN.exec(address.toLowerCase()) ?? [];
  if (mac === '') return undefined;
  const name = { organisationId: Number.parseInt(organisation, 36), deliveryId: toUuid(id) };
  return timingSafeEqual(Buffer.from(mac, 'hex'), macOf(context, name)) ? name : undefined;
}

function toUuid(digits: string): string {
  let value = 0n;
  for (const digit of digits) value = value * 36n + BigInt(Number.parseInt(digit, 36));
  const hex = value.toString(16).padStart(UUID_HEX_DIGITS, '0');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.+)$/, '$1-$2-$3-$4-$5');
}

function macOf(context: Context, { organisationId, deliveryId }: ReturnName): Buffer {
  return context.keyring.macLink('return', `${organisationId}/${deliveryId}`).subarray(0, MAC_BYTES);
}
