import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from '../src/database/index.js';
import { importSet } from '../src/legislatures/index.js';
import { openBrowser } from './support/browser.js';
import { inspect } from './support/page-inspection.js';
import { readPdf, wordsOf } from './support/read-pdf.js';
import { openSmtpSink, type SmtpSink } from './support/smtp-sink.js';
import { publishTestAlert } from './support/test-alert.js';
import { boxesOf, fieldsOf, startTestServer, type TestServer } from './support/test-server.js';
import { until } from './support/until.js';
import { WAYS_POSTCODE, waysSet } from './support/ways-set.js';

let server: TestServer;
let sink: SmtpSink;
let browser: Browser;

beforeAll(async () => {
  sink = await openSmtpSink();
  sink.answer = (step, address) => (step === 'rcpt' && address === 'mail@chamber.example' ? 550 : undefined);
  const font = '@expo-google-fonts/zcool-xiaowei/400Regular/ZCOOLXiaoWei_400Regular.ttf';
  const fonts = dirname(createRequire(import.meta.url).resolve(font));
  server = await startTestServer({
    variables: { SMTP_URL: sink.url, REDRESS_MAIL_FROM: 'letters@redress.example', REDRESS_FONTS: fonts },
  });
  await importSet(server.context, { set: waysSet(), files: [], by: 'test', reason: 'test' });
  await server.legislatures.refresh();
  await publishTestAlert(server.context, { slug: 'ways', legislature: 'ways', chambers: '[chamber]' });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await server[Symbol.asyncDispose]();
  await sink[Symbol.asyncDispose]();
});

interface Writing {
  readonly to: readonly string[];
  readonly message?: string;
  readonly email?: string;
}

/** Writes letters through the pages; answers where the browser is led, or the page that it is shown. */
async function write({ to, message = 'Keep the lamp.', email = '' }: Writing): Promise<Response> {
  const html = await (await server.post('/alerts/ways/place', { postcode: WAYS_POSTCODE })).text();
  expect(boxesOf(html, 'to')).toEqual(expect.arrayContaining([...to]));
  const person = { name: 'Ada Quill', email, consent: 'yes' };
  return server.post('/alerts/ways/actions', { ...fieldsOf(html), ...person, to: [...to], message });
}

/** The receipt of letters that need no mail. */
async function receiptOf(to: readonly string[], message?: string): Promise<string> {
  const taken = await write({ to, ...(message !== undefined && { message }) });
  expect(taken.status).toBe(303);
  return taken.headers.get('location') ?? '';
}

interface Stored {
  readonly state: string;
  readonly reason: string;
  readonly callOutcome: string | null;
}

/** The events of the newest letter, the newest last. */
async function eventsOfNewest(): Promise<readonly Stored[]> {
  const { rows } = await sql<Stored>`
    select e.to_state as state, e.reason, e.call_outcome as "callOutcome" from letter_event e
    where e.letter_id = (select letter_id from letter order by sequence desc limit 1)
    order by e.event_id`.execute(server.context.db);
  return rows;
}

async function shown(path: string): Promise<string> {
  return (await server.get(path)).text();
}

function actionIn(html: string): string {
  return /action="(\/receipts\/[^"]*\/hand-over)"/.exec(html)?.[1] ?? '';
}

describe('the panel', () => {
  test('offers every way of the office, the form first, and says what the form wants', async () => {
    const html = await shown(await receiptOf(['form']));
    const ways = [...html.matchAll(/<h3 class="hand-over-way">([^<]*)</g)].map(([, words]) => words);
    expect(ways).toEqual(['By the office’s form', 'By telephone', 'On paper']);
    expect(html).toContain('href="https://form.chamber.example/contact"');
    expect(html).toContain('It will ask for: your first name and postcode.');
    expect(html).toContain('It also has room for: party card.');
    expect(html).toContain('Harbours &amp; lamps');
    expect(html).toMatch(/It takes 300 characters at most, and your letter has \d+\./);
    expect(html).toContain('It wants to see that a person sends it.');
    expect(html).toContain('href="tel:+1-212-555-0142"');
    expect(html).toContain('paper.pdf?format=letter');
    expect(html.indexOf('format=letter'), 'the usual paper comes first').toBeLessThan(
      html.indexOf('format=a4'),
    );
  });

  test('has the letter’s own words to say on the telephone, and nothing that nobody wrote', async () => {
    const html = await shown(await receiptOf(['form'], 'I fish there. The mole is dark. '.repeat(40)));
    const script = /<blockquote class="script">(.*?)<\/blockquote>/s.exec(html)?.[1] ?? '';
    const lines = [...script.matchAll(/<p[^>]*>([^<]*)<\/p>/g)].map(([, line]) => line ?? '');
    expect(lines[0]).toBe('Hello, my name is Ada Quill.');
    expect(lines[1]).toContain('Bill 12: please keep the lamp lit');
    expect(lines[2]).toMatch(/^(?:(?:I fish there|The mole is dark)\. ?)+$/);
    expect(lines[2]?.length).toBeLessThan(420);
    expect(lines[3]).toBe('Please pass this on to Delegate Vera Ofform. Thank you.');
  });

  test('of an office with a site alone has one way, and no other is offered', async () => {
    const html = await shown(await receiptOf(['site']));
    expect(html).toContain('Look for “contact” on the office’s website');
    expect(html).not.toContain('Other ways');
    expect(html).not.toMatch(/mailto:|tel:|paper\.pdf/);
  });

  test.each([
    ['by_form', 'You told us: sent by the office’s form'],
    ['on_paper', 'You told us: sent on paper'],
    ['by_own_mail', 'You told us: sent from your own mail'],
  ])('records %s by one press of a button', async (how, words) => {
    const receipt = await receiptOf(['form']);
    const done = await server.post(actionIn(await shown(receipt)), { how });
    expect(done.status).toBe(303);
    expect((await eventsOfNewest()).at(-1)).toEqual({ state: 'handed_over', reason: how, callOutcome: null });
    const html = await shown(receipt);
    expect(html).toContain(words);
    expect(html).toContain('You told us that you sent it. We did not check.');
    expect(html).not.toContain('/hand-over');
  });
});

