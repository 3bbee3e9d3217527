import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { divisionPath } from '../src/browse/paths.js';
import { importSet, type LegislatureSet } from '../src/legislatures/index.js';
import { readOpenStates } from '../src/legislatures/openstates/read-openstates.js';
import { readPopolo } from '../src/legislatures/popolo/read-popolo.js';
import { readUsCongress } from '../src/legislatures/us-congress/read-us-congress.js';
import { openBrowser } from './support/browser.js';
import { inspect } from './support/page-inspection.js';
import { publicData, WITHOUT_PUBLIC_DATA } from './support/public-data.js';
import { startTestServer, type TestServer } from './support/test-server.js';
import { figure, sized } from './support/trial.js';

const TODAY = '2026-11-24';
const LIMIT_MS = 120_000;
/** All of them, but for the 498 of the Congress, whose maps take their time. */
const MOST_PAGES = sized(150, 10_000);
/** Style sheet, scripts and font come once, and are measured elsewhere. */
const MOST_PAGE_BYTES = 16_000;
const PHONE = { width: 375, height: 740 };
const DESK = { width: 1280, height: 900 };
const why = publicData === undefined ? ` (${WITHOUT_PUBLIC_DATA})` : '';

const READERS: Readonly<Record<string, (data: string) => Promise<{ readonly set: LegislatureSet }>>> = {
  'ireland-dail': (data) => {
    const path = `${data}/popolo/ireland-dail.ep-popolo.json`;
    const facts = { id: 'ireland-dail', country: 'ie' };
    return readPopolo({ path, facts, title: 'Deputy', today: TODAY });
  },
  'us-ne': (data) => readOpenStates({ path: `${data}/openstates/ne`, facts: { id: 'us-ne' }, today: TODAY }),
  'us-vt': (data) => readOpenStates({ path: `${data}/openstates/vt`, facts: { id: 'us-vt' }, today: TODAY }),
  'us-congress': (data) => readUsCongress(data),
};
const SETS = Object.keys(READERS);

let server: TestServer;
let browser: Browser;
const sets = new Map<string, LegislatureSet>();
beforeAll(async () => {
  if (publicData === undefined) return;
  server = await startTestServer();
  for (const [id, read] of Object.entries(READERS)) {
    const { set } = await read(publicData);
    sets.set(id, set);
    await importSet(server.context, { set, files: [], by: 'test', reason: 'test' });
  }
  await server.legislatures.refresh();
  browser = await openBrowser();
}, LIMIT_MS);
afterAll(async () => {
  await browser?.close();
  await server?.[Symbol.asyncDispose]();
});

function setOf(id: string): LegislatureSet {
  const set = sets.get(id);
  if (set === undefined) throw new Error(`${id} was not read`);
  return set;
}

interface Walked {
  readonly path: string;
  readonly status: number;
  readonly html: string;
}

