import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { readScript, type Simulator, startSimulator } from '../src/simulator/index.js';
import { cwcLetter } from './support/cwc-document.js';
import { MovedClock } from './support/moved-clock.js';

const HOUR_MS = 3_600_000;

let clock: MovedClock;
let offices: Simulator;

beforeAll(async () => {
  clock = new MovedClock();
  offices = await startSimulator({ clock });
});

afterEach(() => {
  for (const key of ['house', 'senate', 'HVA04', 'SVA01']) offices.setScript(key, []);
  offices.clear();
});

afterAll(() => offices[Symbol.asyncDispose]());

interface Post {
  readonly path?: string;
  readonly body?: string;
  readonly type?: string;
  readonly simulator?: Simulator;
}

function post({
  path = '/v2/message?apikey=k',
  body = cwcLetter(),
  type = 'application/xml',
  simulator = offices,
}: Post = {}) {
  return fetch(simulator.url + path, { method: 'POST', body, headers: { 'content-type': type } });
}

async function answerOf(response: Promise<Response>): Promise<{ status: number; errors: string[] }> {
  const { status, text } = await response.then(async (got) => ({
    status: got.status,
    text: await got.text(),
  }));
  return { status, errors: [...text.matchAll(/<Error>(.*?)<\/Error>/g)].map(([, error = '']) => error) };
}

describe('an office that serves', () => {
  test('takes a letter, and keeps it byte for byte', async () => {
    const body = cwcLetter();
    const response = await post({ body });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain('xml');
    expect(offices.received()).toMatchObject([
      {
        number: 1,
        at: clock.now(),
        server: 'house',
        office: 'HVA04',
        id: 'A'.repeat(32),
        answer: '200',
        kept: true,
        sha256: createHash('sha256').update(body).digest('hex'),
        request: { path: '/v2/message', errors: [] },
      },
    ]);
    expect(offices.raw(1)?.toString()).toBe(body);
    expect(offices.readCwc(1)).toMatchObject({
      FirstName: ['Dana'],
      ConstituentMessage: ['Please keep the lamp & light it. é 漢'],
    });
  });

  test.each([
    ['/v2/message', 'HVA04', 200],
    ['/api/production-messages/', 'SVA01', 201],
    ['/api/messages/', 'SVA01', 201],
    ['/api/testing-messages/', 'SVA01', 201],
    ['/api/testing-messages', 'SVA01', 201],
  ])('%s says %i', async (path, office, status) => {
    expect((await post({ path: `${path}?apikey=k`, body: cwcLetter({ office }) })).status).toBe(status);
    expect(offices.count('A'.repeat(32))).toEqual({ received: 1, kept: 1 });
  });

  test('a used DeliveryId is refused with 409, and the office still has it once', async () => {
    await post();
    expect(await answerOf(post())).toEqual({
      status: 409,
      errors: [`The DeliveryId ${'A'.repeat(32)} has been used.`],
    });
    expect(offices.count('A'.repeat(32))).toEqual({ received: 2, kept: 1 });
  });

  test('the Senate’s test system and its real one remember each for itself', async () => {
    const body = cwcLetter({ office: 'SVA01' });
    expect((await post({ path: '/api/testing-messages/?apikey=k', body })).status).toBe(201);
    expect((await post({ path: '/api/production-messages/?apikey=k', body })).status).toBe(201);
    expect((await post({ path: '/api/messages/?apikey=k', body })).status).toBe(409);
  });

  test('a check keeps nothing, and uses up no id', async () => {
    expect((await post({ path: '/v2/validate?apikey=k' })).status).toBe(200);
    expect(offices.received()).toMatchObject([{ kept: false, request: { path: '/v2/validate' } }]);
    expect((await post()).status).toBe(200);
  });

  test('lists its offices: codes at the House, objects at the Senate', async () => {
    const house: unknown = await (await fetch(`${offices.url}/v2/offices?apikey=k`)).json();
    const senate: unknown = await (await fetch(`${offices.url}/api/active_offices?apikey=k`)).json();
    expect(house).toHaveLength(441);
    expect(house).toEqual(expect.arrayContaining(['HVA04', 'HWY00', 'HCA52', 'HDC00']));
    expect(senate).toHaveLength(100);
    expect(senate).toContainEqual({ office_code: 'SVA01' });
    const states = (senate as { office_code: string }[]).map(({ office_code }) => office_code.slice(1, 3));
    expect(new Set(states).size).toBe(50);
  });
});

