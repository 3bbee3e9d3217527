import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { divisionPath } from '../src/browse/paths.js';
import { demoSet, importSet } from '../src/legislatures/index.js';
import { ASSEMBLY_SIZE, assemblySet } from './support/assembly-set.js';
import { publishTestAlert } from './support/test-alert.js';
import { startTestServer, type TestServer } from './support/test-server.js';
import { until } from './support/until.js';

const PAGE_BYTES = 30_000;
const PICTURE_BYTES = 25_000;
const DEMO = demoSet();
const division = (name: string): string =>
  divisionPath('demo', DEMO.divisions.find((one) => one.name === name)?.id ?? 'nowhere');

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ variables: { REDRESS_DEVICE_POSITION: 'on' } });
  await publishTestAlert(server.context, { slug: 'lower-only', chambers: '[lower]' });
  await importSet(server.context, { set: assemblySet(), files: [], by: 'test', reason: 'test' });
  await until(() => server.legislatures.current('assembly'));
});
afterAll(() => server?.[Symbol.asyncDispose]());

async function page(path: string): Promise<string> {
  return (await server.get(path)).text();
}

function linksOf(html: string): string[] {
  return [...html.matchAll(/ href="([^"]*)"/g)].map(([, href = '']) => href.replaceAll('&amp;', '&'));
}

describe('by place', () => {
  test('every page leads to it, and it takes a postcode without a letter', async () => {
    expect(linksOf(await page('/'))).toContain('/who');
    const answer = await server.post('/who', { postcode: '1810' });
    const html = await answer.text();
    expect(answer.headers.get('cache-control')).toBe('no-store');
    for (const name of ['Rafael Monteverde-Hale', 'Aroha Wintersea', 'Kamal Devereux-Sandhar'])
      expect(html).toContain(name);
    expect(html).toContain('https://parliament.orvany.example/kamal-devereux-sandhar/contact');
  });

  test('a point, a border, an empty seat and a place that nobody knows', async () => {
    const point = await (await server.post('/who', { at: '0.4,0.1' })).text();
    expect(point).toMatch(/<h3 class="label"><a href="\/who\/demo"/);
    const split = await (await server.post('/who', { postcode: '1190' })).text();
    expect(split).toContain(division('Tallow Head'));
    expect(split).toContain(division('Brindle Coast'));
    // Not for certain, but beside the district that may be theirs.
    expect(split).not.toMatch(/<h4[^>]*>(?:(?!<\/h4>).)*Brandvold-Okoro/);
    expect(split).toMatch(/<span class="note"[^>]*>[^<]*Brandvold-Okoro/);
    expect(await (await server.post('/who', { postcode: '1310' })).text()).toContain(
      'Vacant: the seat of Upper Halder',
    );
    const unknown = await server.post('/who', { postcode: '9999' });
    expect(unknown.status).toBe(400);
    expect(await unknown.text()).toContain('We do not know this postcode');
  });
});

