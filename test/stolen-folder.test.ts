import { readdir, readFile, rename, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openContext } from '../src/open-context.js';
import { publishCongress, TYPED } from './support/congress-ground.js';
import { CONGRESS_MAIL, openCongressMail, ZIPS } from './support/congress-set.js';
import { Program } from './support/program.js';
import { actionBody, confirmPaths, submitByApi } from './support/supporter.js';
import { publishTestAlert } from './support/test-alert.js';
import { boxesOf, encodeForm, fieldsOf } from './support/test-server.js';
import { figure } from './support/trial.js';
import { until } from './support/until.js';

const TEST_LIMIT_MS = 60_000;
const SALTMERE = '2010';
const PEOPLE = 5;
/** Typed by people; nothing of it may stand in the data folder as bytes. */
const CANARIES = {
  name: 'Zephyrine Kanaria',
  email: 'zephyrine.kanaria@canary.example',
  street: '77 Kanaria Steps',
  subject: 'Kanaria asks about the heron',
  message: 'The heron of Kanaria flies at noon.',
  statement: 'Words of the society that Kanaria changed.',
};
/** What the Congress's mail systems want to know besides. */
const FACTS = {
  ...TYPED,
  given_name: 'Zephyrine',
  family_name: 'Kanaria',
  address_line1: '88 Plumage Steps',
  address_line2: 'Nestling House',
  city: 'Featherington',
  phone: '555-867-5309',
};
const MARKS = [
  'Kanaria',
  'kanaria',
  'Zephyrine',
  'zephyrine',
  'heron',
  'canary.example',
  'Plumage',
  'Nestling',
  'Featherington',
  '867-5309',
];

let program: Program;

beforeAll(async () => {
  program = await Program.make({ variables: { REDRESS_LOG_LEVEL: 'trace', ...CONGRESS_MAIL } });
  await program.start();
  await using context = await openContext({ variables: program.environment, role: 'command' });
  await publishTestAlert(context);
  await publishCongress(context);
  await openCongressMail(context, { house: ['HCA12'], senate: ['SCA01'] });
}, TEST_LIMIT_MS);
afterAll(() => program[Symbol.asyncDispose]());

function post(path: string, form: Parameters<typeof encodeForm>[0]): Promise<Response> {
  const headers = { accept: 'text/html', 'sec-fetch-site': 'same-origin' };
  return fetch(program.url + path, { method: 'POST', body: encodeForm(form), headers, redirect: 'manual' });
}

async function actByForm(person: number): Promise<void> {
  const { street, ...fields } = CANARIES;
  const html = await (await post('/alerts/lamp/place', { postcode: SALTMERE })).text();
  const email = `${person}.${CANARIES.email}`;
  const form = { ...fieldsOf(html), ...fields, email, street, locality: 'Saltmere', to: boxesOf(html, 'to') };
  expect((await post('/alerts/lamp/actions', { ...form, consent: '' })).status).toBe(400);
  expect((await post('/alerts/lamp/actions', { ...form, consent: 'yes' })).status).toBe(202);
}

async function actToCongress(): Promise<void> {
  const html = await until(async () => {
    const page = await (await post('/alerts/congress/place', { postcode: ZIPS.twelfth })).text();
    return page.includes('name="given_name"') ? page : undefined;
  });
  const { message, statement } = CANARIES;
  const email = `congress.${CANARIES.email}`;
  const form = {
    ...fieldsOf(html),
    ...FACTS,
    message,
    statement,
    email,
    to: boxesOf(html, 'to'),
    consent: 'yes',
  };
  expect((await post('/alerts/congress/actions', { ...form, zip: '' })).status).toBe(400);
  expect((await post('/alerts/congress/actions', form)).status).toBe(202);
  const [path = ''] = await confirmPaths(program.dataDirectory, email);
  expect((await post(path, {})).status).toBe(303);
}

async function asSuperuser(work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: program.databaseUrl.replace('redress:', 'postgres:') });
  await client.connect();
  await work(client).finally(() => client.end());
}

/** The forms in which a program could have kept a text: as it is, in UTF-16, in Base64 at any offset, in hex. */
function formsOf(mark: string): Buffer[] {
  const bytes = Buffer.from(mark);
  const base64 = [0, 1, 2].map((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    return Buffer.from(text.slice(offset === 0 ? 0 : offset + 1, -1));
  });
  return [bytes, Buffer.from(mark, 'utf16le'), Buffer.from(bytes.toString('hex')), ...base64];
}

