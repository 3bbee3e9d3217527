import type { Context } from '../../src/context.js';
import { sql } from '../../src/database/index.js';
import { setChannelKey } from '../../src/delivery/channels/cwc/channel-keys.js';
import { announceCwcChange } from '../../src/delivery/channels/cwc/cwc-changes.js';
import type { LegislatureSet, Office, Officeholder } from '../../src/legislatures/index.js';

const STATE = 'ocd-division/country:us/state:ca';
const TWELFTH = `${STATE}/cd:12`;
const THIRTEENTH = `${STATE}/cd:13`;

/** In the first, all three are found whom `congressSet` has there; in the second, the representative is another. */
export const ZIPS = { twelfth: '94110', thirteenth: '94501' } as const;
/** How many characters the form of Senator Quist takes. */
export const ROOM_OF_FORM = 400;

/** A Congress of four people who do not exist; by which ways they are reached is up to `openCongressMail`. */
export function congressSet(): LegislatureSet {
  return {
    id: 'us-congress',
    name: 'Congress of the United States (fictional people)',
    country: 'us',
    edition: '119',
    validFrom: '2025-01-03',
    validUntil: '2027-12-31',
    sources: [{ title: 'Invented', licence: 'CC0-1.0', address: 'https://congress.example/', date: '2026' }],
    chambers: [
      { id: 'house', name: 'House of Representatives', role: 'lower' },
      { id: 'senate', name: 'Senate', role: 'upper' },
    ],
    divisions: [
      { id: STATE, name: 'California' },
      { id: TWELFTH, name: 'California’s 12th district', code: 'CA-12', parent: STATE },
      { id: THIRTEENTH, name: 'California’s 13th district', code: 'CA-13', parent: STATE },
    ],
    seats: [
      { id: 'ca-12', chamber: 'house', division: TWELFTH },
      { id: 'ca-13', chamber: 'house', division: THIRTEENTH },
      { id: 'ca-class-1', chamber: 'senate', division: STATE, class: '1' },
      { id: 'ca-class-3', chamber: 'senate', division: STATE, class: '3' },
    ],
    officeholders: [
      member('okafor', 'Dana Okafor', { seat: 'ca-12', title: 'Representative', office: { code: 'HCA12' } }),
      member('lind', 'Ada Lind', { seat: 'ca-13', title: 'Representative', office: { code: 'HCA13' } }),
      member('halvorsen', 'Ruth Halvorsen', {
        seat: 'ca-class-1',
        title: 'Senator',
        office: { code: 'SCA01' },
      }),
      member('quist', 'Paul Quist', {
        seat: 'ca-class-3',
        title: 'Senator',
        office: {
          code: 'SCA03',
          requiresAddress: true,
          form: { fields: [], topics: [], longestMessage: ROOM_OF_FORM },
        },
      }),
    ],
    committees: [],
    postcodes: {
      pattern: '(\\d{5})(?:-\\d{4})?',
      example: ZIPS.twelfth,
      entries: new Map([
        [ZIPS.twelfth, [TWELFTH]],
        [ZIPS.thirteenth, [THIRTEENTH]],
      ]),
    },
  };
}

interface Held extends Pick<Officeholder, 'seat' | 'title'> {
  readonly office: Omit<Office, 'emails' | 'contactForm'>;
}

function member(id: string, name: string, { office, ...held }: Held): Officeholder {
  const [givenName = '', familyName = ''] = name.split(' ');
  const contactForm = `https://office.example/${id}`;
  const phone = '202-555-0100';
  return {
    id,
    name,
    givenName,
    familyName,
    party: '',
    ...held,
    office: { emails: [], contactForm, phone, ...office },
  };
}

const NOBODY_LISTENS = 'http://127.0.0.1:9';

/** Switches the chambers' mail systems on, at an address where nobody listens. */
export const CONGRESS_MAIL = {
  REDRESS_CWC_HOUSE: 'test',
  REDRESS_CWC_HOUSE_URL: NOBODY_LISTENS,
  REDRESS_CWC_SENATE: 'production',
  REDRESS_CWC_SENATE_URL: NOBODY_LISTENS,
  REDRESS_CWC_SENATE_OFFICES_URL: `${NOBODY_LISTENS}/active_offices`,
  REDRESS_CWC_AGENT: 'Redress Test Agent',
  REDRESS_CWC_ACK_EMAIL: 'ack@agent.example',
  REDRESS_CWC_CONTACT_NAME: 'Jo Tester',
  REDRESS_CWC_CONTACT_EMAIL: 'jo@agent.example',
  REDRESS_CWC_CONTACT_PHONE: '202-555-0100',
} as const;

/** Gives the organisation its keys, and has the chambers list these offices as active. */
export async function openCongressMail(
  context: Context,
  active: { readonly house: readonly string[]; readonly senate: readonly string[] },
): Promise<void> {
  const { db, clock, config } = context;
  for (const setting of ['house', 'senate'] as const) {
    const channel = `cwc_${setting}` as const;
    await setChannelKey(context, { organisationId: 1, channel, by: 'test', key: 'a-key-of-a-test' });
    await sql`
      insert into active_offices (channel, source, codes, fetched_at, tried_at)
      values (${channel}, ${config.cwc[setting]?.officesAt ?? ''}, ${active[setting]}::text[], ${clock.now()}, ${clock.now()})
      on conflict (channel, source) do update set codes = excluded.codes`.execute(db);
  }
  await announceCwcChange(db);
}
