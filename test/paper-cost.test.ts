import pino from 'pino';
import { expect, test } from 'vitest';
import type { PaperLetter } from '../src/delivery/index.js';
import { Printer } from '../src/delivery/paper/printer.js';

const log = pino({ level: 'silent' });
const TRIAL = process.env.REDRESS_TRIAL === '1';
const ROUNDS = TRIAL ? 400 : 30;
const LONGEST_TEXT = 'A line of words that go on and on, as long as a letter may be at most.\n'.repeat(280);
const MEGABYTE = 1_000_000;
/** Far above what was measured: a machine may be slow, but not by so much. */
const MOST_MS = { first: 15_000, letter: 1000, longest: 10_000 };
const MOST_MEGABYTES = 700;

function letter(
  number: number,
  message = 'I walk there each day. لقد عملت هناك. रात की नौका।\n'.repeat(12),
): PaperLetter {
  return {
    name: 'Ada Quill',
    recipient: ['Senator Mira Quell', 'Upper House', '1 Chamber Square', '1000 Orvany'],
    date: '24 November 2026',
    subject: `The night ferry, ${number}`,
    body: `Dear Senator Mira Quell,\n\n${message}\nYours sincerely,\n\nAda Quill\n12 Lamp Street\n`,
    closing: 'Yours sincerely,',
    pageWords: 'Page {page} of {pages}',
  };
}

test('a letter costs milliseconds in a thread of its own, and many letters no more memory', async () => {
  const printer = new Printer({ fontFolders: [], log });
  const before = process.memoryUsage().rss;
  const timed = async (letters: readonly PaperLetter[]): Promise<number> => {
    const begun = performance.now();
    const printed = await printer.print({ letters, format: 'a4', title: 'Letters', language: 'en' });
    expect(printed.kind).toBe('printed');
    return Math.round(performance.now() - begun);
  };
  const first = await timed([letter(0)]);
  const each: number[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) each.push(await timed([letter(round)]));
  const afterEach = Math.round((process.memoryUsage().rss - before) / MEGABYTE);
  const atOnce = await timed(Array.from({ length: 100 }, (_, index) => letter(index)));
  const longest = await timed([letter(1, LONGEST_TEXT)]);
  let busiest = 0;
  let last = performance.now();
  const tick = setInterval(() => {
    busiest = Math.max(busiest, performance.now() - last);
    last = performance.now();
  }, 5);
  await timed(Array.from({ length: 30 }, (_, index) => letter(index, `${index} ${LONGEST_TEXT}`)));
  clearInterval(tick);
  const median = each.sort((a, b) => a - b)[Math.floor(each.length / 2)] ?? 0;
  const megabytes = Math.round((process.memoryUsage().rss - before) / MEGABYTE);
  await printer.close();
  const afterClose = Math.round((process.memoryUsage().rss - before) / MEGABYTE);
  console.log('paper:', {
    first,
    median,
    p95: each[Math.floor(each.length * 0.95)],
    hundredAtOnce: atOnce,
    longest,
    longestStandstillOfTheServer: Math.round(busiest),
    megabytes: { afterEach, afterAll: megabytes, afterClose },
  });
  expect(first).toBeLessThan(MOST_MS.first);
  expect(median).toBeLessThan(MOST_MS.letter);
  expect(longest).toBeLessThan(MOST_MS.longest);
  expect(megabytes).toBeLessThan(MOST_MEGABYTES);
}, 120_000);
