import { constants, crc32, deflateRawSync, gzipSync } from 'node:zlib';

const BLOCK_BYTES = 512;
const LOCAL_HEADER_BYTES = 30;
const CENTRAL_HEADER_BYTES = 46;
const END_BYTES = 22;
const END_64_BYTES = 56;
const LOCATOR_64_BYTES = 20;
const MOST_ENTRIES_16 = 0xffff;
const UNIX = 3 << 8;
const DEFLATED = 8;

/** A member of a tar archive as nobody should write one. */
export interface OddTarMember {
  readonly name: string;
  readonly content?: string | Buffer;
  /** `0` a file, `1` a hard link, `2` a link, `3` a device, `5` a folder, `x` attributes, `L` a long name. */
  readonly kind?: string;
  readonly link?: string;
  /** Instead of the true length. */
  readonly size?: number;
}

/** A `.tar.gz` archive (POSIX ustar) of any members, without a look at them. */
export function oddTarGz(members: readonly OddTarMember[], level = 1): Buffer {
  const blocks = members.flatMap(({ content = '', ...member }) => {
    const bytes = Buffer.from(content);
    return [tarHeader(member, bytes.length), bytes, Buffer.alloc(-bytes.length & (BLOCK_BYTES - 1))];
  });
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(2 * BLOCK_BYTES)]), { level });
}

function tarHeader({ name, kind = '0', link = '', size }: OddTarMember, length: number): Buffer {
  const block = Buffer.alloc(BLOCK_BYTES);
  block.write(name, 0, 100);
  block.write('0000644\0', 100);
  block.write(`${(size ?? length).toString(8).padStart(11, '0')}\0`, 124);
  block.write('        ', 148);
  block.write(kind, 156);
  block.write(link, 157, 100);
  block.write('ustar\0', 257);
  block.write('00', 263);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}

/** A member of a ZIP archive as nobody should write one. */
export interface OddZipMember {
  readonly name: string;
  /** Absent: the entry stands for the bytes of the member before it. */
  readonly content?: Buffer;
  /** `content` is deflated already, of this many bytes with this checksum. */
  readonly deflated?: { readonly bytes: number; readonly crc: number };
  /** Instead of the true length, unpacked. */
  readonly size?: number;
  /** Unix mode, such as that of a link. */
  readonly mode?: number;
}

/** A ZIP archive of any members, without a look at them; with ZIP64's end where there are too many for the old one. */
export function oddZip(members: readonly OddZipMember[]): Buffer {
  const locals: Buffer[] = [];
  const entries: Buffer[] = [];
  let [offset, before] = [0, 0];
  let last: Buffer = Buffer.alloc(LOCAL_HEADER_BYTES);
  for (const member of members) {
    if (member.content !== undefined) {
      before = offset;
      last = localHeader(member, member.content);
      locals.push(last, member.content);
      offset += last.length + member.content.length;
    }
    entries.push(centralHeader(member, last, before));
  }
  const directory = Buffer.concat(entries);
  return Buffer.concat([...locals, directory, ...endOfZip(members.length, directory.length, offset)]);
}

function localHeader({ name, deflated, size }: OddZipMember, content: Buffer): Buffer {
  const local = Buffer.alloc(LOCAL_HEADER_BYTES + Buffer.byteLength(name));
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(20, 4);
  local.writeUInt16LE(0x0800, 6);
  local.writeUInt16LE(deflated === undefined ? 0 : DEFLATED, 8);
  local.writeUInt32LE(deflated?.crc ?? crc32(content), 14);
  local.writeUInt32LE(content.length, 18);
  local.writeUInt32LE(size ?? deflated?.bytes ?? content.length, 22);
  local.writeUInt16LE(Buffer.byteLength(name), 26);
  local.write(name, LOCAL_HEADER_BYTES);
  return local;
}

function centralHeader({ name, mode = 0 }: OddZipMember, local: Buffer, offset: number): Buffer {
  const length = Buffer.byteLength(name);
  const entry = Buffer.alloc(CENTRAL_HEADER_BYTES + length);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(UNIX | 20, 4);
  local.copy(entry, 6, 4, 28);
  entry.writeUInt16LE(length, 28);
  entry.writeUInt32LE(mode * 2 ** 16, 38);
  entry.writeUInt32LE(offset, 42);
  entry.write(name, CENTRAL_HEADER_BYTES);
  return entry;
}

function endOfZip(count: number, directoryBytes: number, offset: number): Buffer[] {
  const end = Buffer.alloc(END_BYTES);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Math.min(count, MOST_ENTRIES_16), 8);
  end.writeUInt16LE(Math.min(count, MOST_ENTRIES_16), 10);
  end.writeUInt32LE(directoryBytes, 12);
  end.writeUInt32LE(offset, 16);
  if (count < MOST_ENTRIES_16) return [end];
  const end64 = Buffer.alloc(END_64_BYTES);
  end64.writeUInt32LE(0x06064b50, 0);
  end64.writeBigUInt64LE(BigInt(END_64_BYTES - 12), 4);
  end64.writeBigUInt64LE(BigInt(count), 24);
  end64.writeBigUInt64LE(BigInt(count), 32);
  end64.writeBigUInt64LE(BigInt(directoryBytes), 40);
  end64.writeBigUInt64LE(BigInt(offset), 48);
  const locator = Buffer.alloc(LOCATOR_64_BYTES);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(offset + directoryBytes), 8);
  locator.writeUInt32LE(1, 16);
  return [end64, locator, end];
}

/** Zeros, deflated a megabyte at a time: gigabytes are made in no time. */
export function deflatedZeros(megabytes: number): Buffer {
  const zeros = Buffer.alloc(1024 * 1024);
  const part = deflateRawSync(zeros, { finishFlush: constants.Z_FULL_FLUSH });
  return Buffer.concat([...Array.from({ length: megabytes }, () => part), deflateRawSync(Buffer.alloc(0))]);
}
