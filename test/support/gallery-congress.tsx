import type { VNode } from 'preact';
import { ConfirmPage } from '../../src/actions/confirm/confirm-page.js';
import { NO_FACTS } from '../../src/actions/write/constituent-fields.js';
import { WritePage } from '../../src/actions/write/write-page.js';
import type { OfficeholderChoice } from '../../src/actions/write/write-view.js';
import type { FieldProblem } from '../../src/errors.js';
import type { Language } from '../../src/language/index.js';
import { reference, sheet, site, write } from './gallery-fixtures.js';

const LATER = new Date('2027-02-21T09:20:00Z');
const HOUSE = {
  chamber: 'House of Representatives',
  division: 'California’s 12th district',
  party: 'Testing',
};
const SENATE = { chamber: 'Senate', division: 'California', party: 'Testing' };
const DANA = { name: 'Dana Okafor', title: 'Representative', ...HOUSE };
const RUTH = { name: 'Ruth Halvorsen-Montgomery', title: 'Senator', ...SENATE };
const PAUL = { name: 'Paul Quist', title: 'Senator', ...SENATE };

const officeholders: readonly OfficeholderChoice[] = [
  { id: 'T01', ...DANA, reach: 'cwc_house', chosen: true },
  { id: 'T02', ...RUTH, reach: 'cwc_senate', chosen: true },
  { id: 'T03', ...PAUL, reach: 'web_form', chosen: true },
];

const asksFacts = {
  chambers: ['House of Representatives', 'Senate'],
  only: ['Representative Dana Okafor', 'Senator Ruth Halvorsen-Montgomery'],
  addressToo: ['Senator Paul Quist'],
};

const typed = {
  ...write.person,
  email: 'ada@quill.example',
  facts: { ...NO_FACTS, family_name: 'Quill', address_line1: '1 Quay Stair', zip: '9411', phone: '555' },
};

const office = { chamber: 'House of Representatives' };
const problems: readonly FieldProblem[] = [
  { field: 'given_name', key: 'actions.error.given_name_missing', params: office },
  { field: 'prefix', key: 'actions.error.prefix_missing', params: office },
  { field: 'city', key: 'actions.error.city_missing', params: office },
  { field: 'state', key: 'actions.error.state_missing', params: office },
  { field: 'zip', key: 'actions.error.zip_unusable' },
  { field: 'phone', key: 'actions.error.phone_unusable' },
];

/** What is different where letters go by the mail systems of the Congress. */
export function congressPages(language: Language): Record<string, VNode> {
  const common = { language, site, alert: reference };
  const form = { ...write, ...common, officeholders, vacant: [], place: '94110', asksAddress: false };
  const shortForms = [{ office: 'Senator Paul Quist', most: 2000 }];
  const view = { id: '1', officeholder: DANA, reach: 'cwc_house' as const, letter: sheet };
  const parts = {
    chamber: 'House of Representatives',
    email: 'ada@quill.example',
    hasMessage: true,
    hasStatement: true,
    constituent: {
      prefix: 'Ms.',
      firstName: 'Ada',
      lastName: 'Quill',
      address1: '1 Quay Stair',
      address2: 'Flat 4',
      city: 'San Francisco',
      state: 'CA',
      zip: '94110',
      phone: '555-555-0100',
    },
    campaign: {
      campaign: 'a',
      topics: ['Transportation and Public Works', 'Water Resources Development'] as const,
      bill: { congress: 119, type: 'hr', number: 233 } as const,
      stance: 'pro' as const,
      moreInfo: 'https://islands.example/alerts/night-ferry',
    },
  };
  const byForm = { id: '2', officeholder: PAUL, reach: 'web_form' as const, letter: sheet, roomOfForm: 500 };
  return {
    'write-congress': (
      <WritePage
        {...form}
        asksFacts={asksFacts}
        shortForms={shortForms}
        person={{ ...write.person, facts: { ...NO_FACTS, zip: '94110' } }}
        problems={[]}
      />
    ),
    'write-congress-problems': (
      <WritePage {...form} asksFacts={asksFacts} shortForms={shortForms} person={typed} problems={problems} />
    ),
    'write-congress-all': (
      <WritePage
        {...form}
        officeholders={officeholders.slice(1, 2)}
        asksFacts={{ chambers: ['Senate'], only: [], addressToo: [] }}
        problems={[]}
      />
    ),
    'confirm-congress': (
      <ConfirmPage
        {...common}
        letters={[{ ...view, parts }, byForm]}
        action="/x"
        notMe="/y"
        expires={LATER}
      />
    ),
  };
}
