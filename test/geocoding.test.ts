import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeConfig, readEnvironment } from '../src/config/index.js';
import type { GeocodingAdapter } from '../src/legislatures/geocoding/adapter.js';
import { census } from '../src/legislatures/geocoding/census.js';
import { chooseMatch } from '../src/legislatures/geocoding/choose-match.js';
import type { AddressMatch } from '../src/legislatures/geocoding/geocoder.js';
import { httpGeocoder } from '../src/legislatures/geocoding/http-geocoder.js';
import { nominatim } from '../src/legislatures/geocoding/nominatim.js';
import { Pace } from '../src/legislatures/geocoding/pace.js';
import { pelias } from '../src/legislatures/geocoding/pelias.js';
import { photon } from '../src/legislatures/geocoding/photon.js';
import {
  drip,
  type FakeGeocoder,
  json,
  nominatimMatch,
  redirect,
  silence,
  startFakeGeocoder,
  text,
} from './support/fake-geocoder.js';

const ADDRESS = '12 Mill Lane, Ostrel';
const MOST_MS = 6000;
const NO_PACE = { atOnce: 16, apartMs: 0 };

let fake: FakeGeocoder;
beforeEach(async () => {
  fake = await startFakeGeocoder();
});
afterEach(() => fake[Symbol.asyncDispose]());

function geocoderOf(adapter: GeocodingAdapter, { base = fake.url, pace = NO_PACE } = {}) {
  return httpGeocoder({
    adapter,
    base: new URL(base),
    goesTo: 'a test',
    userAgent: 'Redress (+https://act.example)',
    pace: new Pace(pace),
  });
}

const censusAnswer = (matches: readonly object[]) => ({
  result: {
    input: { address: { address: ADDRESS }, benchmark: { id: '4' } },
    addressMatches: matches,
  },
});
const censusMatch = {
  matchedAddress: '12 MILL LN, OSTREL, ZZ, 01810',
  coordinates: { x: -93.5, y: 41.5 },
  tigerLine: { side: 'L', tigerLineId: '1' },
  addressComponents: { fromAddress: '2', toAddress: '98', streetName: 'MILL', zip: '01810' },
  geographies: { '119th Congressional Districts': [{ GEOID: '1904' }] },
};
const feature = (properties: object) => ({
  type: 'FeatureCollection',
  features: [{ type: 'Feature', geometry: { type: 'Point', coordinates: [-93.5, 41.5] }, properties }],
});
const AT = { latitude: 41.5, longitude: -93.5 };

