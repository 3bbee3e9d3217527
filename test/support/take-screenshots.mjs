// Shows what the pages look like: `node test/support/take-screenshots.mjs [NAME…]` fills a folder and prints its name.
import { mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const OUTPUT = join(tmpdir(), 'redress-gallery');
// Beside the built pages, where the hashed files are found.
const BUNDLE = `build/design/gallery-${process.pid}.mjs`;
const VIEWS = [
  { label: '375', width: 375, tag: 'en', colorScheme: 'light' },
  { label: '1280', width: 1280, tag: 'en', colorScheme: 'light' },
  { label: '1280-dark', width: 1280, tag: 'en', colorScheme: 'dark' },
  { label: '375-rtl', width: 375, tag: 'ar-XB', colorScheme: 'light' },
  { label: '1280-rtl', width: 1280, tag: 'ar-XB', colorScheme: 'light' },
];

const [, , ...wanted] = process.argv;
mkdirSync(OUTPUT, { recursive: true });
await build({
  stdin: {
    contents: "export * from './gallery-server.js'; export * from './browser.js';",
    resolveDir: 'test/support',
    loader: 'ts',
  },
  outfile: BUNDLE,
  bundle: true,
  packages: 'external',
  format: 'esm',
  platform: 'node',
  jsx: 'automatic',
  jsxImportSource: 'preact',
});
const { serveGallery, openBrowser } = await import(pathToFileURL(BUNDLE).href);
rmSync(BUNDLE);
const [{ url, names, server }, browser] = await Promise.all([serveGallery(), openBrowser()]);
const views = VIEWS.filter(({ label }) => !process.env.VIEWS || process.env.VIEWS.split(',').includes(label));
for (const { label, width, tag, colorScheme } of views) {
  const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
  for (const name of names.filter((one) => wanted.length === 0 || wanted.includes(one))) {
    await page.goto(`${url}/${tag}/${name}`);
    await page.screenshot({ path: `${OUTPUT}/${name}-${label}.png`, fullPage: true });
  }
  await page.close();
}
await browser.close();
server.close();
console.log(OUTPUT);
