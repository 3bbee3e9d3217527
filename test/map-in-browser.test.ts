import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildSnapshot, demoSet, listDivisions, represent } from '../src/legislatures/index.js';
import { openBrowser } from './support/browser.js';
import { inspect } from './support/page-inspection.js';
import { startTestServer, type TestServer } from './support/test-server.js';

const NOW = new Date('2026-11-23T09:00:00Z');
const SNAPSHOT = buildSnapshot(demoSet(), 'test');
const DISTRICTS = listDivisions(SNAPSHOT, 'en').map(({ name }) => name);
const MAP = '/alerts/tallow-head-light/map';
const DESK = { width: 1280, height: 900 };
/** So that nothing needs to be scrolled to. */
const WHOLE_MAP = { width: 1280, height: 1800 };
const PHONE = { width: 375, height: 740 };
const OSTREL = { latitude: 0.45, longitude: -0.2 };

let server: TestServer;
let browser: Browser;
beforeAll(async () => {
  server = await startTestServer({ variables: { REDRESS_DEVICE_POSITION: 'on' } });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await server?.[Symbol.asyncDispose]();
});

async function withPage(
  use: (page: Page) => Promise<void>,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<void> {
  const context = await browser.newContext({ baseURL: server.url, viewport: DESK, ...options });
  await use(await context.newPage()).finally(() => context.close());
}

/** What is posted when a point of the map is clicked. */
async function clickAt(page: Page, x: number, y: number): Promise<string> {
  const posted = page.waitForRequest((request) => request.method() === 'POST');
  await page.locator('.map svg').click({ position: { x, y } });
  const at = new URLSearchParams((await posted).postData() ?? '').get('at') ?? '';
  await page.locator('#act.writing, .problems, .choose').first().waitFor();
  return at;
}

function districtAt(at: string) {
  const [latitude = 0, longitude = 0] = at.split(',').map(Number);
  return represent(SNAPSHOT, { at: { latitude, longitude } }, { now: NOW });
}

describe('by the keyboard', () => {
  test('every district is reached, with its name, in the order of names, and shows that it is', async () => {
    await withPage(async (page) => {
      await page.goto(MAP);
      await page.locator('.map svg').focus();
      const reached: string[] = [];
      for (const _ of DISTRICTS) {
        await page.keyboard.press('Tab');
        const [name, outline, width] = await page.evaluate(() => {
          const at = document.activeElement;
          const shape = at?.querySelector('path');
          return [
            at?.querySelector('title')?.textContent ?? '',
            at === null ? '' : getComputedStyle(at).outlineStyle,
            shape ? getComputedStyle(shape).strokeWidth : '',
          ] as const;
        });
        expect([outline, width]).toEqual(['dashed', '3px']);
        await expect.poll(() => page.getByRole('link', { name, exact: true }).count()).toBeGreaterThan(0);
        reached.push(name);
      }
      expect(reached).toEqual(DISTRICTS.toSorted((a, b) => a.localeCompare(b)));
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Your letter' }).waitFor();
    });
  });

  test('arrows and + and − move the picture, and a click is still the right place', async () => {
    await withPage(async (page) => {
      await page.goto(MAP);
      const svg = page.locator('.map svg');
      const whole = await svg.getAttribute('viewBox');
      await svg.focus();
      for (const key of ['+', '+', 'ArrowRight', 'ArrowDown']) await page.keyboard.press(key);
      expect(await svg.getAttribute('viewBox')).not.toBe(whole);
      const box = await svg.boundingBox();
      const at = await clickAt(page, (box?.width ?? 0) / 2, (box?.height ?? 0) / 2);
      expect(districtAt(at).status).toBe('found');
      await page.goto(MAP);
      await page.getByRole('button', { name: 'Closer' }).click();
      await page.getByRole('button', { name: 'Further away' }).click();
      expect(await svg.getAttribute('viewBox')).toBe(whole);
    });
  });
});

describe('by hand', () => {
  const middleOf = async (page: Page) => {
    const box = await page.locator('.map svg').boundingBox();
    return { x: (box?.x ?? 0) + (box?.width ?? 0) / 3, y: (box?.y ?? 0) + (box?.height ?? 0) / 2 };
  };
  /** Which district is under a point of the screen. */
  const under = (page: Page, { x, y }: { x: number; y: number }) =>
    page.evaluate(
      ([left = 0, top = 0]) =>
        document.elementFromPoint(left, top)?.closest('a')?.querySelector('title')?.textContent ?? '',
      [x, y],
    );

  test('the wheel scrolls the page until Ctrl or a closer look, and what is under the pointer stays there', async () => {
    await withPage(async (page) => {
      await page.goto(MAP);
      const svg = page.locator('.map svg');
      await svg.scrollIntoViewIfNeeded();
      const whole = await svg.getAttribute('viewBox');
      const place = await middleOf(page);
      await page.mouse.move(place.x, place.y);
      const [before, scrolled] = [await under(page, place), await page.evaluate(() => window.scrollY)];
      expect(before).not.toBe('');
      await page.keyboard.down('Control');
      for (let turn = 0; turn < 5; turn += 1) await page.mouse.wheel(0, -120);
      await page.keyboard.up('Control');
      await expect.poll(() => svg.getAttribute('viewBox')).not.toBe(whole);
      expect(await under(page, place)).toBe(before);
      for (let turn = 0; turn < 60; turn += 1) await page.mouse.wheel(0, 120);
      await expect.poll(() => svg.getAttribute('viewBox')).toBe(whole);
      await page.mouse.wheel(0, -600);
      await page.mouse.wheel(0, 40);
      await expect.poll(() => page.evaluate(() => window.scrollY)).not.toBe(scrolled);
      expect(await svg.getAttribute('viewBox')).toBe(whole);
    });
  });

  test('two fingers bring it closer and further, and point to nothing', async () => {
    await withPage(
      async (page) => {
        await page.goto(MAP);
        const svg = page.locator('.map svg');
        await svg.scrollIntoViewIfNeeded();
        const whole = await svg.getAttribute('viewBox');
        const place = await middleOf(page);
        const before = await under(page, place);
        const posted: string[] = [];
        page.on('request', (request) => posted.push(request.method()));
        const touch = await page.context().newCDPSession(page);
        const pinch = async (from: number, to: number) => {
          const fingers = (apart: number) =>
            [-apart, apart].map((side, id) => ({ x: place.x + side, y: place.y, id }));
          await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: fingers(from) });
          for (const share of [0.25, 0.5, 0.75, 1]) {
            const touchPoints = fingers(from + (to - from) * share);
            await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints });
          }
          await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
        };
        await pinch(20, 60);
        const [, , width = Number.NaN] = ((await svg.getAttribute('viewBox')) ?? '').split(' ').map(Number);
        expect(width).toBeCloseTo(Number(whole?.split(' ')[2]) / 3, 0);
        expect(await under(page, place)).toBe(before);
        expect(await page.evaluate(() => window.visualViewport?.scale)).toBe(1);
        await pinch(60, 15);
        expect(await svg.getAttribute('viewBox')).toBe(whole);
        expect(posted).toEqual([]);
      },
      { viewport: PHONE, hasTouch: true, isMobile: true },
    );
  });
});

