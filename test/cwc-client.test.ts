import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { setOrganisation } from '../src/accounts/index.js';
import { sql } from '../src/database/index.js';
import { setChannelKey } from '../src/delivery/channels/cwc/channel-keys.js';
import type { Outcome } from '../src/delivery/channels/outcome.js';
import { type Simulator, startSimulator } from '../src/simulator/index.js';
import {
  type CwcGround,
  cwcVariables,
  KEY,
  letterContent,
  noteTries,
  openCwcGround,
  readyLetter,
  toOffice,
} from './support/cwc-ground.js';
import { seedLetters } from './support/delivery-ground.js';
import { MovedClock } from './support/moved-clock.js';

const MINUTE_MS = 60_000;
const TIMEOUTS = { connectMs: 400, totalMs: 1500 };

let offices: Simulator;
let cwc: CwcGround;

beforeAll(async () => {
  offices = await startSimulator({ clock: new MovedClock() });
  cwc = await openCwcGround({ variables: cwcVariables(offices.url), timeouts: TIMEOUTS });
});

afterEach(() => {
  for (const key of ['house', 'senate', 'HVA04', 'SVA01']) offices.setScript(key, []);
  offices.clear();
  // Past the minute in which a key that was not let in is not asked with again.
  cwc.ground.clock.move(MINUTE_MS);
});

afterAll(async () => {
  await cwc[Symbol.asyncDispose]();
  await offices[Symbol.asyncDispose]();
});

type Script = Parameters<Simulator['setScript']>[1];

/** What came of a letter to HVA04, whose office does this. */
function sendWhile(script: Script, letter = readyLetter(cwc.ground)): Promise<Outcome> {
  offices.setScript('HVA04', script);
  return cwc.channel('cwc_house').send(letter);
}

const again = (changes = {}) => readyLetter(cwc.ground, { attempts: 1, ...changes });

describe('a letter that the office takes', () => {
  test('arrives as it was confirmed, with its own id, and nothing that nobody said', async () => {
    const letter = readyLetter(cwc.ground);
    const outcome = await cwc.channel('cwc_house').send(letter);
    expect(outcome).toMatchObject({ kind: 'accepted', by: 'office', host: '127.0.0.1' });
    const [received] = offices.received({ office: 'HVA04' });
    expect(received).toMatchObject({ kept: true, id: letter.deliveryId.replaceAll('-', '') });
    const said = offices.readCwc(received?.number ?? 0);
    expect(said).toMatchObject({
      OrganizationStatement: ['The quays belong to everybody.\n'],
      ConstituentMessage: ['I walk there every day & night.\n'],
      Organization: ['The Lanternists'],
      OrganizationContactEmail: ['post@lantern.example'],
      DeliveryDate: ['20261123'],
      Email: ['jane@supporter.example'],
    });
    expect(said?.OrganizationAbout?.[0]).toMatch(
      /^Sent for its writer through The Lanternists, Old Customs House, 3 Quay Stair \(post@lantern\.example\)\. .*http.*\/letters\//,
    );
    for (const name of ['Phone', 'AddressValidation', 'EmailValidation', 'ProOrCon', 'IsResponseRequested'])
      expect(said?.[name]).toBeUndefined();
  });

  test('of the Senate as well', async () => {
    const outcome = await cwc.channel('cwc_senate').send(readyLetter(cwc.ground, toOffice('SVA01')));
    expect(outcome).toMatchObject({ kind: 'accepted', answer: expect.stringMatching(/^201/) });
    expect(offices.received({ office: 'SVA01' })).toMatchObject([{ kept: true }]);
  });

  test('has no element for a text that is not there', async () => {
    const content = letterContent({ statement: '\n' });
    await cwc.channel('cwc_house').send(readyLetter(cwc.ground, { content }));
    const said = offices.readCwc(offices.received()[0]?.number ?? 0);
    expect(said?.OrganizationStatement).toBeUndefined();
    expect(said?.ConstituentMessage).toEqual(['I walk there every day & night.\n']);
  });
});

