import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { PREFIXES } from '../src/delivery/index.js';
import { assetFolder, assetPath } from '../src/design/index.js';
import { type Language, language } from '../src/language/index.js';
import { STATES } from '../src/legislatures/index.js';
import { galleryPages } from './support/gallery.js';

const PAGE_BUDGET_BYTES = 30_000;
const ISLANDS_BUDGET_BYTES = 4_000;
const MAP_BUDGET_BYTES = 2_000;
const FONT_BUDGET_BYTES = 14_000;
const ENGLISH = galleryPages(language('en'));
const MIRRORED = galleryPages(language('ar-XB'));
const isMail = (name: string): boolean => name.startsWith('mail-');

describe.each([...ENGLISH].filter(([name]) => !isMail(name)))('%s', (name, html) => {
  test('brings no script, style or handler of its own, and loads from one origin', () => {
    expect(html).not.toMatch(/<script(?![^>]* src="\/assets\/)/);
    expect(html).not.toMatch(/<style|\sstyle="|\son[a-z]+="|javascript:/);
    expect(html).not.toMatch(/<(?:script|link|img|iframe|source)[^>]* (?:src|href)="(?!\/)/);
  });

  test('says its language and direction, in a right-to-left language too', () => {
    expect(html).toMatch(/^<!doctype html><html lang="en" dir="ltr">/);
    expect(MIRRORED.get(name)).toMatch(/^<!doctype html><html lang="ar-XB" dir="rtl">/);
  });

  test('has every word from the catalogue', () => {
    const marked = galleryPages(markingLanguage()).get(name) ?? '';
    expect(wordsOutside(marked)).toEqual([]);
  });
});

test('a form with a proof of work carries its challenge, and a place for the answer', () => {
  const html = ENGLISH.get('write-each') ?? '';
  expect(html).toContain('data-challenge="{&quot;algorithm');
  expect(html).toContain('<input type="hidden" name="altcha" value');
  expect(ENGLISH.get('write')).not.toContain('altcha');
});

test('a confirmation mail holds no word that the supporter typed', () => {
  for (const name of ['mail-confirmation', 'mail-reminder']) {
    const html = ENGLISH.get(name) ?? '';
    expect(html).toContain('Delegate Ida Brandt');
    for (const typed of ['Anna Velder', 'My sister', 'night crossing']) expect(html).not.toContain(typed);
  }
});

test('text that somebody wrote cannot become markup', () => {
  const html = ENGLISH.get('place-problem') ?? '';
  expect(html).toContain('value="&lt;b>99&quot;"');
  expect(html).not.toContain('<b>99');
});

test('an alert weighs less than 30 kB with everything that it loads', () => {
  const parts = {
    html: gzipSync(ENGLISH.get('alert') ?? '').length,
    css: gzipSync(asset('site.css')).length,
    script: gzipSync(asset('act.js')).length,
    font: asset('redress-serif.woff2').length,
  };
  const total = Object.values(parts).reduce((sum, bytes) => sum + bytes, 0);
  console.log('weight of an alert in bytes:', { ...parts, total });
  expect(total).toBeLessThan(PAGE_BUDGET_BYTES);
  expect(parts.font).toBeLessThan(FONT_BUDGET_BYTES);
});

test('all islands together weigh less than 4 kB', () => {
  const islands = ['act.js', 'copy.js', 'proof-of-work.js'] as const;
  const total = islands.reduce((sum, name) => sum + gzipSync(asset(name)).length, 0);
  expect(total).toBeLessThan(ISLANDS_BUDGET_BYTES);
});

test('the island of the map weighs less than 2 kB', () => {
  expect(gzipSync(asset('map.js')).length).toBeLessThan(MAP_BUDGET_BYTES);
  expect(gzipSync(asset('position.js')).length).toBeLessThan(MAP_BUDGET_BYTES / 2);
});

function asset(name: Parameters<typeof assetPath>[0]): Buffer {
  return readFileSync(new URL(assetPath(name).split('/').at(-1) ?? '', assetFolder()));
}

const SHORTEST_GIVEN = 3;
const MESSAGE_ID = /^<[^<>@\s]+@[^<>\s]+>$/;
const OPEN = '\u27e6';
const CLOSE = '\u27e7';

/** A language that marks all it says, so that what is not marked was written into a page. */
function markingLanguage(): Language {
  const mark = (text: string): string => `${OPEN}${text}${CLOSE}`;
  return {
    ...language('en'),
    t: (key) => mark(key),
    date: (moment) => mark(moment.toISOString()),
    list: (items) => items.map(mark).join(', '),
  };
}

/** What is read on a page and neither marked nor given to it. */
function wordsOutside(html: string): string[] {
  const seen = html.replace(/<head>.*?<\/head>/s, '').replace(/<code>.*?<\/code>/gs, '');
  const attributes = [...seen.matchAll(/ (?:alt|title|aria-label|placeholder|label)="([^"]*)"/g)];
  const texts = [...seen.split(/<(?:"[^"]*"|[^>"])*>/), ...attributes.map((match) => match[1] ?? '')];
  const marks = new RegExp(`${OPEN}[^${CLOSE}]*${CLOSE}`, 'g');
  return texts
    .map((text) =>
      GIVEN.reduce(
        (rest, words) => rest.replaceAll(words, ''),
        plain(text.replace(marks, '')).replace(OF_MAIL, ''),
      ).trim(),
    )
    .filter((text) => /\p{L}/u.test(text));
}

function plain(html: string): string {
  return html
    .replace(/&lt;/g, '<')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&');
}

/** A letter that is quoted is in the letter's own language; "Re:" is what mail programs know an answer by. */
const OF_MAIL = /^>.*$|^\s*Re:/gm;

/** Every text that the gallery gives to a page, the longest first. */
const GIVEN = [
  'gallery.tsx',
  'gallery-steps.tsx',
  'gallery-congress.tsx',
  'gallery-lists.tsx',
  'gallery-ways.ts',
  'gallery-fixtures.ts',
]
  .flatMap((file) => [
    ...readFileSync(new URL(`support/${file}`, import.meta.url), 'utf8').matchAll(/'([^'\n]+)'|`([^`]+)`/g),
  ])
  .flatMap(([, quoted = '', template = '']) => [
    ...(quoted + template).split(/<[^>]*?alt="|"[^>]*>|<[^>]*>|\\n/),
    ...(MESSAGE_ID.exec(quoted) ?? []),
  ])
  .concat(
    STATES.map((state) => state.name),
    PREFIXES,
  )
  .map((text) => text.trim())
  .filter((text) => text.length >= SHORTEST_GIVEN)
  .sort((one, other) => other.length - one.length);
