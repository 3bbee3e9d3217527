import fc from 'fast-check';
import { XmlDocument } from 'libxml2-wasm';
import { BILL_TYPES, CONGRESS_TOPICS, takeText } from '../../src/alerts/index.js';
import type { CwcFacts } from '../../src/delivery/channels/cwc/cwc-facts.js';
import { CWC_CHAMBERS, CWC_TEXT_LIMITS } from '../../src/delivery/index.js';
import { ODD_TEXTS } from './naughty-texts.js';

/** Who delivers, in tests. */
const AGENT = {
  name: 'Redress Test Agent',
  ackEmail: 'ack@agent.example',
  contact: { name: 'Jo Tester', email: 'jo@agent.example', phone: '202-555-0100' },
} as const;

/** A letter with no more than it must say, by hand. */
export function plainFacts(changes: Partial<CwcFacts> = {}): CwcFacts {
  return {
    deliveryId: '0123456789abcdef0123456789ABCDEF',
    date: '20261123',
    agent: AGENT,
    organisation: {},
    campaignId: 'a'.repeat(64),
    officeCode: 'HVA04',
    constituent: {
      prefix: 'Ms.',
      firstName: 'Jane',
      lastName: 'Doe',
      address1: '1100 Quay Street',
      city: 'Arlington',
      state: 'VA',
      zip: '23233',
      email: 'jane@supporter.example',
    },
    subject: 'Keep the quays open',
    topics: ['Transportation and Public Works'],
    billNaming: 'short',
    message: 'Please keep the quays open.\n',
    ...changes,
  };
}

/** Any text as it is after it was taken in, within the limits of CWC: all of Unicode that a letter may hold. */
const anyText = fc
  .oneof(
    fc.string({ unit: 'binary', maxLength: 400 }),
    fc.string({ unit: 'grapheme', maxLength: 400 }),
    fc
      .array(
        fc.constantFrom(
          ...ODD_TEXTS,
          '\t',
          ' ',
          '\n',
          ']]>',
          '<![CDATA[',
          '&amp;',
          '&#10;',
          '\u0085',
          '\u2028',
        ),
      )
      .map((texts) => texts.join(' ')),
    fc.string({
      unit: fc.constantFrom('a', '😀', '\n', '&', '\u{10ffff}'),
      minLength: 9_000,
      maxLength: 9_999,
    }),
  )
  .map(takeText)
  .filter((text) => fitsText(text));

/** On one line, of so many characters or more. */
function anyLine(least: number): fc.Arbitrary<string> {
  return fc
    .oneof(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.string({ unit: 'binary', maxLength: 60 }))
    .map((line) => takeText(line).replace(/\s+/g, ' ').trim())
    .filter((line) => [...line].length >= least);
}

const digits = (count: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: count, maxLength: count });
const phone = fc.tuple(digits(3), digits(3), digits(4)).map((parts) => parts.join('-'));

const constituent = (prefixes: readonly string[]) =>
  record(
    {
      prefix: fc.constantFrom(...prefixes),
      firstName: anyLine(1),
      lastName: anyLine(1),
      address1: anyLine(3),
      city: anyLine(3),
      state: fc.constantFrom('CA', 'DC', 'GU', 'VA', 'WY'),
      zip: fc.oneof(
        digits(5),
        fc.tuple(digits(5), digits(4)).map((parts) => parts.join('-')),
      ),
      email: fc.constantFrom(
        'jane@supporter.example',
        'o’neil+a&b@xn--bcher-kva.example',
        'j.d@sub.mail.example',
      ),
    },
    {
      middleName: anyLine(1),
      suffix: anyLine(1),
      title: anyLine(1),
      organisation: anyLine(2),
      address2: anyLine(2),
      phone,
      addressValidated: fc.boolean(),
      emailValidated: fc.boolean(),
    },
  );

const organisation = record(
  {},
  {
    name: anyLine(3),
    about: anyLine(6),
    contact: record({}, { name: anyLine(2), email: fc.constant('post@lantern.example'), phone }),
  },
);

/** Any letter that a chamber takes, each optional fact there or not. */
export function anyFacts(chamber: 'house' | 'senate'): fc.Arbitrary<CwcFacts> {
  const { prefixes } = CWC_CHAMBERS[`cwc_${chamber}`];
  const number = fc.integer({ min: 1, max: 99_999 });
  const bill = fc.record({ congress: number, type: fc.constantFrom(...BILL_TYPES), number });
  const facts = record(
    {
      deliveryId: fc.uuid().map((id) => id.replaceAll('-', '')),
      date: fc
        .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
        .map((date) => date.toISOString().slice(0, 10).replaceAll('-', '')),
      agent: fc.constant(AGENT),
      organisation,
      campaignId: fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 64, maxLength: 64 }),
      officeCode: fc.constantFrom(
        ...(chamber === 'house' ? ['HVA04', 'HAK00', 'HCA12'] : ['SVA01', 'SCA03']),
      ),
      constituent: constituent(prefixes),
      subject: anyLine(CWC_TEXT_LIMITS.subject.least),
      topics: fc.uniqueArray(fc.constantFrom(...CONGRESS_TOPICS), { minLength: 1, maxLength: 5 }),
      billNaming: fc.constant(chamber === 'house' ? ('short' as const) : ('cited' as const)),
    },
    {
      responseRequested: fc.boolean(),
      newsletterOptIn: fc.boolean(),
      bills: fc.array(bill, { maxLength: 3 }),
      stance: fc.constantFrom('pro' as const, 'con' as const),
      statement: anyText,
      message: anyText,
      moreInfo: fc.webUrl({ validSchemes: ['http', 'https'], withQueryParameters: true }),
    },
  );
  return facts.filter(({ statement, message }) => statement !== undefined || message !== undefined);
}

type Arbitraries<Shape> = { readonly [Key in keyof Shape]: fc.Arbitrary<Shape[Key]> };

/** A record with all that it must have, and each of what it may have there or not. */
function record<Must extends object, May extends object>(must: Arbitraries<Must>, may: Arbitraries<May>) {
  return fc
    .tuple(fc.record(must), fc.record<May, never>(may, { requiredKeys: [] }))
    .map(([there, perhaps]) => ({ ...there, ...perhaps }));
}

function fitsText(text: string): boolean {
  const { length } = [...text];
  return length >= CWC_TEXT_LIMITS.text.least && length <= CWC_TEXT_LIMITS.text.most && text.trim() !== '';
}

/** The elements of a document with their texts, in order: `Constituent/Zip` = `23233`. */
export function readElements(xml: string): readonly (readonly [path: string, text: string])[] {
  using document = XmlDocument.fromString(xml);
  return document.find('//*[not(*)]').map((node) => [pathOf(node), node.content] as const);
}

/** The texts of all elements of one name, decoded. */
export function textsOf(xml: string, name: string): readonly string[] {
  return readElements(xml)
    .filter(([path]) => path.split('/').at(-1) === name)
    .map(([, text]) => text);
}

function pathOf(node: { readonly parent: unknown }): string {
  const names: string[] = [];
  for (let at: unknown = node; isElement(at); at = at.parent) names.unshift(at.name);
  return names.slice(1).join('/');
}

function isElement(value: unknown): value is { readonly name: string; readonly parent: unknown } {
  return typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string';
}