describe('each answer is understood', () => {
  const KEPT = 'I moved';
  test.each<[string, Script, object]>([
    [
      '400',
      { do: 'answer', status: 400, errors: [KEPT] },
      { kind: 'refused', reason: 'permanent_refusal', answer: `400 ${KEPT}` },
    ],
    [
      '415',
      { do: 'answer', status: 415, errors: [KEPT] },
      { kind: 'refused', reason: 'permanent_refusal', answer: `415 ${KEPT}` },
    ],
    [
      '400 in words',
      { do: 'answer', status: 400, body: KEPT },
      { kind: 'refused', reason: 'permanent_refusal', answer: `400 ${KEPT}` },
    ],
    [
      '400 that repeats the letter',
      {
        do: 'answer',
        status: 400,
        errors: ['"I walk there every day & night.": no, and "the QUAYS belong  to everybody"'],
      },
      { kind: 'refused', answer: '400 "[…].": no, and "[…]"' },
    ],
    ['413', { do: 'answer', status: 413 }, { kind: 'refused', reason: 'too_large' }],
    [
      '401',
      { do: 'answer', status: 401, errors: ['no'] },
      { kind: 'paused', reason: 'channel_paused', answer: '401 no', senderOnly: true },
    ],
    ['403', { do: 'answer', status: 403 }, { kind: 'paused', reason: 'channel_paused', senderOnly: true }],
    ['404', { do: 'answer', status: 404 }, { kind: 'paused', reason: 'channel_paused' }],
    ['409 on a first try', { do: 'answer', status: 409 }, { kind: 'unclear', reason: 'unreadable_answer' }],
    ['418', { do: 'answer', status: 418 }, { kind: 'unclear', reason: 'unreadable_answer' }],
    [
      '429',
      { do: 'answer', status: 429, retryAfterSeconds: 120 },
      { kind: 'retry', reason: 'temporary_refusal', officeDown: true, waitMs: 120_000 },
    ],
    [
      '429 for a week',
      { do: 'answer', status: 429, retryAfterSeconds: 604_800 },
      { kind: 'retry', reason: 'temporary_refusal', officeDown: true },
    ],
    ['500', { do: 'answer', status: 500 }, { kind: 'retry', reason: 'temporary_refusal', officeDown: true }],
    ['503', { do: 'answer', status: 503 }, { kind: 'retry', reason: 'temporary_refusal', officeDown: true }],
    [
      '200 with errors',
      { do: 'answer', status: 200, errors: ['no such office'] },
      { kind: 'unclear', answer: '200 no such office' },
    ],
    [
      '200 with a page',
      { do: 'answer', status: 200, body: '<!doctype html><title>Maintenance</title><p>Back soon' },
      { kind: 'unclear' },
    ],
    [
      '200 with a tidy page',
      { do: 'answer', status: 200, body: '<html><body>Sign in</body></html>' },
      { kind: 'unclear' },
    ],
    ['200 with broken JSON', { do: 'answer', status: 200, body: '{"status":' }, { kind: 'unclear' }],
    [
      '200 with errors in JSON',
      { do: 'answer', status: 200, body: '{"errors":["no"]}' },
      { kind: 'unclear' },
    ],
    ['200 with words of failure', { do: 'answer', status: 200, body: 'Internal error' }, { kind: 'unclear' }],
    ['200 without a word', { do: 'answer', status: 200, body: '' }, { kind: 'accepted', answer: '200' }],
    [
      '200 with no errors in JSON',
      { do: 'answer', status: 200, body: '{"errors":[]}' },
      { kind: 'accepted' },
    ],
    ['202 in words', { do: 'answer', status: 202, body: 'Queued without errors' }, { kind: 'accepted' }],
    ['half an answer', { do: 'truncated' }, { kind: 'unclear', reason: 'unreadable_answer' }],
    ['10 MB', { do: 'huge' }, { kind: 'unclear', reason: 'unreadable_answer' }],
    ['a slow drip', { do: 'drip' }, { kind: 'unclear', reason: 'unreadable_answer' }],
    ['silence', { do: 'stall' }, { kind: 'retry', reason: 'no_answer_after_data', officeDown: true }],
    [
      'a dropped connection',
      { do: 'drop' },
      { kind: 'retry', reason: 'no_answer_after_data', officeDown: true },
    ],
  ])('%s', async (_what, script, outcome) => {
    const got = await sendWhile(script);
    expect(got).toMatchObject(outcome);
    if (!('waitMs' in outcome)) expect(got).not.toHaveProperty('waitMs');
  });

  test('a letter that was taken before its answer was lost is accepted at the next try, once', async () => {
    const letter = readyLetter(cwc.ground);
    expect(await sendWhile({ do: 'drop', times: 1 }, letter)).toMatchObject({
      reason: 'no_answer_after_data',
    });
    const second = await cwc.channel('cwc_house').send({ ...letter, attempts: 1 });
    expect(second).toMatchObject({ kind: 'accepted', by: 'office', again: true });
    const id = letter.deliveryId.replaceAll('-', '');
    expect(offices.received({ id }).filter(({ kept }) => kept)).toHaveLength(1);
  });

  test('that it was tried before is also known after staff queued it anew', async () => {
    const [seeded] = await seedLetters(cwc.ground, [{}]);
    const deliveryId = await noteTries(cwc.ground, seeded?.letterId ?? '', 1);
    const script = { do: 'answer', status: 409 } as const;
    expect(await sendWhile(script, readyLetter(cwc.ground, { deliveryId }))).toMatchObject({
      kind: 'accepted',
      again: true,
    });
    expect(await sendWhile(script, again())).toMatchObject({ kind: 'accepted', again: true });
  });

  test('what an answer repeats of the writer or of the key is not kept', async () => {
    const errors = [
      `Jane Doe, 1100 Quay Street, 23233 (jane@supporter.example) wrote "Keep the quays open" with ${KEY}`,
    ];
    const got = await sendWhile({ do: 'answer', status: 400, errors });
    expect(got).toMatchObject({ kind: 'refused', answer: expect.stringContaining('wrote') });
    expect(JSON.stringify(got)).not.toMatch(/Jane|Doe|Quay|23233|supporter|quays|lanternists/i);
  });
});

