import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { buildSnapshot, demoSet, represent } from '../src/legislatures/index.js';
import {
  type FakeGeocoder,
  json,
  nominatimMatch,
  redirect,
  silence,
  startFakeGeocoder,
  text,
} from './support/fake-geocoder.js';
import { publishTestAlert } from './support/test-alert.js';
import { boxesOf, fieldsOf, startTestServer, type TestServer } from './support/test-server.js';

const CANARY = '12 Canary Lane, Sparrowfield';
const PLACE = '/alerts/lamp/place';
const SPLIT = '1190';
const WHOLE = '1810';
const STREET_METRES = 1000;
const NOW = new Date('2026-11-24');

type Answer = ReturnType<typeof represent>;

const set = demoSet();
const snapshot = buildSnapshot(set, 'test');
let fake: FakeGeocoder;
let server: TestServer;

beforeAll(async () => {
  fake = await startFakeGeocoder();
  server = await startTestServer({
    variables: {
      REDRESS_GEOCODER: 'nominatim',
      REDRESS_GEOCODER_URL: fake.url,
      REDRESS_GEOCODER_NAME: 'Orvany Maps',
    },
  });
  await publishTestAlert(server.context);
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await fake[Symbol.asyncDispose]();
});
afterEach(() => {
  fake.asked.length = 0;
});

/** A point of the demo's map where the answer is of this kind, found by asking apart from the server. */
function pointWhere(wanted: (answer: Answer, around: Answer) => boolean) {
  const ring = set.divisions.flatMap(({ boundary }) =>
    (boundary ?? []).flatMap(([outline]) => outline ?? []),
  );
  for (const outline of ring) {
    for (let index = 0; index < outline.length; index += 2) {
      for (const shift of [0, 3e5, -3e5, 4e4, -4e4]) {
        const longitude = ((outline[index] ?? 0) + shift) / 1e7;
        const latitude = ((outline[index + 1] ?? 0) + shift) / 1e7;
        const at = { latitude, longitude };
        const answer = represent(snapshot, { at }, { now: NOW });
        const around = represent(snapshot, { at, withinMetres: STREET_METRES }, { now: NOW });
        if (wanted(answer, around)) return at;
      }
    }
  }
  throw new Error('no such point');
}

const matchAt = ({ latitude, longitude }: { latitude: number; longitude: number }, changes: object = {}) =>
  nominatimMatch({
    lat: String(latitude),
    lon: String(longitude),
    display_name: `${CANARY}, Orvany`,
    ...changes,
  });
const inland = pointWhere(({ status, officeholders }) => status === 'found' && officeholders.length === 3);
const border = pointWhere(({ status }) => status === 'choose');

async function give(form: Record<string, string>) {
  const answer = await server.post(PLACE, form);
  return { status: answer.status, html: await answer.text() };
}

describe('the page', () => {
  test('asks for the street address, and says who learns it', async () => {
    const html = await (await server.get('/alerts/lamp')).text();
    expect(html).toContain('name="address"');
    expect(html).toContain('Orvany Maps');
    expect(html).not.toContain('told to nobody, and not kept');
    expect(fake.asked).toEqual([]);
  });

  test('does not ask where no geocoder is configured, and then takes none', async () => {
    await using plain = await startTestServer();
    await publishTestAlert(plain.context);
    const html = await (await plain.get('/alerts/lamp')).text();
    expect(html).not.toContain('name="address"');
    expect(html).toContain('told to nobody');
    const answer = await plain.post(PLACE, { postcode: '', address: CANARY });
    expect(answer.status).toBe(400);
  });

  test('takes no address in a URL', async () => {
    const html = await (await server.get(`${PLACE}?address=${encodeURIComponent(CANARY)}`)).text();
    expect(html).not.toContain('Canary');
    expect(fake.asked).toEqual([]);
  });
});

describe('a postcode that says enough', () => {
  test('spares the address the way out', async () => {
    const { status, html } = await give({ postcode: WHOLE, address: CANARY });
    expect(status).toBe(200);
    expect(boxesOf(html, 'to')).toHaveLength(3);
    expect(fake.asked).toEqual([]);
  });
});

