import { isDeepStrictEqual } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { buildSnapshot, demoSet, importSet, represent } from '../src/legislatures/index.js';
import { METRES_PER_DEGREE } from '../src/legislatures/places/boundary.js';
import {
  type FakeGeocoder,
  json,
  nominatimMatch,
  silence,
  startFakeGeocoder,
} from './support/fake-geocoder.js';
import { publishTestAlert } from './support/test-alert.js';
import { boxesOf, fieldsOf, startTestServer, type TestServer } from './support/test-server.js';

const CANARY = '12 Canary Lane, Sparrowfield';
const SPLIT = '1190';
const WHOLE = '1810';
/** Two points of the demo's country that lie in two districts. */
const HERE = { latitude: 0.45, longitude: -0.2 };
const ELSEWHERE = { latitude: -0.2, longitude: -1.1 };
const NOW = new Date('2026-11-24');
const COUNCILS = 'Councils of Orvany';

const snapshot = buildSnapshot(demoSet(), 'test');
let fake: FakeGeocoder;
let server: TestServer;
const settings = () => ({
  REDRESS_GEOCODER: 'nominatim',
  REDRESS_GEOCODER_URL: fake.url,
  REDRESS_GEOCODER_NAME: 'Orvany Maps',
});

beforeAll(async () => {
  fake = await startFakeGeocoder();
  server = await startTestServer({ variables: settings() });
});
afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
  await fake?.[Symbol.asyncDispose]();
});
afterEach(() => {
  fake.asked.length = 0;
});

const matchAt = ({ latitude, longitude }: typeof HERE, changes: object = {}) =>
  nominatimMatch({
    lat: String(latitude),
    lon: String(longitude),
    display_name: `${CANARY}, Orvany`,
    ...changes,
  });

async function ask(form: Record<string, string>, of = server) {
  const answer = await of.post('/who', form);
  return { status: answer.status, html: await answer.text() };
}

function nameAt(at: typeof HERE): string {
  const { officeholders } = represent(snapshot, { at }, { now: NOW });
  return officeholders.find(({ role }) => role === 'lower')?.name ?? 'nobody';
}

