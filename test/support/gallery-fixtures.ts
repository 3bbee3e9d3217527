import type { LetterCardView } from '../../src/actions/receipt/letter-card.js';
import { NO_FACTS } from '../../src/actions/write/constituent-fields.js';
import type { LetterPart } from '../../src/actions/write/suggest-letters.js';
import type { WriteView } from '../../src/actions/write/write-view.js';
import type { AlertView } from '../../src/alerts/alert-view.js';
import type { CallOutcome, DeliveryView, LetterReason } from '../../src/delivery/index.js';
import type { SheetView, SiteView } from '../../src/design/index.js';
import { everyWay, throughWebsite } from './gallery-ways.js';

/** A fictional country, so that no picture of a page takes a side. */
export const site: SiteView = {
  name: 'The Islands League',
  home: '/',
  who: '/who',
  rehearsal: false,
  outbox: '/outbox',
  data: [
    {
      name: 'Parliament of Lindmark, 12th term',
      validUntil: new Date('2027-10-31'),
      outdated: false,
      sources: [{ title: 'Redress demo data', address: 'https://data.example/lindmark', licence: 'CC0' }],
    },
  ],
  source: 'https://source.example/redress',
};

const report = `
<p>When the last boat of the day leaves Lindhaven at a quarter to eleven it carries, on most nights, between forty and sixty people: nurses going off shift, bakers going on, and a sorting clerk with the post of the island of Oster. From June it is to be tied up.</p>
<p>The harbour office says that the boat costs 1.9 million marks a year and that “a large part of the seats stays empty”. Its own count, which was given to the committee in February, has 51 passengers a night and nine carts.</p>
<h3>What the committee heard</h3>
<p>Thirty-one witnesses spoke over two days. Twenty-seven asked the committee to keep the boat; four, among them the harbour office, asked for a smaller one.</p>
<ul><li>The hospital would need to house its night staff on the mainland.</li><li>The island’s bakery would lose its morning delivery.</li><li>Pupils of the evening school would have no way home after nine.</li></ul>
<figure class="quotation"><blockquote><p>We are not asking for a new road. We are the road.</p></blockquote><figcaption>Maren Holt, mate of the night boat since 1998</figcaption></figure>
<p>A smaller boat was tried in the winter of 2021. It stayed in harbour on nineteen nights of sixty-two, since it could not leave in a swell of more than a metre.</p>
<figure class="picture"><img src="/pictures/boat.jpg" width="1200" height="800" alt="A small white ferry at a quay at dusk, its deck lamps lit" loading="lazy" decoding="async"><figcaption>The night boat at Lindhaven, waiting for the hospital shift. <span class="credit">Jon Veld / The Harbour Gazette</span></figcaption></figure>
<h3>What happens next</h3>
<p>Bill 214 would oblige the harbour office to run at least one crossing after ten in the evening. The Assembly votes on the 3rd of March; the Council follows within four weeks.</p>`;

export const alert: AlertView = {
  address: '/alerts/night-ferry',
  lang: 'en',
  state: 'open',
  headline: 'The night ferry to Oster is to be tied up. A bill would keep it running',
  standfirst:
    'Fifty people cross each night: nurses, bakers, the post. The Assembly votes on 3 March, and every member has a seat by the sea.',
  date: new Date('2027-02-12'),
  byline: 'Mira Oss',
  publisher: 'The Islands League',
  request: 'Ask your member of the Assembly and your two councillors to vote for Bill 214.',
  whom: ['Assembly', 'Council'],
  measure: {
    number: 'Bill 214',
    title: 'An Act to secure the night crossing to the outer islands',
    status: 'Second reading in the Assembly',
    address: 'https://parliament.example/bills/214',
    chambers: ['Assembly', 'Council'],
    sponsors: [
      { name: 'Ida Brandt', chamber: 'Assembly' },
      { name: 'Tomas Reer', chamber: 'Council' },
    ],
  },
  until: new Date('2027-03-02'),
  report,
  attribution: {
    publisher: 'The Harbour Gazette',
    author: 'Jon Veld',
    dateline: 'LINDHAVEN, 11 February',
    published: new Date('2027-02-11'),
    address: 'https://gazette.example/night-boat',
  },
  rights: 'This report is reprinted under a licence from its publisher.',
  rightsNotice: '© The Harbour Gazette. Reprinted with permission; not to be sold.',
  corrections: [{ date: new Date('2027-02-13'), text: 'The boat carries nine carts a night, not nineteen.' }],
};

