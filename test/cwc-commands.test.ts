import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Command } from 'commander';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { channelKeyCommands } from '../src/delivery/channels/cwc/index.js';
import { type Simulator, startSimulator } from '../src/simulator/index.js';
import { cwcVariables } from './support/cwc-ground.js';
import { createTestDatabase } from './support/database.js';
import { type DeliveryGround, openDeliveryGround } from './support/delivery-ground.js';
import { MovedClock } from './support/moved-clock.js';
import { Program } from './support/program.js';
import { keepOpen, runCommands } from './support/run-commands.js';
import { temporaryFile } from './support/temporary-file.js';

const KEY = 'the-house-gave-us-this';
const ROOT = join(import.meta.dirname, '..');

let offices: Simulator;
let ground: DeliveryGround;

beforeAll(async () => {
  offices = await startSimulator({ clock: new MovedClock() });
  ground = await openDeliveryGround(cwcVariables(offices.url));
});
afterAll(async () => {
  await ground[Symbol.asyncDispose]();
  await offices[Symbol.asyncDispose]();
});

/** Runs `redress channel key …` and answers what it printed. */
function redress(...args: string[]): Promise<string> {
  const add = (program: Command) => channelKeyCommands(program, async () => keepOpen(ground.context));
  return runCommands(add, ['channel', 'key', ...args]);
}

test('a key is tried when it is set, listed without itself, and forgotten', async () => {
  const file = temporaryFile('house.key', `${KEY}\n`);
  expect(await redress('set', 'cwc_house', '--file', file)).toBe(
    'The key for cwc_house is set for lantern.\n441 offices are active.\n',
  );
  offices.setScript('senate', { at: 'offices', do: 'answer', status: 401 });
  expect(await redress('set', 'cwc_senate', '--organisation', 'lantern', '--file', file)).toContain(
    'The active offices could not be listed with it: it answered 401.',
  );
  expect(await redress('list')).toMatch(
    /^lantern {2}cwc_house {2}since \d{4}-.*Z\nlantern {2}cwc_senate {2}since .*Z\n$/,
  );
  expect(await redress('remove', 'cwc_house')).toBe('The key for cwc_house of lantern is forgotten.\n');
  expect(await redress('remove', 'cwc_house')).toBe('lantern has no key for cwc_house.\n');
  expect(await redress('list')).not.toContain('cwc_house');
});

test('what is wrong is said in a sentence', async () => {
  const file = temporaryFile('house.key', KEY);
  const empty = temporaryFile('empty.key', '\n');
  await expect(redress('set', 'cwc_house', '--file', empty)).rejects.toThrow('no key');
  await expect(redress('set', 'smtp', '--file', file)).rejects.toThrow('Use one of cwc_house, cwc_senate');
  await expect(redress('set', 'cwc_house', '--organisation', 'none', '--file', file)).rejects.toThrow(
    'There is no organisation "none".',
  );
  await expect(redress('set', 'cwc_house', '--file', '/nowhere')).rejects.toThrow('cannot be read');
});

test('the program reads a key from its standard input, and says nothing of it', async () => {
  await using database = await createTestDatabase();
  await using program = await Program.make({
    variables: { ...cwcVariables(offices.url), DATABASE_URL: database.url },
  });
  const made = await program.run(
    ...['organisation', 'set', '--slug', 'typed', '--name', 'Typed', '--contact', 'post@typed.example'],
    ...['--address', 'Old Customs House'],
  );
  expect(made).toMatchObject({ code: 0, error: '' });
  const child = spawn(
    join(ROOT, 'node_modules', '.bin', 'node'),
    [join(ROOT, 'build', 'main.js'), 'channel', 'key', 'set', 'cwc_house'],
    { cwd: program.home, env: program.environment },
  );
  child.stdin.end(`${KEY}\n`);
  const [out, error] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  expect({ out, error }).toEqual({
    out: 'The key for cwc_house is set for typed.\n441 offices are active.\n',
    error: '',
  });
  const { rows } = await database.pool.query<{ cell: string }>(
    `select encode(sealed, 'escape') as cell from channel_key`,
  );
  expect(rows.map(({ cell }) => cell.includes(KEY))).toEqual([false]);
});
