import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openContext } from '../src/open-context.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import { type Ended, Program } from './support/program.js';
import { freePort } from './support/test-server.js';

const REFUSED_WITHIN_MS = 20_000;
const TEST_LIMIT_MS = 60_000;

let database: TestDatabase;
let home: string;

beforeAll(async () => {
  database = await createTestDatabase();
  home = await mkdtemp(join(tmpdir(), 'redress-surroundings-'));
});
afterAll(async () => {
  await database[Symbol.asyncDispose]();
  await rm(home, { recursive: true, force: true });
});

async function startWith(variables: Readonly<Record<string, string>>, port?: number): Promise<Ended> {
  const options = { variables: { DATABASE_URL: database.url, ...variables }, home };
  await using program = await Program.make(port === undefined ? options : { ...options, port });
  const begin = performance.now();
  const ended = await program.run('serve');
  expect(performance.now() - begin).toBeLessThan(REFUSED_WITHIN_MS);
  return ended;
}

/** One sentence on the error output that says what to do, exit code 1, and no trace of a stack. */
function expectSentence(ended: Ended, sentence: RegExp): void {
  expect(ended.error).toMatch(sentence);
  expect(ended.error.trim().split('\n')).toHaveLength(1);
  expect(ended.error).not.toMatch(/\n\s+at |node:internal/);
  expect({ code: ended.code, signal: ended.signal }).toEqual({ code: 1, signal: null });
}

test.for([
  ['a database that is no address', { DATABASE_URL: 'nonsense' }, /DATABASE_URL/],
  [
    'a key of the wrong length',
    { REDRESS_MASTER_KEY: 'c2hvcnQ=' },
    /^The master key in REDRESS_MASTER_KEY is not 32/,
  ],
  ['a public host without an address', { HOST: '0.0.0.0' }, /^HOST is 0\.0\.0\.0.* Set REDRESS_URL/],
  [
    'an address with a path',
    { REDRESS_URL: 'https://act.example/x' },
    /^REDRESS_URL must be an origin alone/,
  ],
  [
    'a mail server without a sender',
    { SMTP_URL: 'smtp://127.0.0.1:1' },
    /^SMTP_URL is set, but not REDRESS_MAIL_FROM/,
  ],
  [
    'a switch that is neither on nor off',
    { REDRESS_DELIVERY: 'yes' },
    /^REDRESS_DELIVERY is "yes"\. Set it to on/,
  ],
  ['a port beyond all ports', { PORT: '70000' }, /^PORT is 70000/],
  [
    'a proxy that is no address',
    { REDRESS_TRUSTED_PROXIES: 'proxy.example' },
    /^REDRESS_TRUSTED_PROXIES names/,
  ],
  [
    'a DKIM key that is not there',
    {
      REDRESS_DKIM_KEY_FILE: '/nowhere/key.pem',
      SMTP_URL: 'smtp://127.0.0.1:1',
      REDRESS_MAIL_FROM: 'a@b.example',
    },
    /^REDRESS_DKIM_KEY_FILE names \/nowhere\/key\.pem, which cannot be read/,
  ],
] as const)('%s is refused with one sentence', async ([, changes, sentence]) => {
  const variables = { REDRESS_DATA: join(home, 'data'), DATABASE_URL: database.url, ...changes };
  const refusal = openContext({ variables, role: 'server', log: pino({ level: 'silent' }) });
  await expect(refusal).rejects.toThrow(sentence);
  await expect(refusal).rejects.toMatchObject({
    name: 'AppError',
    message: expect.not.stringContaining('\n'),
  });
});

test.for([
  [
    'no database',
    { DATABASE_URL: 'postgres://redress:x@127.0.0.1:1/redress' },
    /^The database does not answer: .*Check DATABASE_URL/,
  ],
  [
    'a mail server that is no address',
    { SMTP_URL: 'mail.example', REDRESS_MAIL_FROM: 'a@b.example', REDRESS_DEMO: 'on' },
    /^SMTP_URL is not a mail server/,
  ],
] as const)(
  'the program says it in one sentence and ends: %s',
  { timeout: TEST_LIMIT_MS },
  async ([, variables, sentence]) => {
    expectSentence(await startWith(variables), sentence);
  },
);

test('a key file inside the data folder is refused, and none is made there', {
  timeout: TEST_LIMIT_MS,
}, async () => {
  const keyFile = join(home, 'data', 'key');
  const ended = await startWith({ REDRESS_KEY_FILE: keyFile });
  expectSentence(ended, /lies inside the data folder\. Keep the key elsewhere/);
  expect(existsSync(keyFile)).toBe(false);
});

test('a key file with something else in it is refused, and stays as it is', {
  timeout: TEST_LIMIT_MS,
}, async () => {
  const keyFile = join(home, 'other.key');
  writeFileSync(keyFile, 'this is no key');
  expectSentence(
    await startWith({ REDRESS_KEY_FILE: keyFile }),
    /^The master key in .*other\.key is not 32 bytes/,
  );
});

test('another key than the data were sealed with is refused', { timeout: TEST_LIMIT_MS }, async () => {
  await using own = await createTestDatabase();
  const start = (fill: number) =>
    startWith({ DATABASE_URL: own.url, REDRESS_MASTER_KEY: Buffer.alloc(32, fill).toString('base64') });
  expectSentence(await start(1), /^There is no organisation yet/);
  expectSentence(await start(2), /^The master key is not the one this data was sealed with/);
});

test('a port that another program has is refused, and nothing of ours stays behind', {
  timeout: TEST_LIMIT_MS,
}, async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const address = taken.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  await using embedded = await Program.make({ port });
  const begin = performance.now();
  const ended = await embedded.run('serve');
  expectSentence(ended, /^The port is in use by another program\. Set PORT to a free one/);
  expect(performance.now() - begin).toBeLessThan(REFUSED_WITHIN_MS);
  expect(existsSync(join(embedded.cluster, 'postmaster.pid'))).toBe(false);
  taken.close();
  await once(taken, 'close');
  await embedded.start();
});

test('a mail server that cannot be reached stops nobody: the doctor says so, the letter waits', {
  timeout: TEST_LIMIT_MS,
}, async () => {
  const variables = {
    SMTP_URL: `smtp://127.0.0.1:${await freePort()}`,
    REDRESS_MAIL_FROM: 'letters@redress.example',
  };
  await using program = await Program.make({ variables });
  await program.start();
  const { code, out } = await program.run('doctor');
  expect(out).toMatch(/✗ mail server .*ECONNREFUSED.*\n.*→ Check SMTP_URL/);
  expect(code).toBe(1);
  expect((await fetch(`${program.url}/readyz`)).status).toBe(200);
  expect((await program.stop()).code).toBe(0);
});
