import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Context } from '../src/context.js';
import { sql } from '../src/database/index.js';
import { advanceLetters } from '../src/delivery/advance-letters.js';
import { setChannelKey } from '../src/delivery/channels/cwc/channel-keys.js';
import { refreshActiveOffices } from '../src/delivery/index.js';
import { type Simulator, startSimulator } from '../src/simulator/index.js';
import { cwcVariables, letterContent, startCwcWorker, toOffice } from './support/cwc-ground.js';
import {
  type DeliveryGround,
  letterIn,
  openDeliveryGround,
  readLetter,
  type SeededLetter,
  seedReleased,
} from './support/delivery-ground.js';
import { MovedClock } from './support/moved-clock.js';
import { waitFor } from './support/smtp-sink.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const FORM = 'https://quell.example/contact';

let offices: Simulator;
let ground: DeliveryGround;
let stack: AsyncDisposableStack;

beforeEach(async () => {
  stack = new AsyncDisposableStack();
  offices = stack.use(await startSimulator({ clock: new MovedClock() }));
  ground = stack.use(await openDeliveryGround(cwcVariables(offices.url)));
});
afterEach(() => stack.disposeAsync());

/** A worker with these settings, as `redress work` starts one. */
async function work(context: Context = ground.context): Promise<void> {
  stack.use(await startCwcWorker(context, ground));
}

async function confirmed(code = 'HVA04', on: DeliveryGround = ground): Promise<SeededLetter> {
  const { constituent, campaign } = letterContent();
  const channel = code.startsWith('S') ? 'cwc_senate' : 'cwc_house';
  const office = { ...toOffice(code).office, contactForm: FORM, channels: [channel, 'web_form'] as const };
  const [letter] = await seedReleased(on, [
    {
      office,
      subject: 'Keep the quays open',
      message: 'I walk there every day.\n',
      facts: { ...(constituent && { constituent }), ...(campaign && { campaign }) },
    },
  ]);
  if (letter === undefined) throw new Error('nothing was seeded');
  return letter;
}

async function deliveryOf({ letterId }: SeededLetter) {
  const { rows } = await sql<{ messageId: string; acceptedBy: string | null; tries: number }>`
    select message_id as "messageId", accepted_by as "acceptedBy", tries from delivery
    where letter_id = ${letterId} and channel like 'cwc%'`.execute(ground.context.db);
  return rows[0];
}

test('a key that is not let in holds up nobody else’s letters: with another key they go at once', async () => {
  await work();
  offices.setScript('house', { do: 'answer', status: 403, times: 1 });
  const first = await confirmed();
  await waitFor(async () => {
    const { reason } = await readLetter(ground, first.letterId);
    return reason === 'channel_paused' ? true : undefined;
  });
  const { organisationId } = ground;
  const change = { organisationId, channel: 'cwc_house', by: 'test', key: 'another-key' } as const;
  await setChannelKey(ground.context, change);
  const second = await confirmed('HVA01');
  await letterIn(ground, second.letterId, 'accepted');
  ground.clock.move(MINUTE_MS);
  await letterIn(ground, first.letterId, 'accepted');
  expect(await deliveryOf(first)).toMatchObject({ tries: 1 });
});

test('a confirmed letter reaches its office, under the id of its delivery', async () => {
  await work();
  const letter = await confirmed();
  expect(await letterIn(ground, letter.letterId, 'accepted')).toMatchObject({ reason: 'accepted' });
  const delivery = await deliveryOf(letter);
  expect(delivery).toMatchObject({ acceptedBy: 'office', tries: 1 });
  expect(offices.received()).toMatchObject([{ id: delivery?.messageId, office: 'HVA04', kept: true }]);
  expect(offices.readCwc(1)).toMatchObject({
    OrganizationStatement: ['Please keep the quays open.\n'],
    ConstituentMessage: ['I walk there every day.\n'],
  });
});

test('where the answer was lost the next try finds that the office has it: one letter, one id', async () => {
  offices.setScript('HVA04', { do: 'drop', times: 1 });
  await work();
  const letter = await confirmed();
  await waitFor(async () => {
    const row = await readLetter(ground, letter.letterId);
    return row.reason === 'no_answer_after_data' ? row : undefined;
  });
  ground.clock.move(2 * MINUTE_MS);
  expect(await letterIn(ground, letter.letterId, 'accepted')).toMatchObject({ reason: 'already_accepted' });
  const { messageId = '' } = (await deliveryOf(letter)) ?? {};
  expect(offices.received({ id: messageId }).map(({ kept, answer }) => [kept, answer])).toEqual([
    [true, 'drop'],
    [false, '409'],
  ]);
});

test('a letter to an office that left the list takes the next way, and never went', async () => {
  await work();
  offices.setScript('HVA04', { do: 'inactive' });
  await refreshActiveOffices(ground.context, { only: 'cwc_house' });
  const letter = await confirmed();
  await waitFor(async () => {
    const row = await readLetter(ground, letter.letterId);
    return row.state === 'queued' || row.state === 'sending' ? undefined : row;
  });
  await advanceLetters(ground.context);
  expect(await readLetter(ground, letter.letterId)).toMatchObject({
    state: 'waiting',
    reason: 'next_channel',
  });
  expect(offices.received()).toEqual([]);
});

test('what only a test system took is rehearsed for ever', async () => {
  const trial = await ground.openAgain(cwcVariables(offices.url, 'test'));
  await work(trial);
  const letter = await confirmed('SVA01');
  expect(await letterIn(ground, letter.letterId, 'rehearsed')).toMatchObject({ reason: 'test_system' });
  expect((await deliveryOf(letter))?.acceptedBy).toBeNull();
});

test('hours of maintenance are waited out', async () => {
  // Wednesday, half past five in the morning in Washington.
  ground.clock.move(49.5 * HOUR_MS);
  await work();
  const letter = await confirmed('SVA01');
  const other = await confirmed('HVA04');
  await letterIn(ground, other.letterId, 'accepted');
  expect(await readLetter(ground, letter.letterId)).toMatchObject({ state: 'queued', attempts: 0 });
  expect(offices.received({ office: 'SVA01' })).toEqual([]);
  ground.clock.move(1.5 * HOUR_MS);
  await letterIn(ground, letter.letterId, 'accepted');
});
