import { createHash } from 'node:crypto';
import type { VNode } from 'preact';
import { ConfirmPage, LinkEndPage } from '../../src/actions/confirm/confirm-page.js';
import { DisavowedPage, DisavowPage } from '../../src/actions/confirm/disavow-page.js';
import { ChoosePage, MatchPage, PlacePage } from '../../src/actions/place/place-page.js';
import type { PlacePanelProps } from '../../src/actions/place/place-panel.js';
import { NoFontPage } from '../../src/actions/receipt/no-font-page.js';
import { ReceiptPage } from '../../src/actions/receipt/receipt-page.js';
import { CheckMailPage } from '../../src/actions/submit/check-mail-page.js';
import { WritePage } from '../../src/actions/write/write-page.js';
import type { Language } from '../../src/language/index.js';
import { byMail, cards, reference, sheet, site, write } from './gallery-fixtures.js';
import { everyWay } from './gallery-ways.js';

const DAY = new Date('2027-02-14T09:20:00Z');
const LATER = new Date('2027-02-21T09:20:00Z');
const CHALLENGE_NUMBER = 321;

// As altcha-lib v1 makes it, but in one piece of synchronous code.
function challenge(): string {
  const salt = 'c2FsdA&';
  const digest = createHash('sha256').update(`${salt}${CHALLENGE_NUMBER}`).digest('hex');
  return JSON.stringify({
    algorithm: 'SHA-256',
    challenge: digest,
    maxnumber: 1000,
    salt,
    signature: 'none',
  });
}

/** The steps of an action, from the place to the receipt. */
export function stepPages(language: Language): Record<string, VNode> {
  return {
    ...firstSteps(language),
    ...writingPages(language),
    ...mailSteps(language),
    ...receiptPages(language),
  };
}

/** The first step, with what differs from the usual. */
export function panelOf(language: Language, changes: Partial<PlacePanelProps> = {}): PlacePanelProps {
  const districts = ['Lindhaven North', 'Lindhaven South', 'Oster and the Skerries', 'Upper Vale'];
  return {
    language,
    action: '/alerts/night-ferry/place',
    postcodeExample: '4021',
    takesAddress: false,
    districts: [{ name: 'Province of Lind', districts: districts.map((name) => ({ division: name, name })) }],
    values: {},
    problems: [],
    ...changes,
  };
}

function firstSteps(language: Language): Record<string, VNode> {
  const common = { language, site, alert: reference };
  const problems = [{ field: 'postcode', key: 'actions.error.place_unknown' as const }];
  const panel = panelOf(language, { problems, values: { postcode: '<b>99"' } });
  const candidates = [
    { division: 'n', name: 'Lindhaven North', officeholders: [{ title: 'Delegate', name: 'Ida Brandt' }] },
    { division: 's', name: 'Lindhaven South', officeholders: [], vacant: true },
  ];
  const choose = {
    language,
    action: '/x',
    place: '4021',
    candidates,
    back: '/alerts/night-ferry#act',
    problems: [],
  };
  return {
    'place-problem': <PlacePage {...common} panel={panel} />,
    'place-address': (
      <PlacePage
        {...common}
        panel={panelOf(language, {
          takesAddress: true,
          addressGoesTo: 'Lind Maps',
          values: { address: 'Mill Lane 4, Ostrel' },
          problems: [{ field: 'address', key: 'actions.error.address_not_found' }],
        })}
      />
    ),
    match: (
      <MatchPage
        {...common}
        panel={{
          ...choose,
          hidden: { address: 'Mill Lane 4' },
          matches: [
            { value: '1.5,2.5', label: '4 Mill Lane, 4021 Lindhaven North' },
            { value: '1.5,2.6', label: '4 Mill Lane, 4022 Lindhaven South' },
          ],
        }}
      />
    ),
    choose: <ChoosePage {...common} panel={{ ...choose, reason: 'split' }} />,
    'choose-rough': (
      <ChoosePage
        {...common}
        panel={{ ...choose, reason: 'near_border', note: 'actions.match.rough.street' }}
      />
    ),
  };
}