describe('each service is asked and read in its own words', () => {
  test.each([
    {
      name: 'census',
      adapter: census,
      answer: censusAnswer([censusMatch]),
      asked:
        '/geographies/onelineaddress?address=12+Mill+Lane%2C+Ostrel&benchmark=Public_AR_Current&vintage=Current_Current&format=json',
      match: {
        precision: 'street',
        withinMetres: 0,
        sure: true,
        postcode: '01810',
        label: censusMatch.matchedAddress,
      },
    },
    {
      name: 'nominatim',
      adapter: nominatim,
      answer: [nominatimMatch({ address: { house_number: '12', country_code: 'us', postcode: '01810' } })],
      asked: '/search?q=12+Mill+Lane%2C+Ostrel&format=jsonv2&addressdetails=1&limit=3&countrycodes=us',
      match: {
        precision: 'rooftop',
        withinMetres: 0,
        sure: true,
        postcode: '01810',
        label: '12, Mill Lane, Ostrel',
      },
    },
    {
      name: 'pelias',
      adapter: pelias,
      answer: feature({
        layer: 'address',
        confidence: 1,
        match_type: 'exact',
        accuracy: 'point',
        housenumber: '12',
        street: 'Mill Lane',
        postalcode: '01810',
        label: '12 Mill Lane, Ostrel',
      }),
      asked: '/v1/search?text=12+Mill+Lane%2C+Ostrel&size=3&boundary.country=US',
      match: {
        precision: 'rooftop',
        withinMetres: 0,
        sure: true,
        postcode: '01810',
        label: '12 Mill Lane, Ostrel',
      },
    },
    {
      name: 'photon',
      adapter: photon,
      answer: feature({
        osm_key: 'building',
        osm_value: 'house',
        type: 'house',
        housenumber: '12',
        street: 'Mill Lane',
        postcode: '01810',
        city: 'Ostrel',
        countrycode: 'US',
      }),
      asked: '/api?q=12+Mill+Lane%2C+Ostrel&limit=5',
      match: {
        precision: 'rooftop',
        withinMetres: 0,
        sure: true,
        postcode: '01810',
        label: '12 Mill Lane, 01810 Ostrel',
      },
    },
  ])('$name', async ({ adapter, answer, asked, match }) => {
    fake.reply = json(answer);
    const outcome = await geocoderOf(adapter).geocode(ADDRESS, { countries: ['us'] });
    expect(outcome).toEqual({ status: 'found', matches: [{ ...AT, ...match }] });
    expect(fake.asked.map((url) => url.pathname + url.search)).toEqual([asked]);
    expect(fake.headers[0]).toMatchObject({
      'user-agent': 'Redress (+https://act.example)',
      accept: 'application/json',
    });
    expect(Object.keys(fake.headers[0] ?? {})).not.toContain('cookie');
    expect(Object.keys(fake.headers[0] ?? {})).not.toContain('referer');
  });

  test('an address below a path, with a key, keeps both', async () => {
    await geocoderOf(pelias, { base: `${fake.url}/geo/?api_key=k` }).geocode(ADDRESS, { countries: ['us'] });
    expect(fake.asked[0]?.pathname).toBe('/geo/v1/search');
    expect(fake.asked[0]?.searchParams.get('api_key')).toBe('k');
    expect(fake.asked[0]?.searchParams.get('text')).toBe(ADDRESS);
  });

  test.each([
    [nominatim, [nominatimMatch({ category: 'highway', type: 'residential', address: {} })], 'street', 1000],
    [nominatim, [nominatimMatch({ category: 'place', type: 'postcode', address: {} })], 'postcode', 5000],
    [
      nominatim,
      [nominatimMatch({ category: 'boundary', type: 'administrative', address: {} })],
      'place',
      Infinity,
    ],
    [nominatim, [nominatimMatch({ address: { house_number: '14', country_code: 'us' } })], 'rooftop', 1000],
    [pelias, feature({ layer: 'street', label: 'Mill Lane' }), 'street', 1000],
    [pelias, feature({ layer: 'postalcode', label: '01810' }), 'postcode', 5000],
    [pelias, feature({ layer: 'locality', label: 'Ostrel' }), 'place', Infinity],
    [
      pelias,
      feature({ layer: 'address', match_type: 'fallback', housenumber: '12', label: '12 Hill Lane' }),
      'street',
      1000,
    ],
    [photon, feature({ type: 'street', name: 'Mill Lane' }), 'street', 1000],
    [photon, feature({ type: 'other', osm_value: 'postcode', name: '01810' }), 'postcode', 5000],
    [photon, feature({ type: 'city', name: 'Ostrel' }), 'place', Infinity],
  ])('less than the house is said to be less (%#)', async (...[adapter, answer, precision, withinMetres]) => {
    fake.reply = json(answer);
    const outcome = await geocoderOf(adapter).geocode(ADDRESS, { countries: ['us'] });
    expect(outcome).toMatchObject({ matches: [{ precision, withinMetres, sure: false }] });
  });

  test('of several countries, each is asked for or its matches are kept', async () => {
    const countries = ['us', 'ie'];
    fake.reply = json([nominatimMatch({ address: { house_number: '12', country_code: 'ie' } })]);
    expect(await geocoderOf(nominatim).geocode(ADDRESS, { countries })).toMatchObject({ matches: [{}] });
    expect(fake.asked[0]?.searchParams.get('countrycodes')).toBe('us,ie');
    fake.reply = json(feature({ type: 'house', housenumber: '12', countrycode: 'IE' }));
    expect(await geocoderOf(photon).geocode(ADDRESS, { countries })).toMatchObject({ matches: [{}] });
    const house = { layer: 'address', accuracy: 'point', housenumber: '12', label: '12 Mill Lane' };
    fake.reply = json(feature({ ...house, country_code: 'FR' }));
    expect(await geocoderOf(pelias).geocode(ADDRESS, { countries })).toEqual({
      status: 'found',
      matches: [],
    });
    fake.reply = json(feature(house));
    expect(await geocoderOf(pelias).geocode(ADDRESS, { countries })).toMatchObject({ matches: [{}] });
    expect(fake.asked.at(-1)?.searchParams.has('boundary.country')).toBe(false);
  });

  test('another country’s matches are left out', async () => {
    fake.reply = json(feature({ type: 'house', housenumber: '12', countrycode: 'FR' }));
    expect(await geocoderOf(photon).geocode(ADDRESS, { countries: ['us'] })).toEqual({
      status: 'found',
      matches: [],
    });
    fake.reply = json([nominatimMatch()]);
    expect(await geocoderOf(nominatim).geocode(ADDRESS, { countries: ['us'] })).toEqual({
      status: 'found',
      matches: [],
    });
  });
});