describe('a letter that must not go does not', () => {
  test('to an office that is not listed any more', async () => {
    const got = await cwc.channel('cwc_house').send(readyLetter(cwc.ground, toOffice('HVA99')));
    expect(got).toMatchObject({
      kind: 'refused',
      reason: 'office_inactive',
      answer: expect.stringContaining('HVA99'),
    });
    expect(offices.total).toBe(offices.received().length);
    expect(offices.received({ office: 'HVA99' })).toEqual([]);
  });

  test.each([
    ['without the writer’s facts', { constituent: undefined }, /name and address in fields/],
    [
      'without a prefix that nobody gave',
      { constituent: { ...letterContent().constituent, prefix: undefined } },
      /Prefix|FirstName/,
    ],
    ['with a subject that is too short', { subject: 'Quay' }, /Message\/Subject/],
    ['with a text that is too long', { message: `${'x'.repeat(10_000)}\n` }, /Message\/ConstituentMessage/],
  ])('%s', async (_what, changes, words) => {
    const before = offices.total;
    // The types forbid it; an older letter, or one that was restored, may be so all the same.
    const content = { ...letterContent(), ...changes } as ReturnType<typeof letterContent>;
    const got = await cwc.channel('cwc_house').send(readyLetter(cwc.ground, { content }));
    expect(got).toMatchObject({ kind: 'refused', reason: 'not_valid', answer: expect.stringMatching(words) });
    expect(offices.total).toBe(before);
  });

  test('of an organisation without a key', async () => {
    const got = await cwc.channel('cwc_house').send(readyLetter(cwc.ground, { organisationId: 999 }));
    expect(got).toMatchObject({
      kind: 'paused',
      reason: 'channel_paused',
      answer: expect.stringContaining('no key'),
      senderOnly: true,
    });
  });

  test('with a key that does not open: the letter waits, and is not refused', async () => {
    const { context, ground, directory } = cwc;
    const { organisationId } = ground;
    const change = { organisationId, channel: 'cwc_senate', by: 'test', key: KEY } as const;
    await setChannelKey(context, change);
    await sql`update channel_key set sealed = set_byte(sealed, length(sealed) - 1, get_byte(sealed, length(sealed) - 1) # 1)
      where channel = 'cwc_senate' and ended_at is null`.execute(context.db);
    await directory.refresh();
    const letter = readyLetter(ground, toOffice('SVA01'));
    expect(await cwc.channel('cwc_senate').send(letter)).toMatchObject({ kind: 'paused', senderOnly: true });
    await setChannelKey(context, change);
    await directory.refresh();
    expect(await cwc.channel('cwc_senate').send(letter)).toMatchObject({ kind: 'accepted' });
  });

  test('with a key that was not let in, but for one letter a minute; with another’s they go', async () => {
    const { context, ground, directory } = cwc;
    const others = await setOrganisation(context, {
      slug: 'others',
      name: 'The Others',
      language: 'en',
      contactEmail: 'post@others.example',
      postalAddress: '4 Quay Stair',
    });
    const { organisationId } = others;
    await setChannelKey(context, { organisationId, channel: 'cwc_house', by: 'test', key: 'another-key' });
    await directory.refresh();
    expect(await sendWhile({ do: 'answer', status: 401, times: 1 })).toMatchObject({ senderOnly: true });
    const asked = offices.total;
    expect(await cwc.channel('cwc_house').send(readyLetter(ground))).toMatchObject({
      kind: 'paused',
      answer: 'Not tried: the House of Representatives did not let the organisation’s key in',
      senderOnly: true,
    });
    expect(offices.total).toBe(asked);
    const theirs = readyLetter(ground, { organisationId, organisationName: 'The Others' });
    expect(await cwc.channel('cwc_house').send(theirs)).toMatchObject({ kind: 'accepted' });
    ground.clock.move(MINUTE_MS);
    for (let letter = 0; letter < 2; letter += 1)
      expect(await cwc.channel('cwc_house').send(readyLetter(ground))).toMatchObject({ kind: 'accepted' });
  });
});

