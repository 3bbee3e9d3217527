import { timingSafeEqual } from 'node:crypto';
import { parse, stringify } from 'uuid';
import type { Context } from '../context.js';

const ORGANISATION_BYTES = 4;
const ID_BYTES = 16;
const MAC_BYTES = 16;

/** A letter of an organisation. */
export interface LetterName {
  readonly organisationId: number;
  readonly letterId: string;
}

/** The address of the page on which an office checks that a letter is genuine. It never expires. */
export function verifyUrl(context: Context, organisationId: number, letterId: string): string {
  const payload = Buffer.alloc(ORGANISATION_BYTES + ID_BYTES);
  payload.writeUInt32BE(organisationId, 0);
  payload.set(parse(letterId), ORGANISATION_BYTES);
  const token = Buffer.concat([payload, macOf(context, payload)]).toString('base64url');
  return `${context.config.url}/letters/${token}`;
}

/** The letter that a token names; `undefined` when the token was not made here. */
export function readVerifyToken(context: Context, token: string): LetterName | undefined {
  const bytes = Buffer.from(token, 'base64url');
  const whole =
    bytes.length === ORGANISATION_BYTES + ID_BYTES + MAC_BYTES && bytes.toString('base64url') === token;
  if (!whole) return undefined;
  const payload = bytes.subarray(0, ORGANISATION_BYTES + ID_BYTES);
  if (!timingSafeEqual(bytes.subarray(payload.length), macOf(context, payload))) return undefined;
  return {
    organisationId: payload.readUInt32BE(0),
    letterId: stringify(payload.subarray(ORGANISATION_BYTES)),
  };
}

function macOf(context: Context, payload: Buffer): Buffer {
  return context.keyring.macLink('verify', payload.toString('hex')).subarray(0, MAC_BYTES);
}
