import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { FACT_FIELDS, NO_FACTS } from '../src/actions/write/constituent-fields.js';
import {
  SENT,
  serveOffices,
  startCongressServer,
  TYPED,
  writingPage,
  youngestAction,
} from './support/congress-ground.js';
import { ROOM_OF_FORM, ZIPS } from './support/congress-set.js';
import { confirmPaths } from './support/supporter.js';
import { fieldsOf, type TestServer } from './support/test-server.js';

const EVERYBODY = ['okafor', 'halvorsen', 'quist'];
const ADDRESS = '1 Quay Stair\nFlat 4\nSan Francisco, CA 94110';

let server: TestServer;

beforeAll(async () => {
  server = await startCongressServer();
});
beforeEach(() => serveOffices(server, { house: ['HCA12'], senate: ['SCA01'] }));
afterAll(() => server?.[Symbol.asyncDispose]());

async function formFor(email: string, changes: Record<string, string | string[]> = {}) {
  return {
    ...fieldsOf(await writingPage(server)),
    to: EVERYBODY,
    ...TYPED,
    email,
    message: 'I row past the lamp.',
    consent: 'yes',
    ...changes,
  };
}

async function send(form: Record<string, string | string[]>) {
  const answer = await server.post('/alerts/congress/actions', form);
  return { status: answer.status, html: await answer.text() };
}

/** The fields that the page marks as wrong. */
function wrongFields(html: string): string[] {
  return [...html.matchAll(/<(?:input|select|textarea)[^>]*aria-invalid="true"[^>]*>/g)].map(
    ([tag]) => /name="([^"]*)"/.exec(tag)?.[1] ?? '',
  );
}

describe('the page', () => {
  test('asks for the facts in fields, says who wants them, and fills in nothing but what was typed', async () => {
    const html = await writingPage(server);
    const fields = fieldsOf(html);
    expect(Object.keys(fields)).not.toContain('name');
    for (const field of ['given_name', 'family_name', 'address_line1', 'address_line2', 'city', 'phone'])
      expect(fields[field], field).toBe('');
    expect(fields.zip).toBe(ZIPS.twelfth);
    expect(html).not.toContain('name="street"');
    expect(html).not.toContain(' selected');
    const choices = (name: string) =>
      [
        ...(new RegExp(`<select[^>]*name="${name}"[^>]*>(.*?)</select>`).exec(html)?.[1] ?? '').matchAll(
          /value="([^"]*)"/g,
        ),
      ].map(([, value]) => value);
    expect(choices('prefix')).toEqual(['Mr.', 'Mrs.', 'Miss', 'Ms.', 'Dr.']);
    expect(choices('state')).toHaveLength(56);
    for (const code of ['DC', 'AS', 'GU', 'MP', 'PR', 'VI', 'CA']) expect(choices('state')).toContain(code);
    const text = html.replace(/<[^>]*>/g, '');
    expect(text).toContain(
      'The mail systems of the House of Representatives and Senate take no letter without these fields',
    );
    expect(text).toContain('to Representative Dana Okafor and Senator Ruth Halvorsen, and nowhere else');
    expect(text).toContain('Only the address goes to Senator Paul Quist as well');
    expect(text).toContain(`by a form with room for ${ROOM_OF_FORM} characters`);
    for (const words of ['given-name', 'family-name', 'honorific-prefix', 'address-line1', 'address-line2'])
      expect(html).toContain(`autocomplete="${words}"`);
    for (const words of ['address-level1', 'address-level2', 'postal-code', 'tel-national'])
      expect(html).toContain(`autocomplete="${words}"`);
  });

  test('asks for a name alone where no office takes letters that way', async () => {
    await serveOffices(server, { house: [], senate: [] });
    const html = await writingPage(server);
    expect(html).toContain('name="name"');
    expect(html).toContain('name="street"');
    expect(html).not.toContain('name="prefix"');
  });

  test('asks for a name alone where the alert does not say what it is about', async () => {
    expect(await writingPage(server, { slug: 'no-topic' })).not.toContain('name="given_name"');
  });

  test('asks for them in the district of somebody whose office is not active only for the others', async () => {
    const html = await writingPage(server, { postcode: ZIPS.thirteenth });
    expect(html).toContain('to Senator Ruth Halvorsen, and nowhere else');
  });
});

