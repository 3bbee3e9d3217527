import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Compile } from 'typebox/compile';
import { AppError } from '../errors.js';
import type { Boundary, Division, LegislatureSet, Ring } from './model.js';
import { STORED_FORMAT, StoredSet } from './set-format.js';
import { runAtOnce, type Steps } from './steps.js';

const LARGEST_CONTENT_BYTES = 256 * 1024 * 1024;
const COMPRESSION_LEVEL = 9;
const LENGTH_BYTES = 4;
const COORDINATE_BYTES = 4;
const VERSION_DIGITS = 12;

const storedSet = Compile(StoredSet);

/** A set as it is stored. */
export interface SetContent {
  /** The edition and the first digits of the SHA-256: `119-4f0c2a9be1d3`. */
  readonly version: string;
  /** Of the content before compression: the same set gives the same hash with any compressor. */
  readonly sha256: Buffer;
  readonly compressed: Buffer;
}

/**
 * Packs a set: the length of the JSON (32 bits, little endian), the JSON (`StoredSet`), spaces up to a multiple of
 * four, then every point of every boundary as two 32-bit little-endian differences to the point before; gzip.
 */
export function packSet(set: LegislatureSet): SetContent {
  const json = Buffer.from(JSON.stringify(toStored(set)), 'utf8');
  const padded = Math.ceil(json.length / COORDINATE_BYTES) * COORDINATE_BYTES;
  const rings = set.divisions.flatMap(({ boundary }) => boundary?.flat() ?? []);
  const points = rings.reduce((sum, ring) => sum + ring.length, 0);
  const content = Buffer.alloc(LENGTH_BYTES + padded + points * COORDINATE_BYTES, ' ');
  content.writeUInt32LE(json.length);
  json.copy(content, LENGTH_BYTES);
  let offset = LENGTH_BYTES + padded;
  for (const ring of rings) offset = writeRing(content, offset, ring);
  const sha256 = createHash('sha256').update(content).digest();
  return {
    version: `${set.edition}-${sha256.toString('hex').slice(0, VERSION_DIGITS)}`,
    sha256,
    compressed: gzipSync(content, { level: COMPRESSION_LEVEL }),
  };
}

/**
 * Reads what `packSet` wrote.
 * @throws AppError `invalid_file` when the content is damaged or from a newer program.
 */
export function unpackSet(content: Pick<SetContent, 'compressed' | 'sha256'>): LegislatureSet {
  return runAtOnce(unpackSteps(content));
}

/** As `unpackSet`, for a process that must go on answering. */
export function* unpackSteps({
  compressed,
  sha256,
}: Pick<SetContent, 'compressed' | 'sha256'>): Steps<LegislatureSet> {
  const content = decompress(compressed);
  yield;
  if (!createHash('sha256').update(content).digest().equals(sha256)) refuse('its SHA-256 is another');
  yield;
  const end = LENGTH_BYTES + content.readUInt32LE();
  const stored: unknown = JSON.parse(content.toString('utf8', LENGTH_BYTES, end));
  yield;
  if (!storedSet.Check(stored))
    return refuse(`it is not of format ${STORED_FORMAT}; another version of Redress wrote it`);
  yield;
  const coordinates = readCoordinates(content, Math.ceil((end - LENGTH_BYTES) / COORDINATE_BYTES));
  yield;
  return fromStored(stored, coordinates);
}

function refuse(reason: string, cause?: unknown): never {
  throw new AppError('invalid_file', { detail: `A stored legislature cannot be read: ${reason}.`, cause });
}

function decompress(compressed: Buffer): Buffer {
  try {
    return gunzipSync(compressed, { maxOutputLength: LARGEST_CONTENT_BYTES });
  } catch (cause) {
    return refuse('it is cut short or damaged', cause);
  }
}

/** `StoredSet` as it is before it is written: of values that never change. */
type Frozen<T> = T extends object ? { readonly [Key in keyof T]: Frozen<T[Key]> } : T;

function toStored(set: LegislatureSet): Frozen<StoredSet> {
  const position = new Map(set.divisions.map((division, index) => [division.id, index]));
  return {
    format: STORED_FORMAT,
    id: set.id,
    name: set.name,
    country: set.country,
    edition: set.edition,
    ...(set.validFrom !== undefined && { validFrom: set.validFrom }),
    ...(set.validUntil !== undefined && { validUntil: set.validUntil }),
    sources: set.sources,
    chambers: set.chambers,
    divisions: set.divisions.map(({ boundary, ...division }) => ({
      ...division,
      ...(boundary && { boundary: boundary.map((rings) => rings.map((ring) => ring.length / 2)) }),
    })),
    seats: set.seats,
    officeholders: set.officeholders,
    committees: set.committees,
    postcodes: {
      pattern: set.postcodes.pattern,
      example: set.postcodes.example,
      entries: Array.from(set.postcodes.entries, ([postcode, ids]) => [
        postcode,
        ids.flatMap((id) => position.get(id) ?? []),
      ]),
    },
  };
}

function fromStored(stored: StoredSet, coordinates: Int32Array): LegislatureSet {
  let next = 0;
  const takeRing = (points: number): Ring => {
    const ring = sumUp(coordinates.subarray(next, next + points * 2));
    next += points * 2;
    return ring;
  };
  const takeBoundary = (lengths: readonly (readonly number[])[]): Boundary =>
    lengths.map((rings) => rings.map(takeRing));
  const divisions: Division[] = stored.divisions.map(({ boundary, ...division }) => ({
    ...division,
    ...(boundary && { boundary: takeBoundary(boundary) }),
  }));
  if (next !== coordinates.length) refuse('its boundaries and their points do not agree');
  const { format: _, postcodes, committees = [], ...rest } = stored;
  return {
    ...rest,
    committees,
    divisions,
    postcodes: { ...postcodes, entries: readPostcodes(postcodes.entries, divisions) },
  };
}

/** Most postcodes share their list of divisions with others: one array for all of them. */
function readPostcodes(
  stored: StoredSet['postcodes']['entries'],
  divisions: readonly Division[],
): Map<string, readonly string[]> {
  const lists = new Map<string, readonly string[]>();
  const entries = new Map<string, readonly string[]>();
  for (const [postcode, positions] of stored) {
    const key = positions.join();
    let list = lists.get(key);
    if (list === undefined) {
      list = positions.map((position) => divisions[position]?.id ?? refuse('a postcode names no division'));
      lists.set(key, list);
    }
    entries.set(postcode, list);
  }
  return entries;
}

function writeRing(content: Buffer, offset: number, ring: Ring): number {
  let next = offset;
  ring.forEach((value, index) => {
    // `| 0`: a difference over half the globe wraps around, and back again when it is read.
    next = content.writeInt32LE((value - (index < 2 ? 0 : (ring[index - 2] ?? 0))) | 0, next);
  });
  return next;
}

function readCoordinates(content: Buffer, jsonWords: number): Int32Array {
  const start = LENGTH_BYTES + jsonWords * COORDINATE_BYTES;
  const coordinates = new Int32Array((content.length - start) / COORDINATE_BYTES);
  for (let index = 0; index < coordinates.length; index += 1) {
    coordinates[index] = content.readInt32LE(start + index * COORDINATE_BYTES);
  }
  return coordinates;
}

function sumUp(differences: Int32Array): Ring {
  const ring = new Int32Array(differences);
  for (let index = 2; index < ring.length; index += 1)
    ring[index] = (ring[index] ?? 0) + (ring[index - 2] ?? 0);
  return ring;
}
