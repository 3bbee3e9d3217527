import { readZip } from '../../../src/legislatures/files/zip-archive.js';

export type Parts = Readonly<Record<string, Buffer>>;

/** A kind of file that can be imported, with a sound one of it. */
export interface ImportFormat {
  readonly name: string;
  /** What is changed: the files, or the members of an archive. */
  readonly parts: Parts;
  /** The files that are written, made of the parts. */
  readonly files: (parts: Parts) => Parts;
  /** `FOLDER` stands for where the files are. */
  readonly command: readonly string[];
  /** Reads so much at a time that it is tried less often. */
  readonly slow?: true;
}

export const FOLDER = 'FOLDER';

export const asIs = (parts: Parts): Parts => parts;
export const textParts = (files: Readonly<Record<string, string>>): Parts =>
  Object.fromEntries(Object.entries(files).map(([name, words]) => [name, Buffer.from(words)]));

/** The members of a ZIP archive. */
export async function membersOf(bytes: Buffer): Promise<Parts> {
  return Object.fromEntries(
    await readZip({ name: 'a.zip', bytes }, { wanted: /./, mostBytes: bytes.length * 4 }),
  );
}
