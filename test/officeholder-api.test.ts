import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { stringify } from 'yaml';
import { runProgram } from '../src/commands/index.js';
import { importSet } from '../src/legislatures/index.js';
import { readUsCongress } from '../src/legislatures/us-congress/read-us-congress.js';
import { startTestServer, type TestServer } from './support/test-server.js';
import { middleOf, tinyFolder, tinyMembers } from './support/tiny-congress.js';
import { until } from './support/until.js';

let server: TestServer;
let folder: string;

beforeAll(async () => {
  server = await startTestServer();
  folder = await tinyFolder();
});
afterAll(() => server[Symbol.asyncDispose]());

const api = (query: string) => fetch(`${server.url}/api/v1/officeholders?${query}`);

interface Printed {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command on the server's database. */
async function redress(...words: string[]): Promise<Printed> {
  const { databaseUrl, config } = server.context;
  const variables = {
    DATABASE_URL: databaseUrl,
    REDRESS_DATA: config.dataDirectory,
    REDRESS_LOG_LEVEL: 'silent',
  };
  const printed = { out: [] as string[], err: [] as string[] };
  const stdout = vi
    .spyOn(process.stdout, 'write')
    .mockImplementation((text) => printed.out.push(String(text)) > 0);
  const stderr = vi
    .spyOn(process.stderr, 'write')
    .mockImplementation((text) => printed.err.push(String(text)) > 0);
  try {
    const code = await runProgram(['node', 'redress', ...words], variables);
    return { code, out: printed.out.join(''), err: printed.err.join('') };
  } finally {
    stdout.mockRestore();
    stderr.mockRestore();
  }
}

test('the API, the command and the function give the same answer', async () => {
  const response = await api('country=zz&postcode=1790');
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toContain('application/json');
  expect(response.headers.get('cache-control')).toBe('no-store');
  const answer = await response.json();
  expect(answer).toMatchObject({
    status: 'choose',
    uncertain: false,
    candidates: [{ name: 'Quell Valley' }, { name: 'Saltmere' }],
    dataset: { id: 'demo', validUntil: '2029-02-28' },
  });
  expect(Object.keys(answer)).toEqual([
    'status',
    'uncertain',
    'officeholders',
    'candidates',
    'vacant',
    'warnings',
    'dataset',
  ]);
  expect(JSON.parse((await redress('represent', '--postcode', '1790', '--json')).out)).toEqual(answer);
});

test('coordinates south and west are taken by both', async () => {
  const answer = await (await api('at=-0.2,-1.1')).json();
  expect(answer).toMatchObject({
    status: 'found',
    officeholders: [{ division: 'ocd-division/country:zz/province:quellin/district:wexmoor' }, {}, {}],
  });
  expect(JSON.parse((await redress('represent', '--at', '-0.2,-1.1', '--json')).out)).toEqual(answer);
});

test('a person reads names, seats and dates', async () => {
  const { out } = await redress('represent', '--postcode', '1390');
  expect(out).toContain('Deputy Rafael Monteverde-Hale');
  expect(out).toContain('Vacant: Upper Halder, House of Deputies');
  expect(out).toMatch(
    /Parliament of Orvany \(fictional\) \(2026-[0-9a-f]{12}\), valid until 28 February 2029\./,
  );
  expect((await redress('represent', '--postcode', '9999')).out).toContain('Nobody is known for this place.');
});

test.each([
  ['nothing', ''],
  ['two places', 'postcode=1790&at=1,1'],
  ['no number', 'at=north,west'],
  ['one number', 'at=1'],
  ['three numbers', 'at=1,2,3'],
  ['off the globe', 'at=91,0'],
  ['a script', `at=${encodeURIComponent('<script>alert(1)</script>')}`],
  ['infinity', 'at=Infinity,0'],
  ['exponents', 'at=1e1,0'],
  ['a huge value', `postcode=${'1'.repeat(5000)}`],
  ['a list', 'postcode=1790&postcode=1810'],
])('%s is a problem document that says so, not an error', async (_name, query) => {
  const response = await api(query);
  expect(response.status).toBe(400);
  expect(response.headers.get('content-type')).toContain('application/problem+json');
  expect(await response.json()).toMatchObject({ code: 'invalid_input', status: 400 });
});

test('an unknown country is not found, and the terminal names those that are there', async () => {
  expect((await api('country=xx&postcode=1')).status).toBe(404);
  const { code, err } = await redress('represent', '--country', 'xx', '--postcode', '1', '--json');
  expect([code, err]).toEqual([1, 'No legislature of "xx" is loaded; there are those of zz.\n']);
});

test('nothing that was asked for is logged', async () => {
  await api('country=zz&postcode=0000-canary');
  await api('at=1.23456789,-1.98765432');
  expect(server.logged()).not.toMatch(/canary|1\.2345|1\.9876/);
});

test('a running server answers from a set that is imported beside it, and from an older one brought back', async () => {
  const { latitude, longitude } = middleOf('CA', 2);
  expect((await (await api(`at=${latitude},${longitude}`)).json()).status).toBe('none');
  const first = await redress('legislature', 'import', 'us-congress', '--from', folder);
  expect([first.code, first.err]).toEqual([0, '']);
  expect(first.out).toMatch(
    /^us-congress 119-[0-9a-f]{12}: imported, 156 officeholders, 1 vacant seats\. It is live now\.\n$/,
  );
  const ask = async () => (await api(`country=us&at=${latitude},${longitude}`)).json();
  const answer = await until(async () => {
    const response = await ask();
    return response.status === 'found' ? response : undefined;
  });
  expect(JSON.parse((await redress('represent', '--at', `${latitude},${longitude}`, '--json')).out)).toEqual(
    answer,
  );
  expect((await redress('legislature', 'import', 'us-congress', '--from', folder)).out).toContain(
    'Nothing changed.',
  );

  const fewer = await tinyFolder({
    'deep/down/legislators-current.yaml': stringify(tinyMembers().slice(0, -1)),
  });
  await redress('legislature', 'import', 'us-congress', '--from', fewer);
  await until(async () => (await ask()).dataset.version !== answer.dataset.version || undefined);
  const list = JSON.parse((await redress('legislature', 'list', '--json')).out);
  expect(
    list.filter(({ id, live }: { id: string; live: object | null }) => id === 'us-congress' && live).length,
  ).toBe(1);
  const back = await redress(
    'legislature',
    'activate',
    'us-congress',
    answer.dataset.version,
    '--reason',
    'the new one lacks a person',
  );
  expect(back.out).toBe(`us-congress ${answer.dataset.version} is live now.\n`);
  await until(async () => (await ask()).dataset.version === answer.dataset.version || undefined);
  expect((await redress('legislature', 'list')).out).toMatch(
    /^live {2}demo .*\n {6}us-congress .*\nlive {2}us-congress .*\n$/,
  );
});

test('a file that is broken leaves the terminal with one sentence and the server as it was', async () => {
  const broken = await tinyFolder({ 'zccd.csv': 'state_fips,state_abbr,zcta,cd\n01,AL,3016\n' });
  const { code, err } = await redress('legislature', 'import', 'us-congress', '--from', broken);
  expect(code).toBe(1);
  expect(err).toMatch(
    /^zccd\.csv:2: four columns are expected: state_fips,state_abbr,zcta,cd\. Nothing was imported\.\n$/,
  );
  expect((await redress('legislature', 'import', 'us-congress')).err).toBe(
    'Give --from FOLDER with the files, or --download.\n',
  );
});

test('a set of the same country is found by its own id', async () => {
  const { set } = await readUsCongress(folder);
  await importSet(server.context, { set: { ...set, id: 'us-other' }, files: [], by: 'test', reason: 'test' });
  await until(async () => (await api('country=us-other&postcode=10003')).status === 200 || undefined);
  const twice = await api('postcode=10003');
  expect(twice.status).toBe(400);
  expect((await twice.json()).errors).toMatchObject([{ field: 'country' }]);
});
