import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { setOrganisation } from '../src/accounts/index.js';
import type { Context } from '../src/context.js';
import { sql } from '../src/database/index.js';
import { removeChannelKey, setChannelKey } from '../src/delivery/channels/cwc/channel-keys.js';
import {
  type CwcDirectory,
  checkCwc,
  openCwcDirectory,
  refreshActiveOffices,
} from '../src/delivery/index.js';
import { type Simulator, startSimulator } from '../src/simulator/index.js';
import { AGENT_VARIABLES, cwcVariables, KEY } from './support/cwc-ground.js';
import { type DeliveryGround, openDeliveryGround } from './support/delivery-ground.js';
import { MovedClock } from './support/moved-clock.js';
import { until } from './support/until.js';

const HOUR_MS = 3_600_000;

let offices: Simulator;
let ground: DeliveryGround;
let stack: AsyncDisposableStack;

beforeAll(async () => {
  offices = await startSimulator({ clock: new MovedClock() });
  ground = await openDeliveryGround(cwcVariables(offices.url));
});

beforeEach(() => {
  stack = new AsyncDisposableStack();
});

afterEach(async () => {
  await stack.disposeAsync();
  const { db } = ground.context;
  await sql`delete from channel_key`.execute(db);
  await sql`delete from active_offices`.execute(db);
  await sql`delete from data_key where purpose = 'organisation'`.execute(db);
  for (const key of ['house', 'HVA04']) offices.setScript(key, []);
  offices.clear();
});

afterAll(async () => {
  await ground[Symbol.asyncDispose]();
  await offices[Symbol.asyncDispose]();
});

const setKey = (key = KEY, context: Context = ground.context): Promise<void> =>
  setChannelKey(context, { organisationId: ground.organisationId, channel: 'cwc_house', by: 'test', key });

/** A second organisation; the same at each call. */
async function other() {
  const { rows } = await sql<{ organisationId: number }>`
    select organisation_id as "organisationId" from organisation where slug = 'other'`.execute(
    ground.context.db,
  );
  return (
    rows[0] ??
    setOrganisation(ground.context, {
      slug: 'other',
      name: 'Others',
      language: 'en',
      contactEmail: 'post@other.example',
      postalAddress: 'Elsewhere',
    })
  );
}

async function openDirectory(context: Context = ground.context): Promise<CwcDirectory> {
  return stack.use(await openCwcDirectory(context));
}

/** How often the list of the House was asked for. */
function asked(): number {
  return offices
    .tallies()
    .reduce((sum, { office, answers }) => sum + (office === '' ? countOf(answers) : 0), 0);
}

function countOf(answers: unknown): number {
  return Object.values(answers ?? {}).reduce((sum: number, count) => sum + Number(count), 0);
}

describe('which offices are served', () => {
  test('those on the list, for organisations with a key, and only in what is theirs', async () => {
    const directory = await openDirectory();
    const serves = (code: string, organisationId = ground.organisationId): boolean =>
      directory.serves(organisationId, 'cwc_house', code);
    expect(serves('HVA04')).toBe(false);
    await setKey();
    await refreshActiveOffices(ground.context);
    await directory.refresh();
    expect(serves('HVA04')).toBe(true);
    expect(serves('HVA99')).toBe(false);
    expect(serves('SVA01')).toBe(false);
    expect(serves('')).toBe(false);
    expect(serves('HVA04', ground.organisationId + 1)).toBe(false);
    expect(directory.serves(ground.organisationId, 'cwc_senate', 'SVA01')).toBe(false);
  });

  test('every process hears of a key, of its end, and of a new list', async () => {
    const directory = await openDirectory();
    const other = await openDirectory(await ground.openAgain());
    const serves = (): boolean =>
      [directory, other].every((each) => each.serves(ground.organisationId, 'cwc_house', 'HVA04'));
    await setKey();
    await refreshActiveOffices(ground.context);
    await until(() => serves() || undefined);
    await removeChannelKey(ground.context, {
      organisationId: ground.organisationId,
      channel: 'cwc_house',
      by: 'test',
    });
    await until(
      () =>
        [directory, other].every((each) => !each.serves(ground.organisationId, 'cwc_house', 'HVA04')) ||
        undefined,
    );
    expect(await directory.sender(ground.organisationId, 'cwc_house')).toBeUndefined();
  });

  test('all of the Senate’s test system, which has no list', async () => {
    const context = await ground.openAgain(cwcVariables(offices.url, 'test'));
    const { organisationId } = ground;
    await setChannelKey(context, { organisationId, channel: 'cwc_senate', by: 'test', key: KEY });
    const directory = await openDirectory(context);
    expect(directory.serves(organisationId, 'cwc_senate', 'SWY02')).toBe(true);
    expect(directory.serves(organisationId, 'cwc_senate', 'SWY04')).toBe(false);
    expect(await refreshActiveOffices(context)).toEqual([]);
  });

  test('none where the chamber is off', async () => {
    await setKey();
    await refreshActiveOffices(ground.context);
    const directory = await openDirectory(await ground.openAgain({}));
    expect(directory.serves(ground.organisationId, 'cwc_house', 'HVA04')).toBe(false);
    expect(directory.isActive('cwc_house', 'HVA04')).toBeUndefined();
  });
});

