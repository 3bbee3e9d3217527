import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeConfig, readEnvironment } from '../src/config/index.js';
import { addStreetCommands } from '../src/legislatures/geocoding/streets/commands.js';
import { checkGeocoder, importSet } from '../src/legislatures/index.js';
import { readUsCongress } from '../src/legislatures/us-congress/read-us-congress.js';
import { json, startFakeGeocoder } from './support/fake-geocoder.js';
import { keepOpen, runCommands } from './support/run-commands.js';
import { publishTestAlert } from './support/test-alert.js';
import { openTestContext, type TestContext } from './support/test-context.js';
import { boxesOf, fieldsOf, startTestServer } from './support/test-server.js';
import { middleOf, tinyFolder } from './support/tiny-congress.js';
import { COUNTY_FILE, tinyBlocks, tinyCounty } from './support/tiny-county.js';

const CALIFORNIA = middleOf('CA', 1);
/** In the first district of the tiny California. */
const BLOCKS = tinyBlocks(CALIFORNIA.latitude, CALIFORNIA.longitude);

let opened: TestContext;
let folder: string;
let path: string;

beforeAll(async () => {
  opened = await openTestContext();
  folder = await mkdtemp(join(tmpdir(), 'redress-streets-'));
  path = join(folder, `${COUNTY_FILE}.zip`);
  await writeFile(path, tinyCounty(BLOCKS));
});
afterAll(async () => {
  await opened?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

/** Runs `redress …` and answers what it printed. */
function redress(...args: string[]): Promise<string> {
  return runCommands((program) => addStreetCommands(program, async () => keepOpen(opened.context)), args);
}

function checked(variables: Record<string, string>) {
  const environment = readEnvironment(variables);
  const config = makeConfig(environment);
  const secrets = { ...opened.context.secrets, geocoderUrl: environment.geocoderUrl };
  return checkGeocoder({ ...opened.context, config, secrets });
}

test('a county is tried, imported, listed, and removed from the terminal', async () => {
  expect(await redress('streets', 'list')).toBe('No street addresses are stored yet.\n');
  expect(await checked({ REDRESS_GEOCODER: 'offline' })).toMatchObject({ ok: false });

  const tried = await redress('streets', 'import', '--from', path, '--dry-run');
  expect(tried).toMatch(/ranges of house numbers +0 +120/);
  expect(tried).toMatch(/postcodes +2/);
  expect(tried).toContain('Nothing was stored.');
  expect(await redress('streets', 'list')).toBe('No street addresses are stored yet.\n');

  expect(await redress('streets', 'import', '--from', path, '--county', 'Tiny')).toBe(
    'County 99001 (2025): 120 ranges of house numbers stored. All could be read.\n',
  );
  expect(await redress('streets', 'import', '--from', path, '--county', 'Tiny')).toMatch(/Nothing changed/);
  expect(await redress('streets', 'list')).toMatch(/99001 +Tiny +2025 +120 ranges/);
  expect(JSON.parse(await redress('streets', 'list', '--json'))).toMatchObject([
    { county: '99001', ranges: 120 },
  ]);
  expect(await checked({ REDRESS_GEOCODER: 'offline' })).toMatchObject({ ok: true });

  await expect(redress('streets', 'import', '--from', join(folder, 'none.zip'))).rejects.toThrow(
    /cannot be read/,
  );
  await expect(redress('streets', 'remove', '99002')).rejects.toThrow(/No addresses of a county 99002/);
  expect(await redress('streets', 'remove', '99001')).toContain('gone');
  expect(await redress('streets', 'list')).toBe('No street addresses are stored yet.\n');
});

describe('the doctor', () => {
  test('says that nobody is asked, or who is, and whether there is an answer', async () => {
    expect(await checked({})).toMatchObject({ ok: true, found: expect.stringContaining('not looked up') });
    await using fake = await startFakeGeocoder(json([]));
    const photon = { REDRESS_GEOCODER: 'photon', REDRESS_GEOCODER_URL: `${fake.url}/?key=secret` };
    expect(await checked(photon)).toMatchObject({
      ok: false,
      found: expect.stringContaining('not of this kind'),
    });
    fake.reply = json({ type: 'FeatureCollection', features: [] });
    const good = await checked({ ...photon, REDRESS_GEOCODER_NAME: 'Example Maps' });
    expect(good).toEqual({ name: 'addresses', ok: true, found: 'photon, told to Example Maps' });
    expect(JSON.stringify(good)).not.toContain('secret');
  });
});

test('with the county imported, a street address leads to the letter, and nobody is asked', async () => {
  await using server = await startTestServer({ variables: { REDRESS_GEOCODER: 'offline' } });
  const { set, files } = await readUsCongress(await tinyFolder());
  await importSet(server.context, { set, files, by: 'test', reason: 'test' });
  await publishTestAlert(server.context, { legislature: 'us-congress' });
  await publishTestAlert(server.context, { slug: 'other' });
  await runCommands(
    (program) => addStreetCommands(program, async () => keepOpen(server.context)),
    ['streets', 'import', '--from', path],
  );

  const page = await (await server.get('/alerts/lamp')).text();
  expect(page).toContain('name="address"');
  expect(page).toContain('told to nobody');
  const elsewhere = await (await server.get('/alerts/other')).text();
  expect(elsewhere).not.toContain('name="address"');

  const answer = await server.post('/alerts/lamp/place', {
    postcode: '',
    address: '231 N Alder St, Anytown 01001',
  });
  const html = await answer.text();
  expect(answer.status).toBe(200);
  expect(boxesOf(html, 'to')).toHaveLength(3);
  expect(fieldsOf(html).postcode).toBe('01001');
  const beside = await server.post('/alerts/lamp/place', { postcode: '01001', address: '231 N Alder St' });
  expect(boxesOf(await beside.text(), 'to')).toHaveLength(3);
  const unsure = await server.post('/alerts/lamp/place', { postcode: '01001', address: '231 Alder Street' });
  expect(boxesOf(await unsure.text(), 'at')).toHaveLength(2);
  expect(await (await server.get('/who')).text()).toContain('told to nobody');
  const who = await server.post('/who', { postcode: '', address: '231 N Alder St, Anytown 01001' });
  expect(await who.text()).toContain('Who represents this place');
  const unknown = await server.post('/alerts/lamp/place', { postcode: '01001', address: '9231 Poplar St' });
  expect(unknown.status).toBe(400);
});