describe('who represents an address', () => {
  test('is asked in the words of an alert: who learns it, and when', async () => {
    const [who, alert] = [await server.get('/who'), await server.get('/alerts/tallow-head-light')];
    const hints = (html: string) =>
      [...html.matchAll(/<p class="hint"[^>]*>([^<]*)</g)].map(([, words]) => words);
    const [ours, theirs] = [await who.text(), await alert.text()];
    expect(ours).toContain('Orvany Maps');
    expect(hints(theirs)).toEqual(expect.arrayContaining(hints(ours)));
    expect(ours).not.toContain('told to nobody, and not kept');
    expect(/<input[^>]*name="postcode"[^>]*>/.exec(ours)?.[0], 'an address alone will do').not.toContain(
      'required',
    );
    expect(fake.asked).toEqual([]);
  });

  test('is not asked for, nor taken, without a geocoder', async () => {
    await using plain = await startTestServer();
    const html = await (await plain.get('/who')).text();
    expect(html).not.toContain('name="address"');
    expect((await ask({ address: CANARY }, plain)).status).toBe(400);
  });

  test('goes nowhere where the postcode says it all', async () => {
    const { status, html } = await ask({ postcode: WHOLE, address: CANARY });
    expect(status).toBe(200);
    expect(html).toContain('Rafael Monteverde-Hale');
    expect(fake.asked).toEqual([]);
  });

  test('is found, and answered', async () => {
    fake.reply = json([matchAt(HERE)]);
    const { status, html } = await ask({ postcode: '', address: CANARY });
    expect(status).toBe(200);
    expect(html).toContain(nameAt(HERE));
    expect(html).toContain('Who represents this place');
    expect(fake.asked).toHaveLength(1);
    expect(fake.asked[0]?.searchParams.get('countrycodes')).toBe('zz');
  });

  test('that may be several is chosen by its label, and not looked up again', async () => {
    fake.reply = json([
      matchAt(HERE, { display_name: '12, Canary Lane, North Sparrowfield' }),
      matchAt(ELSEWHERE, { display_name: '12, Canary Lane, South Sparrowfield' }),
    ]);
    const { html } = await ask({ address: CANARY });
    expect(html).toContain('Which address is yours?');
    expect(html).toContain('South Sparrowfield');
    const [, at = ''] = boxesOf(html, 'at');
    const next = await ask({ ...fieldsOf(html), at });
    expect(next.html).toContain(nameAt(ELSEWHERE));
    expect(next.html).not.toContain(nameAt(HERE));
    expect(fake.asked).toHaveLength(1);
  });

  test('of which only the street is known says so, and names each district that it may lie in', async () => {
    const border = findWhere(
      ({ status }, at) =>
        status === 'found' &&
        represent(snapshot, { at, withinMetres: 1000 }, { now: NOW }).status === 'choose',
    );
    fake.reply = json([matchAt(border, { category: 'highway', type: 'residential', address: {} })]);
    const first = await ask({ address: CANARY });
    const [at = ''] = boxesOf(first.html, 'at');
    const next = await ask({ ...fieldsOf(first.html), at });
    expect(next.html).toContain('only the street was found');
    expect(next.html).toContain('The place may lie in each of these');
  });

  test.each([
    ['unknown', json([]), /was not found/],
    ['not looked up, as nobody answers', silence, /cannot be looked up/],
    ['beyond the map', json([matchAt({ latitude: -80, longitude: 0 })]), /outside every district/],
  ])(
    '%s: the form comes back filled in',
    async (_what, reply, words) => {
      fake.reply = reply;
      const { status, html } = await ask({ postcode: '', address: CANARY });
      expect(status).toBe(400);
      expect(html).toMatch(words);
      expect(fieldsOf(html)).toMatchObject({ address: CANARY });
      const [, problem = ''] = /<div class="problems".*?href="#([^"]*)"/s.exec(html) ?? [];
      expect(html).toContain(`id="${problem}"`);
    },
    10_000,
  );

  test('that cannot be looked up beside a split postcode goes by the postcode, and says so', async () => {
    fake.reply = json({}, 500);
    const { status, html } = await ask({ postcode: SPLIT, address: CANARY });
    expect(status).toBe(200);
    expect(html).toContain('this goes by the postcode alone');
    expect(html).toContain('The place may lie in each of these');
  });

  test('is looked up where another legislature of the country knows no postcodes, and both answer', async () => {
    await using both = await startTestServer({ variables: settings() });
    const set = {
      ...demoSet(),
      id: 'councils',
      name: COUNCILS,
      postcodes: { pattern: '(.+)', example: '', entries: new Map() },
    };
    await importSet(both.context, { set, files: [], by: 'test', reason: 'test' });
    await both.legislatures.refresh();
    expect((await ask({ postcode: WHOLE }, both)).html).not.toContain(COUNCILS);
    const { officeholders: theirs } = represent(snapshot, { postcode: WHOLE }, { now: NOW });
    fake.reply = json([matchAt(findWhere(({ officeholders }) => isDeepStrictEqual(officeholders, theirs)))]);
    const found = await ask({ postcode: WHOLE, address: CANARY }, both);
    expect(fake.asked).toHaveLength(1);
    expect(found.html).toContain(COUNCILS);
    expect(found.html).toContain('Parliament of Orvany');
    fake.reply = json([
      matchAt(
        findWhere(
          ({ status, officeholders }) =>
            status === 'found' && !officeholders.some(({ id }) => id === theirs[0]?.id),
        ),
      ),
    ]);
    const elsewhere = await ask({ postcode: WHOLE, address: CANARY }, both);
    expect(elsewhere.html, 'the two do not agree').toContain('Which address is yours?');
  });

  test('is in no log and no URL, and a network cannot have them looked up without end, whichever page asks', async () => {
    expect(server.logged()).toContain('could not be looked up');
    expect(server.logged()).not.toMatch(/canary|sparrowfield/i);
    await using capped = await startTestServer({ variables: { ...settings(), REDRESS_NETWORK_CAP: '1' } });
    await publishTestAlert(capped.context);
    fake.reply = json([]);
    for (let tries = 0; tries < 2; tries += 1) {
      await ask({ address: CANARY }, capped);
      await capped.post('/alerts/lamp/place', { address: CANARY });
    }
    expect((await ask({ address: CANARY }, capped)).html).toContain('Too many addresses');
    expect(fake.asked).toHaveLength(3);
  });
});

type Answer = ReturnType<typeof represent>;

/** A point a little north of a corner of a border where the answer is of this kind. */
function findWhere(wanted: (answer: Answer, at: typeof HERE) => boolean): typeof HERE {
  const corners = demoSet().divisions.flatMap(({ boundary = [] }) =>
    boundary.flatMap(([outline]) => outline ?? []),
  );
  for (const outline of corners) {
    for (let index = 0; index < outline.length; index += 2) {
      const latitude = (outline[index + 1] ?? 0) / 1e7 + 400 / METRES_PER_DEGREE;
      const at = { latitude, longitude: (outline[index] ?? 0) / 1e7 };
      if (wanted(represent(snapshot, { at }, { now: NOW }), at)) return at;
    }
  }
  throw new Error('no such place');
}