describe('a call', () => {
  test.each(['no_answer', 'engaged'] as const)(
    'in vain (%s) is noted, and hands nothing over',
    async (outcome) => {
      const receipt = await receiptOf(['form']);
      const action = actionIn(await shown(receipt));
      await server.post(action, { how: 'by_telephone', outcome });
      expect((await eventsOfNewest()).at(-1)).toEqual({
        state: 'held',
        reason: 'called_in_vain',
        callOutcome: outcome,
      });
      const html = await shown(receipt);
      expect(html).toContain(outcome === 'engaged' ? 'and the line was engaged' : 'and nobody answered');
      expect(html, 'it is still to be sent').toContain('/hand-over');
      const { rows } = await sql<{
        state: string;
      }>`select state from action order by action_id desc limit 1`.execute(server.context.db);
      expect(rows[0]?.state, 'and does not count').toBe('submitted');
    },
  );

  test.each(['spoke', 'left_message'] as const)(
    'that reached somebody (%s) hands the letter over',
    async (outcome) => {
      const receipt = await receiptOf(['form']);
      await server.post(actionIn(await shown(receipt)), { how: 'by_telephone', outcome });
      expect((await eventsOfNewest()).at(-1)).toEqual({
        state: 'handed_over',
        reason: 'by_telephone',
        callOutcome: outcome,
      });
    },
  );

  test('is noted no more than twenty times', async () => {
    const receipt = await receiptOf(['form']);
    const action = actionIn(await shown(receipt));
    for (let call = 0; call < 25; call += 1)
      await server.post(action, { how: 'by_telephone', outcome: 'engaged' });
    const notes = (await eventsOfNewest()).filter(({ reason }) => reason === 'called_in_vain');
    expect(notes).toHaveLength(20);
  });
});

describe('a letter that could not be delivered', () => {
  test('shows the same panel: the way on, with the supporter’s own mail last', async () => {
    const taken = await write({ to: ['mail'], email: 'ada@mill.example', message: 'Keep *it*, & #let it.' });
    expect(taken.status).toBe(202);
    const mail = await until(() =>
      sink.received.map(({ raw }) => raw.toString()).find((raw) => raw.includes('/confirm/')),
    );
    const link = /\/confirm\/[\w-]+/.exec(mail.replace(/=\r\n/g, ''))?.[0] ?? '';
    const confirmed = await server.post(link, {}, { 'sec-fetch-site': 'none' });
    const receipt = confirmed.headers.get('location')?.replace(/\?.*/, '') ?? '';
    const html = await until(async () => {
      const page = await shown(receipt);
      return page.includes('/hand-over') ? page : undefined;
    });
    const ways = [...html.matchAll(/<h3 class="hand-over-way">([^<]*)</g)].map(([, words]) => words);
    expect(ways.slice(0, 2)).toEqual(['By telephone', 'On paper']);
    expect(ways.at(-1), 'we failed by the same address').toBe('From your own mail');
    expect(html).toContain('Our own mail to this address did not get through');
    const mailto = new URL(withoutEntities(/href="(mailto:[^"]*)"/.exec(html)?.[1] ?? ''));
    expect(mailto.pathname).toBe('mail@chamber.example');
    expect(mailto.searchParams.get('subject')).toBe('Bill 12: please keep the lamp lit');
    expect(mailto.searchParams.get('body')).toContain('Keep *it*, & #let it.\r\n');
    for (const host of ['mail.google.com', 'outlook.live.com'])
      expect(html).toContain(`href="https://${host}/`);
    expect(html).toContain('The link passes your letter to that company');
    // Nothing counts as sent by us on this way.
    await server.post(actionIn(html), { how: 'on_paper' });
    const { rows } = await sql<{ state: string; accepted: number }>`
      select l.state, (select count(*)::int from delivery d where d.letter_id = l.letter_id
        and d.accepted_at is not null) as accepted
      from letter l order by sequence desc limit 1`.execute(server.context.db);
    expect(rows).toEqual([{ state: 'handed_over', accepted: 0 }]);
  });
});

