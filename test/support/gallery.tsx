import type { VNode } from 'preact';
import { renderConfirmationMail } from '../../src/actions/mails/confirmation-mail.js';
import { renderCopyMail } from '../../src/actions/mails/copy-mail.js';
import { PlacePanel } from '../../src/actions/place/place-panel.js';
import { AlertPage } from '../../src/alerts/alert-page.js';
import { AlertsPage } from '../../src/alerts/alerts-page.js';
import { LetterVerifyPage } from '../../src/delivery/letter-verify-page.js';
import { OutboxMailPage, OutboxPage } from '../../src/delivery/outbox-page.js';
import { renderPage } from '../../src/design/index.js';
import { AppError } from '../../src/errors.js';
import { renderErrorPage } from '../../src/http/error-page.js';
import type { Language } from '../../src/language/index.js';
import { congressPages } from './gallery-congress.js';
import { alert, reference, sheet, site } from './gallery-fixtures.js';
import { chaseMail, failedMail, letterPages } from './gallery-letters.js';
import { browsePages, listSteps } from './gallery-lists.js';
import { panelOf, stepPages } from './gallery-steps.js';

const DAY = new Date('2027-02-14T09:20:00Z');
const LATER = new Date('2027-02-21T09:20:00Z');

/** Every page in every state that differs, as HTML by name. */
export function galleryPages(language: Language): Map<string, string> {
  const pages: Record<string, VNode> = {
    ...publishedPages(language),
    ...stepPages(language),
    ...congressPages(language),
    ...listSteps(language),
    ...browsePages(language),
    ...deliveryPages(language),
    ...letterPages(language),
  };
  const html = Object.entries(pages).map(([name, page]): [string, string] => [name, renderPage(page)]);
  return new Map([...html, ...errorPages(language), ...mails(language)]);
}

function publishedPages(language: Language): Record<string, VNode> {
  const common = { language, site };
  const listed = { ...alert, address: '/alerts/x' };
  const counts = { confirmed: 1204, selfReported: 37 };
  const panel = <PlacePanel {...panelOf(language)} />;
  const second = {
    headline: 'Should the library open on Sundays?',
    standfirst: 'The Council asks for letters before it decides.',
  };
  const third = {
    headline: 'The harbour lamp stays lit',
    standfirst: 'Bill 12 passed in both chambers. Thank you.',
  };
  return {
    front: (
      <AlertsPage
        {...common}
        alerts={[
          { ...listed, address: '/alerts/1' },
          { ...listed, ...second, address: '/alerts/2', state: 'not-yet', date: new Date('2027-02-01') },
          { ...listed, ...third, address: '/alerts/3', state: 'closed', date: new Date('2026-11-30') },
        ]}
      />
    ),
    'front-empty': <AlertsPage {...common} alerts={[]} />,
    alert: <AlertPage {...common} alert={alert} panel={panel} counts={counts} />,
    'alert-first': (
      <AlertPage {...common} alert={alert} panel={panel} counts={{ confirmed: 0, selfReported: 0 }} />
    ),
    'alert-closed': <AlertPage {...common} alert={{ ...alert, state: 'closed' }} counts={counts} />,
    'alert-not-yet': (
      <AlertPage
        {...common}
        alert={{ ...alert, state: 'not-yet' }}
        counts={{ confirmed: 0, selfReported: 0 }}
      />
    ),
  };
}

function deliveryPages(language: Language): Record<string, VNode> {
  const common = { language, site };
  const mail = {
    address: '/outbox/1',
    to: 'anna@velder.example',
    from: 'letters@islands.example',
    subject: 'Please confirm your letter: The night ferry to Oster',
    at: DAY,
    kind: 'mail' as const,
  };
  const text = [
    { text: 'Read and confirm:\n\n' },
    { text: 'https://islands.example/confirm/abc', address: '/confirm/abc' },
  ];
  const verify = {
    ...common,
    office: 'Delegate Ida Brandt, Assembly',
    alert: reference,
    confirmedAt: DAY,
    sha256: sheet.sha256,
    withdrawn: false,
  };
  return {
    outbox: <OutboxPage {...common} mails={[mail, { ...mail, address: '/outbox/2', kind: 'letter' }]} />,
    'outbox-empty': <OutboxPage {...common} mails={[]} />,
    'outbox-mail': <OutboxMailPage {...common} mail={mail} text={text} file="/outbox/1.eml" back="/outbox" />,
    verify: <LetterVerifyPage {...verify} disavowed={false} />,
    'verify-disavowed': <LetterVerifyPage {...verify} disavowed={true} />,
  };
}

function errorPages(language: Language): [string, string][] {
  const codes = ['not_found', 'gone', 'forbidden', 'rate_limited', 'overloaded', 'internal'] as const;
  return codes.map((code) => [`error-${code}`, renderErrorPage(new AppError(code), language, site)]);
}

function mails(language: Language): [string, string][] {
  const common = { language, name: site.name, headline: alert.headline };
  const offices = ['Delegate Ida Brandt', 'Councillor Tomas Reer'];
  const links = {
    confirm: 'https://islands.example/confirm/abc',
    notMe: 'https://islands.example/confirm/abc/not-me',
  };
  const letters = offices.map((to) => ({ to, letter: sheet }));
  return [
    [
      'mail-confirmation',
      renderConfirmationMail({ ...common, ...links, offices, expires: LATER, reminder: false }),
    ],
    [
      'mail-reminder',
      renderConfirmationMail({ ...common, ...links, offices, expires: LATER, reminder: true }),
    ],
    [
      'mail-copy',
      renderCopyMail({
        ...common,
        letters,
        receipt: 'https://islands.example/receipts/abc',
        rehearsal: false,
      }),
    ],
    ['mail-chase', chaseMail(language)],
    ['mail-failed', failedMail(language)],
  ];
}
