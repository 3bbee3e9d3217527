import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomFillSync,
} from 'node:crypto';
import { AppError } from '../errors.js';

const CELL_VERSION = 1;
export const KEY_ID_BYTES = 8;
export const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const MAC_BYTES = 16;
const HEADER_BYTES = 1 + KEY_ID_BYTES + NONCE_BYTES;
const RANDOM_POOL_BYTES = 12 * 1024;

/** The place of a sealed cell: a frozen label (table.column) and the row's id. A swapped cell does not open. */
export interface CellPlace {
  readonly label: string;
  readonly rowId: string;
}

/** A key and the id that its cells carry. */
export interface SealingKey {
  readonly id: Buffer;
  readonly key: KeyObject;
}

/**
 * A key for one purpose, derived from another by HKDF-SHA-256 (RFC 5869). A key object is taken over by the cipher
 * as it is: bytes would be wrapped again for every cell, which costs more than sealing it.
 */
export function deriveKey(key: Buffer, purpose: string): KeyObject {
  const bytes = hkdfSync('sha256', key, Buffer.alloc(0), `redress/${purpose}`, KEY_BYTES);
  return createSecretKey(Buffer.from(bytes));
}

/** HMAC-SHA-256 (RFC 2104) of a text, 32 bytes. */
export function hmac(key: KeyObject, text: string | Buffer): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

const randomPool = Buffer.alloc(RANDOM_POOL_BYTES);
let randomUsed = RANDOM_POOL_BYTES;

// One call to the system's generator for a thousand nonces: a call for each costs more than the cipher.
function takeNonce(target: Buffer, offset: number): void {
  if (randomUsed + NONCE_BYTES > RANDOM_POOL_BYTES) {
    randomFillSync(randomPool);
    randomUsed = 0;
  }
  randomPool.copy(target, offset, randomUsed, randomUsed + NONCE_BYTES);
  randomUsed += NONCE_BYTES;
}

function additionalData(place: CellPlace): Buffer {
  return Buffer.from(`${place.label}\n${place.rowId}`);
}

/** Seals with AES-256-GCM: version (1), key id (8), nonce (12), ciphertext, tag (16). */
export function sealCell({ id, key }: SealingKey, place: CellPlace, plain: Buffer): Buffer {
  const cell = Buffer.allocUnsafe(HEADER_BYTES + plain.length + MAC_BYTES);
  cell[0] = CELL_VERSION;
  id.copy(cell, 1);
  takeNonce(cell, 1 + KEY_ID_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, cell.subarray(1 + KEY_ID_BYTES, HEADER_BYTES));
  cipher.setAAD(additionalData(place));
  cipher.update(plain).copy(cell, HEADER_BYTES);
  cipher.final();
  cipher.getAuthTag().copy(cell, HEADER_BYTES + plain.length);
  return cell;
}

/** The id of the key that a cell was sealed with. */
export function keyIdOfCell(cell: Buffer): Buffer {
  if (cell.length < HEADER_BYTES + MAC_BYTES || cell[0] !== CELL_VERSION) {
    throw new AppError('internal', { detail: 'a sealed cell has an unknown form' });
  }
  return cell.subarray(1, 1 + KEY_ID_BYTES);
}

/**
 * Opens a cell made by `sealCell` for the same place.
 * @throws AppError `wrong_key` when key, place or bytes are not those it was sealed with.
 */
export function openCell(key: KeyObject, place: CellPlace, cell: Buffer): Buffer {
  const nonce = cell.subarray(1 + KEY_ID_BYTES, HEADER_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: MAC_BYTES });
  decipher.setAAD(additionalData(place));
  decipher.setAuthTag(cell.subarray(cell.length - MAC_BYTES));
  try {
    return Buffer.concat([
      decipher.update(cell.subarray(HEADER_BYTES, cell.length - MAC_BYTES)),
      decipher.final(),
    ]);
  } catch (cause) {
    throw new AppError('wrong_key', { detail: `a cell of ${place.label} does not open with its key`, cause });
  }
}
