import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openBrowser } from './support/browser.js';
import { cwcLetter } from './support/cwc-document.js';
import { inspect } from './support/page-inspection.js';
import { Program } from './support/program.js';
import { until } from './support/until.js';

const OFFICE = 'office-7@parliament.orvany.example';

let program: Program;
let browser: Browser;

beforeAll(async () => {
  program = await Program.make();
  browser = await openBrowser();
});

afterEach(async () => {
  await program.stop();
});

afterAll(async () => {
  await program[Symbol.asyncDispose]();
  await browser.close();
});

interface Started {
  readonly smtpUrl: string;
  readonly url: string;
  /** What it prints for people. */
  readonly said: () => string;
}

async function simulate(...options: string[]): Promise<Started> {
  const before = program.output.length;
  const beforeLog = program.log.length;
  program.launch('simulate', '--smtp-port', '0', '--cwc-port', '0', ...options);
  const said = (): string => program.output.slice(before) + program.log.slice(beforeLog);
  return until(() => {
    const [, smtpUrl] = /(smtp:\/\/127\.0\.0\.1:\d+)\n/.exec(said()) ?? [];
    const [, url] = /(http:\/\/127\.0\.0\.1:\d+)\/v2\/message\n/.exec(said()) ?? [];
    return smtpUrl === undefined || url === undefined ? undefined : { smtpUrl, url, said };
  });
}

async function sendBoth({ smtpUrl, url }: Started): Promise<void> {
  const transport = createTransport(smtpUrl);
  await transport.sendMail({
    from: 'letters@redress.example',
    to: OFFICE,
    subject: 'Keep the lamp',
    text: 'Dear Member,\nI walk there each day.\n',
    messageId: '<one@redress.example>',
  });
  transport.close();
  const headers = { 'content-type': 'application/xml' };
  const answer = await fetch(`${url}/v2/message?apikey=k`, { method: 'POST', body: cwcLetter(), headers });
  expect(answer.status).toBe(503);
}

test('each answer is a line of JSON, without an address and without a word of the letter', async () => {
  const path = join(program.home, 'script.json');
  await writeFile(path, '{"offices": {"HVA04": {"do": "answer", "status": 503}}}');
  const before = program.output.length;
  const started = await simulate('--json', '--script', path);
  await sendBoth(started);
  const lines = await until(() => {
    const all = program.output.slice(before).split('\n').filter(Boolean);
    return all.length >= 2 ? all : undefined;
  });
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    {
      server: 'mail',
      office: '@parliament.orvany.example',
      step: 'final_dot',
      answer: '250',
      message: {
        number: 1,
        id: 'one@redress.example',
        kept: true,
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    },
    { server: 'house', office: 'HVA04', step: 'message', answer: '503', message: { kept: false } },
  ]);
  expect(lines.join()).not.toMatch(/office-7|Dana|lamp|walk/i);
  const shown = await (await fetch(`${started.url}/received`)).text();
  expect(shown).toContain('@parliament.orvany.example');
  expect(shown).not.toMatch(/office-7|Dana|lamp|walk/i);
  expect((await fetch(started.url)).status).toBe(404);
});

test('a page shows what came to each office and what it answered, and what a letter says', async () => {
  const path = join(program.home, 'script.json');
  await writeFile(path, '{"offices": {"HVA04": {"do": "answer", "status": 503}}}');
  const started = await simulate('--web', '--texts', '--script', path);
  await sendBoth(started);
  for (const width of [375, 1280]) {
    const page = await browser.newPage({ viewport: { width, height: 800 }, javaScriptEnabled: true });
    const answer = await page.goto(started.url);
    expect(answer?.headers()['content-security-policy']).toContain("default-src 'none'");
    const words = await page.textContent('main');
    expect(words).toContain('2 messages came.');
    expect(words).toContain(OFFICE);
    expect(words).toContain('has 1 message');
    expect(words).toContain('letter: 503, once');
    expect(await inspect(page)).toEqual([]);
    const [scroll, view] = await page.evaluate(() => [document.body.scrollWidth, window.innerWidth]);
    expect(scroll).toBeLessThanOrEqual(view ?? 0);
    await page.click('a[href="/messages/1"]');
    expect(await page.textContent('.sheet')).toContain('I walk there each day.');
    expect(await inspect(page)).toEqual([]);
    await page.goto(`${started.url}/messages/2`);
    expect(await page.textContent('main')).toContain('Please keep the lamp & light it.');
    expect((await page.goto(`${started.url}/messages/3`))?.status()).toBe(404);
    await page.close();
  }
});