test('a click is the place that it points to: the district under it is the one that represents it', async () => {
  await withPage(
    async (page) => {
      const found = new Set<string>();
      for (let step = 1; step <= 12; step += 1) {
        await page.goto(MAP);
        const box = await page.locator('.map svg').boundingBox();
        const [x, y] = [(box?.width ?? 0) * ((step * 0.618) % 1), ((box?.height ?? 0) * step) / 13];
        const under = await page.evaluate(
          ([left = 0, top = 0]) =>
            document.elementFromPoint(left, top)?.closest('a')?.querySelector('title')?.textContent ?? '',
          [(box?.x ?? 0) + x, (box?.y ?? 0) + y],
        );
        const { status, officeholders, vacant, candidates } = districtAt(await clickAt(page, x, y));
        const named = [...officeholders, ...vacant, ...candidates].map(({ division }) => division);
        const names = named.map((id) => SNAPSHOT.residenceOf.get(id)?.division.name);
        if (under === '') expect(status).toBe('none');
        else expect(names).toContain(under);
        found.add(under);
      }
      expect(found.size).toBeGreaterThan(5);
    },
    { viewport: WHOLE_MAP },
  );
});

test('without JavaScript a click on a district chooses it', async () => {
  await withPage(
    async (page) => {
      await page.goto('/alerts/tallow-head-light');
      await page.getByRole('link', { name: 'Point to it on a map' }).click();
      expect(await page.getByRole('button', { name: 'Closer' }).isVisible()).toBe(false);
      expect(await page.locator('[data-position]').isVisible()).toBe(false);
      expect(await page.getByText('if you press the button').isVisible()).toBe(false);
      await page.getByRole('link', { name: 'Ostrel', exact: true }).click();
      await page.getByText('Rafael Monteverde-Hale').first().waitFor();
    },
    { javaScriptEnabled: false, viewport: PHONE },
  );
});