function writingPages(language: Language): Record<string, VNode> {
  const common = { language, site, alert: reference, ...write };
  const problems = [
    { field: 'message', key: 'actions.error.text_missing' as const, params: { office: 'Ida Brandt' } },
    { field: 'email', key: 'actions.error.email_unusable' as const },
    { field: 'consent', key: 'actions.error.consent_missing' as const },
  ];
  const typed = { ...write.person, name: 'Anna Velder', email: 'anna@nowhere' };
  const [first, ...others] = write.officeholders;
  return {
    write: <WritePage {...common} problems={[]} />,
    'write-problems': (
      <WritePage {...common} person={typed} draft={{ ...write.draft, message: '' }} problems={problems} />
    ),
    'write-each': (
      <WritePage
        {...common}
        officeholders={[...(first ? [{ ...first, draft: { ...write.draft, message: '' } }] : []), ...others]}
        dataEnded={new Date('2027-01-03')}
        challenge={challenge()}
        problems={[]}
      />
    ),
    'write-apart': (
      <WritePage
        {...common}
        apart={new Set(['subject', 'message'])}
        officeholders={write.officeholders.map((person) => ({ ...person, draft: write.draft }))}
        draft={{ ...write.draft, subject: '', message: '' }}
        problems={[]}
      />
    ),
    'write-by-hand': (
      <WritePage {...common} kind="by_hand" asksAddress={false} officeholders={others} problems={[]} />
    ),
    'write-nobody': <WritePage {...common} officeholders={[]} vacant={[]} problems={[]} />,
  };
}

function mailSteps(language: Language): Record<string, VNode> {
  const common = { language, site, alert: reference };
  const check = {
    ...common,
    from: 'letters@islands.example',
    days: { unconfirmed: 7 },
    draftName: 'night-ferry',
  };
  const letters = cards.map(({ id, officeholder }) => ({
    id,
    officeholder,
    reach: id === '2' ? ('web_form' as const) : ('smtp' as const),
    ahead: id === '2' ? everyWay : undefined,
    letter: sheet,
  }));
  const confirm = { ...common, letters, action: '/x', notMe: '/y', expires: LATER };
  return {
    'check-mail': <CheckMailPage {...check} mail="now" />,
    'check-mail-later': <CheckMailPage {...check} mail="later" laterAt={LATER} />,
    'check-mail-outbox': <CheckMailPage {...check} mail="outbox" />,
    confirm: <ConfirmPage {...confirm} />,
    'confirm-rehearsal': (
      <ConfirmPage {...confirm} site={{ ...site, rehearsal: true }} letters={letters.slice(0, 1)} />
    ),
    'end-confirmed': <LinkEndPage {...common} end="confirmed" receipt="/receipts/abc" />,
    'end-acted-before': <LinkEndPage {...common} end="acted_before" />,
    'end-expired': <LinkEndPage {...common} end="expired" />,
    'end-withdrawn': <LinkEndPage {...common} end="withdrawn" />,
    'end-alert-closed': <LinkEndPage {...common} end="alert_closed" />,
    disavow: <DisavowPage {...common} action="/x" />,
    disavowed: <DisavowedPage {...common} alreadySent={true} />,
  };
}

function receiptPages(language: Language): Record<string, VNode> {
  const common = { language, site, alert: reference, at: DAY, draftName: 'night-ferry', withdraw: '/x' };
  const [accepted, waiting, refused] = cards;
  if (!accepted || !waiting || !refused) throw new Error('the gallery has three letters');
  const states = ['queued', 'rehearsed', 'bounced', 'unclear', 'handed_over', 'withdrawn'] as const;
  const every = states.map((state) => ({ ...accepted, id: state, state }));
  const relayed = { ...accepted, delivery: byMail, letter: undefined };
  return {
    receipt: <ReceiptPage {...common} kind="by_mail" state="confirmed" letters={cards} fresh />,
    'receipt-states': (
      <ReceiptPage {...common} kind="by_mail" state="confirmed" letters={[relayed, ...every]} />
    ),
    'receipt-by-hand': (
      <ReceiptPage
        {...common}
        kind="by_hand"
        state="self_reported"
        letters={[waiting, { ...refused, state: 'waiting' }]}
        print={{ letters: 2, pdf: '/receipts/abc/paper.pdf', format: 'letter' }}
      />
    ),
    'no-font': (
      <NoFontPage
        language={language}
        site={site}
        missing={{ scripts: ['Taml', 'Thai'], characters: ['☃'] }}
        receipt="/receipts/abc"
      />
    ),
    'receipt-withdrawn': (
      <ReceiptPage
        {...common}
        kind="by_mail"
        state="withdrawn"
        letters={[{ ...accepted, state: 'withdrawn' }]}
        withdraw={undefined}
      />
    ),
  };
}
