import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { attachBoundaries } from '../src/legislatures/attach/attach-boundaries.js';
import { demoSet } from '../src/legislatures/index.js';
import { readOpenStates } from '../src/legislatures/openstates/read-openstates.js';
import { readPeopleCsv } from '../src/legislatures/people-csv/read-people-csv.js';
import { readPopolo } from '../src/legislatures/popolo/read-popolo.js';
import { zip } from './support/shapefile-writer.js';
import { tarGz } from './support/tar-writer.js';
import { temporaryFile } from './support/temporary-file.js';
import { figure, sized } from './support/trial.js';

const TODAY = '2026-11-24';
const REFUSED_WITHIN_MS = 10_000;
const MOST_BYTES = 512 * 1024 * 1024;
const CHILD = join(import.meta.dirname, 'support', 'read-import.mjs');
const NODE = join(import.meta.dirname, '..', 'node_modules', '.bin', 'node');
const DEPTH = 100_000;
const ROWS = 1_000_000;
const RUNS = sized(60, 3000);

const READERS: Readonly<Record<string, (path: string) => Promise<unknown>>> = {
  popolo: (path) => readPopolo({ path, facts: { id: 'x' }, today: TODAY }),
  openstates: (path) => readOpenStates({ path, facts: {}, today: TODAY }),
  csv: (path) => readPeopleCsv({ path, facts: { id: 'x' } }),
  boundaries: (path) => attachBoundaries(demoSet(), { path, facts: {} }),
};
const person = (more: string) =>
  `id: ocd-person/24194dba-4d25-4b8c-be33-8ff50fcd8a8f\nname: A\nroles:\n- type: lower\n  district: 1\n  jurisdiction: ocd-jurisdiction/country:us/state:vt/government\n${more}`;
const nested = (open: string, close: string) => open.repeat(DEPTH) + close.repeat(DEPTH);
const aliases = 'a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n';

const bombs: readonly [name: string, reader: string, file: string, bytes: () => Buffer | string][] = [
  ['depth in JSON', 'popolo', 'a.json', () => `{"persons":${nested('[', ']')}}`],
  ['depth in GeoJSON', 'boundaries', 'a.geojson', () => nested('{"a":', '}')],
  [
    '10^6 people',
    'popolo',
    'a.json',
    () => `{"persons":[${'{"id":"a","name":"b"},'.repeat(ROWS)}{"id":"a"}]}`,
  ],
  [
    '10^6 lines',
    'csv',
    'a.csv',
    () => `name,id\n${Array.from({ length: ROWS }, (_, at) => `a,${at}`).join('\n')}\n`,
  ],
  ['XML entities', 'popolo', 'a.json', () => '<!DOCTYPE a [<!ENTITY b "&c;&c;"><!ENTITY c "x">]><a>&b;</a>'],
  ['YAML aliases', 'openstates', 'a.tar.gz', () => tarGz({ 'vt/a.yml': person(aliases) })],
  [
    'depth in YAML',
    'openstates',
    'a.tar.gz',
    () => tarGz({ 'vt/a.yml': person(`x: ${nested('[', ']')}\n`) }),
  ],
  ['keys in keys', 'openstates', 'a.tar.gz', () => tarGz({ 'vt/a.yml': `${'? '.repeat(DEPTH)}x\n` })],
  ['a gzip bomb', 'openstates', 'a.tar.gz', () => gzipSync(Buffer.alloc(200 * 1024 * 1024))],
  ['a way out of a tar archive', 'openstates', 'a.tar.gz', () => tarGz({ '../../etc/a.yml': person('') })],
  ['an absolute path in a tar archive', 'openstates', 'a.tar.gz', () => tarGz({ '/etc/a.yml': person('') })],
  ['a way out of a ZIP archive', 'openstates', 'a.zip', () => zip({ '../a.yml': Buffer.from(person('')) })],
  ['a quote without an end', 'csv', 'a.csv', () => `name\n"${'x'.repeat(5_000_000)}\n`],
];

const run = promisify(execFile);

test.each(bombs)('%s: refused within seconds, in little memory', async (name, ...[reader, file, bytes]) => {
  const path = temporaryFile(file, bytes());
  const start = performance.now();
  const { stdout } = await run(NODE, [CHILD, reader, path], { timeout: REFUSED_WITHIN_MS });
  const { code, peakKilobytes } = JSON.parse(stdout);
  figure(name, { ms: Math.round(performance.now() - start), MB: Math.round(peakKilobytes / 1024) });
  expect(code).toBe('invalid_file');
  expect(peakKilobytes * 1024).toBeLessThan(MOST_BYTES);
});

const popolo = JSON.stringify({
  persons: [{ id: 'p', name: 'A' }],
  organizations: [{ id: 'o', classification: 'legislature' }],
  memberships: [{ person_id: 'p', organization_id: 'o', start_date: '2020' }],
});
const sound: readonly [reader: string, file: string, text: string][] = [
  ['popolo', 'a.json', popolo],
  ['csv', 'a.csv', 'name,district,email\nA,North,a@b.example\nB,South,\n'],
];

describe.each(sound)('a %s file', (reader, file, text) => {
  const outcome = async (bytes: Buffer | string): Promise<string> => {
    const read = READERS[reader]?.(temporaryFile(file, bytes)) ?? Promise.resolve();
    return read.then(
      () => 'read',
      (error: { code?: string }) => error.code ?? `threw ${String(error)}`,
    );
  };

  test('is sound as it is', async () => expect(await outcome(text)).toBe('read'));

  test('cut anywhere is refused', async () => {
    for (let end = 0; end < text.length; end += 1) {
      const cut = text.slice(0, end);
      if (!cut.endsWith('\n')) expect(await outcome(cut), `cut at ${end}`).toBe('invalid_file');
    }
  });

  test('changed in any way is read or refused, and never anything else', async () => {
    const change = fc.tuple(
      fc.nat(text.length),
      fc.nat(20),
      fc.oneof(fc.string(), fc.constantFrom('null', '[]', '{}', '1e999', '"')),
    );
    await fc.assert(
      fc.asyncProperty(change, async ([at, length, words]) => {
        const changed = text.slice(0, at) + words + text.slice(at + length);
        expect(['read', 'invalid_file']).toContain(await outcome(changed));
        expect(['read', 'invalid_file']).toContain(await outcome(text + changed));
      }),
      { numRuns: RUNS },
    );
  });
});
