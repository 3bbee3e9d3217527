import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { takeText } from '../src/alerts/index.js';
import {
  LONGEST_GMAIL,
  LONGEST_MAILTO,
  LONGEST_OUTLOOK,
  ownMailTo,
} from '../src/delivery/channels/own-mail.js';
import { postTo } from '../src/delivery/channels/paper.js';
import { firstSentences, telephoneLink } from '../src/delivery/channels/telephone.js';

const RUNS = process.env.REDRESS_TRIAL === '1' ? 5000 : 300;
const letterText = fc.string({ unit: 'binary', maxLength: 400 }).map(takeText);

/** RFC 6068, section 2: what a `mailto:` may be made of. */
const MAILTO = /^mailto:(?:[\w.~!$'()*+,;:@-]|%[0-9A-F]{2})+\?(?:[\w.~!$'()*+,;:@/?=&-]|%[0-9A-F]{2})*$/;

describe('a letter in the supporter’s own mail', () => {
  test('comes out of a mailto: as it went in, whatever it says', () => {
    fc.assert(
      fc.property(letterText, letterText, (subject, body) => {
        const mail = ownMailTo({ email: 'a+b@office.example' }, { subject, body });
        const { href = '', carriesText = false } = mail?.mailto ?? {};
        expect(href).toMatch(MAILTO);
        const url = new URL(href);
        expect(decodeURIComponent(url.pathname)).toBe('a+b@office.example');
        const [, query = ''] = href.split('?');
        const fields = new Map(query.split('&').map((pair) => pair.split('=') as [string, string]));
        expect([...fields.keys()]).toEqual(carriesText ? ['subject', 'body'] : ['subject']);
        // Not as a form would be read: a plus is a plus.
        if (carriesText)
          expect(decodeURIComponent(fields.get('body') ?? '')).toBe(body.replaceAll('\n', '\r\n'));
      }),
      { numRuns: RUNS, seed: 6068 },
    );
  });

  test('reaches the websites as it is', () => {
    fc.assert(
      fc.property(letterText, (body) => {
        const mail = ownMailTo({ email: 'a@office.example' }, { subject: 'S & s', body });
        for (const { provider, href, carriesText } of mail?.webmail ?? []) {
          const { searchParams, hostname, protocol } = new URL(href);
          expect(protocol).toBe('https:');
          expect(hostname).toBe(provider === 'gmail' ? 'mail.google.com' : 'outlook.live.com');
          expect(searchParams.get('to')).toBe('a@office.example');
          expect(searchParams.get(provider === 'gmail' ? 'su' : 'subject')).toBe('S & s');
          expect(searchParams.get('body')).toBe(carriesText ? body : null);
        }
      }),
      { numRuns: RUNS, seed: 6069 },
    );
  });

  test.each([
    ['mailto', LONGEST_MAILTO],
    ['gmail', LONGEST_GMAIL],
    ['outlook', LONGEST_OUTLOOK],
  ])('goes along in a link (%s) up to %i characters of it, and beyond that not at all', (name, most) => {
    const links = (length: number) => {
      const mail = ownMailTo({ email: 'a@office.example' }, { subject: 's', body: 'x'.repeat(length) });
      return name === 'mailto' ? mail?.mailto : mail?.webmail.find(({ provider }) => provider === name);
    };
    const around = links(0)?.href.length ?? 0;
    expect(links(most - around)?.href).toHaveLength(most);
    expect(links(most - around)?.carriesText).toBe(true);
    expect(links(most - around + 1)).toMatchObject({ carriesText: false });
    expect(links(most - around + 1)?.href).not.toContain('body=');
  });

  test('is not offered without one plain address', () => {
    for (const email of [
      undefined,
      '',
      'nobody',
      'a@x.example, b@x.example',
      'a@x.example?bcc=b@x.example',
      'x <a@x.example>',
    ])
      expect(
        ownMailTo(email === undefined ? {} : { email }, { subject: '', body: '' }),
        email,
      ).toBeUndefined();
  });
});

describe('a telephone link', () => {
  test.each([
    ['202-224-3553', 'us', 'tel:+1-202-224-3553'],
    ['(212) 486-4430 ext. 12', 'us', 'tel:+1-212-486-4430;ext=12'],
    ['020 7219 3000', 'gb', 'tel:+44-20-7219-3000'],
    ['+49 30 227-0', undefined, 'tel:+49-30-2270'],
    ['030 227-0', undefined, 'tel:0302270'],
    ['see website', 'us', undefined],
    ['0800-CALL-ME"><script>', 'us', undefined],
  ])('of %s in %s is %s', (number, country, link) => expect(telephoneLink(number, country)).toBe(link));

  test('is a link or none, whatever the source has', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), fc.constantFrom('us', 'de', undefined), (number, country) => {
        const link = telephoneLink(number, country);
        if (link !== undefined) expect(link).toMatch(/^tel:\+?[0-9-]+(?:;ext=[0-9]+)?$/);
      }),
      { numRuns: RUNS, seed: 3966 },
    );
  });
});

describe('what is said on the telephone', () => {
  test('is the letter from its first word on, and ends with a sentence or a word', () => {
    fc.assert(
      fc.property(fc.array(fc.lorem({ maxCount: 12 }), { minLength: 1, maxLength: 30 }), (sentences) => {
        const text = sentences.map((sentence) => `${sentence}.`).join(' ');
        const said = firstSentences(text, 'en');
        expect(said.length).toBeGreaterThan(0);
        expect(text.startsWith(said.replace(/ …$/, ''))).toBe(true);
      }),
      { numRuns: RUNS, seed: 1704 },
    );
  });

  test.each([
    ['one word without an end', 'x'.repeat(900), ''],
    ['nothing', ' \n ', ''],
  ])('of %s is %s', (_what, text, said) => expect(firstSentences(text, 'en')).toBe(said));
});

test('an address is taken line by line, with the chamber where there is room for it', () => {
  const office = {
    title: 'Senator',
    name: 'Mira Quell',
    chamber: { id: 'upper', name: 'Upper House' },
    division: { id: 'ocd-division/country:de/x:1', name: 'X' },
  };
  expect(postTo(office)).toBeUndefined();
  expect(postTo({ ...office, address: ' \n; ' })).toBeUndefined();
  expect(postTo({ ...office, address: '1 Square; 1000 Town' })).toEqual({
    recipient: ['Senator Mira Quell', 'Upper House', '1 Square', '1000 Town'],
    format: 'a4',
  });
  expect(postTo({ ...office, address: '1\n2\n3\n4\n5' })?.recipient).toEqual([
    'Senator Mira Quell',
    '1',
    '2',
    '3',
    '4',
    '5',
  ]);
});