describe('a legislature', () => {
  test('lists each division once by name, and leads to a page of each', async () => {
    const html = await page('/who/demo');
    const links = linksOf(html).filter((href) => href.startsWith('/who/demo/'));
    for (const { id } of DEMO.divisions) expect(links).toContain(divisionPath('demo', id));
    expect(html.indexOf('Middle Orrow</a>')).toBeLessThan(html.indexOf('>Ostrel</a>'));
    const answers = await Promise.all([...new Set(links)].map((href) => server.get(href)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(html).toContain('12 seats, one of them vacant');
    expect(html).toContain('Invented for this demonstration');
  });

  test('without districts it lists members by list, in their own script', async () => {
    const html = await page('/who/assembly');
    expect([...html.matchAll(/#member-member-\d+"/g)]).toHaveLength(ASSEMBLY_SIZE);
    expect(html).toContain('<h3 class="label"><bdi>قائمة البحر</bdi></h3>');
    expect(html).not.toContain('<svg');
    const [, anchor] = /href="\/who\/assembly\/[^"#]*#(member-member-7)"/.exec(html) ?? [];
    expect(await page('/who/assembly/ocd-division/country:yy')).toContain(`<li id="${anchor}">`);
  });

  test('is shown at once in its next version', async () => {
    const set = assemblySet();
    const [first, ...others] = set.officeholders;
    if (first === undefined) throw new Error('nobody');
    await page('/who/assembly');
    const renamed = { ...set, officeholders: [{ ...first, name: 'Zoë Newcome' }, ...others] };
    await importSet(server.context, { set: renamed, files: [], by: 'test', reason: 'test' });
    await until(async () => (await page('/who/assembly')).includes('Zoë Newcome') || undefined);
  });
});

describe('a division', () => {
  test('shows its members, their offices, where it lies, and the open alerts that concern it', async () => {
    const html = await page(division('Ostrel'));
    expect(html).toContain('<h1><bdi>Ostrel</bdi></h1>');
    expect(html).toContain('id="member-rafael-monteverde-hale"');
    expect(html).toContain('aria-current="true"');
    expect(linksOf(html)).toEqual(expect.arrayContaining(['/who/demo', division('Ostrelside')]));
    expect(linksOf(html)).toContain('/alerts/lower-only');
    expect(html).toContain('AGPL-3.0-or-later');
  });

  test('one without such a seat is not told of an alert to that chamber', async () => {
    const html = await page(division('Ostrelside'));
    expect(linksOf(html)).not.toContain('/alerts/lower-only');
    expect(linksOf(html)).toContain('/alerts/tallow-head-light');
    expect(linksOf(html)).toContain(division('Middle Orrow'));
  });

  test('says that a seat is empty, and that a term or the data have ended', async () => {
    expect(await page(division('Upper Halder'))).toContain('Vacant: the seat of Upper Halder');
    expect(await page(division('Ostrel'))).not.toContain('The term ended');
    await using later = await startTestServer();
    later.clock.move(5 * 366 * 86_400_000);
    const html = await (await later.get(division('Ostrel'))).text();
    expect(html).toContain('The term ended on 28 February 2029');
    expect(html).toContain('past its date');
  });

  test.each([
    '/who/nowhere',
    '/who/demo/nowhere',
    '/who/demo/__proto__',
    '/who/demo/ocd-division%2Fcountry:zz',
  ])('%s is not there', async (path) => {
    expect((await server.get(path)).status).toBe(404);
  });
});

test('each page weighs less than 30 kB compressed without its picture, and no picture more than 25 kB', async () => {
  const paths = ['/who', '/who/demo', '/who/assembly', division('Ostrel'), '/alerts/tallow-head-light/map'];
  for (const path of paths) {
    const html = await page(path);
    const picture = /<svg.*<\/svg>/s.exec(html)?.[0] ?? '';
    const rest = linksOf(html).concat([...html.matchAll(/ src="([^"]*)"/g)].map(([, src = '']) => src));
    const loaded = [...new Set(rest)].filter((href) => href.startsWith('/assets/'));
    const assets = await Promise.all(loaded.map(async (href) => (await server.get(href)).arrayBuffer()));
    const sizes = assets.map((bytes, index) =>
      loaded[index]?.endsWith('.woff2') ? bytes.byteLength : gzipSync(Buffer.from(bytes)).length,
    );
    const total = sizes.reduce((sum, size) => sum + size, gzipSync(html.replace(picture, '')).length);
    expect(total).toBeLessThan(PAGE_BYTES);
    expect(gzipSync(picture).length).toBeLessThan(PICTURE_BYTES);
  }
});

test('only a page that offers it may ask a browser for its position', async () => {
  const policy = async (path: string) => (await server.get(path)).headers.get('permissions-policy');
  expect(await policy('/who')).toContain('geolocation=(self)');
  expect(await policy('/alerts/tallow-head-light/map')).toContain('geolocation=(self)');
  for (const path of ['/', '/who/demo', '/alerts/tallow-head-light', '/alerts/tallow-head-light/place'])
    expect(await policy(path)).toContain('geolocation=()');
  expect(await page('/who')).toContain('This page can ask your browser where you are');
  await using plain = await startTestServer();
  expect((await plain.get('/who')).headers.get('permissions-policy')).toContain('geolocation=()');
  expect(await (await plain.get('/who')).text()).not.toContain('data-position');
});

test('the pages can be had from right to left', async () => {
  for (const path of ['/who', '/who/demo', division('Ostrel')])
    expect(await page(`${path}?language=ar-XB`)).toMatch(/^<!doctype html><html lang="ar-XB" dir="rtl">/);
});
