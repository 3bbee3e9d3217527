import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql } from '../src/database/index.js';
import { AppError } from '../src/errors.js';
import { ARCHIVE_BOMBS } from './support/bombs/archive-bombs.js';
import { COUNCIL_DISTRICTS, ESCAPED, type ImportBomb } from './support/bombs/bomb.js';
import { CSV_BOMBS } from './support/bombs/csv-bombs.js';
import { MAP_BOMBS } from './support/bombs/map-bombs.js';
import { POPOLO_BOMBS } from './support/bombs/popolo-bombs.js';
import { SHAPEFILE_BOMBS } from './support/bombs/shapefile-bombs.js';
import { YAML_BOMBS } from './support/bombs/yaml-bombs.js';
import { type LegislatureTerminal, openLegislatureTerminal } from './support/legislature-terminal.js';
import { Program } from './support/program.js';
import { temporaryFolder } from './support/temporary-file.js';
import { tinyFolder } from './support/tiny-congress.js';
import { figure, TRIAL } from './support/trial.js';

const MEASURE = join(import.meta.dirname, 'support', 'measure-memory.mjs');
const REFUSED_WITHIN_MS = 10_000;
/** What is sound is stored as well. */
const IMPORTED_WITHIN_MS = 30_000;
const MOST_MEGABYTES = 512;
const TEST_LIMIT_MS = 60_000;
const BOMBS: readonly ImportBomb[] = [
  ...POPOLO_BOMBS,
  ...CSV_BOMBS,
  ...MAP_BOMBS,
  ...SHAPEFILE_BOMBS,
  ...ARCHIVE_BOMBS,
  ...YAML_BOMBS,
];

let terminal: LegislatureTerminal;
let program: Program;
let live: string;
let versions: readonly string[];

beforeAll(async () => {
  terminal = await openLegislatureTerminal();
  const { config, databaseUrl } = terminal.opened.context;
  program = await Program.make({
    home: dirname(config.dataDirectory),
    variables: { DATABASE_URL: databaseUrl, NODE_OPTIONS: `--import=${MEASURE}` },
  });
  await terminal.run('legislature', 'import', 'us-congress', '--from', await tinyFolder());
  const council = join(temporaryFolder('council'), 'council.csv');
  const lines = Array.from({ length: COUNCIL_DISTRICTS }, (_, at) => `A,${at},d${at}\n`);
  writeFileSync(council, `name,id,district\n${lines.join('')}`);
  await terminal.run('legislature', 'import', 'csv', '--from', council);
  live = await readLive();
  const sets = JSON.parse(await terminal.run('legislature', 'list', '--json'));
  versions = sets.map(({ version }: { version: string }) => version);
});
afterAll(() => terminal?.[Symbol.asyncDispose]());

/** All that an import may change, as the terminal tells it. */
async function readLive(): Promise<string> {
  const sets = await terminal.run('legislature', 'list', '--json');
  return sets + (await terminal.run('legislature', 'streets', 'list', '--json'));
}

/** What was sound is taken away again, so that the next bomb meets the same sets. */
async function forgetImports(): Promise<void> {
  const { db } = terminal.opened.context;
  await sql`delete from legislature_activation where not version = any(${versions})`.execute(db);
  await sql`delete from legislature_set where not version = any(${versions})`.execute(db);
  await sql`delete from street_county`.execute(db);
}

/** The bomb lies two folders deep, so that what climbs out is seen. */
async function layBomb({
  kind,
  file,
  bytes,
  beside = {},
}: ImportBomb): Promise<{ around: string; folder: string }> {
  const around = kind === 'us-congress' ? await tinyFolder() : temporaryFolder('bomb');
  const folder = kind === 'us-congress' ? around : join(around, 'a', 'b');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, file), bytes());
  for (const [name, text] of Object.entries(beside)) writeFileSync(join(folder, name), text);
  return { around, folder };
}

function argsOf({ kind, file }: ImportBomb, folder: string): string[] {
  const from = ['--from', join(folder, file)];
  if (kind === 'us-congress') return ['legislature', 'import', kind, '--from', folder];
  if (kind === 'streets') return ['legislature', 'streets', 'import', ...from];
  if (kind === 'boundaries' || kind === 'postcodes')
    return ['legislature', kind, '--set', 'council', ...from];
  return ['legislature', 'import', kind, '--id', 'council', ...from];
}

/** Every file around the bomb and around the program, but for the program's data. */
function filesIn(around: string): string[] {
  const list = (root: string): string[] =>
    readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((name) => !/^data(?:\/|$)/.test(name))
      .map((name) => `${name} ${statSync(join(root, name)).size}`);
  return [...list(around), ...list(program.home)];
}

interface Ended {
  /** Of the program: 0, or 1 with one clear sentence. */
  readonly code: number | null;
  readonly error: string;
}

/** Sets a bomb off, and looks at everything that may have been hurt. */
async function goOff(bomb: ImportBomb, run: (args: readonly string[]) => Promise<Ended>): Promise<void> {
  const { around, folder } = await layBomb(bomb);
  const before = filesIn(around);
  const { code, error } = await run(argsOf(bomb, folder));
  expect(filesIn(around)).toEqual(before);
  expect(existsSync(ESCAPED)).toBe(false);
  rmSync(around, { recursive: true });
  if (bomb.sound) await forgetImports();
  else expect(error.startsWith(basename(bomb.file)) || error.startsWith('vt/'), error).toBe(true);
  expect(error).not.toMatch(/\n {4}at /);
  expect(await readLive()).toBe(live);
  expect(code, error).toBe(bomb.sound ? 0 : 1);
}

async function runHere(args: readonly string[]): Promise<Ended> {
  return terminal.run(...args).then(
    () => ({ code: 0, error: '' }),
    (error: Error) => ({ code: 1, error: error instanceof AppError ? error.message : (error.stack ?? '') }),
  );
}

const chosen = TRIAL ? BOMBS : BOMBS.filter(({ everyDay }) => everyDay);
test.each(chosen)('in a process of its own: $kind, $name', { timeout: TEST_LIMIT_MS }, async (bomb) => {
  await goOff(bomb, async (args) => {
    const start = performance.now();
    const ended = await program.run(...args);
    const ms = Math.round(performance.now() - start);
    const peak = /\{"peakKilobytes":(\d+)\}/.exec(ended.error)?.[1] ?? 'Infinity';
    const megabytes = Math.round(Number(peak) / 1024);
    figure(`${bomb.kind}, ${bomb.name}`, { ms, MB: megabytes, exit: String(ended.code) });
    expect(ms).toBeLessThan(bomb.sound ? IMPORTED_WITHIN_MS : REFUSED_WITHIN_MS);
    expect(megabytes).toBeLessThan(MOST_MEGABYTES);
    return ended;
  });
});

test.each(BOMBS.filter(({ light }) => light))('$kind, $name', (bomb) => goOff(bomb, runHere));
