import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { takeText } from '../src/alerts/index.js';

const CODE_UNITS = 0x10000;
/** Any string of code units at all: lone surrogates, controls, marks of byte order, non-characters. */
const anything = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.integer({ min: 0, max: CODE_UNITS - 1 })).map((units) => String.fromCharCode(...units)),
  fc.stringMatching(/^[\r\n\t\0\ufeff\ufffe\uffff\ud83d\ude00 a]*$/u),
);

describe('the text of a letter as it is taken in', () => {
  test('is LF only, with exactly one at the end', () => {
    expect(takeText('a\r\nb\rc\n\n\n')).toBe('a\nb\nc\n');
    expect(takeText('a')).toBe('a\n');
    expect(takeText('')).toBe('\n');
    fc.assert(
      fc.property(anything, (raw) => /^[^\r]*\n$/.test(takeText(raw)) && !takeText(raw).endsWith('\n\n')),
    );
  });

  test('has no leading byte order mark, and keeps one inside', () => {
    expect(takeText('\ufeff\ufeffa\ufeffb')).toBe('a\ufeffb\n');
    expect(takeText('\0\ufeffa')).toBe('a\n');
  });

  test('has no C0 control but TAB and LF, and keeps DEL and C1', () => {
    const controls = Array.from({ length: 0xa0 }, (_, code) => String.fromCharCode(code));
    const kept = [...takeText(`a${controls.join('')}b`)];
    expect(kept.filter((character) => character < ' ')).toEqual(['\t', '\n', '\n', '\n']);
    expect(kept.filter((character) => character >= '\x7f')).toEqual(controls.slice(0x7f));
  });

  test('has no half of a surrogate pair, and makes no pair of two halves', () => {
    expect(takeText('a\ud83db\ude00c')).toBe('abc\n');
    expect(takeText('\ud83d\ufffe\ude00')).toBe('\n');
    fc.assert(fc.property(anything, (raw) => takeText(raw).isWellFormed()));
  });

  test('has no U+FFFE or U+FFFF, and keeps every other character of Unicode', () => {
    for (let plane = 0; plane <= 16; plane += 1) {
      for (let offset = 0x20; offset < CODE_UNITS; offset += 1) {
        const code = plane * CODE_UNITS + offset;
        const forbidden = code === 0xfffe || code === 0xffff || (code >= 0xd800 && code <= 0xdfff);
        const character = String.fromCodePoint(code);
        const taken = takeText(`x${character}`);
        if (taken !== (forbidden ? 'x\n' : `x${character}\n`))
          expect.fail(`U+${code.toString(16)}: ${taken}`);
      }
    }
  });

  test('is the same when it is taken again', () => {
    fc.assert(
      fc.property(anything, (raw) => takeText(takeText(raw)) === takeText(raw)),
      { numRuns: 2000 },
    );
  });

  test('is changed in nothing else: no trimming, no normal form', () => {
    const plain = fc.string({ unit: 'grapheme' }).filter((text) => !/[\p{Cc}\ufeff\ufffe\uffff]/u.test(text));
    fc.assert(fc.property(plain, (text) => takeText(text) === `${text}\n`));
    expect(takeText('  e\u0301 \u00e9\u2028 \n .\n')).toBe('  e\u0301 \u00e9\u2028 \n .\n');
  });

  test('is taken in linear time', () => {
    const begin = performance.now();
    takeText(`${'\n'.repeat(1_000_000)}a${'\r'.repeat(1_000_000)}`);
    expect(performance.now() - begin).toBeLessThan(1000);
  });
});
