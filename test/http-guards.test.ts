import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from '../src/database/index.js';
import { collectRoutes } from './support/collect-routes.js';
import { rawRequest } from './support/raw-request.js';
import { actionBody, confirmPaths, submitByApi } from './support/supporter.js';
import { publishTestAlert } from './support/test-alert.js';
import { boxesOf, fieldsOf, startTestServer, type TestServer } from './support/test-server.js';
import { figure } from './support/trial.js';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);
const PAST_BODY_LIMIT = 'x'.repeat(512 * 1024 + 1);
const DEEP = 100_000;

// The routes whose only credential is a token in the path, or which have none. A new one is a decision.
const EXEMPT = [
  'POST /api/v1/alerts/:slug/actions (json without credentials)',
  'POST /confirm/:token (path token)',
  'POST /confirm/:token/not-me (path token)',
  'POST /receipts/:token/letters/:letter/answer (path token)',
  'POST /receipts/:token/letters/:letter/follow-up (path token)',
  'POST /receipts/:token/letters/:letter/hand-over (path token)',
  'POST /receipts/:token/withdrawal (path token)',
];

const FOREIGN: readonly Readonly<Record<string, string>>[] = [
  {},
  { origin: 'https://elsewhere.example' },
  { origin: 'null' },
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
  { 'sec-fetch-site': 'none' },
  { 'sec-fetch-site': '' },
];

const routes = collectRoutes();
let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({ variables: { REDRESS_NETWORK_CAP: '100000' } });
  await publishTestAlert(server.context);
});
afterAll(() => server[Symbol.asyncDispose]());

function pathOf(pattern: string): string {
  return pattern.replace(':slug', 'lamp').replace(/:\w+/g, 'x').replace('*', 'x');
}

function ask(path: string, given: Parameters<typeof rawRequest>[2] = {}) {
  const { headers, ...rest } = given;
  return rawRequest(server.url, path, { ...rest, headers: { host: new URL(server.url).host, ...headers } });
}

async function actionCount(): Promise<string> {
  const { rows } = await sql<{ states: string }>`
    select coalesce(string_agg(state, ',' order by action_id), '') as states from action`.execute(
    server.context.db,
  );
  return rows[0]?.states ?? '';
}

describe('S10: requests from another site', () => {
  test('every unsafe route refuses them, but for the exempt list', async () => {
    const unsafe = routes.filter(({ method }) => !SAFE.has(method));
    const exempt = unsafe.filter(({ crossOrigin }) => crossOrigin !== undefined);
    process.stdout.write(
      `  exempt from the origin check:\n${exempt
        .map(({ method, pattern, crossOrigin }) => `    ${method} ${pattern} (${crossOrigin})\n`)
        .join('')}`,
    );
    expect(exempt.map((route) => `${route.method} ${route.pattern} (${route.crossOrigin})`).sort()).toEqual(
      EXEMPT,
    );
    const guarded = unsafe.filter(({ crossOrigin }) => crossOrigin === undefined);
    expect(guarded.length).toBeGreaterThan(1);
    for (const { method, pattern } of guarded) {
      const path = pathOf(pattern);
      for (const headers of FOREIGN) {
        expect(await ask(path, { method, headers }), `${method} ${pattern}`).toMatchObject({ status: 403 });
      }
      const own = { origin: server.url };
      const mixed = { ...own, 'sec-fetch-site': 'cross-site' };
      expect((await ask(path, { method, headers: mixed })).status, 'metadata beats origin').toBe(403);
      expect((await ask(path, { method, headers: own })).status, `${method} ${pattern}`).not.toBe(403);
    }
    figure('routes', { unsafe: unsafe.length, guarded: guarded.length, exempt: exempt.length });
  });

  test('an unsafe request to no route at all is refused too', async () => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      expect((await ask('/nowhere', { method })).status).toBe(403);
      expect((await ask('/alerts/lamp', { method, headers: { origin: server.url } })).status).toBe(404);
    }
  });

  test('the API takes no content that a form of another site can send', async () => {
    const before = await actionCount();
    const json = JSON.stringify(actionBody('form@mill.example'));
    const key = { 'idempotency-key': 'a-key-of-this-test' };
    for (const type of ['text/plain', 'multipart/form-data; boundary=x', 'application/octet-stream']) {
      const headers = { ...key, 'content-type': type };
      const answer = await ask('/api/v1/alerts/lamp/actions', { method: 'POST', headers, body: json });
      expect(answer.status, type).toBe(415);
    }
    const headers = { ...key, 'content-type': 'application/x-www-form-urlencoded' };
    const body = 'place[postcode]=1810&consent=true&supporter[name]=Ada&supporter[email]=form@mill.example';
    const answer = await ask('/api/v1/alerts/lamp/actions', { method: 'POST', headers, body });
    expect(answer.status).toBe(415);
    expect(await actionCount()).toBe(before);
  });
});

