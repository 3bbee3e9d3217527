import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser } from './support/browser.js';
import { sheet } from './support/gallery-fixtures.js';
import { type GalleryServer, serveGallery } from './support/gallery-server.js';
import { inspect } from './support/page-inspection.js';

const PHONE = { width: 375, height: 700 };
const SMALLEST = { width: 320, height: 640 };
const DESK = { width: 1280, height: 800 };

let browser: Browser;
let gallery: GalleryServer;
beforeAll(async () => {
  [browser, gallery] = await Promise.all([openBrowser(), serveGallery()]);
});
afterAll(async () => {
  await browser.close();
  gallery.server.close();
});

async function withPage(options: BrowserContextOptions, use: (page: Page) => Promise<void>): Promise<void> {
  const context = await browser.newContext(options);
  await use(await context.newPage()).finally(() => context.close());
}

function open(page: Page, name: string, tag = 'en'): Promise<unknown> {
  return page.goto(`${gallery.url}/${tag}/${name}`);
}

describe('every page', () => {
  test('fits from 320 to 1280 px, has labels, targets of 44 px, contrast, and stays on its origin', async () => {
    await withPage({ viewport: PHONE }, async (page) => {
      const problems: string[] = [];
      page.on('request', (request) => {
        if (!request.url().startsWith(gallery.url)) problems.push(request.url());
      });
      // A breach of the content security policy is such a message.
      page.on('console', (message) => {
        if (message.type() === 'error') problems.push(message.text());
      });
      for (const name of gallery.names) {
        await open(page, name);
        problems.push(...(await survey(page)).map((problem) => `${name}: ${problem}`));
      }
      expect(problems).toEqual([]);
    });
  });

  test('fits into a phone from right to left', async () => {
    await withPage({ viewport: PHONE }, async (page) => {
      const problems: string[] = [];
      for (const name of gallery.names) {
        await open(page, name, 'ar-XB');
        problems.push(...(await overflow(page)).map((problem) => `${name}: ${problem}`));
      }
      expect(problems).toEqual([]);
    });
  });
});

async function survey(page: Page): Promise<string[]> {
  const problems: string[] = [];
  for (const viewport of [DESK, PHONE, SMALLEST]) {
    await page.setViewportSize(viewport);
    problems.push(...(await overflow(page)));
  }
  // A mail has the mail reader's own look.
  if (page.url().includes('/mail-')) return problems;
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    problems.push(...(await inspect(page)).map((problem) => `${problem} (${colorScheme})`));
  }
  return problems;
}

async function overflow(page: Page): Promise<string[]> {
  const [width, room] = await page.evaluate(
    () => [document.documentElement.scrollWidth, window.innerWidth] as const,
  );
  return width > room ? [`${width} px wide on ${room} px`] : [];
}

test('the keyboard reaches everything in the order of reading, and shows where it is', async () => {
  await withPage({ viewport: PHONE }, async (page) => {
    await open(page, 'write');
    const reached: string[] = [];
    const unseen: string[] = [];
    for (let step = 0; step < 60; step += 1) {
      await page.keyboard.press('Tab');
      const [name, outline] = await page.evaluate(() => {
        const at = document.activeElement;
        const style = at === null ? undefined : getComputedStyle(at);
        const label = at?.getAttribute('name') ?? at?.textContent ?? '';
        return [label, style?.outlineStyle === 'none' ? '' : (style?.outlineWidth ?? '')] as const;
      });
      if (reached.includes('Send me the confirmation mail')) break;
      reached.push(name);
      if (Number.parseFloat(outline) < 2) unseen.push(name);
    }
    expect(unseen).toEqual([]);
    expect(reached[0]).toBe('Skip to the content');
    const fields = [
      'to',
      'subject',
      'message',
      'statement',
      'name',
      'email',
      'street',
      'locality',
      'consent',
    ];
    expect(reached.filter((name, index) => fields.includes(name) && reached.indexOf(name) === index)).toEqual(
      fields,
    );
    expect(reached.at(-1)).toBe('Send me the confirmation mail');
  });
});

test('an alert is mirrored in a right-to-left language', async () => {
  await withPage({ viewport: DESK }, async (page) => {
    const middles: number[] = [];
    for (const tag of ['en', 'ar-XB']) {
      await open(page, 'alert', tag);
      const box = await page.locator('.coupon').boundingBox();
      middles.push((box?.x ?? 0) + (box?.width ?? 0) / 2);
    }
    expect(middles[0]).toBeGreaterThan(DESK.width / 2);
    expect(middles[1]).toBeCloseTo(DESK.width - (middles[0] ?? 0), 0);
  });
});

test('on a phone the ask stays one tap away while the report is read', async () => {
  await withPage({ viewport: PHONE }, async (page) => {
    await open(page, 'alert');
    await page.locator('.prose').getByText('What happens next').scrollIntoViewIfNeeded();
    const write = page.getByRole('link', { name: 'Write your letter' });
    const box = await write.boundingBox();
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(PHONE.height);
    await write.click();
    await expect.poll(() => page.evaluate(() => location.hash)).toBe('#act');
    await expect
      .poll(async () => (await page.locator('#act').boundingBox())?.y)
      .toBeLessThan(PHONE.height / 2);
  });
});

