import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { RelaxNGValidator, XmlDocument } from 'libxml2-wasm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BILL_TYPES, CONGRESS_TOPICS } from '../src/alerts/index.js';
import { buildCwcXml } from '../src/delivery/channels/cwc/build-xml.js';
import { campaignId } from '../src/delivery/channels/cwc/campaign-id.js';
import { billTypeName } from '../src/delivery/channels/cwc/chambers.js';
import type { CwcFacts } from '../src/delivery/channels/cwc/cwc-facts.js';
import { CWC_CHAMBERS, CWC_TEXT_LIMITS, type CwcValidator, openCwcValidator } from '../src/delivery/index.js';
import { anyFacts, plainFacts, readElements, textsOf } from './support/cwc-letters.js';
import { publicData, WITHOUT_PUBLIC_DATA } from './support/public-data.js';
import { figure, sized } from './support/trial.js';

const { cwc_house: HOUSE, cwc_senate: SENATE } = CWC_CHAMBERS;
const LETTERS = sized(500, 10_000);
const LONGEST_MS = sized(30_000, 300_000);

let validator: CwcValidator;

beforeAll(async () => {
  validator = await openCwcValidator();
});
afterAll(() => validator[Symbol.dispose]());

const house = (changes: Partial<CwcFacts> = {}): string => buildCwcXml(HOUSE, plainFacts(changes));
const problems = (xml: string | Uint8Array): readonly string[] => validator.problems('cwc_house', xml);

describe('a letter', () => {
  test('says nothing that nobody said', () => {
    const names = readElements(house()).map(([path]) => path);
    expect(names).toEqual([
      'CWCVersion',
      'Delivery/DeliveryId',
      'Delivery/DeliveryDate',
      'Delivery/DeliveryAgent',
      'Delivery/DeliveryAgentAckEmailAddress',
      'Delivery/DeliveryAgentContact/DeliveryAgentContactName',
      'Delivery/DeliveryAgentContact/DeliveryAgentContactEmail',
      'Delivery/DeliveryAgentContact/DeliveryAgentContactPhone',
      'Delivery/CampaignId',
      'Recipient/MemberOffice',
      'Constituent/Prefix',
      'Constituent/FirstName',
      'Constituent/LastName',
      'Constituent/Address1',
      'Constituent/City',
      'Constituent/StateAbbreviation',
      'Constituent/Zip',
      'Constituent/Email',
      'Message/Subject',
      'Message/LibraryOfCongressTopics/LibraryOfCongressTopic',
      'Message/ConstituentMessage',
    ]);
    expect(problems(house())).toEqual([]);
  });

  test('has one tag on a line, and the chambers’ own differences', () => {
    const facts = {
      bills: [{ congress: 119, type: 'hconres', number: 5 } as const],
      statement: 'They say: keep the quays open.\n',
      moreInfo: 'https://act.example/alerts/quays',
      stance: 'con',
    } as const;
    const lines = house(facts).split('\n');
    expect(lines.filter((line) => (line.match(/<\w/g) ?? []).length > 1)).toEqual([]);
    expect(textsOf(house(facts), 'BillTypeAbbreviation')).toEqual(['hconres']);
    const senate = buildCwcXml(SENATE, plainFacts({ ...facts, officeCode: 'SVA01', billNaming: 'cited' }));
    expect(validator.problems('cwc_senate', senate)).toEqual([]);
    expect(textsOf(senate, 'BillTypeAbbreviation')).toEqual(['H.Con.Res']);
    expect(textsOf(senate, 'ProOrCon')).toEqual(['Con']);
    const order = (xml: string): string[] =>
      readElements(xml)
        .map(([path]) => path)
        .slice(-3);
    expect(order(senate)).toEqual([
      'Message/MoreInfo',
      'Message/OrganizationStatement',
      'Message/ConstituentMessage',
    ]);
    expect(order(house(facts))).toEqual([
      'Message/OrganizationStatement',
      'Message/ConstituentMessage',
      'Message/MoreInfo',
    ]);
  });

  test.each(['house', 'senate'] as const)(
    '%s: any letter is valid and says exactly what it was made of',
    (name) => {
      const chamber = CWC_CHAMBERS[`cwc_${name}`];
      const oldRules = reconstructedSchema(name);
      let checked = 0;
      fc.assert(
        fc.property(anyFacts(name), (facts) => {
          const xml = buildCwcXml(chamber, facts);
          expect(validator.problems(chamber.channel, xml)).toEqual([]);
          expect(oldRules?.(xml) ?? 'valid').toBe('valid');
          const { constituent, organisation } = facts;
          const said = Map.groupBy(readElements(xml), ([path]) => path.split('/').at(-1));
          const expected: Readonly<Record<string, string | undefined>> = {
            DeliveryId: facts.deliveryId,
            MemberOffice: facts.officeCode,
            Organization: organisation.name,
            OrganizationAbout: organisation.about,
            Prefix: constituent.prefix,
            FirstName: constituent.firstName,
            LastName: constituent.lastName,
            Address1: constituent.address1,
            Address2: constituent.address2,
            City: constituent.city,
            Zip: constituent.zip,
            Phone: constituent.phone,
            Email: constituent.email,
            Subject: facts.subject,
            ProOrCon: facts.stance && { pro: 'Pro', con: 'Con' }[facts.stance],
            OrganizationStatement: facts.statement,
            ConstituentMessage: facts.message,
            MoreInfo: facts.moreInfo,
          };
          for (const [name, text] of Object.entries(expected))
            expect([name, said.get(name)?.map(([, decoded]) => decoded)]).toEqual([name, text && [text]]);
          checked += 1;
        }),
        { numRuns: LETTERS / 2 },
      );
      figure(`cwc ${name}`, { letters: checked, valid: checked });
    },
    LONGEST_MS,
  );
});