describe('the PDF', () => {
  test('comes to whoever has the receipt, is kept by nobody, and names nobody in its address', async () => {
    const receipt = await receiptOf(['form'], 'My own words: ναι, да, نعم, 谢谢您.');
    const link = /href="(\/receipts\/[^"]*paper\.pdf\?format=a4)"/.exec(await shown(receipt))?.[1] ?? '';
    const answer = await server.get(link);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/pdf');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('content-disposition')).toBe('inline; filename="letter.pdf"');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    const [page] = await readPdf(new Uint8Array(await answer.arrayBuffer()));
    expect(page?.width).toBeCloseTo(210, 0);
    expect(wordsOf(page?.text ?? '').join(' ')).toContain('My own words ναι да نعم 谢谢您');
    expect(page?.text).toContain('Delegate Vera Ofform');
    expect(page?.text).toContain('12 Capitol Street');
    expect(page?.text).toContain('23 November 2026');
    expect(link).not.toMatch(/quill|ada/i);
    expect(server.logged()).not.toMatch(/Quill|own words/);
    const usual = await readPdf(
      new Uint8Array(await (await server.get(link.replace('=a4', '=x'))).arrayBuffer()),
    );
    expect(usual[0]?.width, 'US Letter, as is usual there').toBeCloseTo(215.9, 0);
  });

  test('is not given for a wrong link, for a letter of somebody else, or for an office without an address', async () => {
    const receipt = await receiptOf(['form', 'site']);
    const other = await receiptOf(['form']);
    const own = /letters\/([0-9a-f-]{36})\/paper/.exec(await shown(other))?.[1] ?? '';
    expect((await server.get(`${receipt}/letters/${own}/paper.pdf`)).status).toBe(404);
    expect((await server.get(`${receipt.slice(0, -1)}/paper.pdf`)).status).toBe(404);
    const ids = [...(await shown(receipt)).matchAll(/letters\/([0-9a-f-]{36})\/hand-over/g)].map(
      ([, id]) => id,
    );
    const answers = await Promise.all(
      [...new Set(ids)].map(async (id) => (await server.get(`${receipt}/letters/${id}/paper.pdf`)).status),
    );
    expect(answers.sort()).toEqual([200, 404]);
  });

  test('in a script without a font is a page that says which, what helps, and logs no word of the letter', async () => {
    const receipt = await receiptOf(['form'], 'வணக்கம் ☃');
    const link = /href="(\/receipts\/[^"]*paper\.pdf\?format=a4)"/.exec(await shown(receipt))?.[1] ?? '';
    const answer = await server.get(link);
    expect(answer.status).toBe(422);
    expect(answer.headers.get('content-type')).toContain('text/html');
    const html = await answer.text();
    expect(html).toContain('no font for Tamil and these characters: ☃');
    expect(html).toContain('REDRESS_FONTS');
    expect(html).toContain(`href="${receipt}"`);
    expect(server.logged()).toContain('Taml');
    expect(server.logged()).not.toContain('வணக்கம்');
  });
});

describe('in a browser without scripts', () => {
  test.each([375, 1280])('the panel can be used by the keyboard alone, %i px wide', async (width) => {
    const receipt = await receiptOf(['form']);
    const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width, height: 800 } });
    const page = await context.newPage();
    await page.goto(server.url + receipt);
    await tabTo(page, 'Other ways');
    await page.keyboard.press('Enter');
    expect(await inspect(page), 'labels, targets and contrast of what is unfolded').toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await tabTo(page, 'I left a message');
    await page.keyboard.press('Enter');
    await page.waitForLoadState();
    expect(await page.textContent('.stamp')).toContain('Telephoned');
    await context.close();
  });
});

async function tabTo(page: Page, words: string): Promise<void> {
  for (let step = 0; step < 60; step += 1) {
    await page.keyboard.press('Tab');
    if ((await page.evaluate('document.activeElement?.textContent ?? ""')) === words) return;
  }
  throw new Error(`the keyboard does not reach “${words}”`);
}

function withoutEntities(html: string): string {
  return html.replaceAll('&amp;', '&').replaceAll('&quot;', '"');
}
