import { h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { describe, expect, test } from 'vitest';
import { Footer } from '../src/design/footer.js';
import { language } from '../src/language/index.js';
import { startTestServer } from './support/test-server.js';

const DAY_MS = 86_400_000;

function footer(data: Parameters<typeof Footer>[0]['site']['data']): string {
  const site = { name: 'Lamps', home: '/', rehearsal: false, data };
  const html = renderToString(h(Footer, { language: language('en'), site }));
  return html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
}

describe('how old the data is, from where and under which licence', () => {
  test('stands at the foot, each as far as it is known', () => {
    const source = { title: 'The register', licence: 'CC0 1.0', address: 'https://register.example/' };
    const importedAt = new Date('2026-11-24T10:00:00Z');
    const known = { name: 'Senate', outdated: false, importedAt, validUntil: new Date('2027-01-03') };
    expect(footer([{ ...known, sources: [{ ...source, date: '2026-11-20' }] }])).toContain(
      'Who represents whom: Senate valid until 3 January 2027 The register CC0 1.0 as of 20 November 2026 Taken over here on 24 November 2026',
    );
    expect(footer([{ ...known, sources: [{ ...source, date: '2025-06' }] }])).toContain('as of 2025-06 ');
    const unknown = footer([{ name: 'Senate', outdated: false, sources: [{ ...source, address: '' }] }]);
    expect(unknown).toContain('Who represents whom: Senate The register CC0 1.0 Published');
    expect(footer([{ ...known, outdated: true, sources: [] }])).toContain(
      'past its date since 3 January 2027',
    );
  });

  test('is on the pages of the demo, and turns when its last day is over', async () => {
    await using server = await startTestServer();
    const text = async (path: string) =>
      (await (await server.get(path)).text()).replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
    const before = await text('/');
    expect(before).toContain('Parliament of Orvany (fictional) valid until 28 February 2029');
    expect(before).toContain('Invented for this demonstration AGPL-3.0-or-later as of 23 November 2026');
    expect(before).toContain('Taken over here on 23 November 2026');
    server.clock.move(3 * 365 * DAY_MS);
    // The front page is kept for five seconds; this one is not.
    expect(await text('/outbox')).toContain('past its date since 28 February 2029');
  });
});