describe('the schemas', () => {
  test.each([
    ['a subject that is too short', { subject: 'Quays' }, 'Message/Subject does not fit'],
    ['a subject that is too long', { subject: 'Q'.repeat(501) }, 'Message/Subject does not fit'],
    ['a message that is too short', { message: 'Yes.\n' }, 'Message/ConstituentMessage does not fit'],
    [
      'a message that is too long',
      { message: `${'😀'.repeat(10_000)}\n` },
      'Message/ConstituentMessage does not fit',
    ],
    ['no topic', { topics: [] }, /^Message\/LibraryOfCongressTopics/],
    ['another topic', { topics: ['Quays'] }, /LibraryOfCongressTopic does not fit|LibraryOfCongressTopics/],
    ['an office of the other chamber', { officeCode: 'SVA01' }, 'Recipient/MemberOffice does not fit'],
    ['a date that is none', { date: '20261340' }, 'Delivery/DeliveryDate does not fit'],
    ['an id that is none', { deliveryId: '0123' }, 'Delivery/DeliveryId does not fit'],
    ['a link that is no web address', { moreInfo: 'ftp://act.example' }, 'Message/MoreInfo does not fit'],
  ])('%s is not taken, and the words name the element alone', (_what, changes, words) => {
    const [first = ''] = problems(house(changes));
    expect(first).toMatch(words);
    expect(first).not.toMatch(/Quays|0123|ftp/);
  });

  test('every fact of a constituent has its rule', () => {
    const facts = plainFacts();
    const wrong = {
      prefix: 'Mx.',
      firstName: '',
      address1: '1',
      city: 'El',
      state: 'XX',
      zip: '2323',
      email: 'jane',
      phone: '5555550100',
    };
    for (const [field, value] of Object.entries(wrong)) {
      const found = problems(house({ constituent: { ...facts.constituent, [field]: value } }));
      expect([field, found.length]).toEqual([field, 1]);
    }
    const { prefix: _none, ...without } = facts.constituent;
    expect(problems(house({ constituent: without }))).toEqual([expect.stringMatching(/FirstName|Prefix/)]);
  });

  test('they hold the limits that the program tells people', () => {
    const { subject, text } = CWC_TEXT_LIMITS;
    for (const length of [subject.least - 1, subject.least, subject.most, subject.most + 1])
      expect(problems(house({ subject: '😀'.repeat(length) })).length === 0).toBe(
        length >= subject.least && length <= subject.most,
      );
    for (const length of [text.least - 1, text.least, text.most, text.most + 1])
      expect(problems(house({ message: `${'ä'.repeat(length - 1)}\n` })).length === 0).toBe(
        length >= text.least && length <= text.most,
      );
  });

  test('they know every topic, every prefix and every kind of bill that the program knows', () => {
    for (const { channel, prefixes, setting } of [HOUSE, SENATE]) {
      const officeCode = channel === 'cwc_house' ? 'HVA04' : 'SVA01';
      const build = (changes: Partial<CwcFacts>): string =>
        buildCwcXml(
          CWC_CHAMBERS[`cwc_${setting}`],
          plainFacts({ officeCode, billNaming: 'cited', ...changes }),
        );
      expect(validator.problems(channel, build({ topics: [...CONGRESS_TOPICS] }))).toEqual([]);
      const bills = BILL_TYPES.map((type) => ({ congress: 119, type, number: 1 }));
      expect(validator.problems(channel, build({ bills }))).toEqual([]);
      for (const prefix of prefixes)
        expect(
          validator.problems(channel, build({ constituent: { ...plainFacts().constituent, prefix } })),
        ).toEqual([]);
    }
    const short = BILL_TYPES.map((type) => billTypeName(type, 'short'));
    expect(short).toEqual([...BILL_TYPES]);
  });

  test.each([
    ['no XML', 'hello'],
    ['half of it', house().slice(0, 900)],
    ['a document type', `<!DOCTYPE CWC [<!ENTITY x SYSTEM "file:///etc/passwd">]>${house().slice(38)}`],
    [
      'an entity that grows',
      `<!DOCTYPE CWC [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><CWC>&b;</CWC>`,
    ],
    ['no UTF-8', new Uint8Array([0x3c, 0x43, 0xff, 0xfe, 0x3e])],
    ['nothing', ''],
    ['another root', '<Letter/>'],
  ])('%s is not taken, and nothing breaks', (_what, xml) => {
    expect(problems(xml).length).toBeGreaterThan(0);
    expect(problems(house())).toEqual([]);
  });
});