describe('what reaches no office never reads as sent', () => {
  test.each([
    ['validate', 'checked_only'],
    ['test', 'test_system'],
  ] as const)('%s', async (mode, reason) => {
    const variables = cwcVariables(offices.url, mode);
    const { ground } = cwc;
    await using trial = await openCwcGround({ ground, variables, timeouts: TIMEOUTS });
    expect(await trial.channel('cwc_house').send(readyLetter(ground))).toMatchObject({
      kind: 'rehearsed',
      reason,
    });
    expect(await trial.channel('cwc_senate').send(readyLetter(ground, toOffice('SVA01')))).toMatchObject({
      kind: 'rehearsed',
      reason: 'test_system',
    });
    offices.setScript('HVA04', {
      at: mode === 'validate' ? 'validate' : 'message',
      do: 'answer',
      status: 409,
    });
    const conflict = await trial.channel('cwc_house').send(readyLetter(ground, { attempts: 2 }));
    expect(conflict.kind).toBe(mode === 'validate' ? 'unclear' : 'rehearsed');
  });
});

test('a worker that stops breaks off what is under way, and says how far it had come', async () => {
  offices.setScript('HVA04', { do: 'stall' });
  const sending = cwc.channel('cwc_house').send(readyLetter(cwc.ground));
  await new Promise((resolve) => setTimeout(resolve, 300));
  cwc.channel('cwc_house').breakOff();
  expect(await sending).toMatchObject({ kind: 'retry', reason: 'no_answer_after_data', officeDown: false });
});
