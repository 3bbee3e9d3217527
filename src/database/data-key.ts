import type { KeyObject } from 'node:crypto';
import { type CellPlace, deriveKey, hmac, openCell, type SealingKey, sealCell } from './seal.js';

/** What a keyed fingerprint is for; each purpose has a key of its own under the data key. */
export type TagPurpose = 'person' | 'text' | 'request';

/** One unwrapped data key: of an alert, or of an organisation. */
export class DataKey {
  readonly #sealing: SealingKey;
  readonly #tags: Readonly<Record<TagPurpose, KeyObject>>;

  constructor(id: Buffer, bytes: Buffer) {
    this.#sealing = { id, key: deriveKey(bytes, 'seal') };
    this.#tags = {
      person: deriveKey(bytes, 'tag/person'),
      text: deriveKey(bytes, 'tag/text'),
      request: deriveKey(bytes, 'tag/request'),
    };
  }

  /** Seals a JSON value for one cell. */
  seal(place: CellPlace, value: unknown): Buffer {
    return sealCell(this.#sealing, place, Buffer.from(JSON.stringify(value)));
  }

  /** Opens a cell that this key sealed; the caller checks the value's shape. */
  open(place: CellPlace, cell: Buffer): unknown {
    return JSON.parse(openCell(this.#sealing.key, place, cell).toString('utf8'));
  }

  /** A fingerprint that nobody can compute or compare without this key. */
  tag(purpose: TagPurpose, text: string): Buffer {
    return hmac(this.#tags[purpose], text);
  }
}
