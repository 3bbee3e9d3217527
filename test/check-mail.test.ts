import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkMail, startWorker } from '../src/delivery/index.js';
import { type DeliveryGround, openDeliveryGround } from './support/delivery-ground.js';
import { openSmtpSink, type SmtpSink } from './support/smtp-sink.js';

let ground: DeliveryGround;
let sink: SmtpSink;
let folder: string;

beforeAll(async () => {
  sink = await openSmtpSink();
  folder = await mkdtemp(join(tmpdir(), 'redress-doctor-'));
  ground = await openDeliveryGround();
});

afterAll(async () => {
  await ground[Symbol.asyncDispose]();
  await sink[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

async function keyFile(name: string, key: KeyObject): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, key.export({ type: 'pkcs8', format: 'pem' }));
  return path;
}

/** What the doctor says with these settings: one line for each finding. */
async function findings(variables: Record<string, string>): Promise<Record<string, string>> {
  const found = await checkMail(await ground.openAgain(variables));
  for (const { ok, mend } of found) expect(mend === undefined).toBe(ok);
  return Object.fromEntries(
    found.map(({ name, ok, found: words }) => [name, `${ok ? 'ok' : 'wrong'}: ${words}`]),
  );
}

test('without a mail server all is well, and the doctor says where mail is kept', async () => {
  const found = await findings({});
  expect(Object.keys(found)).toEqual(['sending']);
  expect(found.sending).toMatch(/^ok: off: mail is kept in .*outbox and marked as not sent$/);
});

test('a whole set-up: server, sender, and a signature that verifies', async () => {
  const rsa = await keyFile('rsa.pem', generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey);
  const found = await findings({
    SMTP_URL: sink.url,
    REDRESS_DKIM_KEY_FILE: rsa,
    REDRESS_DKIM_SELECTOR: 'now',
  });
  expect(Object.values(found).filter((words) => !words.startsWith('ok'))).toEqual([]);
  expect(found.sending).toMatch(
    /^ok: off: mail to addresses such as office@upper.example goes to SMTP_URL; other mail is kept in /,
  );
  expect(found.DKIM).toBe('ok: a test mail signed as now._domainkey.redress.example verifies');
});

test('an Ed25519 key would leave mail unsigned: the doctor says so, and no worker starts with it', async () => {
  const ed = await keyFile('ed25519.pem', generateKeyPairSync('ed25519').privateKey);
  const variables = { SMTP_URL: sink.url, REDRESS_DKIM_KEY_FILE: ed };
  expect((await findings(variables)).DKIM).toMatch(/^wrong: .*ed25519.*silently go unsigned/);
  const context = await ground.openAgain(variables);
  expect(() => startWorker(context, { renderMail: async () => undefined })).toThrow('silently go unsigned');
});

test.each([['a weak key', 1024, /^wrong: the key has 1024 bits/]] as const)(
  '%s is said',
  async (_name, modulusLength, words) => {
    const weak = await keyFile('weak.pem', generateKeyPairSync('rsa', { modulusLength }).privateKey);
    expect((await findings({ SMTP_URL: sink.url, REDRESS_DKIM_KEY_FILE: weak })).DKIM).toMatch(words);
  },
);

test('each thing that is wrong is said, with what to do about it', async () => {
  const noKey = join(folder, 'no-key.pem');
  await writeFile(noKey, 'not a key');
  expect((await findings({ SMTP_URL: sink.url, REDRESS_DKIM_KEY_FILE: noKey })).DKIM).toMatch(
    /^wrong: .*not a private key/,
  );
  const rsa = join(folder, 'rsa.pem');
  const other = { SMTP_URL: sink.url, REDRESS_DKIM_KEY_FILE: rsa, REDRESS_DKIM_DOMAIN: 'other.example' };
  expect((await findings(other))['DKIM alignment']).toMatch(/^wrong: mail is signed for other\.example/);
  await expect(findings({ REDRESS_DELIVERY: 'on' })).rejects.toThrow('SMTP_URL is not set');
  expect((await findings({ SMTP_URL: sink.url, REDRESS_DELIVERY: 'on' })).sender).toMatch(/^wrong: /);
  expect((await findings({ SMTP_URL: 'smtp://127.0.0.1:1' }))['mail server']).toMatch(
    /^wrong: .*ECONNREFUSED/,
  );
  expect((await findings({ SMTP_URL: 'http://127.0.0.1' }))['mail server']).toMatch(
    /^wrong: SMTP_URL is not/,
  );
  sink.answer = (step) => (step === 'auth' ? 535 : undefined);
  const wrong = sink.url.replace('//', '//user:secret@');
  const denied = (await findings({ SMTP_URL: wrong }))['mail server'];
  expect(denied).toMatch(/^wrong: Invalid login/);
  expect(denied).not.toContain('secret');
});
