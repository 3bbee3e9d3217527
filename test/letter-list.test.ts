import type { Command } from 'commander';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  deliveryCommands,
  type ListedLetter,
  listLetters,
  readReturnAddress,
} from '../src/delivery/index.js';
import { returnAddress } from '../src/delivery/return-address.js';
import {
  type DeliveryGround,
  openDeliveryGround,
  seedLetters,
  seedReleased,
} from './support/delivery-ground.js';
import { runCommands } from './support/run-commands.js';

let ground: DeliveryGround;

beforeAll(async () => {
  ground = await openDeliveryGround();
});

afterAll(() => ground[Symbol.asyncDispose]());

/** What `redress letter list` prints. */
function printed(...options: string[]): Promise<string> {
  const add = (program: Command) => deliveryCommands(program, () => ground.openAgain());
  return runCommands(add, ['letter', 'list', ...options]);
}

test('without letters the list is an empty array', async () => {
  expect(JSON.parse(await printed('--json'))).toEqual([]);
});

test('the list says of each letter what became of it, and nothing of a person', async () => {
  const [held] = await seedLetters(ground, [
    { name: 'CANARY', email: 'canary@supporter.example', message: 'CANARY\n' },
  ]);
  const [released] = await seedReleased(ground, [{ subject: 'CANARY' }]);
  const text = await printed('--json');
  const at = ground.clock.now().toISOString();
  expect(JSON.parse(text)).toEqual([
    {
      id: held?.letterId,
      alert: 'quays',
      office: 'quell',
      channel: 'smtp',
      state: 'held',
      attempts: 0,
      sha256: held?.sha256,
      events: [{ at, from: null, to: 'held', reason: 'submitted' }],
    },
    {
      id: released?.letterId,
      alert: 'quays',
      office: 'quell',
      channel: 'smtp',
      state: 'rehearsed',
      attempts: 0,
      sha256: released?.sha256,
      events: [
        { at, from: null, to: 'held', reason: 'submitted' },
        { at, from: 'held', to: 'rehearsed', reason: 'sending_off' },
      ],
    },
  ]);
  expect(text.toUpperCase()).not.toContain('CANARY');
  expect(JSON.parse(await printed('--json', '--alert', 'quays'))).toHaveLength(2);
  expect(JSON.parse(await printed('--json', '--alert', 'other'))).toEqual([]);
  expect((await printed()).split('\n').filter(Boolean)).toHaveLength(2);
});

test('a long list comes page by page, each letter once, oldest first', async () => {
  await seedLetters(
    ground,
    Array.from({ length: 1200 }, () => ({})),
  );
  const ids: string[] = [];
  for await (const { id } of listLetters(ground.context) as AsyncIterable<ListedLetter>) ids.push(id);
  expect(ids).toHaveLength(1202);
  expect(new Set(ids).size).toBe(1202);
});

test('a return address names its delivery, survives a change of case, and cannot be made up', async () => {
  const { context } = ground;
  const name = { organisationId: 2_147_483_647, deliveryId: '01a20df1-674a-7510-b073-945411b50c00' };
  const address = returnAddress(context, name);
  expect(address).toMatch(/^letters\+[0-9a-z-]+@redress\.example$/);
  expect(address.indexOf('@')).toBeLessThanOrEqual(64);
  expect(readReturnAddress(context, address)).toEqual(name);
  expect(readReturnAddress(context, address.toUpperCase())).toEqual(name);
  expect(readReturnAddress(context, returnAddress(context, { ...name, organisationId: 1 }))).not.toEqual(
    name,
  );
  const at = address.indexOf('@');
  for (let place = 8; place < at; place += 1) {
    const digit = address[place] === '1' ? '2' : '1';
    expect(
      readReturnAddress(context, address.slice(0, place) + digit + address.slice(place + 1)),
    ).toBeUndefined();
  }
  expect(readReturnAddress(context, 'letters@redress.example')).toBeUndefined();
});
