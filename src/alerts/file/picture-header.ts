import type { PictureMediaType } from '../alert-content.js';

/** What the first bytes of a picture say about it. */
export interface PictureHeader {
  readonly mediaType: PictureMediaType;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  /** Exif: camera, time, often the place; also the one thing that turns a picture after it is measured. */
  readonly exif: boolean;
}

type Size = Omit<PictureHeader, 'mediaType'>;

const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const JPEG_START = Buffer.from([0xff, 0xd8, 0xff]);
const AVIF_BRANDS: ReadonlySet<string> = new Set(['avif', 'avis']);
const BOX_HEADER = 8;

/**
 * Knows a picture by its first bytes, never by its name, and measures it. Undefined for what is no whole
 * JPEG, PNG, WebP or AVIF header. Each step moves forward, so no crafted file can hold it up.
 */
export function readPictureHeader(bytes: Buffer): PictureHeader | undefined {
  try {
    const [mediaType, measure] = readerFor(bytes) ?? [];
    const size = measure?.(bytes);
    if (mediaType === undefined || size === undefined || size.width === 0 || size.height === 0)
      return undefined;
    return { mediaType, ...size };
  } catch (error) {
    // A header that ends too early: Buffer throws it.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function readerFor(bytes: Buffer): [PictureMediaType, (bytes: Buffer) => Size | undefined] | undefined {
  if (bytes.subarray(0, 8).equals(PNG_SIGNATURE)) return ['image/png', measurePng];
  if (bytes.subarray(0, 3).equals(JPEG_START)) return ['image/jpeg', measureJpeg];
  if (tag(bytes, 0) === 'RIFF' && tag(bytes, 8) === 'WEBP') return ['image/webp', measureWebp];
  if (tag(bytes, 4) === 'ftyp' && isAvif(bytes)) return ['image/avif', measureAvif];
  return undefined;
}

function tag(bytes: Buffer, offset: number): string {
  return bytes.toString('latin1', offset, offset + 4);
}

/** PNG, section 11.2.2: IHDR is the first chunk. */
function measurePng(bytes: Buffer): Size | undefined {
  if (tag(bytes, 12) !== 'IHDR') return undefined;
  let exif = false;
  for (let at = 8; at + BOX_HEADER <= bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    exif ||= tag(bytes, at + 4) === 'eXIf';
  }
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20), exif };
}

/** JPEG (ITU-T T.81, annex B): segments until a start of frame, which has the size. */
function measureJpeg(bytes: Buffer): Size | undefined {
  let exif = false;
  for (let at = 2; bytes.readUInt8(at) === 0xff; ) {
    const marker = bytes.readUInt8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === 0xe1 && tag(bytes, at + 4) === 'Exif') exif = true;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7), exif };
    if (marker === 0xda || marker === 0xd9) return undefined;
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return undefined;
}

/** WebP (RFC 9649): a lossy, a lossless or an extended first chunk. */
function measureWebp(bytes: Buffer): Size | undefined {
  switch (tag(bytes, 12)) {
    case 'VP8 ':
      return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff, exif: false };
    case 'VP8L': {
      const packed = bytes.readUInt32LE(21);
      return { width: (packed & 0x3fff) + 1, height: ((packed >>> 14) & 0x3fff) + 1, exif: false };
    }
    case 'VP8X': {
      const exif = (bytes.readUInt8(20) & 0x08) !== 0;
      return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1, exif };
    }
    default:
      return undefined;
  }
}

function isAvif(bytes: Buffer): boolean {
  const end = Math.min(bytes.readUInt32BE(0), bytes.length);
  if (AVIF_BRANDS.has(tag(bytes, 8))) return true;
  for (let at = 16; at + 4 <= end; at += 4) if (AVIF_BRANDS.has(tag(bytes, at))) return true;
  return false;
}

/** AVIF (ISO/IEC 23008-12): the largest image extent among the item properties; turned by `irot`. */
function measureAvif(bytes: Buffer): Size | undefined {
  const meta = boxes(bytes)
    .find(({ type }) => type === 'meta')
    ?.content.subarray(4);
  const properties = boxes(boxes(meta).find(({ type }) => type === 'iprp')?.content);
  const listed = boxes(properties.find(({ type }) => type === 'ipco')?.content);
  let largest = { width: 0, height: 0 };
  for (const { type, content } of listed) {
    if (type !== 'ispe') continue;
    const size = { width: content.readUInt32BE(4), height: content.readUInt32BE(8) };
    if (size.width * size.height > largest.width * largest.height) largest = size;
  }
  const exif = boxes(meta).some(({ type, content }) => type === 'iinf' && content.includes('Exif'));
  const turned = listed.some(({ type, content }) => type === 'irot' && (content.readUInt8(0) & 1) === 1);
  return turned ? { width: largest.height, height: largest.width, exif } : { ...largest, exif };
}

function boxes(bytes: Buffer | undefined): { type: string; content: Buffer }[] {
  const found: { type: string; content: Buffer }[] = [];
  for (let at = 0; bytes !== undefined && at + BOX_HEADER <= bytes.length; ) {
    const size = bytes.readUInt32BE(at);
    if (size < BOX_HEADER) break;
    found.push({ type: tag(bytes, at + 4), content: bytes.subarray(at + BOX_HEADER, at + size) });
    at += size;
  }
  return found;
}