describe('the id by which an office groups letters', () => {
  const facts = { campaign: 'alert-1', topics: ['Energy'] } as const;
  const bill = { congress: 119, type: 'hr', number: 233 } as const;

  test('is the same for one organisation, bill and stance, whatever the alert', () => {
    const id = campaignId(1, { ...facts, bill, stance: 'pro' });
    expect(id).toMatch(/^[0-9a-f]{64}$/);
    expect(campaignId(1, { ...facts, campaign: 'alert-2', topics: ['Health'], bill, stance: 'pro' })).toBe(
      id,
    );
  });

  test('differs by organisation, alert, bill and stance', () => {
    const ids = [
      campaignId(1, facts),
      campaignId(2, facts),
      campaignId(1, { ...facts, campaign: 'alert-2' }),
      campaignId(1, { ...facts, stance: 'pro' }),
      campaignId(1, { ...facts, stance: 'con' }),
      campaignId(1, { ...facts, bill }),
      campaignId(1, { ...facts, bill: { ...bill, congress: 118 } }),
      campaignId(1, { ...facts, bill: { ...bill, type: 's' } }),
      campaignId(1, { ...facts, bill, stance: 'pro' }),
    ];
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe.skipIf(publicData === undefined)(
  publicData === undefined ? WITHOUT_PUBLIC_DATA : 'the House’s own sample',
  () => {
    const sample = (): string =>
      readFileSync(join(publicData ?? '', 'cwc', 'sample-cwc-2.0-house.xml'), 'utf8');

    test('is valid by our schema', () => {
      expect(problems(sample())).toEqual([]);
    });

    test('comes out of its facts, element for element', () => {
      const facts: CwcFacts = {
        deliveryId: 'GHXX1236285LFVUID194HDC16452ADEE',
        date: '20121023',
        agent: {
          name: 'Your Delivery Agent',
          ackEmail: 'deliveryagent@example.com',
          contact: { name: 'John Smith', email: 'john.smith@test.com', phone: '202-000-0000' },
        },
        organisation: {
          name: 'Example Organization',
          contact: { name: 'Jane Smith', email: 'jane.smith@test.com', phone: '202-000-0000' },
          about: 'Describe the organization here.',
        },
        campaignId: '3d968ttf6ecad3c29a3a629280e686cf0c3f5d5a86aff3cal2020c923adc4444',
        officeCode: 'HVA04',
        responseRequested: false,
        newsletterOptIn: true,
        constituent: {
          prefix: 'Mr.',
          firstName: 'John',
          middleName: 'T.',
          lastName: 'Smith',
          suffix: 'Jr.',
          title: 'CE0',
          organisation: 'Constituent Organization',
          address1: '1100 XYZ street',
          address2: 'Room 400',
          city: 'Arlington',
          state: 'VA',
          zip: '23233',
          phone: '703-444-0000',
          addressValidated: true,
          email: 'john.smith@test.com',
          emailValidated: true,
        },
        subject: 'Example subject for demonstration',
        topics: ['Education', 'Science, Technology, Communications'],
        bills: [
          { congress: 111, type: 'hr', number: 233 },
          { congress: 111, type: 's', number: 22 },
        ],
        billNaming: 'short',
        stance: 'pro',
        statement: 'Lorem Ipsum',
        message: 'Dear Congresswoman, this is a test message...',
        moreInfo: 'http://example.com/123/',
      };
      const ours = buildCwcXml(HOUSE, facts);
      expect(readElements(ours)).toEqual(readElements(sample()));
      // Not only the elements: it is the same text.
      expect(ours.trim()).toBe(sample().replaceAll('\r\n', '\n').trim());
    });

    test('the enumerations are those that are publicly known', () => {
      const known: unknown = JSON.parse(
        readFileSync(join(publicData ?? '', 'cwc', 'cwc-enums.json'), 'utf8'),
      );
      expect(known).toMatchObject({
        topics: [...CONGRESS_TOPICS],
        prefixes: {
          house_known: expect.arrayContaining([...HOUSE.prefixes]),
          senate_strict: [...SENATE.prefixes],
        },
        billTypes: {
          senate_strict: expect.arrayContaining(BILL_TYPES.map((type) => billTypeName(type, 'cited'))),
          house_sample_lowercase: expect.arrayContaining([...BILL_TYPES]),
        },
      });
    });
  },
);

/** The rules as they were gathered from public code before ours were written; `undefined` where they are not there. */
function reconstructedSchema(chamber: 'house' | 'senate'): ((xml: string) => string) | undefined {
  if (publicData === undefined) return undefined;
  const path = join(publicData, 'cwc', `cwc-2.0-${chamber}.reconstructed.rng`);
  const schema = RelaxNGValidator.fromDoc(XmlDocument.fromBuffer(readFileSync(path)));
  return (xml) => {
    using document = XmlDocument.fromString(xml);
    try {
      schema.validate(document);
      return 'valid';
    } catch (error) {
      return String(error);
    }
  };
}
