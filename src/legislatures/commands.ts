import { join } from 'node:path';
import { type Command, Option } from 'commander';
import type { Context } from '../context.js';
import { AppError } from '../errors.js';
import { demoSet } from './demo/demo-set.js';
import { findRepresentation, type PlaceQuery, parsePlace } from './find-representation.js';
import { loadLegislatures } from './legislatures.js';
import { columns, representationText } from './representation-text.js';
import {
  activateVersion,
  type ImportOutcome,
  importSet,
  listVersions,
  type StoredVersion,
} from './set-store.js';
import { downloadUsCongress } from './us-congress/download-us-congress.js';
import { CENSUS_FILE, readUsCongress, TOPOJSON_FILE } from './us-congress/read-us-congress.js';

const BY_OPERATOR = 'terminal';

type OpenContext = () => Promise<Context>;

/** Adds `legislature import|list|activate` and `represent`. Each opens a context and disposes it. */
export function legislatureCommands(program: Command, open: OpenContext): void {
  const legislature = program
    .command('legislature')
    .description('who sits in which seat, and where its borders run');
  addImport(legislature, open);
  addList(legislature, open);
  addActivate(legislature, open);
  addRepresent(program, open);
}

interface ImportOptions {
  readonly from?: string;
  readonly download?: boolean;
  readonly baseUrl?: string;
}

function addImport(legislature: Command, open: OpenContext): void {
  const command = legislature
    .command('import')
    .description('store a version of a legislature and make it live');
  command
    .command('us-congress')
    .description('the United States Congress: members, House districts, ZIP areas')
    .option('--from <folder>', 'where the files are, at any depth; with --download, where they are put')
    .option('--download', 'get the files from those who publish them')
    .option('--base-url <address>', 'a mirror to download from')
    .action(async (options: ImportOptions) => {
      await using context = await open();
      print(importSentence(await importUsCongress(context, options)));
    });
  command
    .command('demo')
    .description('a fictional country, to try things with')
    .action(async () => {
      await using context = await open();
      print(
        importSentence(
          await importSet(context, { set: demoSet(), files: [], by: BY_OPERATOR, reason: 'imported' }),
        ),
      );
    });
}

async function importUsCongress(context: Context, options: ImportOptions): Promise<ImportOutcome> {
  const { from, download = false, baseUrl } = options;
  if (from === undefined && !download) {
    throw new AppError('invalid_input', { detail: 'Give --from FOLDER with the files, or --download.' });
  }
  const folder = from ?? join(context.config.dataDirectory, 'downloads', 'us-congress');
  if (download) await downloadUsCongress({ folder, baseUrl });
  const { set, files } = await readUsCongress(
    folder,
    download ? [CENSUS_FILE] : [TOPOJSON_FILE, CENSUS_FILE],
  );
  return importSet(context, { set, files, by: BY_OPERATOR, reason: 'imported' });
}

function importSentence({
  id,
  version,
  added,
  activated,
  officeholders,
  vacantSeats,
}: ImportOutcome): string {
  if (!added && !activated) return `${id} ${version} was there already. Nothing changed.`;
  const what = added ? 'imported' : 'was there already';
  return `${id} ${version}: ${what}, ${officeholders} officeholders, ${vacantSeats} vacant seats. It is live now.`;
}

function addList(legislature: Command, open: OpenContext): void {
  legislature
    .command('list')
    .description('every stored version, and which is live')
    .option('--json', 'as JSON')
    .action(async ({ json }: { json?: boolean }) => {
      await using context = await open();
      const versions = await listVersions(context);
      const today = context.clock.now().toISOString().slice(0, 'YYYY-MM-DD'.length);
      const table = columns(versions.map((version) => listRow(version, today))).join('\n');
      if (json) print(JSON.stringify(versions, undefined, 2));
      else print(table || 'No legislature is stored yet.');
    });
}

function listRow({ id, version, live, name, validFrom, validUntil }: StoredVersion, today: string): string[] {
  const age = validUntil < today ? 'past its date' : '';
  return [live === null ? '' : 'live', id, version, name, `${validFrom} to ${validUntil}`, age];
}

function addActivate(legislature: Command, open: OpenContext): void {
  legislature
    .command('activate')
    .description('make a stored version live again')
    .argument('<set>', 'such as us-congress')
    .argument('<version>', 'as `legislature list` tells it')
    .addOption(new Option('--reason <text>', 'why; kept with the change').makeOptionMandatory())
    .action(async (setId: string, version: string, { reason }: { reason: string }) => {
      await using context = await open();
      const changed = await activateVersion(context, { setId, version, by: BY_OPERATOR, reason });
      print(changed ? `${setId} ${version} is live now.` : `${setId} ${version} was live already.`);
    });
}

interface RepresentOptions extends PlaceQuery {
  readonly country?: string;
  readonly json?: boolean;
}

function addRepresent(program: Command, open: OpenContext): void {
  program
    .command('represent')
    .description('who represents a place')
    .option('--postcode <postcode>')
    .option('--at <latitude,longitude>', 'in degrees')
    .option('--division <id>', 'Open Civic Data division id')
    .option('--country <code>', 'such as us; needed only where two legislatures know the place')
    .option('--json', 'as JSON')
    .action(async ({ country, json, ...query }: RepresentOptions) => {
      const place = parsePlace(query);
      await using context = await open();
      await using legislatures = await loadLegislatures(context);
      const answer = findRepresentation(legislatures, { place, country, now: context.clock.now() });
      const snapshot = legislatures.current(answer.dataset.id);
      print(
        json || snapshot === undefined
          ? JSON.stringify(answer)
          : representationText(answer, snapshot).trimEnd(),
      );
    });
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
