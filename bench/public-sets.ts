import { stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { demoSet, type LegislatureSet } from '../src/legislatures/index.js';
import { readOpenStates } from '../src/legislatures/openstates/read-openstates.js';
import { readPopolo } from '../src/legislatures/popolo/read-popolo.js';
import { readUsCongress } from '../src/legislatures/us-congress/read-us-congress.js';
import { printFigure } from './report.js';

const FOLDER =
  process.env.REDRESS_TEST_DATA ?? fileURLToPath(new URL('../../../shared/data', import.meta.url));
const TODAY = '2026-11-24';

interface PublicSet {
  /** What an import of it reads: files, or folders of them, below the public data. */
  readonly files: readonly string[];
  read(folder: string): Promise<{ readonly set: LegislatureSet }>;
}

/** Real parliaments, by a name for the bench's lines. */
export const PUBLIC_SETS: Readonly<Record<string, PublicSet>> = {
  'us-congress': {
    files: ['legislators', 'districts/us-cd119-500k.topojson', 'zip/zccd.csv', 'contact-congress'],
    read: (folder) => readUsCongress(folder),
  },
  ireland: {
    files: ['popolo/ireland-dail.ep-popolo.json'],
    read: (folder) =>
      readPopolo({
        path: `${folder}/popolo/ireland-dail.ep-popolo.json`,
        facts: { id: 'ireland', country: 'ie' },
        today: TODAY,
      }),
  },
  vermont: {
    files: ['openstates/vt'],
    read: (folder) =>
      readOpenStates({ path: `${folder}/openstates/vt`, facts: { id: 'us-vt' }, today: TODAY }),
  },
  nebraska: {
    files: ['openstates/ne'],
    read: (folder) =>
      readOpenStates({ path: `${folder}/openstates/ne`, facts: { id: 'us-ne' }, today: TODAY }),
  },
};

/** The folder of the public data; without it says so in the place of a line. */
export async function findPublicData(line: string): Promise<string | undefined> {
  if (await isThere()) return FOLDER;
  printFigure(`${line}: left out, the public data are not in ${FOLDER}; set REDRESS_TEST_DATA`);
  return undefined;
}

/** The United States; without the public data, the demo's country. */
export async function openLargestSet(): Promise<LegislatureSet> {
  return (await isThere()) ? (await readUsCongress(FOLDER)).set : demoSet();
}

async function isThere(): Promise<boolean> {
  return (await stat(FOLDER).catch(() => undefined)) !== undefined;
}