/** Follows every link from a page that stays below it, or as many as this size of the suite allows. */
async function walk(start: string): Promise<readonly Walked[]> {
  const seen = new Set([start]);
  const pages: Walked[] = [];
  // What is added while it goes on is visited too.
  for (const path of seen) {
    if (pages.length === MOST_PAGES) break;
    const answer = await server.get(path);
    const html = await answer.text();
    pages.push({ path, status: answer.status, html });
    for (const [, href = ''] of html.matchAll(/ href="([^"#]*)/g))
      if (href.startsWith(`${start}/`)) seen.add(plainOf(href));
  }
  return pages;
}

function plainOf(text: string): string {
  const characters: Readonly<Record<string, string>> = {
    '&amp;': '&',
    '&quot;': '"',
    '&#39;': "'",
    '&lt;': '<',
    '&gt;': '>',
  };
  return text.replace(/&(?:amp|quot|#39|lt|gt);/g, (name) => characters[name] ?? name);
}

const textOf = (html: string): string => plainOf(html.replace(/<[^>]*>/g, '')).trim();

/** What is wrong with a page, in words. */
function faultsOf({ path, status, html }: Walked): string[] {
  const headings = [...html.matchAll(/<h[1-6][^>]*>(.*?)<\/h[1-6]>/gs)].map(([, words = '']) =>
    textOf(words),
  );
  const bytes = gzipSync(html.replace(/<svg.*<\/svg>/s, '')).length;
  return [
    ...(status === 200 ? [] : [`${path} was answered with ${status}`]),
    ...(headings.includes('') ? [`${path} has an empty heading`] : []),
    ...(/<(?:ul|ol|dl)[^>]*><\/(?:ul|ol|dl)>/.test(html) ? [`${path} has an empty list`] : []),
    ...(/\b(?:undefined|null|NaN)\b|\[object /.test(textOf(html))
      ? [`${path} shows a value that is none`]
      : []),
    ...(bytes > MOST_PAGE_BYTES ? [`${path} weighs ${bytes} bytes`] : []),
  ];
}

/** Whoever sits for a division or what it lies in, by the set alone. */
function membersByHand({ divisions, seats, officeholders }: LegislatureSet, id: string): string[] {
  const around = new Set<string>();
  const parentOf = new Map(divisions.map((division) => [division.id, division.parent]));
  for (let at: string | undefined = id; at !== undefined; at = parentOf.get(at)) around.add(at);
  const own = new Set(seats.filter(({ division }) => around.has(division)).map((seat) => seat.id));
  return officeholders.filter(({ seat }) => own.has(seat)).map(({ name }) => name);
}

describe.skipIf(publicData === undefined)(`browsing real parliaments${why}`, () => {
  test.each(SETS)(
    '%s: every page is there, whole, and shows whoever sits',
    { timeout: LIMIT_MS },
    async (id) => {
      const set = setOf(id);
      const begin = performance.now();
      const pages = await walk(`/who/${id}`);
      figure(`browse ${id}`, { pages: pages.length, seconds: Math.round(performance.now() - begin) / 1000 });
      expect(pages.flatMap(faultsOf)).toEqual([]);
      const byPath = new Map(pages.map((page) => [page.path, page.html]));
      for (const division of set.divisions) {
        const html = byPath.get(divisionPath(id, division.id));
        if (html === undefined && pages.length === MOST_PAGES) continue;
        if (html === undefined) throw new Error(`no link leads to ${division.id}`);
        expect(textOf(/<h1>(.*?)<\/h1>/s.exec(html)?.[1] ?? '')).toBe(division.name);
        const [, list = ''] = /<ul class="members">(.*?)<\/ul><\/section>/s.exec(html) ?? [];
        const shown = [...list.matchAll(/<h3[^>]*>(.*?)<\/h3>/gs)].map(([, words = '']) => textOf(words));
        const expected = membersByHand(set, division.id);
        expect(shown, division.id).toHaveLength(expected.length);
        for (const name of expected)
          expect(
            shown.some((words) => words.endsWith(name)),
            `${name} for ${division.id}`,
          ).toBe(true);
        const isEmpty = expected.length === 0 && !html.includes('vacant-seat');
        expect(html.includes('Nobody is elected for it as a whole'), division.id).toBe(isEmpty);
      }
    },
  );

  test('each list of a legislature names its members', async () => {
    for (const id of SETS) {
      const text = textOf(await (await server.get(`/who/${id}`)).text());
      for (const { name } of setOf(id).officeholders) expect(text, name).toContain(name);
    }
  });

  const journeys = SETS.flatMap((id) => [
    { id, viewport: PHONE, javaScriptEnabled: false },
    { id, viewport: DESK, javaScriptEnabled: true },
  ]);

  test.each(journeys)(
    '$id by a click at $viewport.width px, JavaScript $javaScriptEnabled',
    async (journey) => {
      await withPage(journey, async (page) => {
        const { name, division } = someMember(journey.id);
        await page.goto('/who');
        await page.getByRole('link', { name: setOf(journey.id).name, exact: true }).click();
        expect(await faultsIn(page)).toEqual([]);
        await page.locator('.names').getByRole('link', { name: division, exact: true }).first().click();
        await page.getByRole('heading', { name: division, exact: true, level: 1 }).waitFor();
        await page.getByRole('heading', { name }).waitFor();
        expect(await faultsIn(page)).toEqual([]);
        expect(await page.locator('.map svg').count()).toBe(journey.id === 'us-congress' ? 1 : 0);
      });
    },
  );

  test('on a map no name stands on another, nor over the edge', async () => {
    const california = setOf('us-congress').divisions.find(({ code }) => code === 'CA')?.id ?? '';
    for (const viewport of [PHONE, DESK]) {
      await withPage({ viewport, javaScriptEnabled: true }, async (page) => {
        for (const path of ['/who/us-congress', divisionPath('us-congress', california)]) {
          await page.goto(path);
          expect(await page.evaluate(findCollisions), `${path} at ${viewport.width} px`).toEqual([]);
        }
      });
    }
  });

  test.each(SETS)('%s by the keyboard alone', async (id) => {
    await withPage({ viewport: DESK, javaScriptEnabled: true }, async (page) => {
      const { name, division } = someMember(id);
      await page.goto('/who');
      await tabTo(page, setOf(id).name);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 1, name: setOf(id).name }).waitFor();
      await tabTo(page, division);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: division, exact: true, level: 1 }).waitFor();
      await page.getByRole('heading', { name }).waitFor();
    });
  });
});

/** The first in the order of the page's list, so that the keyboard reaches it soon. */
function someMember(id: string): { readonly name: string; readonly division: string } {
  const { officeholders, seats, divisions } = setOf(id);
  const found = divisions
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }))
    .flatMap((division) => {
      const seat = seats.find((one) => one.division === division.id);
      const holder = officeholders.find((person) => person.seat === seat?.id);
      return holder === undefined ? [] : [{ name: holder.name, division: division.name }];
    });
  if (found[0] === undefined) throw new Error('nobody sits there');
  return found[0];
}