describe('an address that is found', () => {
  test('leads to the letter, which is sent and confirmed with the place alone', async () => {
    fake.reply = json([matchAt(inland)]);
    const { status, html } = await give({ postcode: '', address: CANARY });
    expect(status).toBe(200);
    expect(fake.asked[0]?.searchParams.get('q')).toBe(CANARY);
    const form = fieldsOf(html);
    expect(form.at).toMatch(/^-?\d+\.\d{7},-?\d+\.\d{7}$/);
    expect(form.postcode).toBe('');
    const to = boxesOf(html, 'to');
    expect(to).toHaveLength(3);
    const taken = await server.post('/alerts/lamp/actions', {
      ...form,
      to,
      name: 'Ada Quill',
      email: 'ada@mill.example',
      street: '1 Other Street',
      locality: 'Elsewhere',
      message: 'My grandmother kept the lamp.',
      consent: 'yes',
    });
    expect(taken.status).toBe(202);
    expect(fake.asked).toHaveLength(1);
  });

  test('fills in the street of the letter where an office needs one', async () => {
    const needing = set.officeholders.find(({ office }) => office.requiresAddress);
    const division = set.seats.find(({ id }) => id === needing?.seat)?.division;
    const point = pointWhere(
      ({ status, officeholders }) =>
        status === 'found' && officeholders.some((person) => person.id === needing?.id),
    );
    expect(division).toBeDefined();
    fake.reply = json([matchAt(point)]);
    const { html } = await give({ address: CANARY });
    const form = fieldsOf(html);
    expect([form.street, form.locality]).toEqual(['12 Canary Lane', 'Sparrowfield']);
  });

  test('near a border is uncertain, and the choice keeps the address', async () => {
    fake.reply = json([matchAt(border)]);
    const { html } = await give({ address: CANARY });
    expect(html).toContain(CANARY);
    expect(boxesOf(html, 'division').length).toBeGreaterThan(1);
    const [division = ''] = boxesOf(html, 'division');
    const next = await give({ ...fieldsOf(html), division });
    expect(next.status).toBe(200);
    expect(boxesOf(next.html, 'to').length).toBeGreaterThan(0);
    expect(fake.asked).toHaveLength(1);
  });

  test('in several places is asked about by their labels, and not looked up again', async () => {
    fake.reply = json([
      matchAt(inland, { display_name: '12, Canary Lane, North Sparrowfield' }),
      matchAt(border, { display_name: '12, Canary Lane, South Sparrowfield' }),
    ]);
    const { html } = await give({ address: CANARY });
    expect(html).toContain('North Sparrowfield');
    expect(html).toContain('South Sparrowfield');
    const [at = ''] = boxesOf(html, 'at');
    const next = await give({ ...fieldsOf(html), at });
    expect(boxesOf(next.html, 'to')).toHaveLength(3);
    expect(fake.asked).toHaveLength(1);
    const none = await give(fieldsOf(html));
    expect(boxesOf(none.html, 'at')).toHaveLength(2);
  });

  test('twice in one district needs no question', async () => {
    fake.reply = json([matchAt(inland), matchAt(inland, { display_name: 'the same' })]);
    const { html } = await give({ address: CANARY });
    expect(boxesOf(html, 'to')).toHaveLength(3);
  });

  test('outside the postcode that was given is shown before it is taken', async () => {
    const byPostcode = represent(snapshot, { postcode: SPLIT }, { now: NOW });
    const theirs = byPostcode.candidates.flatMap(({ officeholders }) => officeholders.map(({ id }) => id));
    const holds = ({ officeholders }: Answer) => officeholders.some(({ id }) => theirs.includes(id));
    const found = ({ status, officeholders }: Answer) => status === 'found' && officeholders.length === 3;
    fake.reply = json([matchAt(pointWhere((answer) => found(answer) && !holds(answer)))]);
    const elsewhere = await give({ postcode: SPLIT, address: CANARY });
    expect(boxesOf(elsewhere.html, 'at')).toHaveLength(1);
    fake.reply = json([matchAt(pointWhere((answer) => found(answer) && holds(answer)))]);
    const there = await give({ postcode: SPLIT, address: CANARY });
    expect(boxesOf(there.html, 'to')).toHaveLength(3);
  });

  test('with another number of the street is shown before it is taken', async () => {
    fake.reply = json([matchAt(inland, { address: { house_number: '14', country_code: 'zz' } })]);
    const { html } = await give({ address: CANARY });
    expect(boxesOf(html, 'at')).toHaveLength(1);
  });

  test('by its street alone is said to be so, and is uncertain in a wider circle', async () => {
    const wide = pointWhere((answer, around) => answer.status === 'found' && around.status === 'choose');
    fake.reply = json([matchAt(wide, { category: 'highway', type: 'residential', address: {} })]);
    const first = await give({ address: CANARY });
    const [at = ''] = boxesOf(first.html, 'at');
    expect(at).toMatch(/,1000$/);
    const next = await give({ ...fieldsOf(first.html), at });
    expect(boxesOf(next.html, 'division').length).toBeGreaterThanOrEqual(2);
    expect(next.html).toContain('only the street was found');
  });

  test('by its postcode alone counts as the postcode', async () => {
    fake.reply = json([
      matchAt(inland, { category: 'place', type: 'postcode', address: { postcode: SPLIT } }),
    ]);
    const { html } = await give({ address: CANARY });
    expect(html).toContain('only the area of the postcode');
    const choices = represent(snapshot, { postcode: SPLIT }, { now: NOW }).candidates;
    expect(boxesOf(html, 'division')).toEqual(choices.map(({ division }) => division));
  });
});

