import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeToken } from '../src/actions/confirm/link-token.js';
import { sql } from '../src/database/index.js';
import { rawConversation, rawRequest } from './support/raw-request.js';
import { publishTestAlert } from './support/test-alert.js';
import { startTestServer, type TestServer } from './support/test-server.js';

const PAST_BODY_LIMIT = 'x'.repeat(512 * 1024 + 1);
const PAST_HEADER_LIMIT = 'x'.repeat(17 * 1024);

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({ variables: { REDRESS_NETWORK_CAP: '100000' } });
  await publishTestAlert(server.context);
});
afterAll(() => server[Symbol.asyncDispose]());

function ask(path: string, given: Parameters<typeof rawRequest>[2] = {}) {
  const { headers, ...rest } = given;
  return rawRequest(server.url, path, { ...rest, headers: { host: new URL(server.url).host, ...headers } });
}

const wanted = (headers: Readonly<Record<string, unknown>>, what: string): void => {
  expect(headers['content-security-policy'], what).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
  expect(headers['content-security-policy'], what).not.toContain('unsafe-inline');
  expect(headers['x-content-type-options'], what).toBe('nosniff');
  expect(headers['referrer-policy'], what).toBe('same-origin');
  expect(headers['cross-origin-opener-policy'], what).toBe('same-origin');
  expect(headers['cross-origin-resource-policy'], what).toBe('same-origin');
  expect(headers['permissions-policy'], what).toContain('geolocation=()');
};

test('S25: they are on every answer, also on errors and on what the router itself refuses', async () => {
  const from = { 'sec-fetch-site': 'same-origin' };
  const json = { ...from, 'content-type': 'application/json' };
  const css = /href="(\/assets\/[^"]+\.css)"/.exec((await ask('/')).text)?.[1] ?? '';
  const asked: [string, number, Parameters<typeof ask>[1]?][] = [
    ['/', 200],
    [css, 200],
    ['/healthz', 200],
    ['/readyz', 200],
    ['/alerts', 301],
    ['/alerts/lamp/actions', 303],
    ['/alerts/lamp', 200, { method: 'HEAD' }],
    ['/nowhere', 404],
    ['/api/v1/nowhere', 404],
    ['/alerts/nowhere', 404],
    ['/confirm/nothing', 404],
    ['/outbox/nothing', 404],
    ['/', 404, { method: 'OPTIONS' }],
    ['/', 403, { method: 'POST' }],
    ['/', 421, { headers: { host: 'elsewhere.example' } }],
    ['/alerts/lamp/place', 413, { method: 'POST', headers: json, body: PAST_BODY_LIMIT }],
    ['/alerts/lamp/place', 415, { method: 'POST', headers: { ...from, 'content-type': 'x' }, body: 'x' }],
    ['/alerts/lamp/place', 400, { method: 'POST', headers: json, body: '{' }],
    ['/%', 404],
    ['/confirm/%E0%A4%A', 404],
    [`/confirm/${'x'.repeat(500)}`, 404],
    [`/alerts/${'x'.repeat(500)}`, 404],
  ];
  for (const [path, status, request] of asked) {
    const answer = await ask(path, request);
    expect(answer.status, path).toBe(status);
    wanted(answer.headers, path);
    if (status >= 400) expect(answer.headers['cache-control'], path).toBe('no-store');
  }
});

test('S25: an answer to what is no HTTP at all carries them too', async () => {
  const huge = `GET / HTTP/1.1\r\nHost: x\r\nX: ${PAST_HEADER_LIMIT}\r\n\r\n`;
  for (const bytes of ['nonsense\r\n\r\n', 'GET / HTTP/9.9\r\n\r\n', huge]) {
    const answer = await rawConversation(server.url, bytes);
    const headers = Object.fromEntries(
      [...answer.matchAll(/^([\w-]+): (.*)\r$/gm)].map(([, name = '', value]) => [name.toLowerCase(), value]),
    );
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
    wanted(headers, bytes.slice(0, 20));
  }
});

test('S25: a fault of our own shows neither its words nor its place', async () => {
  await sql`alter table action rename to action_away`.execute(server.context.db);
  try {
    const token = makeToken(server.context, 'confirm', {
      organisationId: 1,
      actionId: '01890a5d-ac96-774b-bcce-b302099a8057',
    });
    const answer = await ask(`/confirm/${token}`, { headers: { accept: 'text/html' } });
    expect(answer.status).toBe(500);
    wanted(answer.headers, '500');
    expect(answer.text).not.toMatch(/relation|select|node_modules|\.ts:|at async/);
    expect(server.logged()).not.toContain(token);
  } finally {
    await sql`alter table action_away rename to action`.execute(server.context.db);
  }
});

test('S25: over https they tell browsers to stay there', async () => {
  await using safe = await startTestServer({ variables: { REDRESS_URL: 'https://act.example' } });
  const answer = await rawRequest(safe.url, '/', { headers: { host: 'act.example' } });
  expect(answer.status).toBe(200);
  const age = Number(/max-age=(\d+)/.exec(String(answer.headers['strict-transport-security']))?.[1]);
  expect(age).toBeGreaterThanOrEqual(31_536_000);
});