describe('what such a server refuses by itself', () => {
  test('no key, or one that the script does not know: 401', async () => {
    expect((await post({ path: '/v2/message' })).status).toBe(401);
    expect((await fetch(`${offices.url}/v2/offices`)).status).toBe(401);
    await using strict = await startSimulator({ clock, script: readScript('{"keys": ["right"]}') });
    expect((await post({ path: '/v2/message?apikey=wrong', simulator: strict })).status).toBe(401);
    expect((await post({ path: '/v2/message?apikey=right', simulator: strict })).status).toBe(200);
  });

  test.each(['text/xml', 'application/json', 'text/plain', 'application/x-www-form-urlencoded'])(
    'the type %s: 415',
    async (type) => {
      expect((await post({ type })).status).toBe(415);
      expect(offices.received()).toMatchObject([{ answer: '415', kept: false }]);
    },
  );

  test('a charset beside the type is no other type', async () => {
    expect((await post({ type: 'application/xml; charset=utf-8' })).status).toBe(200);
  });

  test.each([
    ['no XML', 'this is no XML'],
    ['cut XML', cwcLetter().slice(0, 900)],
    ['nothing', ''],
  ])('%s: 400 with errors', async (_name, body) => {
    const { status, errors } = await answerOf(post({ body }));
    expect(status).toBe(400);
    expect(errors.length).toBeGreaterThan(0);
    expect(offices.received()).toMatchObject([{ kept: false, bytes: Buffer.byteLength(body) }]);
  });

  test('a letter that does not fit the chamber’s schema: 400, naming the element and not what it says', async () => {
    const body = cwcLetter({ subject: 'abc' });
    const { status, errors } = await answerOf(post({ body }));
    expect(status).toBe(400);
    expect(errors.join()).toContain('Message/Subject');
    expect(errors.join()).not.toContain('abc');
    expect(offices.received()).toMatchObject([{ kept: false, request: { errors } }]);
    expect((await post({ body: cwcLetter({ office: 'SVA01' }) })).status).toBe(400);
    expect((await post()).status).toBe(200);
  });

  test('an office that does not take part: refused, and not in the list', async () => {
    offices.setScript('HVA04', { do: 'inactive', to: '+1h' });
    const list = async () => (await fetch(`${offices.url}/v2/offices?apikey=k`)).json();
    expect(await answerOf(post())).toEqual({ status: 400, errors: ['The office HVA04 takes no messages.'] });
    expect(await list()).not.toContain('HVA04');
    clock.move(HOUR_MS);
    expect(await list()).toContain('HVA04');
    expect((await post()).status).toBe(200);
  });

  test('a script can say which offices take part', async () => {
    const script = readScript('{"activeOffices": {"house": ["HVA05"], "senate": []}}');
    await using few = await startSimulator({ clock, script });
    expect(await (await fetch(`${few.url}/v2/offices?apikey=k`)).json()).toEqual(['HVA05']);
    expect(await (await fetch(`${few.url}/api/active_offices?apikey=k`)).json()).toEqual([]);
    expect((await post({ simulator: few })).status).toBe(400);
    const body = cwcLetter({ office: 'SVA01' });
    expect((await post({ simulator: few, path: '/api/messages/?apikey=k', body })).status).toBe(400);
    expect((await post({ simulator: few, path: '/api/testing-messages/?apikey=k', body })).status).toBe(201);
  });

  test('a Host that is not this computer', async () => {
    const { port } = new URL(offices.url);
    const status = await new Promise((resolve) => {
      request(
        { host: '127.0.0.1', port, path: '/received', headers: { host: 'evil.example' } },
        ({ statusCode }) => resolve(statusCode),
      ).end();
    });
    expect(status).toBe(421);
  });
});

