import { createHash } from 'node:crypto';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from '../src/database/index.js';
import { openBrowser } from './support/browser.js';
import { decodedBody, openSmtpSink, type SmtpSink, sha256, waitFor } from './support/smtp-sink.js';
import { publishTestAlert } from './support/test-alert.js';
import { startTestServer, type TestServer } from './support/test-server.js';

let server: TestServer;
let sink: SmtpSink;
let browser: Browser;

const WAYS: readonly (readonly [string, BrowserContextOptions])[] = [
  ['with JavaScript, on a desk', { viewport: { width: 1280, height: 900 } }],
  ['without JavaScript, on a telephone', { javaScriptEnabled: false, viewport: { width: 375, height: 740 } }],
];

beforeAll(async () => {
  sink = await openSmtpSink();
  server = await startTestServer({
    variables: { SMTP_URL: sink.url, REDRESS_MAIL_FROM: 'letters@redress.example' },
  });
  await publishTestAlert(server.context);
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await server?.[Symbol.asyncDispose]();
  await sink?.[Symbol.asyncDispose]();
});

async function openPage(options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext({ baseURL: server.url, ...options });
  const page = await context.newPage();
  // Nothing may come from another origin, whatever a page says.
  await page.route('**', (route) => {
    const own = new URL(route.request().url()).origin === server.url;
    return own ? route.continue() : route.abort();
  });
  return page;
}

async function linkFor(address: string): Promise<string> {
  const { raw } = await waitFor(() => sink.received.find(({ to }) => to.includes(address)));
  const mail = await PostalMime.parse(raw);
  return /http:\S+\/confirm\/[\w-]+/.exec(mail.text ?? '')?.[0] ?? '';
}

describe.each(WAYS)('%s', (name, options) => {
  const email = `ada-${createHash('sha256').update(name).digest('hex').slice(0, 8)}@mill.example`;

  test('a person reads, finds, writes, confirms, and the office gets the very bytes', async () => {
    const page = await openPage(options);
    await page.goto('/alerts/lamp');
    await page.getByLabel('Your postcode').fill('1810');
    await page.getByRole('button', { name: 'Find who represents me' }).click();
    await page.getByLabel('Your own words').first().fill(`I row past it every morning, ${name}.`);
    await page.getByLabel('Your name').fill('Ada Quill');
    await page.getByLabel('Your e-mail address').fill(email);
    const street = page.getByLabel('Street and house number');
    if (await street.isVisible()) await street.fill('1 Quay Stair');
    await page.getByRole('checkbox', { name: /^I agree/ }).check();
    await page.getByRole('button', { name: 'Send me the confirmation mail' }).click();
    await expect.poll(() => page.getByRole('heading', { level: 1 }).textContent()).toMatch(/Check your mail/);

    await page.goto(await linkFor(email));
    const shown = await page.locator('.sheet-body').allTextContents();
    await page.getByRole('button', { name: /Confirm/ }).click();
    await expect.poll(() => new URL(page.url()).pathname).toMatch(/^\/receipts\//);

    const fingerprints = await waitFor(() => sentFingerprints());
    const received = await waitFor(() => {
      const bodies = sink.received.filter(({ to }) => !to.includes(email)).map(({ raw }) => decodedBody(raw));
      const own = bodies.filter((body) => body.includes(name));
      return own.length === fingerprints.length ? own : undefined;
    });
    expect(received.map(sha256).toSorted()).toEqual(fingerprints.toSorted());
    for (const body of received) expect(shown).toContain(body.toString());
    await page.context().close();
  });

  async function sentFingerprints(): Promise<string[] | undefined> {
    const { rows } = await sql<{ sha256: string; state: string }>`
      select encode(l.sha256, 'hex') as sha256, l.state from letter l join action a using (organisation_id, action_id)
      where l.channel = 'smtp' and a.action_id = (select action_id from action where state = 'confirmed'
        order by confirmed_at desc, action_id desc limit 1)`.execute(server.context.db);
    return rows.length > 0 && rows.every(({ state }) => state === 'accepted')
      ? rows.map((row) => row.sha256)
      : undefined;
  }
});
