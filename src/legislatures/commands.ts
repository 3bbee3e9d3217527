import { join } from 'node:path';
import type { Command } from 'commander';
import type { Context } from '../context.js';
import { AppError } from '../errors.js';
import { demoSet } from './demo/demo-set.js';
import { findRepresentation, type PlaceQuery, parsePlace } from './find-representation.js';
import { addStreetCommands } from './geocoding/streets/commands.js';
import { addAttachments, addFileImports } from './imports/import-commands.js';
import { loadLegislatures } from './legislatures.js';
import { editCommands } from './overlay/edit-commands.js';
import { representationText } from './representation-text.js';
import { type StoreOptions, storeReadSet } from './store-read-set.js';
import { downloadUsCongress } from './us-congress/download-us-congress.js';
import { CENSUS_FILE, readUsCongress, TOPOJSON_FILE } from './us-congress/read-us-congress.js';
import { type CommandGround, versionCommands } from './version-commands.js';

type OpenContext = () => Promise<Context>;

/** Adds `legislature import|list|activate|edit|edits|unedit` and `represent`. Each opens a context and disposes it. */
export function legislatureCommands(program: Command, ground: CommandGround): void {
  const { open } = ground;
  const legislature = program
    .command('legislature')
    .description('who sits in which seat, and where its borders run');
  addImport(legislature, ground);
  addAttachments(legislature, ground);
  versionCommands(legislature, ground);
  editCommands(legislature, ground);
  addStreetCommands(legislature, open);
  addRepresent(program, open);
}

interface ImportOptions extends StoreOptions {
  readonly from?: string;
  readonly download?: boolean;
  readonly baseUrl?: string;
}

function addImport(legislature: Command, ground: CommandGround): void {
  const command = legislature
    .command('import')
    .description('store a version of a legislature and make it live');
  addFileImports(command, ground);
  command
    .command('us-congress')
    .description('the United States Congress: members, House districts, ZIP areas')
    .option('--from <folder>', 'where the files are, at any depth; with --download, where they are put')
    .option('--download', 'get the files from those who publish them')
    .option('--base-url <address>', 'a mirror to download from')
    .option('--activate-on <date>', 'YYYY-MM-DD: make it live then; else at once, or on its first day')
    .option('--dry-run', 'only show what would change')
    .action(async (options: ImportOptions) => {
      await using context = await ground.open();
      const read = await readUsCongressFrom(context, options);
      for (const note of read.notes) print(note);
      print(await storeReadSet(context, ground, { ...read, ...options }));
    });
  command
    .command('demo')
    .description('a fictional country, to try things with')
    .action(async () => {
      await using context = await ground.open();
      print(await storeReadSet(context, ground, { set: demoSet(), files: [] }));
    });
}

async function readUsCongressFrom(context: Context, options: ImportOptions) {
  const { from, download = false, baseUrl } = options;
  if (from === undefined && !download) {
    throw new AppError('invalid_input', { detail: 'Give --from FOLDER with the files, or --download.' });
  }
  const folder = from ?? join(context.config.dataDirectory, 'downloads', 'us-congress');
  if (download) await downloadUsCongress({ folder, baseUrl });
  return readUsCongress(folder, download ? [CENSUS_FILE] : [TOPOJSON_FILE, CENSUS_FILE]);
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
