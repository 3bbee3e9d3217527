import type { LegislatureSet, Office, Officeholder } from '../../src/legislatures/index.js';

const COUNTRY = 'ocd-division/country:us';
const STATE = `${COUNTRY}/state:zz`;
export const WAYS_POSTCODE = '99901';

const POST = { phone: '(212) 555-0142', address: '12 Capitol Street; Room 4\nYarrow, ZZ 99900' };
const OFFICES: Readonly<Record<string, Office>> = {
  form: {
    emails: [],
    contactForm: 'https://form.chamber.example/contact',
    website: 'https://form.chamber.example/',
    ...POST,
    form: {
      fields: [
        { asks: 'name_first', required: true },
        { asks: 'address_zip5', required: true },
        { asks: 'party_card', required: false },
        { asks: 'topic', required: true, choices: ['Harbours & lamps', 'Other'] },
        { asks: 'message', required: true, longest: 300 },
      ],
      topics: ['Harbours & lamps', 'Other'],
      longestMessage: 300,
      captcha: true,
    },
  },
  mail: { emails: ['mail@chamber.example'], website: 'https://mail.chamber.example/', ...POST },
  site: { emails: [], website: 'https://site.chamber.example/' },
};

/** A chamber of three in a state that does not exist: an office by its form, one by mail, one by its site alone. */
export function waysSet(): LegislatureSet {
  const names = Object.keys(OFFICES);
  return {
    id: 'ways',
    name: 'Chamber of Yarrow (fictional)',
    country: 'us',
    edition: '1',
    validFrom: '2025-01-01',
    validUntil: '2029-12-31',
    sources: [{ title: 'Invented', licence: 'CC0-1.0', address: 'https://chamber.example/', date: '2026' }],
    chambers: [{ id: 'chamber', name: 'Chamber', role: 'unicameral' }],
    divisions: [{ id: STATE, name: 'Yarrow' }],
    seats: names.map((name) => ({ id: name, chamber: 'chamber', division: STATE })),
    officeholders: names.map(memberWith),
    committees: [],
    postcodes: { pattern: '(\\d{5})', example: WAYS_POSTCODE, entries: new Map([[WAYS_POSTCODE, [STATE]]]) },
  };
}

function memberWith(name: string): Officeholder {
  const office = OFFICES[name];
  if (office === undefined) throw new Error(`no office is called ${name}`);
  const familyName = `Of${name}`;
  return {
    id: name,
    name: `Vera ${familyName}`,
    givenName: 'Vera',
    familyName,
    title: 'Delegate',
    party: '',
    seat: name,
    office,
  };
}