describe('hosts and proxies', () => {
  test('a Host that is not ours gets 421, whatever a proxy header says', async () => {
    const own = new URL(server.url).host;
    for (const host of [
      'elsewhere.example',
      `${own}.elsewhere.example`,
      '127.0.0.1',
      `elsewhere.example:80`,
    ]) {
      for (const path of ['/', '/alerts/lamp', '/api/v1/officeholders?postcode=1810', '/nowhere']) {
        const answer = await rawRequest(server.url, path, { headers: { host, 'x-forwarded-host': own } });
        expect(answer.status, `${host} ${path}`).toBe(421);
      }
    }
    const forwarded = await ask('/', { headers: { 'x-forwarded-host': 'elsewhere.example' } });
    expect(forwarded.status).toBe(200);
    expect(forwarded.text).not.toContain('elsewhere.example');
    expect((await rawRequest(server.url, '/healthz', { headers: { host: '10.0.0.1' } })).status).toBe(200);
  });

  test('proxy headers of a peer that is not listed are not believed', async () => {
    await using strict = await startTestServer({ variables: { REDRESS_NETWORK_CAP: '2' } });
    await publishTestAlert(strict.context);
    const statuses = [];
    for (let count = 1; count <= 4; count += 1) {
      const headers = {
        'x-forwarded-for': `203.0.${count}.1`,
        forwarded: `for=203.0.${count}.1`,
        'x-real-ip': `203.0.${count}.1`,
      };
      const body = actionBody(`proxy-${count}@mill.example`);
      statuses.push((await submitByApi({ url: strict.url, body, headers })).status);
    }
    expect(statuses).toEqual([202, 202, 429, 429]);
  });
});

describe('bodies', () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' };

  test('one that is too large gets 413', async () => {
    const answer = await ask('/alerts/lamp/place', { method: 'POST', headers: form, body: PAST_BODY_LIMIT });
    expect(answer.status).toBe(413);
    const body = JSON.stringify(actionBody('large@mill.example', { letter: { message: PAST_BODY_LIMIT } }));
    expect((await submitByApi({ url: server.url, body })).status).toBe(413);
  });

  test('a wrong type of content gets 415, also for forms', async () => {
    for (const type of ['application/xml', 'text/plain', 'multipart/form-data; boundary=x', 'x']) {
      const headers = { ...form, 'content-type': type };
      const answer = await ask('/alerts/lamp/actions', { method: 'POST', headers, body: '<a/>' });
      expect(answer.status, type).toBe(415);
    }
  });

  test('broken, empty and bottomless JSON gets 400 and a problem document', async () => {
    const deep = `${'['.repeat(DEEP)}${']'.repeat(DEEP)}`;
    for (const body of ['', '{', '{"place":', 'null', '[]', '"x"', '\u0000', deep, `{"place":${deep}}`]) {
      const answer = await submitByApi({ url: server.url, body });
      expect(answer.status, body.slice(0, 20)).toBe(400);
      expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
      expect(await answer.json()).toMatchObject({ code: 'invalid_input', status: 400 });
    }
  });

  test('S19: no key of a prototype, and no key that is not asked for, gets in', async () => {
    const before = await actionCount();
    const email = 'polluted@mill.example';
    const whole = JSON.stringify(actionBody(email));
    const bodies = [
      whole.replace(/}$/, ',"__proto__":{"polluted":true}}'),
      whole.replace(/}$/, ',"constructor":{"prototype":{"polluted":true}}}'),
      whole.replace('"name"', '"__proto__":{"polluted":true},"name"'),
      JSON.stringify(actionBody(email, { state: 'confirmed' })),
      JSON.stringify(actionBody(email, { supporter: { name: 'A', email, admin: true } })),
      JSON.stringify(actionBody(email, { letter: { message: 'x', channel: 'smtp' } })),
    ];
    for (const body of bodies) {
      const answer = await submitByApi({ url: server.url, body });
      expect(answer.status, body).toBe(400);
    }
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      const letters = JSON.parse(`{${JSON.stringify(name)}:{"message":"x"}}`);
      const answer = await submitByApi({
        url: server.url,
        body: actionBody(email, { officeholders: [name], letters }),
      });
      expect(answer.status, name).toBe(400);
    }
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
    expect(await actionCount()).toBe(before);
  });

  test('S19: a list where one text belongs, and a number where a text belongs, is refused', async () => {
    const before = await actionCount();
    const email = 'listed@mill.example';
    const changes: Readonly<Record<string, unknown>>[] = [
      { consent: 'true' },
      { consent: 1 },
      { supporter: { name: ['Ada'], email } },
      { supporter: { name: 7, email } },
      { supporter: [{ name: 'Ada', email }] },
      { place: { postcode: 1810 } },
      { place: { postcode: ['1810'] } },
      { officeholders: 'mira-quell' },
      { letter: { message: null } },
    ];
    for (const change of changes) {
      const answer = await submitByApi({ url: server.url, body: actionBody(email, change) });
      expect(answer.status, JSON.stringify(change)).toBe(400);
    }
    expect(await actionCount()).toBe(before);
  });

  test('a field given twice in a form or a query counts once, and breaks nothing', async () => {
    const html = await (await server.post('/alerts/lamp/place', { postcode: ['1810', '1110'] })).text();
    const fields = { ...fieldsOf(html), to: boxesOf(html, 'to'), consent: ['yes', 'no'] };
    const twice = { ...fields, name: ['Ada', 'Bea'], email: ['twice@mill.example', 'b@mill.example'] };
    expect((await server.post('/alerts/lamp/actions', twice)).status).toBe(202);
    await confirmPaths(server.context.config.dataDirectory, 'twice@mill.example');
    for (const path of [
      '/?language=en&language=ar-XB',
      '/alerts/lamp?language=a&language=b',
      '/outbox?language=a&language=b',
      '/nowhere?language=a&language=b',
      '/?language=__proto__',
      '/nowhere?language=constructor',
      '/nowhere?language=__proto__',
      '/outbox?language=toString',
      '/api/v1/officeholders?postcode=1810&postcode=1110',
      '/api/v1/officeholders?at=1&at=2',
      '/api/v1/officeholders?__proto__=1&constructor=2&postcode=1810',
    ]) {
      const answer = await ask(path, { headers: { accept: 'text/html' } });
      expect([200, 400, 404], path).toContain(answer.status);
    }
  });
});
