import { Presets, SingleBar } from 'cli-progress';
import type { Command } from 'commander';
import type { Context } from '../../../context.js';
import { AppError } from '../../../errors.js';
import { readSourceFile } from '../../files/source-file.js';
import { columns } from '../../representation-text.js';
import { type AddressFeatures, openAddressFeatures } from './read-address-features.js';
import { importCounty, listCounties, removeCounty } from './street-store.js';

const BY_OPERATOR = 'terminal';
const MOST_BYTES = 128 * 1024 * 1024;
const COUNTY = /^\d{5}$/;

type OpenContext = () => Promise<Context>;

/** Adds `legislature streets import|list|remove`: street addresses that are looked up on this machine. */
export function addStreetCommands(legislature: Command, open: OpenContext): void {
  const streets = legislature
    .command('streets')
    .description('street addresses of the United States, to look up without asking anybody');
  addImport(streets, open);
  addList(streets, open);
  addRemove(streets, open);
}

interface ImportOptions {
  readonly from: string;
  readonly county?: string;
  readonly dryRun?: boolean;
}

function addImport(streets: Command, open: OpenContext): void {
  streets
    .command('import')
    .description('store the address ranges of one county, in the place of those that are there')
    .requiredOption('--from <file>', 'a Census file: tl_YEAR_COUNTY_addrfeat.zip')
    .option('--county <name>', 'what people call the county, for the list')
    .option('--dry-run', 'read the file, and say what it would change')
    .action(async ({ from, county, dryRun }: ImportOptions) => {
      const file = await readSourceFile(from, MOST_BYTES);
      const features = await openAddressFeatures(file);
      const name = county ?? features.county;
      const bar = openBar(features.lines);
      try {
        await using context = await open();
        const report = dryRun
          ? await compare(context, features, bar.onLine)
          : importSentence(
              features,
              await importCounty(context, { file, features, name, by: BY_OPERATOR, onLine: bar.onLine }),
            );
        bar.stop();
        print(report);
      } finally {
        bar.stop();
      }
    });
}

function importSentence(
  { county, edition, unread }: AddressFeatures,
  { changed, ranges }: { readonly changed: boolean; readonly ranges: number },
): string {
  if (!changed) return `County ${county}: this file was there already. Nothing changed.`;
  return `County ${county} (${edition}): ${ranges} ranges of house numbers stored. ${unreadSentence(unread.count)}`;
}

function unreadSentence(count: number): string {
  return count === 0 ? 'All could be read.' : `${count} more could not be read and were left out.`;
}

/** Reads the whole file, so that what is wrong with it shows, and stores nothing. */
async function compare(context: Context, features: AddressFeatures, onLine: () => void): Promise<string> {
  const found = { ranges: 0, streets: new Set<string>(), postcodes: new Set<string>() };
  for await (const sides of features.sides()) {
    onLine();
    for (const { postcode, street } of sides) {
      found.ranges += 1;
      found.postcodes.add(postcode);
      found.streets.add(`${postcode} ${street}`);
    }
  }
  const stored = (await listCounties(context)).find(({ county }) => county === features.county);
  const rows = [
    ['', 'now', 'then'],
    ['edition', stored?.edition ?? 'none', features.edition],
    ['ranges of house numbers', String(stored?.ranges ?? 0), String(found.ranges)],
    ['streets', '', String(found.streets.size)],
    ['postcodes', '', String(found.postcodes.size)],
  ];
  return `${columns(rows).join('\n')}\n${unreadSentence(features.unread.count)} Nothing was stored.`;
}

function openBar(lines: number): { readonly onLine: () => void; readonly stop: () => void } {
  if (!process.stderr.isTTY) return { onLine: () => undefined, stop: () => undefined };
  const bar = new SingleBar(
    {
      format: 'streets |{bar}| {percentage} %  {value} of {total} lines',
      stream: process.stderr,
      hideCursor: true,
    },
    Presets.shades_classic,
  );
  bar.start(lines, 0);
  return { onLine: () => bar.increment(), stop: () => bar.stop() };
}

function addList(streets: Command, open: OpenContext): void {
  streets
    .command('list')
    .description('the counties whose addresses are stored')
    .option('--json', 'as JSON')
    .action(async ({ json }: { json?: boolean }) => {
      await using context = await open();
      const counties = await listCounties(context);
      if (json) return print(JSON.stringify(counties, undefined, 2));
      const rows = counties.map(({ county, name, edition, ranges, file }) => [
        county,
        name,
        edition,
        `${ranges} ranges`,
        file,
      ]);
      print(columns(rows).join('\n') || 'No street addresses are stored yet.');
    });
}

function addRemove(streets: Command, open: OpenContext): void {
  streets
    .command('remove')
    .description('forget the addresses of a county')
    .argument('<county>', 'its number, as `streets list` tells it')
    .action(async (county: string) => {
      await using context = await open();
      if (!COUNTY.test(county) || !(await removeCounty(context, county)))
        throw new AppError('not_found', { detail: `No addresses of a county ${county} are stored.` });
      print(`The addresses of county ${county} are gone.`);
    });
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
