import { buffer } from 'node:stream/consumers';
import yauzl from 'yauzl';
import { refuseFile, type SourceFile } from './source-file.js';

interface ReadZipOptions {
  /** Of the names inside. */
  readonly wanted: RegExp;
  /** Of all wanted members together, unpacked. */
  readonly mostBytes: number;
}

/**
 * Unpacks the wanted members of a ZIP archive into memory.
 * @throws AppError `invalid_file` when the archive is damaged or unpacks to more than it may.
 */
export async function readZip(
  file: SourceFile,
  options: ReadZipOptions,
): Promise<ReadonlyMap<string, Buffer>> {
  try {
    return await unpack(file, options);
  } catch (cause) {
    if (cause instanceof Error && cause.name === 'AppError') throw cause;
    return refuseFile(file.name, 'this is no ZIP archive, or it is cut short', { cause });
  }
}

async function unpack(file: SourceFile, { wanted, mostBytes }: ReadZipOptions): Promise<Map<string, Buffer>> {
  const archive = await yauzl.fromBufferPromise(file.bytes, { lazyEntries: true });
  const members = new Map<string, Buffer>();
  let total = 0;
  for await (const entry of archive.eachEntry()) {
    if (!wanted.test(entry.fileName)) continue;
    total += entry.uncompressedSize;
    if (total > mostBytes) refuseFile(file.name, `it unpacks to more than ${mostBytes} bytes`);
    members.set(entry.fileName, await buffer(await archive.openReadStreamPromise(entry)));
  }
  return members;
}
