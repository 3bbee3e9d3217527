import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql } from '../src/database/index.js';
import { rawRequest } from './support/raw-request.js';
import { actionBody, confirmPaths, submitByApi } from './support/supporter.js';
import { publishTestAlert } from './support/test-alert.js';
import { startTestServer, type TestServer } from './support/test-server.js';
import { figure } from './support/trial.js';

const DAY_MS = 86_400_000;

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

async function actionCount(): Promise<string> {
  const { rows } = await sql<{ states: string }>`
    select coalesce(string_agg(state, ',' order by action_id), '') as states from action`.execute(
    server.context.db,
  );
  return rows[0]?.states ?? '';
}

async function linkOf(email: string): Promise<string> {
  expect((await submitByApi({ url: server.url, body: actionBody(email) })).status).toBe(202);
  const [path = ''] = await confirmPaths(server.context.config.dataDirectory, email);
  return path;
}

test('S14: looking at a confirmation link by any method but POST changes nothing', async () => {
  const path = await linkOf('looked@mill.example');
  const before = await actionCount();
  for (const method of ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'DELETE', 'PROPFIND']) {
    const override = { 'x-http-method-override': 'POST', 'x-method-override': 'POST' };
    const answer = await ask(path, { method, headers: { origin: server.url, ...override } });
    expect([200, 404, 405], method).toContain(answer.status);
    await ask(`${path}/not-me`, { method, headers: override });
    await ask(`${path}?_method=POST`, { method });
  }
  expect(await actionCount()).toBe(before);
});

test('S15: a token with any bit changed, shortened, or lengthened is none', async () => {
  const path = await linkOf('flipped@mill.example');
  const before = await actionCount();
  const token = path.slice('/confirm/'.length);
  const bytes = Buffer.from(token, 'base64url');
  const others: string[] = [`${token}A`, token.slice(1), token.slice(0, -1), `${token}=`, `${token}%00`, ''];
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const flipped = Buffer.from(bytes);
    flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
    others.push(flipped.toString('base64url'));
  }
  for (const other of others) {
    for (const method of ['GET', 'POST']) {
      const answer = await ask(`/confirm/${other}`, { method, headers: { origin: server.url } });
      expect(answer.status, other).toBe(404);
    }
  }
  figure('tokens with one bit changed', { refused: others.length });
  expect(await actionCount()).toBe(before);
});

test('S15: a token of one purpose opens nothing else', async () => {
  const path = await linkOf('swapped@mill.example');
  const confirm = path.slice('/confirm/'.length);
  const receiptPath = (await ask(path, { method: 'POST' })).headers.location ?? '';
  const receipt = /\/receipts\/([\w-]+)/.exec(receiptPath)?.[1] ?? '';
  const html = (await ask(`/receipts/${receipt}`)).text;
  const verify = /\/letters\/([\w-]+)/.exec(html)?.[1] ?? '';
  expect([receipt, verify].every((token) => token.length > 20)).toBe(true);
  const openers = [
    ['GET', '/receipts/TOKEN', [confirm, verify]],
    ['POST', '/receipts/TOKEN/withdrawal', [confirm, verify]],
    ['GET', '/confirm/TOKEN', [receipt, verify]],
    ['POST', '/confirm/TOKEN', [receipt, verify]],
    ['POST', '/confirm/TOKEN/not-me', [receipt, verify]],
    ['GET', '/letters/TOKEN', [confirm, receipt]],
  ] as const;
  const before = await actionCount();
  for (const [method, pattern, tokens] of openers) {
    for (const token of tokens) {
      expect((await ask(pattern.replace('TOKEN', token), { method })).status, pattern).toBe(404);
    }
  }
  expect(await actionCount()).toBe(before);
  expect((await ask(path, { method: 'POST' })).status, 'again, harmlessly').toBe(303);
});

test('S15: a link whose time is over is gone', async () => {
  const path = await linkOf('late@mill.example');
  const before = await actionCount();
  server.clock.move(7 * DAY_MS + 1000);
  for (const method of ['GET', 'POST']) expect((await ask(path, { method })).status).toBe(410);
  expect(await actionCount()).toBe(before);
  // "This was not me" can be said at any time.
  expect((await ask(`${path}/not-me`, { method: 'POST' })).status).toBe(200);
});
