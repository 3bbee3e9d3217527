import { buffer } from 'node:stream/consumers';
import yauzl from 'yauzl';
import { type ArchiveOptions, checkMember } from './archive-member.js';
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
    return refuseFile(file.name, 'this is no ZIP archive, or it is cut short', { cause });
  }
}

async function unpack(file: SourceFile, { wanted, mostBytes }: ArchiveOptions): Promise<Map<string, Buffer>> {
  const archive = await yauzl.fromBufferPromise(file.bytes, { lazyEntries: true });
  const members = new Map<string, Buffer>();
  let total = 0;
  for await (const entry of archive.eachEntry()) {
    checkMember(file, entry.fileName, members.size);
    if (!wanted.test(entry.fileName)) continue;
    total += entry.uncompressedSize;
    if (total > mostBytes) refuseFile(file.name, `it unpacks to more than ${mostBytes} bytes`);
    members.set(entry.fileName, await buffer(await archive.openReadStreamPromise(entry)));
  }
  return members;
}
