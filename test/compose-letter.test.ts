import fc from 'fast-check';
import { expect, test } from 'vitest';
import { takeText } from '../src/alerts/index.js';
import {
  COMPOSER,
  chooseChannel,
  composeLetter,
  fingerprint,
  type LetterParts,
  leadsNowhere,
  plainAddress,
} from '../src/delivery/index.js';

const PARTS: LetterParts = {
  officeholder: { title: 'Senator', name: 'Mira Quell' },
  statement: 'We ask you to vote for Bill 12.\n',
  message: 'I walk there each day.\n\nMy children do too.\n',
  constituent: { name: 'Jane Doe', place: '2140', address: '3 Quay Stair\nOstrel' },
  organisation: {
    name: 'The Lanternists',
    postalAddress: 'Old Customs House\nOstrel',
    contact: 'post@lantern.example',
  },
  verifyUrl: 'https://act.example/letters/TOKEN',
  language: 'en',
};

test('own words first, then whose the other words are; name, address, and the line to verify', () => {
  expect(composeLetter(PARTS).body).toBe(`Dear Senator Mira Quell,

I walk there each day.

My children do too.

The text below was written by The Lanternists.

We ask you to vote for Bill 12.

Yours sincerely,

Jane Doe
3 Quay Stair
Ostrel
2140

Jane Doe prepared this letter through The Lanternists, Old Customs House, Ostrel (post@lantern.example).
To check that this letter is genuine: https://act.example/letters/TOKEN
`);
});

test('what is not there is left out, and nothing is made up in its place', () => {
  const { body } = composeLetter({
    ...PARTS,
    message: '\n',
    officeholder: { title: '', name: 'Mira Quell' },
    constituent: { name: 'Jane Doe', place: '2140' },
  });
  expect(
    body.startsWith('Dear Mira Quell,\n\nThe text below was written by The Lanternists.\n\nWe ask'),
  ).toBe(true);
  expect(body).toContain('\n\nJane Doe\n2140\n\n');
  expect(composeLetter({ ...PARTS, statement: '\n' }).body).not.toContain('written by');
});

test('these bytes are those of version 2: whoever changes them makes version 3', () => {
  expect(COMPOSER).toBe(2);
  expect(fingerprint(composeLetter(PARTS).body).toString('hex')).toBe(
    'bf892b3c7052cb6c46a9fb02ee20729537b4c0a391fa09f831c1568ec722e666',
  );
});

test('a body is always a taken text: composing and taking in again changes nothing', () => {
  const text = fc.string({ unit: 'binary', maxLength: 200 });
  fc.assert(
    fc.property(fc.tuple(text, text, text, text), ([statement, message, name, place]) => {
      const parts = { ...PARTS, statement: takeText(statement), message: takeText(message) };
      const { body } = composeLetter({ ...parts, constituent: { name, place, address: statement } });
      expect(takeText(body)).toBe(body);
      for (const words of [parts.statement, parts.message].filter((part) => part.trim() !== '')) {
        expect(body).toContain(words.replace(/\n$/, ''));
      }
    }),
    { numRuns: 100 },
  );
});

test.each([
  ['jane@supporter.example', 'jane@supporter.example'],
  ['Jane.O+x@Süd.example', 'Jane.O+x@xn--sd-xka.example'],
  ['a@b.example, c@d.example', undefined],
  ['a@b@c.example', undefined],
  ['"a b"@c.example', undefined],
  ['a@c.example\r\nBcc: x@y.example', undefined],
  ['a b@c.example', undefined],
  ['a@', undefined],
  ['@c.example', undefined],
  ['a@[127.0.0.1]', undefined],
  ['a@-c.example', undefined],
  ['.a@c.example', undefined],
  ['a..b@c.example', undefined],
  ['', undefined],
])('plainAddress(%j) is %j', (text, address) => expect(plainAddress(text)).toBe(address));

test('only reserved domains lead nowhere', () => {
  for (const address of ['a@b.example', 'a@b.INVALID', 'a@x.test', 'a@localhost', 'a@b.localhost']) {
    expect(leadsNowhere(address)).toBe(true);
  }
  for (const address of ['a@example.org', 'a@invalid.com', 'a@test.net', 'a@example.example.com']) {
    expect(leadsNowhere(address)).toBe(false);
  }
});

test('the channel is mail where there is one plain address, else the form, else the site', () => {
  const office = { name: 'A', title: '', chamber: { id: 'x', name: 'X' }, division: { id: 'y', name: 'Y' } };
  const contactForm = 'https://a.example/form';
  expect(chooseChannel({ ...office, email: 'a@b.example', contactForm })).toBe('smtp');
  expect(chooseChannel({ ...office, email: 'a@b.example, c@d.example', contactForm })).toBe('web_form');
  expect(chooseChannel({ ...office, contactForm, website: 'https://a.example' })).toBe('web_form');
  expect(chooseChannel({ ...office, website: 'https://a.example' })).toBe('website');
  expect(chooseChannel(office)).toBe('website');
  expect(chooseChannel({ ...office, email: 'a@b.example', channels: ['cwc_house', 'smtp'] })).toBe(
    'cwc_house',
  );
});
