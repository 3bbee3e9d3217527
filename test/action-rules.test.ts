import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { weatherOf } from '../src/actions/submit/mail-weather.js';
import { networkOf } from '../src/actions/submit/network.js';
import { NetworkCounts } from '../src/actions/submit/network-counts.js';
import { shareOfOwnWords } from '../src/actions/submit/own-words.js';
import { parseAddress, personOf } from '../src/actions/submit/person.js';
import { plainAddress } from '../src/delivery/index.js';
import { AppError } from '../src/errors.js';

describe('an e-mail address', () => {
  test.each([
    ['ada@mill.example', 'ada@mill.example'],
    ['  Ada+Letters@Mill.EXAMPLE ', 'Ada+Letters@mill.example'],
    ['ada@bücher.example', 'ada@xn--bcher-kva.example'],
  ])('%s is taken', (typed, address) => expect(parseAddress(typed)).toBe(address));

  test.each([
    '',
    'ada',
    '@mill.example',
    'ada@',
    'ada@mill',
    'a@b@mill.example',
    'ada@mill.example, bob@mill.example',
    'ada@mill.example\r\nBcc: bob@mill.example',
    '"ada"@mill.example',
    'ada(x)@mill.example',
    'ada@[127.0.0.1]',
    'åsa@mill.example',
    'group: ada@mill.example;',
    'ada@mill..example',
    '.ada@mill.example',
    'ada @mill.example',
    'ada@mill.example>',
    `${'a'.repeat(65)}@mill.example`,
    `ada@${'m'.repeat(300)}.example`,
  ])('%j is refused', (typed) => expect(parseAddress(typed)).toBeUndefined());

  test('names one recipient or none, whatever was typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (local, domain) => {
        const address = parseAddress(`${local}@${domain}`);
        if (address === undefined) return;
        expect(address).not.toMatch(/[\s<>,;:"()[\]\\\p{Cc}]/u);
        expect(address.split('@')).toHaveLength(2);
        expect(parseAddress(address)).toBe(address);
        expect(plainAddress(address), 'what is taken can be mailed').toBe(address);
      }),
    );
  });

  test('tells persons apart by everything but case', () => {
    expect(personOf('Ada@mill.example')).toBe(personOf('ada@mill.example'));
    expect(personOf('ada+1@mill.example')).not.toBe(personOf('ada@mill.example'));
  });
});

describe('a network', () => {
  test.each([
    ['192.0.2.17', '192.0.2.99', true],
    ['192.0.2.17', '192.0.3.17', false],
    ['2001:db8:1:2::1', '2001:db8:1:2:ffff::9', true],
    ['2001:db8:1:2::1', '2001:db8:1:3::1', false],
    ['::ffff:192.0.2.17', '192.0.2.1', true],
  ])('%s and %s: the same is %s', (a, b, same) => expect(networkOf(a) === networkOf(b)).toBe(same));

  test('has its places in each hour and no more', () => {
    const counts = new NetworkCounts(2);
    const now = new Date('2026-11-23T09:30:00Z');
    counts.take('a', now);
    counts.take('a', now);
    expect(() => counts.take('a', now)).toThrow(AppError);
    expect(() => counts.take('b', now)).not.toThrow();
    expect(() => counts.take('a', new Date('2026-11-23T10:00:00Z'))).not.toThrow();
    counts.learn('c', 2);
    expect(() => counts.take('c', new Date('2026-11-23T10:00:00Z'))).toThrow(AppError);
  });
});

describe('the share of own words', () => {
  const template = 'Please vote for the lamp act so that every harbour keeps its light in winter.';

  test.each([
    [template, 0],
    ['', 0],
    ['My grandmother kept the lamp at the north mole for thirty years.', 1],
  ])('of %j is %d', (text, share) => expect(shareOfOwnWords(text, template)).toBe(share));

  test('lies between nothing and everything, and grows with what is added', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const share = shareOfOwnWords(text, template);
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(1);
      }),
    );
    expect(shareOfOwnWords(`${template} I live beside it and see what it does.`, template)).toBeGreaterThan(
      0.3,
    );
  });
});

describe('the weather for mail', () => {
  const hour = new Date('2026-11-23T09:00:00Z');

  test.each([
    [0, false, undefined],
    [69, false, undefined],
    [70, true, undefined],
    [100, true, '2026-11-23T10:00:00.000Z'],
    [250, true, '2026-11-23T11:00:00.000Z'],
  ])('with %d of 100 used', (used, proofNeeded, laterAt) => {
    const weather = weatherOf(used, 100, hour);
    expect(weather.proofNeeded).toBe(proofNeeded);
    expect(weather.laterAt?.toISOString()).toBe(laterAt);
  });
});