describe('an address that is not found', () => {
  const failures: [string, FakeGeocoder['reply'], RegExp][] = [
    ['no match', json([]), /was not found/],
    [
      'a town',
      json([matchAt(inland, { category: 'boundary', type: 'administrative', address: {} })]),
      /Only the town/,
    ],
    ['an error', json({}, 500), /cannot be looked up/],
    ['garbage', text('<p>garbage'), /cannot be looked up/],
    ['too much', text(`[${' '.repeat(10_000_000)}]`), /cannot be looked up/],
    ['a redirect elsewhere', redirect('http://127.0.0.2:9/search'), /cannot be looked up/],
    ['silence', silence, /cannot be looked up/],
    ['a place beyond the map', json([matchAt({ latitude: -80, longitude: 0 })]), /outside every district/],
  ];

  test.each(failures)(
    '%s: the form comes back filled in, with the other ways',
    async (_what, reply, words) => {
      fake.reply = reply;
      const before = performance.now();
      const { status, html } = await give({ postcode: '', address: CANARY });
      expect(performance.now() - before).toBeLessThan(7000);
      expect(status).toBe(400);
      expect(html).toMatch(words);
      expect(fieldsOf(html)).toMatchObject({ address: CANARY, postcode: '' });
      expect(html).toContain('name="division"');
    },
    10_000,
  );

  test('beside a postcode that is split: it goes by the postcode, and says so', async () => {
    fake.reply = json({}, 500);
    const { status, html } = await give({ postcode: SPLIT, address: CANARY });
    expect(status).toBe(200);
    expect(html).toContain('this goes by the postcode alone');
    expect(boxesOf(html, 'division')).toHaveLength(2);
    expect(fake.asked[0]?.searchParams.get('q')).toBe(`${CANARY}, ${SPLIT}`);
  });

  test('too long a text is not sent on', async () => {
    const { status } = await give({ address: 'x'.repeat(5000) });
    expect(status).toBe(400);
    expect(fake.asked).toEqual([]);
  });
});

describe('what was typed', () => {
  test('is in no log and in no table', async () => {
    expect(server.logged()).toContain('could not be looked up');
    expect(server.logged()).not.toMatch(/canary|sparrowfield/i);
    expect(server.logged()).not.toContain(String(inland.latitude));
    expect(server.logged()).not.toContain(fake.url);
    const { rows } = await server.context.pool.query<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'public'`,
    );
    for (const { name } of rows) {
      const found = await server.context.pool.query(
        `select 1 from "${name}" t where t::text ilike '%canary%'`,
      );
      expect([name, found.rowCount]).toEqual([name, 0]);
    }
  });
});

describe('one network', () => {
  test('cannot have addresses looked up without end', async () => {
    await using capped = await startTestServer({
      variables: {
        REDRESS_GEOCODER: 'nominatim',
        REDRESS_GEOCODER_URL: fake.url,
        REDRESS_NETWORK_CAP: '1',
      },
    });
    await publishTestAlert(capped.context);
    fake.reply = json([]);
    for (let tries = 0; tries < 5; tries += 1) await capped.post(PLACE, { address: CANARY });
    const html = await (await capped.post(PLACE, { address: CANARY })).text();
    expect(html).toContain('Too many addresses');
    expect(fake.asked).toHaveLength(3);
  });
});