describe('nothing that a service does breaks the asking', () => {
  test.each([
    ['no match', json([]), { status: 'found', matches: [] }],
    ['an error', json({ error: 'down' }, 500), { status: 'refused' }],
    ['too many requests', json({}, 429), { status: 'refused' }],
    ['a page', text('<!doctype html><p>hello'), { status: 'unreadable' }],
    ['nothing', text(''), { status: 'unreadable' }],
    ['no UTF-8', text(Buffer.from([0x22, 0xff, 0xfe, 0x22])), { status: 'unreadable' }],
    ['another shape', json({ result: { addressMatches: [] } }), { status: 'unreadable' }],
    ['a place off the globe', json([nominatimMatch({ lat: 'NaN' })]), { status: 'unreadable' }],
    ['10 MB', text(`[${' '.repeat(10_000_000)}]`), { status: 'unreadable' }],
    ['depth', text('['.repeat(200_000)), { status: 'unreadable' }],
    ['a broken connection', (request) => request.socket.destroy(), { status: 'unreachable' }],
  ] satisfies [string, FakeGeocoder['reply'], object][])('%s', async (_what, reply, outcome) => {
    fake.reply = reply;
    expect(await geocoderOf(nominatim).geocode(ADDRESS, { countries: ['zz'] })).toEqual(outcome);
  });

  test('a redirect to another host is not followed: it would learn the address', async () => {
    await using other = await startFakeGeocoder(json([nominatimMatch()]));
    fake.reply = redirect(`${other.url}/search`);
    expect(await geocoderOf(nominatim).geocode(ADDRESS, { countries: ['zz'] })).toEqual({
      status: 'refused',
    });
    expect(other.asked).toEqual([]);
  });

  test('a redirect on the same host is followed, and not for ever', async () => {
    fake.reply = (request, response) =>
      request.url === '/there'
        ? json([nominatimMatch()])(request, response)
        : redirect('/there')(request, response);
    expect(await geocoderOf(nominatim).geocode(ADDRESS, { countries: ['zz'] })).toMatchObject({
      status: 'found',
    });
    fake.reply = redirect('/again');
    expect(await geocoderOf(nominatim).geocode(ADDRESS, { countries: ['zz'] })).toEqual({
      status: 'refused',
    });
  });

  test('silence and a slow drip end after five seconds, and at once when the person is gone', async () => {
    await using dripping = await startFakeGeocoder(drip);
    fake.reply = silence;
    const before = performance.now();
    const gone = AbortSignal.timeout(100);
    const left = geocoderOf(nominatim)
      .geocode(ADDRESS, { countries: ['zz'], signal: gone })
      .then((outcome) => ({ outcome, ms: performance.now() - before }));
    const ended = await Promise.all([
      geocoderOf(nominatim).geocode(ADDRESS, { countries: ['zz'] }),
      geocoderOf(nominatim, { base: dripping.url }).geocode(ADDRESS, { countries: ['zz'] }),
    ]);
    expect(ended).toEqual([{ status: 'timed_out' }, { status: 'timed_out' }]);
    expect(performance.now() - before).toBeLessThan(MOST_MS);
    expect((await left).ms).toBeLessThan(2000);
  }, 10_000);

  test('whatever JSON it answers', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.json(),
        fc.constantFrom(census, nominatim, pelias, photon),
        async (body, adapter) => {
          const read = adapter.read(JSON.parse(body), { address: ADDRESS, countries: ['us'] });
          expect(read === undefined || Array.isArray(read)).toBe(true);
        },
      ),
    );
  });

  test('one that nobody runs', async () => {
    const closed = await startFakeGeocoder();
    await closed[Symbol.asyncDispose]();
    expect(await geocoderOf(nominatim, { base: closed.url }).geocode(ADDRESS, { countries: ['zz'] })).toEqual(
      {
        status: 'unreachable',
      },
    );
  });
});

