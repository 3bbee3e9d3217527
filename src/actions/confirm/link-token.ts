import { timingSafeEqual } from 'node:crypto';
import { parse, stringify } from 'uuid';
import type { Context } from '../../context.js';
import { AppError } from '../../errors.js';

const MAC_BYTES = 16;
const PAYLOAD_BYTES = 4 + 16 + 1 + 4;
const REVISION = 1;

export type LinkPurpose = 'confirm' | 'receipt';

/** What a link names: an action of an organisation. */
export interface LinkTarget {
  readonly organisationId: number;
  readonly actionId: string;
}

/**
 * A link's token, base64url: organisation (4 bytes), action (16), revision (1), expiry in Unix seconds (4; 0 is
 * never), and the first 16 bytes of an HMAC-SHA-256 over the purpose and all of these.
 */
export function makeToken(
  context: Context,
  purpose: LinkPurpose,
  target: LinkTarget & { expires?: Date },
): string {
  const payload = Buffer.alloc(PAYLOAD_BYTES);
  payload.writeUInt32BE(target.organisationId, 0);
  payload.set(parse(target.actionId), 4);
  payload.writeUInt8(REVISION, 20);
  payload.writeUInt32BE(target.expires === undefined ? 0 : Math.ceil(target.expires.getTime() / 1000), 21);
  return Buffer.concat([payload, macOf(context, purpose, payload)]).toString('base64url');
}

interface ReadLink {
  readonly purpose: LinkPurpose;
  readonly token: string;
  /** Takes a link whose time is over too: "this was not me" can be said at any time. */
  readonly ended?: boolean;
}

/**
 * Reads a token made for this purpose.
 * @throws AppError `not_found` when it was not made here, `gone` when its time is over.
 */
export function readToken(context: Context, { purpose, token, ended = false }: ReadLink): LinkTarget {
  const bytes = Buffer.from(token, 'base64url');
  const payload = bytes.subarray(0, PAYLOAD_BYTES);
  const whole = bytes.length === PAYLOAD_BYTES + MAC_BYTES && bytes.toString('base64url') === token;
  if (!whole || !timingSafeEqual(bytes.subarray(PAYLOAD_BYTES), macOf(context, purpose, payload))) {
    throw new AppError('not_found');
  }
  const expires = payload.readUInt32BE(21);
  if (!ended && expires !== 0 && expires * 1000 < context.clock.now().getTime()) throw new AppError('gone');
  return { organisationId: payload.readUInt32BE(0), actionId: stringify(payload.subarray(4, 20)) };
}

function macOf(context: Context, purpose: LinkPurpose, payload: Buffer): Buffer {
  return context.keyring.macLink(`link/${purpose}`, payload.toString('hex')).subarray(0, MAC_BYTES);
}
