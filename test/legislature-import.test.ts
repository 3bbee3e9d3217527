import { truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pino from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { type Listener, openListener } from '../src/database/index.js';
import { activateVersion } from '../src/legislatures/activations.js';
import { buildSnapshot, demoSet, importSet, openLegislatures, represent } from '../src/legislatures/index.js';
import { loadLegislatures } from '../src/legislatures/legislatures.js';
import { listVersions } from '../src/legislatures/list-versions.js';
import { readUsCongress } from '../src/legislatures/us-congress/read-us-congress.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import { MovedClock } from './support/moved-clock.js';
import { zip, zippedShapefile } from './support/shapefile-writer.js';
import {
  middleOf,
  tinyCensusZip,
  tinyFolder,
  tinyMap,
  tinyMembers,
  tinyZips,
} from './support/tiny-congress.js';
import { until } from './support/until.js';

const NOW = new Date('2026-11-24T12:00:00Z');
const MEMBERS = 'deep/down/legislators-current.yaml';
const MAP = 'us-cd119-500k.topojson';
const CENSUS = 'cb_2024_us_cd119_500k.zip';
const DOING = { files: [], by: 'test', reason: 'test' };

let database: TestDatabase;
let listener: Listener;
const clock = new MovedClock();
const log = pino({ level: 'silent' });

beforeAll(async () => {
  database = await createTestDatabase();
  listener = openListener(database.url, log);
});
afterAll(async () => {
  await listener[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

const storing = () => ({ db: database.db, clock, log, listener });

async function importTiny(folder: string) {
  const { set, files } = await readUsCongress(folder);
  return importSet(storing(), { ...DOING, set, files });
}

describe('a whole import', () => {
  test('finds the files at any depth and reads each source’s own numbering', async () => {
    const { set, files } = await readUsCongress(await tinyFolder());
    const snapshot = buildSnapshot(set, 'v');
    expect(files.map(({ file }) => file)).toEqual(['legislators-current.yaml', 'zccd.csv', MAP]);
    expect([set.validFrom, set.validUntil, set.edition]).toEqual(['2025-01-03', '2027-01-03', '119']);
    const puertoRico = represent(snapshot, { at: middleOf('PR') }, { now: NOW });
    expect(puertoRico.officeholders).toHaveLength(1);
    expect(puertoRico.officeholders[0]?.division).toBe('ocd-division/country:us/territory:pr/cd:at-large');
    expect(snapshot.officeholders.get(puertoRico.officeholders[0]?.id ?? '')?.title).toBe(
      'Resident Commissioner',
    );
    const alaska = represent(snapshot, { at: middleOf('AK') }, { now: NOW });
    expect(alaska.officeholders.map(({ role }) => role)).toEqual(['lower', 'upper', 'upper']);
  });

  test('the Census shapefile gives the same seats and answers as the TopoJSON', async () => {
    const fromTopojson = await readUsCongress(await tinyFolder());
    const fromCensus = await readUsCongress(
      await tinyFolder({ [MAP]: undefined, [CENSUS]: tinyCensusZip() }),
    );
    const divisions = (read: typeof fromCensus) => read.set.divisions.map(({ id }) => id).sort();
    expect(divisions(fromCensus)).toEqual(divisions(fromTopojson));
    const snapshot = buildSnapshot(fromCensus.set, 'v');
    for (const [state, district] of [
      ['CA', 1],
      ['CA', 2],
      ['DC', 0],
      ['VI', 0],
    ] as const) {
      const answer = represent(snapshot, { at: middleOf(state, district) }, { now: NOW });
      const other = represent(
        buildSnapshot(fromTopojson.set, 'v'),
        { at: middleOf(state, district) },
        { now: NOW },
      );
      expect(answer).toEqual(other);
      expect(answer.status).toBe('found');
    }
    const water = represent(snapshot, { at: { latitude: 40.5, longitude: -99.5 } }, { now: NOW });
    expect(water.status).toBe('none');
  });

  test('is stored whole, live, and idempotent', async () => {
    const folder = await tinyFolder();
    const first = await importTiny(folder);
    const again = await importTiny(folder);
    expect(first).toMatchObject({ added: true, activated: true, vacantSeats: 1 });
    expect(again).toEqual({ ...first, added: false, activated: false });
    expect((await listVersions(storing())).filter(({ id }) => id === 'us-congress')).toHaveLength(1);
  });

  test('imported by many at once, there is one version and one change', async () => {
    const set = { ...demoSet(), id: 'raced' };
    const outcomes = await Promise.all(
      Array.from({ length: 6 }, () => importSet(storing(), { ...DOING, set })),
    );
    expect(outcomes.filter(({ added }) => added)).toHaveLength(1);
    expect(outcomes.filter(({ activated }) => activated)).toHaveLength(1);
  });

  test('a byte order mark and CRLF do not matter', async () => {
    const plain = await readUsCongress(await tinyFolder());
    const windows = await readUsCongress(
      await tinyFolder({
        [MEMBERS]: `\ufeff${stringify(tinyMembers()).replaceAll('\n', '\r\n')}`,
        'zccd.csv': `\ufeff${tinyZips().replaceAll('\n', '\r\n')}`,
      }),
    );
    expect(windows.set).toEqual(plain.set);
  });

  test('a web address that is none counts as absent', async () => {
    const [first, ...others] = tinyMembers();
    const odd = {
      ...first,
      terms: [
        {
          type: 'sen',
          state: 'AL',
          class: 1,
          start: '2025-01-03',
          end: '2027-01-03',
          party: 'T',
          url: 'hhttps://x.example',
          contact_form: 'javascript:alert(1)',
        },
      ],
    };
    const { set } = await readUsCongress(await tinyFolder({ [MEMBERS]: stringify([odd, ...others]) }));
    expect(set.officeholders[0]?.office).toEqual({ emails: [], code: 'SAL01' });
  });
});

describe('a broken file', () => {
  const yaml = stringify(tinyMembers());
  const json = JSON.stringify(tinyMap());
  const lineOf = (text: string, words: string) => text.slice(0, text.indexOf(words)).split('\n').length;
  const rows = tinyZips().split('\n');
  const square = [
    [0, 0],
    [0, 1],
    [1, 1],
    [1, 0],
    [0, 0],
  ];

  const cases: readonly [name: string, files: Record<string, string | Buffer | undefined>, words: RegExp][] =
    [
      ['no members', { [MEMBERS]: undefined }, /^legislators-current\.yaml: there is no such file below /],
      [
        'no map',
        { [MAP]: undefined },
        /^us-cd119-500k\.topojson or cb_2024_us_cd119_500k\.zip: there is no such file/,
      ],
      ['empty', { 'zccd.csv': '' }, /^zccd\.csv: the file is empty/],
      ['found twice', { 'deep/zccd.csv': tinyZips() }, /^zccd\.csv: found twice/],
      [
        'members cut in a word',
        { [MEMBERS]: yaml.slice(0, yaml.indexOf('district: 2') + 5) },
        /^legislators-current\.yaml:\d+: /,
      ],
      [
        'members cut between people',
        { [MEMBERS]: stringify(tinyMembers().slice(0, 80)) },
        /^legislators-current\.yaml: 77 of \d+ seats would be vacant/,
      ],
      [
        'members of no state',
        { [MEMBERS]: yaml.replace('state: WI', 'state: XX') },
        new RegExp(`:${lineOf(yaml, 'state: WI') - 9 - 2}: "XX" is no state`),
      ],
      ['members not in YAML', { [MEMBERS]: '{"a": [1, 2\n' }, /^legislators-current\.yaml:2: /],
      [
        'members in another shape',
        { [MEMBERS]: 'people: []\n' },
        /^legislators-current\.yaml:1: a list of people is expected/,
      ],
      [
        'a date that is none',
        { [MEMBERS]: yaml.replace('2027-01-03', 'soon') },
        /^legislators-current\.yaml:1: a person cannot be read: \/terms\/0\/end /,
      ],
      [
        'a binary file',
        { [MEMBERS]: Buffer.from([0xff, 0xfe, 0x00, 0xd8]) },
        /^legislators-current\.yaml:1: this is no UTF-8 text/,
      ],
      [
        'an alias bomb',
        { [MEMBERS]: '- &a [x]\n- &b [*a, *a]\n- [*b, *b]\n' },
        /^legislators-current\.yaml: YAML aliases are not taken/,
      ],
      [
        'two on one seat',
        { [MEMBERS]: stringify([...tinyMembers(), { ...tinyMembers()[0], id: { bioguide: 'Z999999' } }]) },
        /has the seat of Tess Number 0 \(line 1\)/,
      ],
      ['a seat off the map', { [MEMBERS]: yaml.replace('district: 2', 'district: 44') }, /is not on the map/],
      [
        'ZIP table cut between lines',
        { 'zccd.csv': `${rows.slice(0, 40).join('\n')}\n` },
        /districts have no ZIP code \([A-Z]{2}-\w+, .*cut short/,
      ],
      [
        'ZIP table cut in a line',
        { 'zccd.csv': tinyZips().slice(0, -9) },
        /^zccd\.csv:\d+: the last line has no end/,
      ],
      [
        'a line with too few columns',
        { 'zccd.csv': tinyZips().replace('02,AK,20002,0', '02,AK') },
        /^zccd\.csv:\d+: four columns are expected/,
      ],
      [
        'a ZIP that is none',
        { 'zccd.csv': tinyZips().replace('10003', '1003') },
        /^zccd\.csv:5: "1003" is no ZIP code/,
      ],
      [
        'a ZIP of no district',
        { 'zccd.csv': tinyZips().replace('06,CA,20001,2', '06,CA,20001,53') },
        /^zccd\.csv:\d+: CA has no district 53 on the map/,
      ],
      [
        'a map cut short',
        { [MAP]: json.slice(0, -300) },
        /^us-cd119-500k\.topojson:1: this is no JSON, or it is cut short/,
      ],
      [
        'a map without its lines',
        { [MAP]: json.replace(/"arcs":\[\[\[.*\]\]\]/, '"arcs":[]') },
        /^us-cd119-500k\.topojson: a polygon names a line that is not there/,
      ],
      [
        'another JSON',
        { [MAP]: '{"type":"FeatureCollection","features":[]}' },
        /^us-cd119-500k\.topojson: this is no TopoJSON/,
      ],
      [
        'a place off the globe',
        { [MAP]: json.replaceAll('-130', '-530') },
        /district [A-Z]{2}-\w+: -530, \d+ is no place on the globe/,
      ],
      [
        'no ZIP archive',
        { [MAP]: undefined, [CENSUS]: 'Not Found' },
        /^cb_2024_us_cd119_500k\.zip: this is no ZIP archive/,
      ],
      [
        'an archive cut short',
        { [MAP]: undefined, [CENSUS]: tinyCensusZip().subarray(0, 4000) },
        /^cb_2024_us_cd119_500k\.zip: this is no ZIP archive, or it is cut short/,
      ],
      [
        'an archive of something else',
        { [MAP]: undefined, [CENSUS]: zip({ 'a.txt': Buffer.from('a') }) },
        /there is no \.shp file in it/,
      ],
      [
        'a shapefile of something else',
        { [MAP]: undefined, [CENSUS]: zippedShapefile('x', [{ fields: { NAME: 'x' }, ring: square }]) },
        /a district has unknown properties: \{"NAME":"x"\}/,
      ],
      [
        'projected coordinates',
        {
          [MAP]: undefined,
          [CENSUS]: zippedShapefile('x', [{ fields: { STATEFP: '01' }, ring: square }], 'PROJCS["Lambert"]'),
        },
        /its coordinates are projected/,
      ],
    ];

  let live: string;
  beforeEach(async () => {
    live = (await importTiny(await tinyFolder())).version;
  });

  test.each(cases)('%s: one clear sentence, and the live set stays', async (_name, files, words) => {
    const folder = await tinyFolder(files);
    await expect(importTiny(folder)).rejects.toMatchObject({
      code: 'invalid_file',
      message: expect.stringMatching(words),
    });
    const [newest] = (await listVersions(storing())).filter(
      ({ id, live }) => id === 'us-congress' && live !== null,
    );
    expect(newest?.version).toBe(live);
  });

  test('an absurd size is refused before it is read', async () => {
    const folder = await tinyFolder({ 'zccd.csv': 'x' });
    await truncate(join(folder, 'zccd.csv'), 3 * 1024 ** 3);
    await expect(importTiny(folder)).rejects.toThrow(/^zccd\.csv: 3221225472 bytes are more than/);
  });

  test('the members cut at any byte never become a smaller Congress', async () => {
    const folder = await tinyFolder();
    const bytes = Buffer.from(yaml);
    for (let end = bytes.length - 1; end > 0; end -= end > bytes.length - 40 ? 1 : 1511) {
      await writeFile(join(folder, MEMBERS), bytes.subarray(0, end));
      await expect(importTiny(folder), `cut at ${end}`).rejects.toMatchObject({ code: 'invalid_file' });
    }
  });
});

describe('versions', () => {
  test('an old one can be brought back, with a reason, and running processes follow without a restart', async () => {
    await using legislatures = await openLegislatures(storing());
    const older = demoSet();
    const newer = { ...older, officeholders: older.officeholders.slice(1) };
    const first = await importSet(storing(), { ...DOING, set: older });
    await until(async () => legislatures.current('demo')?.dataset.version === first.version || undefined);
    const before = legislatures.current('demo');
    const second = await importSet(storing(), { ...DOING, set: newer });
    await until(async () => legislatures.current('zz')?.dataset.version === second.version || undefined);
    expect(before?.dataset.version).toBe(first.version);
    const request = {
      setId: 'demo',
      version: first.version,
      by: 'test',
      reason: 'a wrong name in the new one',
    };
    expect(await activateVersion(storing(), request)).toBe(true);
    expect(await activateVersion(storing(), request)).toBe(false);
    await until(async () => legislatures.current('demo')?.dataset.version === first.version || undefined);
    const versions = (await listVersions(storing())).filter(({ id }) => id === 'demo');
    expect(versions.filter(({ live }) => live !== null)).toMatchObject([
      { version: first.version, live: { by: 'test', reason: 'a wrong name in the new one' } },
    ]);
  });

  test('a version that is not there is refused with those that are', async () => {
    const { version } = await importSet(storing(), { ...DOING, set: demoSet() });
    const request = { setId: 'demo', version: '2026-nothing', by: 'test', reason: 'test' };
    await expect(activateVersion(storing(), request)).rejects.toThrow(version);
  });

  test('stored sets cannot be changed', async () => {
    await importSet(storing(), { ...DOING, set: demoSet() });
    await expect(database.pool.query(`update legislature_set set name = 'x'`)).rejects.toThrow(
      /written once/,
    );
  });

  test('a set that is damaged in the database leaves the last good one, and the others, alive', async () => {
    const good = await importSet(storing(), { ...DOING, set: { ...demoSet(), id: 'damaged' } });
    await using legislatures = await openLegislatures(storing());
    await database.pool.query(
      `with copy as (
         insert into legislature_set select set_id, 'broken', decode(repeat('00', 32), 'hex'), name, country, valid_from,
           valid_until, source, officeholders, vacant_seats, substring(content for 500), imported_at, imported_by
         from legislature_set where set_id = 'damaged' returning set_id, version)
       insert into legislature_activation (set_id, version, activated_at, activated_by, reason)
       select set_id, version, now(), 'test', 'test' from copy`,
    );
    await legislatures.refresh();
    expect(legislatures.current('damaged')?.dataset.version).toBe(good.version);
    await using fresh = await loadLegislatures(storing());
    expect(fresh.current('damaged')).toBeUndefined();
    expect(fresh.current('demo')).toBeDefined();
  });
});