describe('the list of active offices', () => {
  test('is got with a key, kept for 12 hours, and stays when it cannot be got', async () => {
    expect(await refreshActiveOffices(ground.context)).toEqual([]);
    await setKey();
    expect(await refreshActiveOffices(ground.context)).toMatchObject([{ channel: 'cwc_house' }]);
    ground.clock.move(12 * HOUR_MS - 1);
    expect(await refreshActiveOffices(ground.context)).toEqual([]);
    ground.clock.move(1);
    offices.setScript('house', { at: 'offices', do: 'answer', status: 503 });
    expect(await refreshActiveOffices(ground.context)).toMatchObject([{ failure: 'it answered 503' }]);
    expect((await openDirectory()).serves(ground.organisationId, 'cwc_house', 'HVA04')).toBe(true);
    ground.clock.move(HOUR_MS / 4 - 1);
    expect(await refreshActiveOffices(ground.context)).toEqual([]);
    offices.setScript('house', []);
    offices.setScript('HVA04', { do: 'inactive' });
    ground.clock.move(1);
    const [refreshed] = await refreshActiveOffices(ground.context);
    expect(refreshed?.codes).toHaveLength(440);
    expect((await openDirectory()).serves(ground.organisationId, 'cwc_house', 'HVA04')).toBe(false);
    expect(asked()).toBe(3);
  });

  test.each([
    ['an error', { do: 'answer', status: 401 }, 'it answered 401'],
    ['a page', { do: 'answer', status: 200, body: '<html>' }, 'its answer is no JSON'],
    ['no office', { do: 'answer', status: 200, body: '[]' }, 'its answer lists no office'],
    [
      'offices of the other chamber',
      { do: 'answer', status: 200, body: '["SVA01"]' },
      'its answer lists no office',
    ],
    ['half of it', { do: 'truncated' }, 'its answer is no JSON'],
    ['10 MB', { do: 'huge' }, 'its answer cannot be read'],
    ['silence', { do: 'stall' }, 'no answer in time'],
    ['a dropped connection', { do: 'drop' }, 'ECONNRESET'],
  ] as const)('%s is no list', async (_what, script, failure) => {
    await setKey();
    offices.setScript('house', { at: 'offices', ...script });
    const timeouts = { connectMs: 300, totalMs: 600 };
    expect(await refreshActiveOffices(ground.context, { timeouts })).toEqual([
      { channel: 'cwc_house', failure },
    ]);
    expect(ground.logged()).toContain(failure);
    expect(ground.logged()).not.toContain(encodeURIComponent(KEY));
  });

  test.each([
    ['codes', '["HVA04","HCA12 ","nothing"]'],
    ['objects', '[{"office_code":"HVA04","name":"x"},{"office_code":"HCA12"}]'],
    ['objects in an object', '{"offices":[{"officeCode":"HVA04"},{"officeCode":"HCA12"}]}'],
  ])('may be %s', async (_what, body) => {
    await setKey();
    offices.setScript('house', { at: 'offices', do: 'answer', status: 200, body });
    expect(await refreshActiveOffices(ground.context)).toEqual([
      { channel: 'cwc_house', codes: ['HCA12', 'HVA04'] },
    ]);
  });

  test('is got with another organisation’s key where the first is not let in', async () => {
    const { organisationId } = await other();
    await setKey();
    await setChannelKey(ground.context, { organisationId, channel: 'cwc_house', by: 'test', key: 'theirs' });
    offices.setScript('house', { at: 'offices', do: 'answer', status: 403, times: 1 });
    const [list] = await refreshActiveOffices(ground.context);
    expect(list?.codes).toHaveLength(441);
    expect(asked()).toBe(2);
    await sql`update channel_key set sealed = '\\x00' where organisation_id = ${ground.organisationId}`.execute(
      ground.context.db,
    );
    const [again] = await refreshActiveOffices(ground.context, { only: 'cwc_house' });
    expect(again?.codes).toHaveLength(441);
  });

  test('is not asked for elsewhere than on this machine while sending is off', async () => {
    const context = await ground.openAgain({ ...AGENT_VARIABLES, REDRESS_CWC_HOUSE: 'production' });
    await setKey(KEY, context);
    expect(await refreshActiveOffices(context)).toEqual([]);
  });
});