async function withPage(
  options: { readonly viewport: typeof DESK; readonly javaScriptEnabled: boolean },
  use: (page: Page) => Promise<void>,
): Promise<void> {
  const { viewport, javaScriptEnabled } = options;
  const context = await browser.newContext({ baseURL: server.url, viewport, javaScriptEnabled });
  await use(await context.newPage()).finally(() => context.close());
}

async function faultsIn(page: Page): Promise<string[]> {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  return [...(await inspect(page)), ...(wide > 0 ? [`${wide} px too wide`] : [])];
}

/** Presses Tab until a link of this name has the focus; on a map that is its title. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let pressed = 0; pressed < 120; pressed += 1) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const { activeElement } = document;
      return (activeElement?.querySelector('title') ?? activeElement)?.textContent?.trim();
    });
    if (at === name) return;
  }
  throw new Error(`the keyboard does not reach ${name}`);
}

// Runs in the browser.
function findCollisions(): string[] {
  const map = document.querySelector('.map svg')?.getBoundingClientRect();
  const names = [...document.querySelectorAll('.map text')]
    .map((element) => ({ words: element.textContent ?? '', box: element.getBoundingClientRect() }))
    .filter(({ box }) => box.width > 0);
  if (map === undefined || names.length < 5) return ['there are no names'];
  const outside = names.filter(({ box }) => box.left < map.left || box.right > map.right);
  const pairs = names.flatMap((one, index) =>
    names
      .slice(index + 1)
      .filter(({ box }) => {
        const across = Math.min(box.right, one.box.right) - Math.max(box.left, one.box.left);
        // The box of a line is higher than its letters.
        const down = Math.min(box.bottom, one.box.bottom) - Math.max(box.top, one.box.top);
        return across > 0 && down > box.height / 3;
      })
      .map((other) => `${one.words} and ${other.words}`),
  );
  return [...outside.map(({ words }) => `${words} over the edge`), ...pairs];
}