export const reference = { headline: alert.headline, address: alert.address, lang: 'en' };

export const write: WriteView = {
  action: '/alerts/night-ferry/letters',
  hidden: { token: 'a-token', key: '018f2a5c', postcode: '4021' },
  place: '4021 Lindhaven',
  back: '/alerts/night-ferry#act',
  officeholders: [
    {
      id: 'P01',
      name: 'Ida Brandt',
      title: 'Delegate',
      chamber: 'Assembly',
      division: 'Lindhaven North',
      party: 'Harbour Party',
      reach: 'smtp',
      chosen: true,
    },
    {
      id: 'P02',
      name: 'Tomas Reer',
      title: 'Councillor',
      chamber: 'Council',
      division: 'Province of Lind',
      party: 'Union of the Shires',
      reach: 'web_form',
      chosen: true,
    },
    {
      id: 'P03',
      name: 'Zdeněk Łukasiewicz-Ahlgren',
      title: 'Councillor',
      chamber: 'Council',
      division: 'Province of Lind',
      party: 'Independent',
      reach: 'website',
      chosen: true,
      termEnded: new Date('2027-01-31'),
    },
  ],
  vacant: [{ chamber: 'Assembly', division: 'Lindhaven South' }],
  maximum: 25,
  apart: new Set<LetterPart>(),
  draft: {
    subject: 'Bill 214: please keep the night crossing',
    statement:
      'The Islands League asks you to vote for Bill 214, An Act to secure the night crossing to the outer islands. It would oblige the harbour office to run at least one crossing after ten in the evening.\n\nThe boat carries fifty people a night. A smaller one was tried in 2021 and stayed in harbour on nineteen nights of sixty-two.',
    message:
      'I live in Lindhaven and I write to you as a constituent.\n\nMy sister works nights at the hospital on Oster. Without the boat she would have to give up her place or her home. Please vote for the bill on 3 March, and let me know how you will vote.',
    suggested:
      'I live in Lindhaven and I write to you as a constituent. Please vote for the bill on 3 March, and let me know how you will vote.',
  },
  person: { name: '', email: '', street: '', locality: '', facts: NO_FACTS, consent: false },
  limits: { subject: 200, text: 10_000 },
  kind: 'by_mail',
  asksAddress: true,
  shortForms: [],
  days: { unconfirmed: 7, kept: 28 },
  draftName: 'night-ferry',
};

/** A letter as composed. */
export const sheet: SheetView = {
  subject: 'Bill 214: please keep the night crossing',
  body: `Dear Delegate Ida Brandt,

I live in Lindhaven and I write to you as a constituent.

My sister works nights at the hospital on Oster. Without the boat she would have to give up her place or her home. Please vote for the bill on 3 March, and let me know how you will vote.

The text below was written by The Islands League.

The Islands League asks you to vote for Bill 214, An Act to secure the night crossing to the outer islands. It would oblige the harbour office to run at least one crossing after ten in the evening.

Yours sincerely,

Anna Velder
4021

Anna Velder prepared this letter through The Islands League, Quay 3, 4020 Lindhaven (post@islands.example).
To check that this letter is genuine: https://islands.example/letters/AAAAAQGPKlwABCd7
`,
  sha256: '9f2c4b7de1a05c38b6f04d29e7c1a8350d6eb94f21c7a3580be6d1f7429a5c03',
  lang: 'en',
};

const office = { chamber: 'Assembly', division: 'Lindhaven North', party: 'Harbour Party' };
const at = (text: string): Date => new Date(`2027-02-${text}Z`);
function event(day: string, reason: LetterReason, callOutcome: CallOutcome | null = null) {
  return { at: at(day), from: null, to: 'queued' as const, reason, callOutcome, note: null };
}

