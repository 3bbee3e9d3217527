import { h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { describe, expect, test } from 'vitest';
import { Footer } from '../src/design/footer.js';
import { language } from '../src/language/index.js';
import { importSet } from '../src/legislatures/index.js';
import { assemblySet } from './support/assembly-set.js';
import { publishTestAlert } from './support/test-alert.js';
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

  test('is on the pages that use it, and turns when its last day is over', async () => {
    await using server = await startTestServer();
    const text = async (path: string) =>
      (await (await server.get(path)).text()).replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
    const before = await text('/alerts/tallow-head-light');
    expect(before).toContain('Parliament of Orvany (fictional) valid until 28 February 2029');
    expect(before).toContain('Invented for this demonstration AGPL-3.0-or-later as of 23 November 2026');
    expect(before).toContain('Taken over here on 23 November 2026');
    server.clock.move(3 * 365 * DAY_MS);
    // The alert's page is kept for five seconds, and this alert has closed; a step is not kept.
    await publishTestAlert(server.context, { until: '2030-12-31' });
    expect(await text('/alerts/lamp/place')).toContain('past its date since 28 February 2029');
  });

  test('is only of what a page used, and once: not of every legislature on every page', async () => {
    await using server = await startTestServer();
    const set = { ...assemblySet(), name: 'Assembly of Yarrow' };
    await importSet(server.context, { set, files: [], by: 'test', reason: 'test' });
    await server.legislatures.refresh();
    const footOf = async (answer: Promise<Response>) =>
      /<footer.*<\/footer>/s.exec(await (await answer).text())?.[0].replace(/<[^>]*>/g, ' ') ?? '';
    for (const path of ['/', '/who', '/who/assembly', '/who/demo', '/outbox'])
      expect(await footOf(server.get(path)), path).not.toContain('Who represents whom');
    const uses = [
      server.get('/alerts/tallow-head-light'),
      server.post('/alerts/tallow-head-light/place', { postcode: '1410' }),
      server.post('/who', { postcode: '1410' }),
    ];
    for (const answer of uses) {
      const foot = await footOf(answer);
      expect(foot).toContain('Parliament of Orvany');
      expect(foot).not.toContain('Yarrow');
    }
    for (const path of ['/who/assembly', '/who/demo'])
      expect(await (await server.get(path)).text()).toContain('Where this comes from');
  });
});
