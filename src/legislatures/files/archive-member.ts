import { refuseFile, type SourceFile } from './source-file.js';

const MOST_MEMBERS = 20_000;
/** With those that nobody wants. */
const MOST_ENTRIES = 200_000;
const LONGEST_NAME = 1024;
const LEADS_OUT = /^[/\\]|^[a-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)|\p{Cc}/iu;

export interface ArchiveOptions {
  /** Of the names inside. */
  readonly wanted: RegExp;
  /** Of all of it, unpacked. */
  readonly mostBytes: number;
}

/** The wanted members of one archive, as they are found. */
export class ArchiveMembers {
  readonly found = new Map<string, Buffer>();
  readonly #archive: SourceFile;
  readonly #wanted: RegExp;
  #entries = 0;

  constructor(archive: SourceFile, { wanted }: ArchiveOptions) {
    this.#archive = archive;
    this.#wanted = wanted;
  }

  /**
   * Says whether an entry is wanted. Refuses a name that leads out of the archive: nothing is ever written under it,
   * but whoever made such an archive meant harm.
   * @throws AppError `invalid_file`
   */
  wants(name: string): boolean {
    const shown = JSON.stringify(name.slice(0, 80));
    const { name: file } = this.#archive;
    this.#entries += 1;
    if (this.#entries > MOST_ENTRIES) refuseFile(file, `it has more than ${MOST_ENTRIES} entries`);
    if (name.length > LONGEST_NAME) refuseFile(file, `it has a member with too long a name: ${shown}`);
    if (LEADS_OUT.test(name)) refuseFile(file, `it has a member that leads out of it: ${shown}`);
    if (!this.#wanted.test(name)) return false;
    if (this.found.has(name)) refuseFile(file, `it has two members of the name ${shown}`);
    if (this.found.size >= MOST_MEMBERS) refuseFile(file, `it has more than ${MOST_MEMBERS} members`);
    return true;
  }
}
