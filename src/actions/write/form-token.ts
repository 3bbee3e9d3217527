import { randomUUID, timingSafeEqual } from 'node:crypto';
import type { Context } from '../../context.js';
import { AppError } from '../../errors.js';

const VALID_MS = 24 * 3_600_000;
const MAC_BYTES = 16;

/** Minted with the form that writes: it shows that the form came from here, and makes a repeat harmless. */
export interface FormToken {
  readonly idempotencyKey: string;
  /** `EXPIRY.MAC` */
  readonly token: string;
}

export function mintFormToken(context: Context, alertId: string): FormToken {
  const idempotencyKey = randomUUID();
  const expires = String(context.clock.now().getTime() + VALID_MS);
  const mac = macOf(context, [alertId, idempotencyKey, expires]).toString('base64url');
  return { idempotencyKey, token: `${expires}.${mac}` };
}

/** @throws AppError `forbidden` for a token that was not minted for this alert and key, or has ended. */
export function checkFormToken(
  context: Context,
  alertId: string,
  { idempotencyKey, token }: FormToken,
): void {
  const [expires = '', mac = ''] = token.split('.');
  const given = Buffer.from(mac, 'base64url');
  const expected = macOf(context, [alertId, idempotencyKey, expires]);
  const genuine = given.length === MAC_BYTES && timingSafeEqual(given, expected);
  if (!genuine || Number(expires) < context.clock.now().getTime()) {
    throw new AppError('forbidden', { key: 'actions.error.form_expired' });
  }
}

function macOf(context: Context, parts: readonly string[]): Buffer {
  return context.keyring.macLink('form', parts.join('\n')).subarray(0, MAC_BYTES);
}