describe('keys', () => {
  test('are sealed, one for each organisation and channel, and forgotten when they end', async () => {
    await setKey('the-first-key');
    await setKey('the-second-key');
    const { rows } = await sql<{ sealed: Buffer | null; ended: boolean; setBy: string }>`
      select sealed, ended_at is not null as ended, set_by as "setBy" from channel_key order by set_at, sealed nulls first
      `.execute(ground.context.db);
    expect(rows).toMatchObject([
      { sealed: null, ended: true, setBy: 'test' },
      { sealed: expect.any(Buffer), ended: false },
    ]);
    expect(rows[1]?.sealed?.toString('latin1')).not.toContain('second');
    const sender = await (await openDirectory()).sender(ground.organisationId, 'cwc_house');
    expect(sender).toEqual({
      key: 'the-second-key',
      contactEmail: 'post@lantern.example',
      postalAddress: 'Old Customs House\n3 Quay Stair',
    });
  });

  test('of two organisations are kept apart', async () => {
    const { organisationId } = await other();
    await setKey('ours');
    await setChannelKey(ground.context, { organisationId, channel: 'cwc_house', by: 'test', key: 'theirs' });
    const directory = await openDirectory();
    expect((await directory.sender(ground.organisationId, 'cwc_house'))?.key).toBe('ours');
    expect((await directory.sender(organisationId, 'cwc_house'))?.key).toBe('theirs');
    // A cell that was moved to another row does not open.
    await sql`
      update channel_key k set sealed = o.sealed from channel_key o
      where k.organisation_id = ${organisationId} and o.organisation_id = ${ground.organisationId}
      `.execute(ground.context.db);
    const moved = await openDirectory();
    expect(await moved.sender(organisationId, 'cwc_house')).toBeUndefined();
  });

  test.each(['', 'two words', 'a\nb', 'x'.repeat(201), 'schlüssel'])('%j is none', async (key) => {
    await expect(setKey(key)).rejects.toThrow('no key');
  });

  test('two processes that need an organisation’s first key at once make one', async () => {
    const other = await ground.openAgain();
    const keys = await Promise.all(
      [ground.context, other, ground.context, other].map(({ keyring }) =>
        keyring.keyOfOrganisation(ground.organisationId),
      ),
    );
    const place = { label: 'test', rowId: '1' };
    const cell = keys[0]?.seal(place, 'secret') ?? Buffer.alloc(0);
    for (const key of keys) expect(key.open(place, cell)).toBe('secret');
  });
});

describe('the doctor', () => {
  const words = async (context: Context): Promise<Record<string, string>> =>
    Object.fromEntries(
      (await checkCwc(context)).map(({ name, ok, found }) => [name, `${ok ? 'ok' : 'wrong'}: ${found}`]),
    );

  test('says nothing of what nobody set up', async () => {
    expect(await words(await ground.openAgain({}))).toEqual({});
  });

  test('says what is missing, and what is there', async () => {
    expect(await words(ground.context)).toMatchObject({
      cwc_house: expect.stringMatching(/^ok: 127\.0\.0\.1:\d+ takes letters for its offices$/),
      'cwc_house key': 'wrong: no organisation has one: letters take other ways',
      'cwc_senate key': 'wrong: no organisation has one: letters take other ways',
    });
    await setKey();
    expect(await words(ground.context)).toMatchObject({
      'cwc_house key': 'ok: set for lantern',
      'cwc_house offices': 'ok: 441 active, as listed 0 h ago',
    });
    ground.clock.move(26 * HOUR_MS);
    offices.setScript('house', { at: 'offices', do: 'answer', status: 403 });
    expect(await words(ground.context)).toMatchObject({
      'cwc_house offices': 'wrong: 441 active, as listed 26 h ago; since then: it answered 403',
    });
  });

  test('says that trials reach no office, and that sending is off', async () => {
    const trial = await words(await ground.openAgain(cwcVariables(offices.url, 'validate')));
    expect(trial.cwc_house).toMatch(/checks letters and keeps none: they are marked as rehearsed/);
    const real = await ground.openAgain({ ...AGENT_VARIABLES, REDRESS_CWC_HOUSE: 'test' });
    expect((await words(real)).cwc_house).toMatch(/uat-cwc\.house\.gov .*REDRESS_DELIVERY is off/);
  });

  test('says that a key lies idle', async () => {
    await setKey();
    expect((await words(await ground.openAgain({}))).cwc_house).toMatch(/REDRESS_CWC_HOUSE is off/);
  });
});
