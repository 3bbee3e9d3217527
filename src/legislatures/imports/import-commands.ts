import type { Command } from 'commander';
import type { Context } from '../../context.js';
import { AppError } from '../../errors.js';
import { attachBoundaries } from '../attach/attach-boundaries.js';
import { attachPostcodes } from '../attach/attach-postcodes.js';
import type { LegislatureSet } from '../model.js';
import { readOpenStates } from '../openstates/read-openstates.js';
import { readPartialDate } from '../partial-date.js';
import { readPeopleCsv } from '../people-csv/read-people-csv.js';
import { readPopolo } from '../popolo/read-popolo.js';
import { type StoreOptions, storeReadSet } from '../store-read-set.js';
import type { CommandGround } from '../version-commands.js';
import { carryOver } from './carry-over.js';
import { readNewestSet } from './newest-set.js';
import type { ReadSet, StatedFacts } from './read-set.js';

const DAY_LENGTH = 'YYYY-MM-DD'.length;

interface FileOptions extends StatedFacts, StoreOptions {
  readonly from: string;
}

/** What every import from files takes. */
function withFileOptions(command: Command): Command {
  return withSourceOptions(command)
    .option('--id <id>', 'what the legislature is called here; else made of the name of the file')
    .option('--name <name>', 'its name for readers')
    .option('--country <code>', 'ISO 3166-1, such as ie')
    .option('--valid-from <date>', 'YYYY-MM-DD: its first day')
    .option('--valid-until <date>', 'YYYY-MM-DD: its last day');
}

function withSourceOptions(command: Command): Command {
  return command
    .requiredOption('--from <path>', 'the file')
    .option('--source <address>', 'where the file is published')
    .option('--licence <words>', 'under which licence')
    .option('--retrieved <date>', 'YYYY-MM-DD: when it was fetched')
    .option('--activate-on <date>', 'YYYY-MM-DD: make it live then; else at once, or on its first day')
    .option('--dry-run', 'only show what would change');
}

/** Adds `import popolo|openstates|csv`. */
export function addFileImports(importing: Command, ground: CommandGround): void {
  withFileOptions(importing.command('popolo').description('a parliament from a Popolo JSON file'))
    .option('--term <id>', 'a legislative period, by id or name; else the newest')
    .option('--title <title>', 'how a letter addresses its members, such as Deputy')
    .action(async ({ from, term, title, ...options }: FileOptions & { term?: string; title?: string }) => {
      await store(ground, options, (context) =>
        readPopolo({ path: from, facts: checkFacts(options), term, title, today: today(context) }),
      );
    });
  withFileOptions(
    importing
      .command('openstates')
      .description('a state legislature: a folder, .tar.gz or .zip of YAML files'),
  )
    .option('--state <code>', 'such as vt, where the files are of several')
    .action(async ({ from, state, ...options }: FileOptions & { state?: string }) => {
      await store(ground, options, (context) =>
        readOpenStates({ path: from, facts: checkFacts(options), state, today: today(context) }),
      );
    });
  withFileOptions(importing.command('csv').description('a council, a board, a company, a list of people'))
    .option('--within <division>', 'Open Civic Data id of the place around the districts')
    .action(async ({ from, within, ...options }: FileOptions & { within?: string }) => {
      await store(ground, options, () => readPeopleCsv({ path: from, facts: checkFacts(options), within }));
    });
}

interface AttachOptions extends FileOptions {
  readonly set: string;
  readonly match?: string;
  readonly chamber?: string;
}

/** Adds `legislature boundaries` and `legislature postcodes`. */
export function addAttachments(legislature: Command, ground: CommandGround): void {
  withSourceOptions(
    legislature
      .command('boundaries')
      .description('give the divisions of a set their lines, from GeoJSON, TopoJSON or a zipped shapefile'),
  )
    .requiredOption('--set <id>', 'as `legislature list` tells it')
    .option('--match <property>', 'the property of an area that has the id, code or name of its division')
    .option('--chamber <id>', 'only the divisions of this chamber')
    .action(async ({ set: id, from, match, chamber, ...options }: AttachOptions) => {
      await store(ground, options, async (context) => {
        const set = await requireSet(context, id);
        return attachBoundaries(set, { path: from, facts: checkFacts(options), property: match, chamber });
      });
    });
  withSourceOptions(
    legislature
      .command('postcodes')
      .description('give a set its postcodes, from a CSV file: postcode, division'),
  )
    .requiredOption('--set <id>', 'as `legislature list` tells it')
    .option('--chamber <id>', 'only the divisions of this chamber')
    .action(async ({ set: id, from, chamber, ...options }: AttachOptions) => {
      await store(ground, options, async (context) => {
        const set = await requireSet(context, id);
        return attachPostcodes(set, { path: from, facts: checkFacts(options), chamber });
      });
    });
}

async function store(
  ground: CommandGround,
  options: StoreOptions,
  read: (context: Context) => Promise<ReadSet>,
): Promise<void> {
  await using context = await ground.open();
  const { set, files, notes } = await read(context);
  const whole = carryOver(await readNewestSet(context, set.id), set);
  const told = await storeReadSet(context, ground, { set: whole, files, ...options });
  process.stdout.write(`${[...notes, told].join('\n')}\n`);
}

async function requireSet(context: Context, id: string): Promise<LegislatureSet> {
  const set = await readNewestSet(context, id);
  if (set !== undefined) return set;
  throw new AppError('not_found', {
    detail: `There is no legislature "${id}" here. Import its people first.`,
  });
}

function today(context: Context): string {
  return context.clock.now().toISOString().slice(0, DAY_LENGTH);
}

/** @throws AppError `invalid_input` */
function checkFacts(facts: StatedFacts): StatedFacts {
  for (const [name, value] of Object.entries({
    '--valid-from': facts.validFrom,
    '--valid-until': facts.validUntil,
    '--retrieved': facts.retrieved,
  }))
    if (value !== undefined && (value.length !== DAY_LENGTH || readPartialDate(value) === undefined))
      refuse(`${name} is a day, such as 2026-11-24; "${value}" is none.`);
  if (facts.country !== undefined && !/^[a-z]{2}$/.test(facts.country))
    refuse(`--country is a code of two lower-case letters; "${facts.country}" is none.`);
  if (facts.source !== undefined && !/^https?:/.test(facts.source)) refuse('--source is a web address.');
  return facts;
}

function refuse(detail: string): never {
  throw new AppError('invalid_input', { detail });
}
