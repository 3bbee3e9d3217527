import { gunzipSync } from 'node:zlib';
import { ArchiveMembers, type ArchiveOptions } from './archive-member.js';
import { refuseFile, type SourceFile } from './source-file.js';

const BLOCK_BYTES = 512;
const LEAST_GZIP_BYTES = 18;
const LEAST_CHUNK_BYTES = 1024 * 1024;
const NAME = [0, 100] as const;
const SIZE = [124, 136] as const;
const CHECKSUM = [148, 156] as const;
const KIND_AT = 156;
const MAGIC = [257, 262] as const;
const PREFIX = [345, 500] as const;
const SPACE = 0x20;
const MOST_NOTE_BYTES = 64 * 1024;
/** `0`, and NUL in old archives: a file. */
const FILE_KINDS = new Set(['0', '\0']);
/** A longer name or other attributes of the member that follows (POSIX pax, GNU). */
const NOTE_KINDS = new Set(['x', 'g', 'L', 'K']);

interface Header {
  readonly name: string;
  readonly size: number;
  readonly kind: string;
}

/**
 * Unpacks the wanted members of a `.tar.gz` archive (POSIX.1-1988 ustar, with long names) into memory.
 * @throws AppError `invalid_file` when it is damaged, unpacks to more than it may, or names a path outside of itself.
 */
export function readTarGz(file: SourceFile, options: ArchiveOptions): ReadonlyMap<string, Buffer> {
  const bytes = unzip(file, options.mostBytes);
  const members = new ArchiveMembers(file, options);
  let longName: string | undefined;
  for (let at = 0; at + BLOCK_BYTES <= bytes.length; ) {
    const header = readHeader(file, bytes.subarray(at, at + BLOCK_BYTES));
    if (header === undefined) return members.found;
    const content = bytes.subarray(at + BLOCK_BYTES, at + BLOCK_BYTES + header.size);
    if (content.length < header.size) refuseFile(file.name, 'the archive is cut short');
    at += BLOCK_BYTES * (1 + Math.ceil(header.size / BLOCK_BYTES));
    if (NOTE_KINDS.has(header.kind)) {
      if (header.size > MOST_NOTE_BYTES) refuseFile(file.name, 'it has a member with too long a name');
      longName = longNameIn(header.kind, content) ?? longName;
      continue;
    }
    const name = longName ?? header.name;
    longName = undefined;
    if (members.wants(name) && FILE_KINDS.has(header.kind)) members.found.set(name, content);
  }
  return refuseFile(file.name, 'the archive is cut short');
}

function unzip(file: SourceFile, mostBytes: number): Buffer {
  try {
    // In pieces, which is the default, everything would be there twice in the end. The last four bytes tell the size.
    const told = file.bytes.length < LEAST_GZIP_BYTES ? 0 : file.bytes.readUInt32LE(file.bytes.length - 4);
    const chunkSize = Math.min(Math.max(told, LEAST_CHUNK_BYTES), mostBytes) + 1;
    return gunzipSync(file.bytes, { maxOutputLength: mostBytes, chunkSize });
  } catch (cause) {
    const tooLarge = cause instanceof Error && 'code' in cause && cause.code === 'ERR_BUFFER_TOO_LARGE';
    const problem = tooLarge
      ? `it unpacks to more than ${mostBytes} bytes`
      : 'this is no gzip archive, or it is cut short';
    return refuseFile(file.name, problem, { cause });
  }
}

/** Undefined for the block of zeros that ends an archive. */
function readHeader(file: SourceFile, block: Buffer): Header | undefined {
  if (block.every((byte) => byte === 0)) return undefined;
  const size = octal(block, SIZE);
  if (size === undefined || octal(block, CHECKSUM) !== sumOf(block))
    return refuseFile(file.name, 'this is no tar archive, or it is damaged');
  const prefix = textIn(block, MAGIC) === 'ustar' ? textIn(block, PREFIX) : '';
  const name = textIn(block, NAME);
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    size,
    kind: String.fromCharCode(block[KIND_AT] ?? 0),
  };
}

type Span = readonly [start: number, end: number];

function textIn(block: Buffer, [start, end]: Span): string {
  return block.toString('utf8', start, end).split('\0', 1)[0] ?? '';
}

function octal(block: Buffer, span: Span): number | undefined {
  const text = textIn(block, span).trim();
  return /^[0-7]+$/.test(text) ? Number.parseInt(text, 8) : undefined;
}

/** The sum of the header's bytes, its own field counted as spaces. */
function sumOf(block: Buffer): number {
  const [start, end] = CHECKSUM;
  return block.reduce((sum, byte, at) => sum + (at >= start && at < end ? SPACE : byte), 0);
}

function longNameIn(kind: string, content: Buffer): string | undefined {
  const text = content.toString('utf8');
  if (kind === 'L') return text.split('\0', 1)[0];
  return kind === 'x' ? /^\d+ path=(.*)$/m.exec(text)?.[1] : undefined;
}