test('--demo prints settings with which the program starts and checks well', async () => {
  const { said, smtpUrl } = await simulate('--demo');
  const text = await until(() => (said().includes('npm start') ? said() : undefined));
  const variables = Object.fromEntries(
    [...text.matchAll(/^ {2}([A-Z_]+)='(.*)' \\$/gm)].map(([, name = '', value = '']) => [name, value]),
  );
  expect(variables.SMTP_URL).toBe(smtpUrl);
  await using redress = await Program.make({ variables });
  const organisation = [
    '--name',
    'The Lanternists',
    '--contact',
    'post@lantern.example',
    '--address',
    '3 Quay Stair',
  ];
  await redress.run('organisation', 'set', ...organisation);
  const key = join(redress.home, 'key');
  await writeFile(key, 'dry-run\n');
  const set = await redress.run('channel', 'key', 'set', 'cwc_house', '--file', key);
  expect(set).toMatchObject({ code: 0, out: expect.stringContaining('441') });
  const { out } = await redress.run('doctor', '--json');
  const findings: { name: string; ok: boolean; found: string }[] = JSON.parse(out);
  expect(findings.find(({ name }) => name === 'mail server')).toMatchObject({ ok: true });
  expect(findings.find(({ name }) => name === 'cwc_house offices')?.found).toContain('441 active');
  expect(findings.find(({ name }) => name === 'cwc_senate')).toMatchObject({ ok: true });
});

test.each([
  [['--host', '0.0.0.0'], 'it is for this computer alone'],
  [['--smtp-port', '70000'], '--smtp-port is "70000"'],
  [['--script', '/nowhere/script.json'], 'The script /nowhere/script.json cannot be read.'],
])('%j is refused in words', async (options, words) => {
  const { code, error } = await program.run('simulate', ...options);
  expect({ code, error }).toEqual({ code: 1, error: expect.stringContaining(words) });
});

test('a wrong script, and a port in use, are refused in words', async () => {
  const path = join(program.home, 'wrong.json');
  await writeFile(path, '{"offices": {"nobody": []}}');
  expect((await program.run('simulate', '--script', path)).error).toContain('"nobody" is no office');
  const { smtpUrl } = await simulate();
  const taken = await program.run('simulate', '--smtp-port', new URL(smtpUrl).port, '--cwc-port', '0');
  expect(taken).toMatchObject({ code: 1, error: expect.stringContaining('A port is in use') });
});

test('it ends at once by SIGTERM, while somebody waits for an answer', async () => {
  const path = join(program.home, 'stall.json');
  await writeFile(path, '{"offices": {"HVA04": {"do": "stall"}}}');
  const { url } = await simulate('--script', path);
  const headers = { 'content-type': 'application/xml' };
  const waiting = fetch(`${url}/v2/message?apikey=k`, { method: 'POST', body: cwcLetter(), headers });
  waiting.catch(() => undefined);
  await until(async () => {
    const { total }: { total: number } = await (await fetch(`${url}/received`)).json();
    return total > 0 ? true : undefined;
  });
  const begin = performance.now();
  expect((await program.stop()).code).toBe(0);
  expect(performance.now() - begin).toBeLessThan(3000);
  await expect(waiting).rejects.toThrow('fetch failed');
});
