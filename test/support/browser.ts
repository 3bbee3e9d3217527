import { existsSync } from 'node:fs';
import sparticuz from '@sparticuz/chromium';
import { type Browser, chromium } from 'playwright-core';

const QUIET = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];
const INSTALLED = [
  '/usr/bin/google-chrome',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * A headless browser: `CHROME_PATH`, else the one inside an npm package (Linux on x64), else an installed Chrome
 * or Playwright's own.
 */
export async function openBrowser(): Promise<Browser> {
  const given = process.env.CHROME_PATH;
  if (given !== undefined) return chromium.launch({ executablePath: given, args: QUIET });
  if (process.platform === 'linux' && process.arch === 'x64') {
    // Not its own list of flags, which is made for a cloud function: one process, no web security.
    return chromium.launch({ executablePath: await sparticuz.executablePath(), args: QUIET });
  }
  const installed = INSTALLED.find((path) => existsSync(path));
  return chromium.launch({ args: QUIET, ...(installed !== undefined && { executablePath: installed }) });
}
