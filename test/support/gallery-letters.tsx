import type { VNode } from 'preact';
import { renderChaseMail } from '../../src/actions/mails/chase-mail.js';
import { renderFailedMail } from '../../src/actions/mails/failed-mail.js';
import type { LetterCardView } from '../../src/actions/receipt/letter-card.js';
import { ReceiptPage } from '../../src/actions/receipt/receipt-page.js';
import { failureLines } from '../../src/actions/receipt/way-words.js';
import type { DeliveryView, Expectation } from '../../src/delivery/index.js';
import type { Language } from '../../src/language/index.js';
import { byMail, cards, reference, sheet, site } from './gallery-fixtures.js';

const DAY = new Date('2027-02-14T09:20:00Z');
const LATER = new Date('2027-02-14T16:40:00Z');

const waiting: Expectation = {
  waitsFor: 'pace',
  at: LATER,
  orLater: false,
  before: 140,
  lettersPerHour: 600,
  hours: undefined,
  reason: null,
};
const hours = { opens: 540, closes: 1020, timeZone: 'Europe/Berlin', weekdaysOnly: true };
const EXPECTATIONS: readonly Expectation[] = [
  { ...waiting, waitsFor: 'soon', before: 0 },
  waiting,
  { ...waiting, waitsFor: 'hours', before: 10_000, orLater: true, hours },
  { ...waiting, waitsFor: 'retry' },
  { ...waiting, waitsFor: 'silent' },
  { ...waiting, waitsFor: 'off', at: null },
  { ...waiting, waitsFor: 'paused', at: null, reason: 'They asked us to wait until their system is mended.' },
];

/** Receipts of letters in the queue, and of letters that went and were answered by machines or nobody. */
export function letterPages(language: Language): Record<string, VNode> {
  const common = { language, site, alert: reference, at: DAY, draftName: 'night-ferry', withdraw: '/x' };
  const [base] = cards;
  if (base === undefined) throw new Error('the gallery has a letter');
  const page = (letters: readonly LetterCardView[]) => (
    <ReceiptPage {...common} kind="by_mail" state="confirmed" letters={letters} />
  );
  const went = (id: string, delivery: DeliveryView, more: Partial<LetterCardView> = {}): LetterCardView => ({
    ...base,
    id,
    ways: [delivery],
    delivery,
    ...more,
  });
  const chase = {
    offer: { subject: `Re: ${sheet.subject}`, body: `> ${sheet.body.replaceAll('\n', '\n> ')}`, lang: 'en' },
    action: '/receipts/abc/letters/1/follow-up',
    followUp: undefined,
    answered: '/receipts/abc/letters/1/answer',
  };
  const asked = { state: 'accepted', changedAt: LATER, cameBackAt: null } as const;
  return {
    'receipt-queue': page(
      EXPECTATIONS.map((expectation) => ({
        ...base,
        id: expectation.waitsFor,
        state: 'queued',
        ways: [],
        delivery: undefined,
        expectation,
      })),
    ),
    'receipt-reports': page([
      went('relay', byMail),
      went('unwatched', byMail, { watchesBounces: false }),
      went('reported', { ...byMail, delayReportedAt: DAY, autoRepliedAt: LATER, deliveryReportedAt: LATER }),
      went(
        'bounced',
        { ...byMail, bouncedAt: LATER, bounceReason: 'mailbox_full', bounceAnswer: '552 5.2.2 mailbox full' },
        { state: 'bounced' },
      ),
      went('house', { ...byMail, channel: 'cwc_house', acceptedBy: 'office', host: 'cwc.house.gov' }),
      {
        ...base,
        id: 'two',
        state: 'waiting',
        events: [
          {
            at: LATER,
            from: 'refused',
            to: 'waiting',
            reason: 'next_channel',
            callOutcome: null,
            note: null,
          },
        ],
        possibleCopies: 1,
        ways: [
          {
            ...byMail,
            channel: 'cwc_house',
            acceptedBy: null,
            answer: '400 the office is not active',
            tries: 1,
          },
          { ...byMail, acceptedBy: null, answer: '550 5.1.1 no such user' },
        ],
      },
    ]),
    'receipt-chase': page([
      went('1', byMail, { state: 'settled', chase: { id: '1', ...chase } }),
      went('2', byMail, {
        state: 'settled',
        chase: { id: '2', ...chase, offer: undefined, followUp: asked },
      }),
    ]),
  };
}

/** The mail about letters that failed. */
export function failedMail(language: Language): string {
  const way = { ...byMail, acceptedBy: null, acceptedAt: null, host: null, answer: '550 5.1.1 no such user' };
  const event = { at: DAY, from: 'sending', to: 'refused', callOutcome: null, note: null } as const;
  const letter = { events: [{ ...event, reason: 'permanent_refusal' as const }], deliveries: [way] };
  const unanswered = {
    events: [{ ...event, reason: 'gave_up' as const }],
    deliveries: [{ ...way, tries: 31, answer: null }],
    possibleCopies: 1,
  };
  const view = { isYours: true, letter: sheet };
  return renderFailedMail({
    language,
    name: 'The Islands League',
    headline: reference.headline,
    letters: [
      { ...view, to: 'Delegate Ida Brandt', perhaps: false, said: failureLines(language, letter) },
      { ...view, to: 'Councillor Tomas Reer', perhaps: true, said: failureLines(language, unanswered) },
    ],
    receipt: 'https://islands.example/receipts/abc',
  });
}

/** The mail that reminds of letters without an answer. */
export function chaseMail(language: Language): string {
  return renderChaseMail({
    language,
    name: 'The Islands League',
    headline: reference.headline,
    offices: [
      { to: 'Delegate Ida Brandt', automatic: false },
      { to: 'Councillor Tomas Reer', automatic: true },
    ],
    receipt: 'https://islands.example/receipts/abc',
  });
}
