import { crc32 } from 'node:zlib';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { ArchiveMembers, type ArchiveOptions } from './archive-member.js';
import { refuseFile, type SourceFile } from './source-file.js';

/**
 * Unpacks the wanted members of a ZIP archive into memory.
 * @throws AppError `invalid_file` when the archive is damaged or unpacks to more than it may.
 */
export async function readZip(
  file: SourceFile,
  options: ArchiveOptions,
): Promise<ReadonlyMap<string, Buffer>> {
  try {
    return await unpack(file, options);
  } catch (cause) {
    if (cause instanceof Error && cause.name === 'AppError') throw cause;
    // yauzl refuses absolute paths and `..` by itself.
    if (cause instanceof Error && /relative path|absolute path/.test(cause.message))
      refuseFile(file.name, 'it has a member that leads out of it', { cause });
    return refuseFile(file.name, 'this is no ZIP archive, or it is cut short or damaged', { cause });
  }
}

async function unpack(file: SourceFile, options: ArchiveOptions): Promise<ReadonlyMap<string, Buffer>> {
  const archive = await yauzl.fromBufferPromise(file.bytes, { lazyEntries: true });
  const members = new ArchiveMembers(file, options);
  let total = 0;
  for await (const entry of archive.eachEntry()) {
    if (!members.wants(entry.fileName)) continue;
    total += entry.uncompressedSize;
    if (total > options.mostBytes)
      refuseFile(file.name, `it unpacks to more than ${options.mostBytes} bytes`);
    members.found.set(entry.fileName, await unpackEntry(archive, entry));
  }
  return members.found;
}

/** Into one piece of memory: joined in the end, a large member would be there twice. */
async function unpackEntry(archive: ZipFile, entry: Entry): Promise<Buffer> {
  const bytes = Buffer.alloc(entry.uncompressedSize);
  let length = 0;
  for await (const chunk of await archive.openReadStreamPromise(entry)) length += chunk.copy(bytes, length);
  // The parser compares the length, and leaves the checksum to us.
  if (crc32(bytes) !== entry.crc32) throw new Error(`the checksum of ${entry.fileName} is another`);
  return bytes;
}