test('an answer in the place of the question brings the age of its data along', async () => {
  await withPage(async (page) => {
    await page.goto('/who');
    expect(await page.locator('.footer').textContent()).not.toContain('Parliament of Orvany');
    await page.getByLabel('Your postcode').fill('1810');
    await page.getByRole('button', { name: 'Find who represents me' }).click();
    await page.getByText('Rafael Monteverde-Hale').waitFor();
    expect(await page.locator('.footer').textContent()).toContain('Parliament of Orvany');
    expect(await page.locator('.footer').count()).toBe(1);
  });
});

test('the position of the device is asked for at a click only, and leads to the letter', async () => {
  await withPage(
    async (page) => {
      await page.goto(MAP);
      const posted = page.waitForRequest((request) => request.method() === 'POST');
      await page.getByRole('button', { name: 'Use the position of this device' }).click();
      expect(new URLSearchParams((await posted).postData() ?? '').get('at')).toBe('0.450000,-0.200000,18');
      await page.locator('#act.writing').waitFor();
    },
    { geolocation: { ...OSTREL, accuracy: 17.3 }, permissions: ['geolocation'] },
  );
  await withPage(async (page) => {
    await page.goto(MAP);
    await page.getByRole('button', { name: 'Use the position of this device' }).click();
    await page.getByText('Your browser did not tell').waitFor();
  });
});

test('how exactly the device knows it goes along: a circle over a border is uncertain, a vast one is none', async () => {
  await withPage(
    async (page) => {
      for (const path of [MAP, '/who']) {
        await page.goto(path);
        await page.getByRole('button', { name: 'Use the position of this device' }).click();
        await page.getByText(/The place (is so close to a border|may lie in each of these)/).waitFor();
      }
    },
    { geolocation: { ...OSTREL, accuracy: 9000 }, permissions: ['geolocation'] },
  );
  await withPage(
    async (page) => {
      await page.goto(MAP);
      await page.getByRole('button', { name: 'Use the position of this device' }).click();
      await page.getByText('Your device knows only roughly where it is').waitFor();
      expect(new URL(page.url()).pathname).toBe(MAP);
    },
    { geolocation: { ...OSTREL, accuracy: 60_000 }, permissions: ['geolocation'] },
  );
});

describe.each([
  ['/who'],
  ['/who/demo'],
  ['/who/demo/ocd-division/country:zz/province:ostrelside/district:ostrel'],
  [MAP],
])('%s', (path) => {
  test.each(['en', 'ar-XB'])('fits, has labels, targets and contrast in %s', async (tag) => {
    await withPage(async (page) => {
      const problems: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error') problems.push(message.text());
      });
      for (const viewport of [DESK, PHONE, { width: 320, height: 640 }]) {
        await page.setViewportSize(viewport);
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme });
          await page.goto(`${path}?language=${tag}`);
          problems.push(...(await inspect(page)));
          const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
          if (wide > 0) problems.push(`${wide} px too wide on ${viewport.width}`);
        }
      }
      expect(problems).toEqual([]);
    });
  });
});
