import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LegislatureTerminal, openLegislatureTerminal } from './support/legislature-terminal.js';
import { zippedShapefile } from './support/shapefile-writer.js';
import { temporaryFile } from './support/temporary-file.js';

const WITHIN = 'ocd-division/country:zz/town:orrow';
const COUNCIL =
  'name,district,party,email,term_ends\nIda Moss,North,A,ida@orrow.example,2028\nJon Reed,North,B,,2028-05\n,South,,,\n';
let terminal: LegislatureTerminal;

beforeAll(async () => {
  terminal = await openLegislatureTerminal();
});
afterAll(() => terminal?.[Symbol.asyncDispose]());

const square = (west: number) => [
  [west, 0],
  [west, 1],
  [west + 1, 1],
  [west + 1, 0],
  [west, 0],
];
const area = (name: string, west: number) => ({
  type: 'Feature',
  properties: { NAME: name },
  geometry: { type: 'Polygon', coordinates: [square(west)] },
});
const geojson = (...features: object[]) =>
  temporaryFile('wards.geojson', JSON.stringify({ type: 'FeatureCollection', features }));
const importCouncil = (text: string, ...more: string[]) =>
  terminal.run(
    'legislature',
    'import',
    'csv',
    '--from',
    temporaryFile('council.csv', text),
    '--id',
    'council',
    '--within',
    WITHIN,
    ...more,
  );
const attach = (what: 'boundaries' | 'postcodes', path: string, ...more: string[]) =>
  terminal.run('legislature', what, '--set', 'council', '--from', path, ...more);
const council = async () => JSON.parse(await terminal.run('legislature', 'list', '--json'))[0];

test('a council from CSV gets lines and postcodes, and keeps them at the next import', async () => {
  await importCouncil(COUNCIL, '--name', 'Orrow Council');
  expect(await council()).toMatchObject({
    name: 'Orrow Council',
    seats: 3,
    officeholders: 2,
    vacant: 1,
    emails: 1,
    districts: 2,
  });
  const areas = geojson(area('NORTH', 0), area('South', 1));
  expect(await attach('boundaries', areas, '--dry-run')).toContain('new lines');
  await attach('boundaries', areas);
  await attach(
    'postcodes',
    temporaryFile('codes.csv', 'postcode,division\n10 10,North\n2020,South\n3030,North\n3030,South\n'),
  );
  const ask = async (...args: string[]) => JSON.parse(await terminal.run('represent', ...args, '--json'));
  const names = (answer: { officeholders: { name: string }[] }) =>
    answer.officeholders.map(({ name }) => name);
  expect(names(await ask('--at', '0.5,0.5'))).toEqual(['Ida Moss', 'Jon Reed']);
  expect(await ask('--postcode', '3030')).toMatchObject({ status: 'choose' });
  const changed = COUNCIL.replace('Jon Reed', 'Kit Vale').replace('ida@orrow', 'moss@orrow');
  const shown = await importCouncil(changed, '--name', 'Orrow Council', '--dry-run');
  expect(shown).toMatch(/in +Kit Vale/);
  expect(shown).toMatch(/out +Jon Reed/);
  expect(shown).toContain('email: ida@orrow.example → moss@orrow.example');
  await importCouncil(changed, '--name', 'Orrow Council');
  expect(names(await ask('--at', '0.5,0.5'))).toEqual(['Ida Moss', 'Kit Vale']);
  expect(names(await ask('--postcode', '1010'))).toEqual(['Ida Moss', 'Kit Vale']);
});

test('the Census names its areas in its own way, and water is no district', async () => {
  const rows = [
    ['001', 'State Senate District 1'],
    ['ZZZ', 'no district'],
  ].map(([code = '', name = ''], index) => ({
    fields: { STATEFP: '31', SLDUST: code, NAMELSAD: name },
    ring: square(index),
  }));
  const path = temporaryFile(
    'senate.csv',
    'name,district,district_id\nUma Fell,1,ocd-division/country:us/state:ne/sldu:1\n',
  );
  await terminal.run(
    'legislature',
    'import',
    'csv',
    '--from',
    path,
    '--id',
    'senate',
    '--within',
    'ocd-division/country:us/state:ne',
  );
  const zip = temporaryFile('sldu.zip', zippedShapefile('sldu', rows));
  await terminal.run('legislature', 'boundaries', '--set', 'senate', '--from', zip);
  expect(await terminal.run('represent', '--at', '0.5,0.5', '--country', 'senate')).toContain('Uma Fell');
});

test.each([
  ['a column that is none', 'name,emial\nA,b\n', /^council\.csv:1: there is no column "emial"/],
  ['no e-mail', 'name,email\nA,b\n', /^council\.csv:2: "b" is neither an e-mail address nor a web address/],
  ['no date', 'name,term_ends\nA,soon\n', /^council\.csv:2: "soon" in term_ends is no day/],
  ['one id twice', 'name\nA\nA\n', /^council\.csv:3: the id "a" is on line 2 already/],
  ['too few cells', 'name,party\nA\n', /^council\.csv:2: /],
  ['cut short', 'name\nA', /^council\.csv:2: the last line has no end/],
  ['nobody', 'name,district\n,South\n', /nobody is in it/],
])('a CSV file with %s is refused with its line, and the live set stays', async (_name, text, words) => {
  const before = await council();
  await expect(importCouncil(text)).rejects.toThrow(words);
  expect(await council()).toEqual(before);
});

test('an area or a postcode of no division is refused by name', async () => {
  const before = await council();
  await expect(attach('boundaries', geojson(area('North', 0), area('West', 1)))).rejects.toThrow(
    /council has no division for "West"/,
  );
  const codes = temporaryFile('codes.csv', 'postcode,division\n1010,West\n');
  await expect(attach('postcodes', codes)).rejects.toThrow(/^codes\.csv:2: there is no division "West"/);
  expect(await council()).toEqual(before);
});
