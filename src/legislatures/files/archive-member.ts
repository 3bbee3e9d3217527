import { refuseFile, type SourceFile } from './source-file.js';

const MOST_MEMBERS = 20_000;

export interface ArchiveOptions {
  /** Of the names inside. */
  readonly wanted: RegExp;
  /** Of all of it, unpacked. */
  readonly mostBytes: number;
}

/**
 * Refuses a name that leads out of the archive. Nothing is ever written under it, but whoever made such an archive
 * meant harm.
 * @throws AppError `invalid_file`
 */
export function checkMember(archive: SourceFile, name: string, membersBefore: number): void {
  if (/^[/\\]|^[a-z]:|\0/i.test(name) || name.split(/[/\\]/).includes('..'))
    refuseFile(archive.name, `it has a member that leads out of it: ${JSON.stringify(name.slice(0, 80))}`);
  if (membersBefore >= MOST_MEMBERS) refuseFile(archive.name, `it has more than ${MOST_MEMBERS} members`);
}
