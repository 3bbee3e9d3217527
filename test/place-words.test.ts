import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoSet } from '../src/legislatures/index.js';
import { actionBody, confirmPaths, submitByApi } from './support/supporter.js';
import { publishTestAlert } from './support/test-alert.js';
import { startTestServer, type TestServer } from './support/test-server.js';

const AT = { latitude: -0.2, longitude: -1.1 };

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
  await publishTestAlert(server.context);
});
afterAll(() => server[Symbol.asyncDispose]());

test('who gives a point writes from the district it lies in', async () => {
  const asked = await server.get(`/api/v1/officeholders?country=zz&at=${AT.latitude},${AT.longitude}`);
  const { officeholders } = (await asked.json()) as { officeholders: { role: string; division: string }[] };
  const division = officeholders.find(({ role }) => role === 'lower')?.division;
  const district = demoSet().divisions.find(({ id }) => id === division)?.name ?? 'none';
  const body = actionBody('ada@mill.example', {
    place: { at: AT },
    supporter: { name: 'Ada Quill', email: 'ada@mill.example', address: '1 Quay' },
  });
  expect((await submitByApi({ url: server.url, body })).status).toBe(202);
  const [link = ''] = await confirmPaths(server.context.config.dataDirectory, 'ada@mill.example');
  const shown = await (await server.get(link)).text();
  expect(shown).toContain(`Ada Quill\n${district}`);
  expect(shown, 'no office here asks for a street address').not.toContain('1 Quay');
});

test('a district whose seat is empty is offered as such', async () => {
  await publishTestAlert(server.context, { slug: 'bell', chambers: '[lower]' });
  const html = await (await server.post('/alerts/bell/place', { postcode: '1390' })).text();
  expect(html).toMatch(/Upper Halder<\/bdi><\/span>[^/]*The seat is vacant/);
  expect(html.match(/The seat is vacant/g)).toHaveLength(1);
});