describe('a form', () => {
  test('without any of the facts comes back with each of them marked, and with what was typed', async () => {
    const nothing = Object.fromEntries(FACT_FIELDS.map((field) => [field, '']));
    const { status, html } = await send(await formFor('a@quill.example', { ...nothing, phone: '12' }));
    expect(status).toBe(400);
    expect(wrongFields(html).sort()).toEqual(
      ['given_name', 'family_name', 'prefix', 'address_line1', 'city', 'state', 'zip', 'phone'].sort(),
    );
    expect(fieldsOf(html)).toMatchObject({
      email: 'a@quill.example',
      phone: '12',
      message: 'I row past the lamp.',
    });
    expect(html).toContain('the mail system of the House of Representatives takes no letter without it');
  });

  test.each([
    ['given_name', 'A'.repeat(61)],
    ['family_name', 'Quill\nBcc: x'],
    ['family_name', '=?utf-8?q?x?='],
    ['prefix', 'Captain'],
    ['address_line1', '12'],
    ['address_line2', 'x'.repeat(101)],
    ['city', 'Ng'],
    ['state', 'ca'],
    ['state', 'XX'],
    ['zip', '9411'],
    ['zip', '94110-12'],
    ['zip', '٩٤١١٠'],
    ['phone', '555-0100'],
    ['phone', '+44 20 7946 0958'],
    ['phone', '555-555-0100 ext. 3'],
  ])('with %s %j comes back, with the rest as it was typed', async (field, value) => {
    const { status, html } = await send(await formFor('b@quill.example', { [field]: value }));
    expect([status, wrongFields(html)]).toEqual([400, [field]]);
    const back = fieldsOf(html);
    for (const name of FACT_FIELDS) {
      if (name === 'prefix' || name === 'state' || name === field) continue;
      expect(back[name], name).toBe(TYPED[name]);
    }
    if (field !== 'state') expect(html).toContain('<option value="CA" selected>');
    if (field !== 'prefix') expect(html).toContain('<option value="Ms." selected>');
  });

  test('needs of them only a name where every office that wants them is left out', async () => {
    const form = await formFor('c@quill.example', { to: ['quist'], ...NO_FACTS });
    const { status, html } = await send(form);
    expect([status, wrongFields(html)]).toEqual([400, ['given_name', 'address_line1']]);
    const filled = { ...form, ...TYPED, prefix: '', phone: 'none', zip: '1' };
    expect((await send(filled)).status).toBe(303);
    const { letters, supporter } = await youngestAction(server);
    const letter = letters.get('quist');
    expect(letter?.content).not.toHaveProperty('constituent');
    expect(letter?.content).not.toHaveProperty('campaign');
    expect(letter?.content?.body).toContain(
      'Ada Mae Quill\n1 Quay Stair\nFlat 4\nSan Francisco, CA 1\n94110',
    );
    expect(JSON.stringify([supporter, letter])).not.toMatch(/none|Ms\./);
  });

  test('is taken, and each letter holds what its office needs and no more', async () => {
    expect((await send(await formFor('d@quill.example'))).status).toBe(202);
    const { letters, supporter } = await youngestAction(server);
    expect(supporter).toEqual({
      name: 'Ada Mae Quill',
      email: 'd@quill.example',
      place: ZIPS.twelfth,
    });
    for (const [id, channel] of [
      ['okafor', 'cwc_house'],
      ['halvorsen', 'cwc_senate'],
    ] as const) {
      const letter = letters.get(id);
      expect(letter?.channel).toBe(channel);
      expect(letter?.office.channels).toEqual([channel, 'web_form', 'telephone']);
      expect(letter?.content?.constituent).toEqual(SENT);
      expect(letter?.content?.campaign).toEqual({
        campaign: expect.any(String),
        topics: ['Energy', 'Arts, Culture, Religion'],
        bill: { congress: 119, type: 'hr', number: 233 },
        stance: 'pro',
        moreInfo: `${server.context.config.url}/alerts/congress`,
      });
      expect(letter?.content?.message).toBe('I row past the lamp.\n');
      expect(letter?.content?.body).toContain(`Yours sincerely,\n\nAda Mae Quill\n${ADDRESS}\n\n`);
    }
    const byForm = letters.get('quist')?.content;
    expect(byForm).not.toHaveProperty('constituent');
    expect(byForm?.body).toContain(ADDRESS);
    expect(letters.get('quist')?.office).toMatchObject({
      code: 'SCA03',
      phone: '202-555-0100',
      form: { longestMessage: ROOM_OF_FORM },
      channels: ['web_form', 'telephone'],
    });
  });

  test('tells an office that needs neither facts nor address nothing of them', async () => {
    const html = await writingPage(server, { postcode: ZIPS.thirteenth });
    const everybody = ['lind', 'halvorsen', 'quist'];
    const typed = { ...fieldsOf(html), ...TYPED, to: everybody, email: 'k@quill.example', consent: 'yes' };
    expect((await send({ ...typed, message: 'I row past the lamp.' })).status).toBe(202);
    const { letters } = await youngestAction(server);
    const content = letters.get('lind')?.content;
    expect(content?.body).toContain(`Yours sincerely,\n\nAda Mae Quill\n${ZIPS.thirteenth}\n`);
    expect(JSON.stringify(content)).not.toMatch(/1 Quay Stair|Francisco|Ms\.|0100/);
  });

  test('shows before it is confirmed what goes to whom, and in which parts', async () => {
    const email = 'e@quill.example';
    expect((await send(await formFor(email, { message: 'I row past the lamp. '.repeat(30) }))).status).toBe(
      202,
    );
    const [path = ''] = await confirmPaths(server.context.config.dataDirectory, email);
    const html = await (await server.get(path)).text();
    const articles = html.split('<article').slice(1);
    const toOffice = (name: string) => articles.find((article) => article.includes(name)) ?? '';
    const facts = (article: string) =>
      Object.fromEntries(
        [...article.matchAll(/<dt>(.*?)<\/dt><dd[^>]*>(.*?)<\/dd>/g)].map(([, name, value]) => [name, value]),
      );
    expect(facts(toOffice('Dana Okafor'))).toEqual({
      'Addressed as': 'Ms.',
      Name: 'Ada Mae · Quill',
      Address: '1 Quay Stair · Flat 4 · San Francisco · California · 94110',
      Telephone: '555-555-0100',
      'E-mail': email,
      About: 'Energy · Arts, Culture, Religion',
      Bill: 'H.R. 233, 119th Congress',
      Stance: 'For it',
      'To read more': `${server.context.config.url}/alerts/congress`,
    });
    expect(toOffice('Ruth Halvorsen')).toContain('The mail system of the Senate takes a letter in parts.');
    expect(facts(toOffice('Paul Quist'))).toEqual({});
    expect(toOffice('Paul Quist')).toContain(`by a form with room for ${ROOM_OF_FORM} characters`);
    expect(toOffice('Dana Okafor')).not.toContain('by a form with room for');
  });

  test('is told while it is written what the mail systems take, and nothing is cut', async () => {
    const short = await send(await formFor('f@quill.example', { subject: 'Lamp', message: 'Yes.' }));
    expect([short.status, wrongFields(short.html)]).toEqual([400, ['subject', 'message']]);
    expect(short.html).toContain('of 6 characters or more');
    const full = 'x'.repeat(10_000);
    const long = await send(await formFor('f@quill.example', { message: full }));
    expect([long.status, wrongFields(long.html)]).toEqual([400, ['message']]);
    expect(long.html).toContain('This is 10,001 characters long');
    expect(fieldsOf(long.html).message).toBe(full);
    const fits = await send(await formFor('f@quill.example', { message: full.slice(1), statement: ' ' }));
    expect(fits.status).toBe(202);
    const alone = await formFor('g@quill.example', { to: ['quist'], subject: 'Lamp', message: 'Yes.' });
    expect((await send(alone)).status).toBe(303);
  });

  test('of one key with other facts is another letter', async () => {
    const form = await formFor('h@quill.example');
    expect((await send(form)).status).toBe(202);
    expect((await send({ ...form, prefix: 'Dr.' })).status).toBe(422);
    expect((await send(form)).status).toBe(202);
  });
});
