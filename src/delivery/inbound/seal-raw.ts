import type { Context } from '../../context.js';
import type { DataKey } from '../../database/index.js';
import { AppError } from '../../errors.js';

const LABEL = 'inbound_notice.raw';
const MOST_BYTES = 64 * 1024;

/** Seals the beginning of a mail, at most 64 kB, for its notice's cell. */
export function sealRaw(key: DataKey, noticeId: string, raw: Buffer): Buffer {
  return key.seal({ label: LABEL, rowId: noticeId }, raw.subarray(0, MOST_BYTES).toString('base64'));
}

/**
 * Opens a notice's mail.
 * @throws AppError `gone` when the alert's key was destroyed, `wrong_key` when the cell is not this notice's.
 */
export async function openRaw(
  context: Context,
  notice: { readonly organisationId: number; readonly noticeId: string },
  cell: Buffer,
): Promise<Buffer> {
  const place = { label: LABEL, rowId: notice.noticeId };
  const raw = await context.keyring.open(notice.organisationId, place, cell);
  if (typeof raw === 'string') return Buffer.from(raw, 'base64');
  throw new AppError('internal', { detail: 'a sealed mail has an unknown form' });
}
