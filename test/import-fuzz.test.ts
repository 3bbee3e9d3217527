import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from '../src/database/index.js';
import { AppError } from '../src/errors.js';
import { FOLDER, type ImportFormat, type Parts } from './support/fuzz/import-format.js';
import { importFormats } from './support/fuzz/import-formats.js';
import { applyChanges, changes } from './support/fuzz/mutate-bytes.js';
import { type LegislatureTerminal, openLegislatureTerminal } from './support/legislature-terminal.js';
import { forgetPeak, peakKilobytes } from './support/peak-memory.mjs';
import { temporaryFolder } from './support/temporary-file.js';
import { figure, sized } from './support/trial.js';

const SEEDS = [1, 20_261_124, 777_777_777];
const RUNS = sized(8, 400);
const SLOW_RUNS = sized(2, 60);
const WITHIN_MS = 5000;
/** On top of what the tests take themselves. */
const MOST_MEGABYTES = 256;
const TEST_LIMIT_MS = 600_000;

const formats = await importFormats();
let terminal: LegislatureTerminal;
/** Three folders deep, so that a path that climbs out of the files is seen. */
const sandbox = temporaryFolder('fuzz');
const folder = join(sandbox, 'a', 'b', 'c');
let live: string;
let newest: string;

beforeAll(async () => {
  terminal = await openLegislatureTerminal();
  for (const format of formats) {
    write(format.files(format.parts));
    await run(format);
  }
  live = await readLive();
  const { db } = terminal.opened.context;
  const { rows } = await sql<{ newest: string }>`
    select max(activation_id)::text as newest from legislature_activation`.execute(db);
  newest = rows[0]?.newest ?? '';
}, TEST_LIMIT_MS);
afterAll(() => terminal?.[Symbol.asyncDispose]());

const run = ({ command }: ImportFormat) =>
  terminal.run(...command.map((word) => word.replace(FOLDER, folder)));

function write(files: Parts): void {
  rmSync(join(sandbox, 'a'), { recursive: true, force: true });
  for (const [name, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
}

/** All that an import may change, as the terminal tells it. */
async function readLive(): Promise<string> {
  const sets = await terminal.run('legislature', 'list', '--json');
  return sets + (await terminal.run('legislature', 'streets', 'list', '--json'));
}

/** What was still sound is taken away again, so that the next file meets the same sets. */
async function forgetImports(format: ImportFormat): Promise<void> {
  const { db } = terminal.opened.context;
  await sql`delete from legislature_activation where activation_id > ${newest}`.execute(db);
  await sql`
    delete from legislature_set as stored where not exists (
      select from legislature_activation as activation
      where activation.set_id = stored.set_id and activation.version = stored.version)`.execute(db);
  if (!format.command.includes('streets')) return;
  await sql`delete from street_county`.execute(db);
  write(format.files(format.parts));
  await run(format);
}

/** The files around, and those of the data folder: an import writes into the database alone. */
function filesAround(): string[] {
  const roots = [sandbox, dirname(terminal.opened.context.config.dataDirectory)];
  return roots.flatMap((root) =>
    readdirSync(root, { recursive: true, encoding: 'utf8' }).map(
      (name) => `${name} ${statSync(join(root, name)).size}`,
    ),
  );
}

interface Tally {
  imported: number;
  refused: number;
  /** Milliseconds. */
  slowest: number;
  /** By how many megabytes one of them made this process grow. */
  most: number;
}

/** Imports files, and says what was wrong with how that ended. */
async function tryImport(format: ImportFormat, files: Parts, tally: Tally): Promise<void> {
  write(files);
  const before = filesAround();
  forgetPeak();
  const grownFrom = peakKilobytes();
  const start = performance.now();
  const error: unknown = await run(format).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  const ms = performance.now() - start;
  tally.slowest = Math.max(tally.slowest, ms);
  tally.most = Math.max(tally.most, (peakKilobytes() - grownFrom) / 1024);
  expect(ms).toBeLessThan(WITHIN_MS);
  expect(filesAround()).toEqual(before);
  if (error === undefined) {
    tally.imported += 1;
    await forgetImports(format);
  } else {
    tally.refused += 1;
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ code: 'invalid_file', message: expect.stringMatching(/\S: .+\.$/) });
    const names = [...Object.keys(files), ...Object.keys(format.parts)].map((name) => basename(name));
    const { message } = error as AppError;
    expect(names.some((name) => message.includes(name)) || message.includes(basename(folder)), message).toBe(
      true,
    );
  }
  expect(await readLive()).toBe(live);
}

describe.each(formats)('$name', (format) => {
  const names = Object.keys(format.parts);
  const mutant = fc.record({ part: fc.nat(names.length - 1), packed: fc.boolean(), list: changes });

  test('changed in any way: imported where it is sound, else refused, and nothing else happens', {
    timeout: TEST_LIMIT_MS,
  }, async () => {
    const tally: Tally = { imported: 0, refused: 0, slowest: 0, most: 0 };
    for (const seed of SEEDS) {
      const property = fc.asyncProperty(mutant, async ({ part, packed, list }) => {
        const name = names[part] ?? '';
        const whole = format.files(format.parts);
        const archive = Object.keys(whole).find(
          (file) => /\.(?:zip|gz)$/.test(file) && !names.includes(file),
        );
        const change = (parts: Parts, one: string): Parts => ({
          ...parts,
          [one]: applyChanges(parts[one] ?? Buffer.alloc(0), list),
        });
        const files =
          packed && archive !== undefined ? change(whole, archive) : format.files(change(format.parts, name));
        await tryImport(format, files, tally);
      });
      await fc.assert(property, { numRuns: format.slow ? SLOW_RUNS : RUNS, seed });
    }
    const { imported, refused, slowest, most } = tally;
    const figures = { refused, imported, 'slowest ms': Math.round(slowest), 'most MB': Math.round(most) };
    figure(format.name, { files: imported + refused, ...figures });
    expect(most).toBeLessThan(MOST_MEGABYTES);
  });
});
