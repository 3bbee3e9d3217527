import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeConfig, readEnvironment } from '../src/config/index.js';
import { sql } from '../src/database/index.js';
import {
  checkIntake,
  deliveryCommands,
  forgetInboundMails,
  type Intake,
  listNotices,
  openNotice,
  startIntake,
} from '../src/delivery/index.js';
import { type BounceGround, openBounceGround, postBounce, sendLetters } from './support/bounce-ground.js';
import { bounceMail } from './support/bounce-mail.js';
import type { DeliveryGround } from './support/delivery-ground.js';
import { keepOpen, runCommands } from './support/run-commands.js';
import type { SmtpSink } from './support/smtp-sink.js';
import { temporaryFolder } from './support/temporary-file.js';
import { freePort } from './support/test-server.js';

const DAY_MS = 86_400_000;

let opened: BounceGround;
let sink: SmtpSink;
let ground: DeliveryGround;
let intake: Intake;

beforeAll(async () => {
  opened = await openBounceGround();
  ({ sink, ground, intake } = opened);
});

afterAll(() => opened[Symbol.asyncDispose]());

/** What a command prints. */
function run(...words: string[]): Promise<string> {
  return runCommands((program) => deliveryCommands(program, async () => keepOpen(ground.context)), words);
}

async function comesBack(name: string, change = (raw: string) => raw): Promise<void> {
  const [letter] = await sendLetters(ground, sink, [{}]);
  if (letter === undefined) throw new Error('nothing was sent');
  const raw = Buffer.from(change(bounceMail(name, letter).toString('latin1')), 'latin1');
  expect(await postBounce({ port: intake.port(), to: letter.returnAddress, raw })).toBe(250);
}

test('people list what needs them, read it without harm to their terminal, and end it', async () => {
  expect(await run('inbound', 'list')).toBe('Nothing needs a person.\n');
  await comesBack('answer-of-a-person', (raw) => `${raw}\x1b[2J\x07\x9b31m`);
  const listed = await run('inbound', 'list');
  expect(listed).toMatch(
    /^[0-9a-f-]{36} {2}\S+ {2}not understood {2}mails 1 {2}Mira Quell <quell@upper\.example>\n$/,
  );
  const id = listed.slice(0, 36);
  const shown = await run('inbound', 'show', id);
  expect(shown).toContain('the senator has read your letter');
  expect(shown.replaceAll('\n', '')).not.toMatch(/[\p{Cc}]/u);
  await expect(run('inbound', 'done', id)).rejects.toThrow('--reason');
  expect(await run('inbound', 'done', id, '--reason', 'passed on')).toBe('Done. Its mail was forgotten.\n');
  expect(await run('inbound', 'list')).toBe('Nothing needs a person.\n');
  expect(await run('inbound', 'show', id)).toContain('No mail is kept with it.');
  expect(await run('inbound', 'list', '--all')).toContain('done: passed on');
  expect(JSON.parse(await run('inbound', 'list', '--all', '--json'))).toMatchObject([
    { noticeId: id, mails: 1 },
  ]);
  await expect(run('inbound', 'done', id, '--reason', 'again')).rejects.toThrow('redress inbound list');
  await expect(run('inbound', 'show', 'x')).rejects.toThrow('is no id');
});

test('people list the addresses that failed for good, and clear one', async () => {
  expect(await run('office', 'address', 'list')).toBe('No address of an office has failed for good.\n');
  await comesBack('postfix-user-unknown');
  expect(await run('office', 'address', 'list')).toMatch(
    /^quell@upper\.example {2}since \S+ {2}no such address {2}bounces 1 {2}550 5\.1\.1 .*User unknown/,
  );
  await expect(run('office', 'address', 'clear', 'quell@upper.example')).rejects.toThrow('--reason');
  const cleared = await run('office', 'address', 'clear', 'quell@upper.example', '--reason', 'it is there');
  expect(cleared).toBe('Cleared. Letters go to quell@upper.example again.\n');
  expect(JSON.parse(await run('office', 'address', 'list', '--json'))).toEqual([]);
  const { rows } = await sql<{ by: string; reason: string }>`
    select cleared_by as by, cleared_reason as reason from office_address`.execute(ground.context.db);
  expect(rows).toEqual([{ by: 'terminal', reason: 'it is there' }]);
});