describe('a service’s own pace is kept', () => {
  test('one after the other, so far apart, and no endless queue', async () => {
    const pace = new Pace({ atOnce: 16, apartMs: 40 });
    const starts: number[] = [];
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        pace.take(async () => {
          starts.push(performance.now());
          return 'done';
        }),
      ),
    );
    expect(answers.filter((answer) => answer === 'done')).toHaveLength(5);
    const [first = 0, last = 0] = [starts[0], starts.at(-1)];
    expect(last - first).toBeGreaterThan(4 * 40 - 20);
  });

  test('no more at once than it may be', async () => {
    fake.reply = silence;
    const geocoder = geocoderOf(nominatim, { pace: { atOnce: 1, apartMs: 0 } });
    const first = geocoder.geocode(ADDRESS, { countries: ['zz'], signal: AbortSignal.timeout(200) });
    expect(await geocoder.geocode(ADDRESS, { countries: ['zz'] })).toEqual({ status: 'busy' });
    expect(await first).toEqual({ status: 'timed_out' });
  });
});

describe('of several matches', () => {
  const match = (changes: Partial<AddressMatch>): AddressMatch => ({
    ...AT,
    precision: 'rooftop',
    label: 'here',
    withinMetres: 0,
    sure: true,
    ...changes,
  });
  const street = match({ precision: 'street', withinMetres: 1000, sure: false });
  const area = match({ precision: 'postcode', withinMetres: 5000, sure: false });
  const town = match({ precision: 'place', withinMetres: Number.POSITIVE_INFINITY, sure: false });

  test.each([
    [[], { kind: 'not_found' }],
    [[town], { kind: 'too_rough' }],
    [[town, area], { kind: 'area', match: area }],
    [[area, street, town], { kind: 'houses', matches: [street] }],
    [[area, street, match({})], { kind: 'houses', matches: [match({})] }],
  ])('the most exact are taken (%#)', (matches, choice) => {
    expect(chooseMatch(matches)).toEqual(choice);
  });
});

describe('the configuration', () => {
  const read = (variables: Record<string, string>) => makeConfig(readEnvironment(variables)).geocoder;

  test('asks nobody unless it says whom', () => {
    expect(read({})).toEqual({ kind: 'none', goesTo: undefined });
    expect(read({ REDRESS_GEOCODER: 'offline' })).toEqual({ kind: 'offline', goesTo: undefined });
  });

  test('says who learns the address', () => {
    expect(read({ REDRESS_GEOCODER: 'census' }).goesTo).toBe('US Census Bureau');
    const photonAt = (url: string) => read({ REDRESS_GEOCODER: 'photon', REDRESS_GEOCODER_URL: url }).goesTo;
    expect(photonAt('https://photon.example/?key=secret')).toBe('photon.example');
    expect(photonAt('http://127.0.0.1:2322')).toBeUndefined();
    expect(photonAt('http://photon:2322')).toBe('photon');
    const named = {
      REDRESS_GEOCODER: 'pelias',
      REDRESS_GEOCODER_URL: 'https://pelias.example',
      REDRESS_GEOCODER_NAME: 'Example Maps',
    };
    expect(read(named).goesTo).toBe('Example Maps');
  });

  test.each([
    [{ REDRESS_GEOCODER: 'google' }, /Use one of none, census/],
    [{ REDRESS_GEOCODER: 'photon' }, /not REDRESS_GEOCODER_URL/],
    [{ REDRESS_GEOCODER_URL: 'https://photon.example' }, /asks nobody/],
    [{ REDRESS_GEOCODER: 'photon', REDRESS_GEOCODER_URL: 'photon.example' }, /no address/],
    [{ REDRESS_GEOCODER: 'photon', REDRESS_GEOCODER_URL: 'ftp://photon.example' }, /no address/],
    [{ REDRESS_GEOCODER: 'photon', REDRESS_GEOCODER_URL: 'http://photon.example' }, /in the clear/],
    [{ REDRESS_GEOCODER: 'photon', REDRESS_GEOCODER_URL: 'https://me:secret@photon.example' }, /a password/],
  ])('that cannot be is refused without its secret (%#)', (variables, words) => {
    expect(() => read(variables)).toThrow(words);
    expect(() => read(variables)).not.toThrow(/secret/);
  });
});
