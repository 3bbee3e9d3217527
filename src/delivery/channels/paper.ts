import { oneLine } from '../compose-letter.js';
import type { OfficeSnapshot } from '../office.js';
import { countryOf } from '../office-country.js';
import { type PaperFormat, paperOf } from '../paper/paper-format.js';

const MOST_LINES_WITH_CHAMBER = 4;

/** Where a letter on paper goes. */
export interface PostalWay {
  /** Name and address, one line each, as they stand in the envelope's window. */
  readonly recipient: readonly string[];
  /** The usual paper of the office's country. */
  readonly format: PaperFormat;
}

/** The way to an office by post; undefined where its address is not known. */
export function postTo(
  office: Pick<OfficeSnapshot, 'address' | 'title' | 'name' | 'chamber' | 'division'>,
): PostalWay | undefined {
  const address = addressLines(office.address ?? '');
  if (address.length === 0) return undefined;
  const name = oneLine(`${office.title} ${office.name}`);
  const chamber = address.length <= MOST_LINES_WITH_CHAMBER ? [oneLine(office.chamber.name)] : [];
  return { recipient: [name, ...chamber, ...address].filter(Boolean), format: paperOf(countryOf(office)) };
}

/** Sources separate the lines of an address by line feeds or by semicolons. */
function addressLines(address: string): string[] {
  return address
    .split(/[\n;]/)
    .map(oneLine)
    .filter((line) => line !== '');
}