/** Every file below a folder with a mark in it; the outbox, which holds mail in clear by design, is left out. */
async function filesWithMarks(folder: string): Promise<{ searched: number; bytes: number; found: string[] }> {
  const needles = MARKS.flatMap((mark) => formsOf(mark).map((form) => ({ mark, form })));
  const result = { searched: 0, bytes: 0, found: [] as string[] };
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || path.startsWith(join(program.dataDirectory, 'outbox'))) continue;
    const content = await readFile(path);
    result.searched += 1;
    result.bytes += content.length;
    for (const { mark, form } of needles) {
      if (content.includes(form)) result.found.push(`${mark} in ${relative(folder, path)}`);
    }
  }
  return result;
}

test('S23: who steals the data folder finds no name, address or letter in it', {
  timeout: TEST_LIMIT_MS,
}, async () => {
  for (let person = 0; person < PEOPLE; person += 1) await actByForm(person);
  await actToCongress();
  const { name, email, street, subject, message } = CANARIES;
  const body = actionBody(email, {
    place: { postcode: SALTMERE },
    supporter: { name, email, address: street },
    letter: { subject, message },
  });
  expect((await submitByApi({ url: program.url, body })).status).toBe(202);
  const receipts: string[] = [];
  for (let person = 0; person < PEOPLE - 1; person += 1) {
    const [path = ''] = await confirmPaths(program.dataDirectory, `${person}.${CANARIES.email}`);
    const confirmed = await post(path, {});
    expect(confirmed.status).toBe(303);
    receipts.push(new URL(confirmed.headers.get('location') ?? '', program.url).pathname);
  }
  await post(`${receipts[0]}/withdrawal`, {});
  const [last = ''] = await confirmPaths(program.dataDirectory, `${PEOPLE - 1}.${CANARIES.email}`);
  await post(`${last}/not-me`, {});
  await asSuperuser(async (client) => {
    // An error that PostgreSQL would explain with the row.
    await client.query('alter table action add constraint refuse_all check (false) not valid');
    expect((await submitByApi({ url: program.url, body })).status).toBe(500);
    await client.query('alter table action drop constraint refuse_all');
    await client.query('vacuum (full, analyze)');
    await client.query('checkpoint');
  });
  const running = await filesWithMarks(program.home);
  expect(running.found).toEqual([]);
  await program.stop();
  const stopped = await filesWithMarks(program.home);
  expect(stopped.found).toEqual([]);
  const clusterElsewhere = program.cluster.startsWith(program.home)
    ? { searched: 0, bytes: 0, found: [] }
    : await filesWithMarks(program.cluster);
  expect(clusterElsewhere.found).toEqual([]);
  const outbox = await readdir(join(program.dataDirectory, 'outbox'));
  figure('stolen folder', {
    'files searched': stopped.searched + clusterElsewhere.searched,
    'MB searched': Math.round((stopped.bytes + clusterElsewhere.bytes) / 1e6),
    'canaries found': 0,
    'mails in the outbox, left out': outbox.length,
  });
  expect(stopped.bytes).toBeGreaterThan(10_000_000);
});

test('S23: the search finds what is there', async () => {
  expect(MARKS.every((mark) => formsOf(mark).every((form) => form.length >= mark.length - 1))).toBe(true);
  const sealed = Buffer.concat([Buffer.from('x'), Buffer.from(JSON.stringify(CANARIES))]);
  for (const held of [sealed, Buffer.from(sealed.toString('base64')), Buffer.from(sealed.toString('hex'))]) {
    expect(formsOf('Zephyrine').some((form) => held.includes(form))).toBe(true);
  }
});

test('S23: without its key file the data do not open, and the program says so', {
  timeout: TEST_LIMIT_MS,
}, async () => {
  const kept = `${program.keyFile}.kept`;
  await rename(program.keyFile, kept);
  const { code, error } = await program.run('serve');
  expect(error).toMatch(
    /^The master key is not the one this data was sealed with .* Put back the right key file/m,
  );
  expect(code).toBe(1);
  await rm(program.keyFile, { force: true });
  await rename(kept, program.keyFile);
  await program.start();
  const [path = ''] = await confirmPaths(program.dataDirectory, `1.${CANARIES.email}`);
  expect((await fetch(program.url + path)).status).toBe(200);
});
