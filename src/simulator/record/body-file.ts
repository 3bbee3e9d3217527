import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MODE = 0o600;

/** Where a body lies: counted from the first byte ever written, so that it tells what was overwritten since. */
export interface BodyPlace {
  readonly start: number;
  readonly bytes: number;
}

/**
 * Keeps the last so many bytes of bodies in one temporary file, as a ring. The file has no name any more once it is
 * open, so that nothing of it stays when the process is killed.
 */
export class BodyFile implements Disposable {
  readonly #file: number;
  readonly #capacity: number;
  #written = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
    const folder = mkdtempSync(join(tmpdir(), 'redress-simulator-'));
    this.#file = openSync(join(folder, 'bodies'), 'wx+', MODE);
    rmSync(folder, { recursive: true });
  }

  /** A body that is larger than the whole file is not kept. */
  append(body: Uint8Array): BodyPlace {
    const place = { start: this.#written, bytes: body.length };
    if (body.length <= this.#capacity) {
      const at = place.start % this.#capacity;
      const fits = Math.min(body.length, this.#capacity - at);
      writeAll(this.#file, body.subarray(0, fits), at);
      writeAll(this.#file, body.subarray(fits), 0);
    }
    this.#written += body.length;
    return place;
  }

  /** The very bytes; undefined when newer ones took their place. */
  read({ start, bytes }: BodyPlace): Buffer | undefined {
    if (this.#written - start > this.#capacity) return undefined;
    const at = start % this.#capacity;
    const fits = Math.min(bytes, this.#capacity - at);
    const body = Buffer.allocUnsafe(bytes);
    readAll(this.#file, body.subarray(0, fits), at);
    readAll(this.#file, body.subarray(fits), 0);
    return body;
  }

  [Symbol.dispose](): void {
    closeSync(this.#file);
  }
}

function writeAll(file: number, bytes: Uint8Array, at: number): void {
  let done = 0;
  while (done < bytes.length) done += writeSync(file, bytes, done, bytes.length - done, at + done);
}

function readAll(file: number, bytes: Uint8Array, at: number): void {
  let done = 0;
  while (done < bytes.length) {
    const read = readSync(file, bytes, done, bytes.length - done, at + done);
    if (read === 0) throw new Error('the simulator’s file of bodies was cut short');
    done += read;
  }
}