test('the mails that people may read are forgotten after 28 days', async () => {
  const { context, clock, organisationId } = ground;
  await comesBack('challenge');
  await comesBack('spam');
  const [first, second] = await listNotices(context.db, { organisationId });
  expect([first?.hasMail, second?.hasMail]).toEqual([true, true]);
  clock.move(28 * DAY_MS);
  expect(await forgetInboundMails(context.db, clock.now())).toBe(0);
  clock.move(1000);
  expect(await forgetInboundMails(context.db, clock.now())).toBe(2);
  expect(await run('inbound', 'show', first?.noticeId ?? '')).toContain('No mail is kept with it.');
});

test('the doctor says whether what comes back can come in', async () => {
  const maildir = temporaryFolder('maildir');
  const port = String(await freePort());
  const free = await ground.openAgain({ REDRESS_BOUNCE_PORT: port, REDRESS_BOUNCE_MAILDIR: maildir });
  const findings = await checkIntake(free);
  expect(findings).toMatchObject([
    { ok: true, found: `port ${port} on 127.0.0.1 is free for the worker` },
    { ok: false, found: expect.stringContaining('REDRESS_BOUNCE_MAILDIR names') },
  ]);
  for (const folder of ['new', 'cur']) await mkdir(join(maildir, folder));
  const working = await startIntake(free);
  expect(await checkIntake(free)).toMatchObject([
    { ok: true, found: `a worker listens on port ${port} on 127.0.0.1` },
    { ok: true, found: `are read from ${maildir}` },
  ]);
  await working.stop();
  const other = createServer((socket) => socket.end('220 mx.office.example ESMTP Postfix\r\n'));
  other.listen(Number(port), '127.0.0.1');
  await once(other, 'listening');
  expect(await checkIntake(free)).toMatchObject([{ ok: false, mend: expect.any(String) }, { ok: true }]);
  other.close();
  await once(other, 'close');
  const open = await ground.openAgain({ REDRESS_BOUNCE_PORT: port, REDRESS_BOUNCE_HOST: '0.0.0.0' });
  expect(await checkIntake(open)).toMatchObject([
    { ok: true },
    { ok: true, found: 'come in without encryption, and may quote letters' },
  ]);
  const off = await ground.openAgain({});
  expect(await checkIntake(off)).toEqual([]);
});

test.each([
  [{ REDRESS_BOUNCE_PORT: 'smtp' }, 'REDRESS_BOUNCE_PORT is "smtp"'],
  [{ REDRESS_BOUNCE_PORT: '70000' }, 'REDRESS_BOUNCE_PORT is "70000"'],
  [{ REDRESS_BOUNCE_PORT: '3000' }, 'REDRESS_BOUNCE_PORT and PORT are both 3000'],
  [{ REDRESS_BOUNCE_HOST: '0.0.0.0' }, 'not REDRESS_BOUNCE_PORT'],
  [{ REDRESS_BOUNCE_PORT: '2525', REDRESS_BOUNCE_TLS_KEY_FILE: 'key.pem' }, 'Set both'],
  [{ REDRESS_BOUNCE_TLS_KEY_FILE: 'k', REDRESS_BOUNCE_TLS_CERT_FILE: 'c' }, 'not REDRESS_BOUNCE_PORT'],
])('%o stops the start with words', (variables, words) => {
  expect(() => makeConfig(readEnvironment(variables))).toThrow(words);
});

test('once the alert’s key is destroyed, nothing of it can be read, and nothing more is kept', async () => {
  const { context, organisationId } = ground;
  await comesBack('spam');
  const [letter] = await sendLetters(ground, sink, [{}]);
  const notices = await listNotices(context.db, { organisationId });
  await sql`delete from data_key`.execute(context.db);
  const later = await ground.openAgain({ REDRESS_BOUNCE_PORT: '0' });
  const noticeId = notices.at(-1)?.noticeId ?? '';
  await expect(openNotice(later, { organisationId, noticeId })).rejects.toMatchObject({ code: 'gone' });
  const another = await startIntake(later);
  const to = letter?.returnAddress ?? '';
  const raw = bounceMail('challenge', { returnAddress: to });
  expect(await postBounce({ port: another.port(), to, raw })).toBe(250);
  await another.stop();
  const [newest] = (await listNotices(context.db, { organisationId })).slice(-1);
  expect(newest).toMatchObject({ letterId: letter?.letterId, kind: 'not_understood', hasMail: false });
});