/** A letter by mail that our provider took at the second try. */
export const byMail: DeliveryView = {
  channel: 'smtp',
  messageId: '<0193f0aa-6f0e-7c11-9a01-3f1f5f7c2b10@islands.example>',
  beganAt: at('14T09:20:10'),
  tries: 2,
  triedAt: at('14T09:21:00'),
  acceptedBy: 'relay',
  acceptedAt: at('14T09:21:00'),
  host: 'smtp.post.example',
  answer: '250 2.0.0 Ok: queued as 4Xyz1',
  bouncedAt: null,
  bounceReason: null,
  bounceAnswer: null,
  delayReportedAt: null,
  deliveryReportedAt: null,
  autoRepliedAt: null,
  complainedAt: null,
};

const begun = [event('14T09:12:00', 'submitted'), event('14T09:20:00', 'confirmed')];

/** One letter in each state that a receipt shows. */
export const cards: readonly LetterCardView[] = [
  {
    id: '1',
    officeholder: { name: 'Ida Brandt', title: 'Delegate', ...office },
    state: 'accepted',
    ways: [byMail],
    delivery: { ...byMail, acceptedBy: 'office', host: 'mx.assembly.example' },
    watchesBounces: true,
    changedAt: at('14T09:21:00'),
    events: [
      ...begun,
      event('14T09:20:10', 'leased'),
      event('14T09:20:30', 'temporary_refusal'),
      event('14T09:21:00', 'accepted'),
    ],
    letter: sheet,
  },
  {
    id: '2',
    officeholder: {
      name: 'Tomas Reer',
      title: 'Councillor',
      ...office,
      chamber: 'Council',
      division: 'Province of Lind',
    },
    state: 'waiting',
    ways: [],
    watchesBounces: true,
    changedAt: at('14T09:20:00'),
    events: begun,
    letter: sheet,
    handOver: {
      steps: everyWay,
      action: '/receipts/abc/letters/2',
      pdf: '/receipts/abc/letters/2/paper.pdf',
    },
  },
  {
    id: '3',
    officeholder: { name: 'Zdeněk Łukasiewicz-Ahlgren', title: 'Councillor', ...office, chamber: 'Council' },
    state: 'refused',
    ways: [{ ...byMail, tries: 1, acceptedBy: null, acceptedAt: null, host: null, answer: null }],
    watchesBounces: true,
    changedAt: at('14T10:02:00'),
    events: [...begun, event('14T10:02:00', 'bad_address')],
    letter: sheet,
    handOver: {
      steps: throughWebsite,
      action: '/receipts/abc/letters/3',
      pdf: '/receipts/abc/letters/3/paper.pdf',
    },
  },
];

/** Of an alert's list. */
export const people = [
  {
    id: 'a',
    name: 'Vera Ostlund',
    title: 'Delegate',
    chamber: 'Chamber',
    division: 'Upper Vale',
    chosen: true,
  },
  { id: 'b', name: 'Ida Brandt', title: '', chamber: 'Chamber', division: 'Lindhaven North', chosen: false },
];

export const districtMap = {
  title: 'Districts of Lindmark',
  frame: { west: 0, north: 2, across: 0.002, down: 0.002, width: 1000, height: 600 },
  areas: [
    {
      id: 'a',
      name: 'Upper Vale',
      short: undefined,
      path: 'M0 0l500 0 0 600-500 0z',
      href: '/x',
      current: true,
      label: { x: 250, y: 300, room: 500 },
    },
    {
      id: 'b',
      name: 'Oster and the Skerries, with all the islands',
      short: 'OS-2',
      path: 'M500 0l500 0 0 600-500 0z',
      href: '/y',
      current: false,
      label: { x: 750, y: 300, room: 500 },
    },
  ],
};

const OFFICE_HOST = 'office.example';

export const seats = [
  {
    key: '1',
    chamber: 'Chamber of Delegates',
    division: { name: 'Upper Vale', href: '/who/lindmark/vale' },
    member: {
      anchor: 'member-a',
      name: 'Vera Ostlund',
      title: 'Delegate',
      party: 'Coast Party',
      termEnds: new Date('2027-01-31'),
      termEnded: true,
      website: `https://${OFFICE_HOST}/vera`,
      contactForm: `https://${OFFICE_HOST}/vera/write`,
      locations: [{ kind: 'capitol', address: '1 Quay Stair', phone: '+1 555 0100' }],
    },
  },
  {
    key: '2',
    chamber: 'Senate',
    division: { name: 'Province of Lind', href: '/who/lindmark/lind' },
    member: undefined,
  },
];
