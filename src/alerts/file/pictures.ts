import { createHash } from 'node:crypto';
import type { AlertPicture } from '../alert-content.js';
import { oneLine } from '../letter/letter-text.js';
import type { FileFields } from './file-fields.js';
import { readPictureHeader } from './picture-header.js';

/** The largest picture that a public page carries, in bytes. */
export const LARGEST_PICTURE = 60_000;
// Beyond it a browser needs more memory than a cheap phone has.
const LONGEST_SIDE = 4096;
const BYTES_PER_KB = 1000;

/** A checked picture with its bytes, ready to be stored. */
export interface MeasuredPicture extends AlertPicture {
  readonly bytes: Buffer;
}

type PictureFields = NonNullable<FileFields['pictures']>[number];

/** Measures a picture; the text says why it cannot be taken, and what to do. */
export function measurePicture(fields: PictureFields, bytes: Buffer): MeasuredPicture | string {
  const { file } = fields;
  if (bytes.length > LARGEST_PICTURE) return tooLarge(file, bytes.length);
  const header = readPictureHeader(bytes);
  if (header === undefined) return `${file} is no JPEG, PNG, WebP or AVIF picture: save it as one of these`;
  const { mediaType, width, height, exif } = header;
  if (exif) return `${file} holds Exif data (the camera, often the place): save it again without metadata`;
  if (width > LONGEST_SIDE || height > LONGEST_SIDE) {
    return `${file} is ${width} × ${height} pixels: make it at most ${LONGEST_SIDE} wide and high`;
  }
  return {
    file,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    mediaType,
    width,
    height,
    alt: oneLine(fields.alt),
    caption: oneLine(fields.caption),
    credit: oneLine(fields.credit),
    bytes,
  };
}

/** What is said of a picture that was not even read. */
export function tooLarge(file: string, size: number): string {
  const [is, most] = [Math.ceil(size / BYTES_PER_KB), LARGEST_PICTURE / BYTES_PER_KB];
  return `${file} is ${is} kB and at most ${most} kB are taken: make it 1200 pixels wide and save it as WebP or AVIF`;
}