test('printed, an alert is its report without forms', async () => {
  await withPage({ viewport: DESK }, async (page) => {
    await open(page, 'alert');
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.place').isVisible()).toBe(false);
    expect(await page.locator('.prose').isVisible()).toBe(true);
  });
});

test('in forced colours buttons and stamps keep an edge', async () => {
  await withPage({ viewport: PHONE, forcedColors: 'active' }, async (page) => {
    await open(page, 'receipt');
    const edges = await page
      .locator('.button:visible, .stamp')
      .evaluateAll((elements) =>
        elements.map((element) => Number.parseFloat(getComputedStyle(element).borderTopWidth)),
      );
    expect(edges.length).toBeGreaterThan(3);
    expect(Math.min(...edges)).toBeGreaterThanOrEqual(1);
  });
});

describe('the first step', () => {
  test('without JavaScript the place is posted, and the letter is a page of its own', async () => {
    await withPage({ viewport: PHONE, javaScriptEnabled: false }, async (page) => {
      await open(page, 'alert');
      await page.getByLabel('Your postcode').fill('4021');
      await page.getByRole('button', { name: 'Find who represents me' }).click();
      await page.waitForURL('**/place');
      await expect.poll(() => page.getByLabel('Your own words').first().isVisible()).toBe(true);
    });
  });

  test('with JavaScript the letter takes the place of the coupon, and the focus goes there', async () => {
    await withPage({ viewport: DESK }, async (page) => {
      await page.goto(`${gallery.url}/alerts/night-ferry`);
      await page.getByLabel('Your postcode').fill('4021');
      await page.getByRole('button', { name: 'Find who represents me' }).click();
      await page.locator('#act.writing').waitFor();
      expect(page.url()).toContain('/alerts/night-ferry');
      expect(await page.locator('.coupon').count()).toBe(0);
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('act');
      await page.getByRole('link', { name: 'This is not where I live' }).click();
      await page.locator('.coupon').waitFor();
    });
  });

  test('when the script cannot reach the server, the browser posts in its own way', async () => {
    await withPage({ viewport: PHONE }, async (page) => {
      await open(page, 'alert');
      await page.route('**/place', (route) =>
        route.request().isNavigationRequest() ? route.continue() : route.abort(),
      );
      await page.getByLabel('Your postcode').fill('4021');
      await page.getByRole('button', { name: 'Find who represents me' }).click();
      await page.waitForURL('**/place');
    });
  });
});

describe('the letter', () => {
  test('a draft outlives the page, can be thrown away, and is forgotten once sent', async () => {
    await withPage({ viewport: PHONE }, async (page) => {
      const words = page.locator('textarea[name="message"]');
      await open(page, 'write');
      const suggested = await words.inputValue();
      await words.fill('I saw the boat leave.');
      await open(page, 'write');
      expect(await words.inputValue()).toBe('I saw the boat leave.');
      await page.getByRole('button', { name: 'Start afresh' }).click();
      expect(await words.inputValue()).toBe(suggested);
      await words.fill('I saw it again.');
      await open(page, 'check-mail');
      await open(page, 'write');
      expect(await words.inputValue()).toBe(suggested);
    });
  });

  test('name and address are in no draft', async () => {
    await withPage({ viewport: PHONE }, async (page) => {
      await open(page, 'write');
      await page.getByLabel('Your name').fill('Canary Person');
      await page.getByLabel('Your e-mail address').fill('canary@person.example');
      const kept = await page.evaluate(() => JSON.stringify(localStorage));
      expect(kept).toContain('subject');
      expect(kept).not.toMatch(/canary/i);
    });
  });

  test('length and own words are counted while typing', async () => {
    await withPage({ viewport: PHONE }, async (page) => {
      await open(page, 'write');
      const count = page.locator('[data-count="field-message"]');
      await page.locator('textarea[name="message"]').fill('Every one of these five words is mine.');
      expect(await count.textContent()).toContain('38 of at most 10,000');
      expect(await count.textContent()).toContain('100 %');
      await page.locator('textarea[name="message"]').fill('x'.repeat(10_001));
      expect(await count.getAttribute('class')).toContain('count-over');
    });
  });

  test('a proof of work is done before the form goes', async () => {
    await withPage({ viewport: PHONE }, async (page) => {
      await open(page, 'write-each');
      const sent = page.waitForRequest((request) => request.method() === 'POST');
      await page.getByRole('button', { name: 'Send me the confirmation mail' }).click();
      const fields = new URLSearchParams((await sent).postData() ?? '');
      const proof = JSON.parse(Buffer.from(fields.get('altcha') ?? '', 'base64').toString());
      expect(proof.number).toBe(321);
    });
  });
});

test('a letter to paste is copied whole, and without a script it can be marked by hand', async () => {
  await withPage({ viewport: PHONE, permissions: ['clipboard-read', 'clipboard-write'] }, async (page) => {
    await open(page, 'receipt-by-hand');
    await page.locator('[data-copy="body-2-form"]').click();
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(sheet.body);
    expect(await page.locator('[data-copy="body-2-form"]').textContent()).toBe('Copied');
  });
  await withPage({ viewport: PHONE, javaScriptEnabled: false }, async (page) => {
    await open(page, 'receipt-by-hand');
    expect(await page.locator('[data-copy]').first().isVisible()).toBe(false);
    expect(await page.locator('#body-2-form').isVisible()).toBe(true);
  });
});