describe('misbehaviour', () => {
  test.each([400, 401, 403, 409, 415, 429, 500, 503])('%i with its errors', async (status) => {
    offices.setScript('HVA04', { do: 'answer', status, errors: ['as <scripted> & said'], times: 1 });
    const response = await post();
    expect(response.status).toBe(status);
    expect(await response.text()).toContain('<Error>as &lt;scripted&gt; &amp; said</Error>');
    expect(offices.received()).toMatchObject([{ answer: String(status), kept: false }]);
    expect((await post()).status).toBe(200);
  });

  test('429 with Retry-After', async () => {
    offices.setScript('house', { do: 'answer', status: 429, retryAfterSeconds: 120 });
    expect((await post()).headers.get('retry-after')).toBe('120');
  });

  test('200 with an error body: the office does not have the letter', async () => {
    offices.setScript('HVA04', { do: 'answer', status: 200, errors: ['the database is away'] });
    expect(await answerOf(post())).toEqual({ status: 200, errors: ['the database is away'] });
    expect(offices.received()).toMatchObject([{ answer: '200', kept: false }]);
  });

  test('a yes that is none: the office does not have the letter', async () => {
    offices.setScript('HVA04', { do: 'answer', status: 200 });
    expect(await answerOf(post())).toEqual({ status: 200, errors: [] });
    expect(offices.received()).toMatchObject([{ answer: '200', kept: false }]);
  });

  test('any body, and an office that keeps what it refuses', async () => {
    offices.setScript('HVA04', { do: 'answer', status: 500, body: '<html>oops', keep: true, times: 1 });
    const response = await post();
    expect({ status: response.status, body: await response.text() }).toEqual({
      status: 500,
      body: '<html>oops',
    });
    expect((await post()).status).toBe(409);
    expect(offices.count('A'.repeat(32))).toEqual({ received: 2, kept: 1 });
  });

  test('truncated XML', async () => {
    const whole = await (await post()).text();
    offices.clear();
    offices.setScript('HVA04', { do: 'truncated' });
    const response = await post();
    const cut = await response.text();
    expect(response.status).toBe(200);
    expect(whole.startsWith(cut)).toBe(true);
    expect(cut.length).toBe(Math.ceil(whole.length / 2));
    expect(offices.received()).toMatchObject([{ answer: 'truncated 200', kept: true }]);
  });

  test('a body of 10 MB', async () => {
    offices.setScript('SVA01', { do: 'huge' });
    const response = await post({ path: '/api/messages/?apikey=k', body: cwcLetter({ office: 'SVA01' }) });
    expect(response.status).toBe(201);
    const body = await response.text();
    expect(body.length).toBeGreaterThan(10 * 1024 * 1024);
    expect(body.trimEnd().endsWith('</Result>')).toBe(true);
  });

  test('slow drip', async () => {
    offices.setScript('HVA04', { do: 'drip', bytesPerSecond: 100 });
    const response = await post();
    const begin = performance.now();
    const sizes: number[] = [];
    for await (const chunk of response.body ?? []) {
      sizes.push(chunk.length);
      if (performance.now() - begin > 300) break;
    }
    expect(sizes.length).toBeGreaterThan(5);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(3);
    expect(offices.received()).toMatchObject([{ answer: 'drip 200', kept: true }]);
  });

  test('no answer at all', async () => {
    offices.setScript('HVA04', { do: 'stall' });
    const signal = AbortSignal.timeout(300);
    await expect(
      fetch(`${offices.url}/v2/message?apikey=k`, {
        method: 'POST',
        body: cwcLetter(),
        headers: { 'content-type': 'application/xml' },
        signal,
      }),
    ).rejects.toThrow('timeout');
    expect(offices.received()).toMatchObject([{ answer: 'stall', kept: true }]);
  });

  test('the connection drops after the letter was taken; the next try is told so by 409', async () => {
    offices.setScript('house', { do: 'drop', times: 1 });
    await expect(post()).rejects.toThrow('fetch failed');
    expect(offices.received()).toMatchObject([{ answer: 'drop', kept: true }]);
    expect((await post()).status).toBe(409);
    expect(offices.count('A'.repeat(32))).toEqual({ received: 2, kept: 1 });
  });

  test('the connection drops before: the next try is the first that counts', async () => {
    offices.setScript('house', { do: 'drop', times: 1, keep: false });
    await expect(post()).rejects.toThrow('fetch failed');
    expect((await post()).status).toBe(200);
  });

  test('an outage of 24 hours by the clock, of one office or of a chamber', async () => {
    offices.setScript('HVA04', { do: 'answer', status: 503, to: '+24h' });
    expect((await post()).status).toBe(503);
    expect((await post({ body: cwcLetter({ office: 'HVA05', id: 'B'.repeat(32) }) })).status).toBe(200);
    clock.move(24 * HOUR_MS);
    expect((await post()).status).toBe(200);
    offices.setScript('senate', { do: 'answer', status: 503, from: '+1h' });
    const senate = { path: '/api/messages/?apikey=k', body: cwcLetter({ office: 'SVA01' }) };
    expect((await post(senate)).status).toBe(201);
    clock.move(HOUR_MS);
    expect((await post(senate)).status).toBe(503);
  });

  test.each([
    [{ do: 'answer', status: 503 } as const, 503],
    [{ do: 'truncated' } as const, 200],
    [{ do: 'huge', megabytes: 1 } as const, 200],
  ])('the list of offices: %o', async (behaviour, status) => {
    offices.setScript('house', { at: 'offices', ...behaviour });
    const response = await fetch(`${offices.url}/v2/offices?apikey=k`);
    expect(response.status).toBe(status);
    await expect(response.json()).rejects.toThrow();
    expect((await post()).status).toBe(200);
  });
});

test('GET /received tells sizes and hashes; the words of letters only where they are asked for', async () => {
  await post();
  const seen = await (await fetch(`${offices.url}/received?office=HVA04`)).text();
  expect(JSON.parse(seen)).toMatchObject({
    total: 1,
    offices: [{ server: 'house', office: 'HVA04', kept: 1, answers: { 'message 200': 1 } }],
    messages: [{ number: 1, office: 'HVA04', id: 'A'.repeat(32), answer: '200', kept: true }],
  });
  expect(seen).not.toMatch(/Dana|Walker|lamp/i);
  expect(await (await fetch(`${offices.url}/received?after=1`)).json()).toMatchObject({ messages: [] });
  expect((await fetch(`${offices.url}/received?limit=all`)).status).toBe(400);

  await using open = await startSimulator({ clock, texts: true });
  await post({ simulator: open });
  expect(await (await fetch(`${open.url}/received`)).json()).toMatchObject({
    messages: [{ text: { LastName: ['Walker'] } }],
  });
});
