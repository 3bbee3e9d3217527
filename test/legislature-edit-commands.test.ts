import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoSet, importSet, legislatureCommands } from '../src/legislatures/index.js';
import type { LetterKeeper, LettersUnderWay } from '../src/legislatures/letters-of-holders.js';
import { keepOpen, runCommands } from './support/run-commands.js';
import { openTestContext, type TestContext } from './support/test-context.js';

const DAY_MS = 86_400_000;
const QUELL: LettersUnderWay = {
  legislature: 'zz',
  officeholder: 'mira-quell',
  name: 'Mira Quell',
  chamber: 'senate',
  division: 'ocd-division/country:zz/province:haldermark',
  letters: 2,
};
const WHY = ['--reason', 'their own announcement', '--by', 'Ada'];

let opened: TestContext;
let stops = 0;

const letters: LetterKeeper = {
  underWay: async () => [QUELL],
  stop: async (_context, legislatures) => {
    stops = legislatures.current('demo')?.officeholders.has('mira-quell') ? 0 : QUELL.letters;
    return stops;
  },
};

beforeAll(async () => {
  opened = await openTestContext();
  await importSet(opened.context, { set: demoSet(), files: [], by: 'test', reason: 'test' });
});
afterAll(() => opened?.[Symbol.asyncDispose]());

/** Runs `redress legislature …` and answers what it printed. */
function legislature(...args: string[]): Promise<string> {
  const services = { open: async () => keepOpen(opened.context), letters };
  return runCommands((program) => legislatureCommands(program, services), ['legislature', ...args]);
}

const edit = (...args: string[]) => legislature('edit', 'demo', ...args, ...WHY);

test('a correction is shown before it is made, listed with who and why, and undone', async () => {
  const correction = ['--officeholder', 'noor-el-amari', '--email', 'noor@isle.example', '--no-website'];
  const shown = await edit(...correction, '--dry-run');
  expect(shown).toContain('email: office-noor-el-amari@parliament.orvany.example → noor@isle.example');
  expect(await legislature('edits', 'demo')).toBe('demo has no edits.\n');
  expect(await edit(...correction)).toBe(
    'Edit 1 of demo holds now: noor-el-amari: email noor@isle.example, website none. Every later import keeps it.\n',
  );
  const listed = await legislature('edits', 'demo');
  expect(listed).toMatch(
    /^1 {2}2026-11-23 {2}Ada {2}noor-el-amari: .* {2}their own announcement {2}holds\n$/,
  );
  expect(await legislature('list')).toMatch(/^live .*2025-03-01 to 2029-02-28 +1 edit\n$/);
  await expect(legislature('unedit', 'demo', '1')).rejects.toThrow(/--reason/);
  expect(await legislature('unedit', 'demo', '1', '--reason', 'a hoax')).toBe('Edit 1 of demo is undone.\n');
  expect(await legislature('edits', 'demo')).toContain('undone 2026-11-23 by terminal: a hoax');
  const [json] = JSON.parse(await legislature('edits', 'demo', '--json'));
  expect(json).toMatchObject({ number: 1, by: 'Ada', undone: { reason: 'a hoax' }, misfit: null });
});

test('a resignation says which letters would stop, stops them, and makes room for a successor', async () => {
  const resignation = ['--officeholder', 'mira-quell', '--resigned', '2026-11-23'];
  const successor = [
    '--add-officeholder',
    'lin-marsh',
    '--name',
    'Lin Marsh',
    '--seat',
    'senate haldermark 1',
  ];
  await expect(edit(...successor)).rejects.toThrow(/Mira Quell sits there; give --resigned first/);
  const shown = await edit(...resignation, '--dry-run');
  expect(shown).toContain(
    'out  Mira Quell (mira-quell)  senate, ocd-division/country:zz/province:haldermark',
  );
  expect(shown).toContain('2 letters to Mira Quell (mira-quell) would stop; who wrote is told.');
  expect(stops).toBe(0);
  expect(await edit(...resignation)).toMatch(
    /mira-quell leaves on 2026-11-23\. .*\nStopped 2 letters to people who left; who wrote is told\.\n$/,
  );
  expect(await edit(...successor, '--email', 'lin@marsh.example')).toContain('takes senate haldermark 1');
});

test.each([
  [['--email', 'a@b.example'], /either --officeholder ID or --add-officeholder/],
  [['--officeholder', 'wen', '--email', 'a@b.example'], /no officeholder wen; zhilan-wen is Zhilan Wen/],
  [['--officeholder', 'zhilan-wen'], /what is to be corrected/],
  [['--officeholder', 'zhilan-wen', '--email', 'nobody'], /"nobody" is no e-mail address/],
  [['--officeholder', 'zhilan-wen', '--contact-form', 'javascript:alert(1)'], /is no web address/],
  [['--officeholder', 'zhilan-wen', '--resigned', '2026-02-30'], /--resigned is a day/],
  [['--officeholder', 'zhilan-wen', '--resigned', '2026-11-23', '--phone', '5'], /--resigned by itself/],
  [['--officeholder', 'zhilan-wen', '--phone', '5', '--seat', 'x'], /go with --add-officeholder/],
  [['--add-officeholder', 'x', '--name', 'X'], /needs --name and --seat/],
  [['--add-officeholder', 'x', '--name', 'X', '--seat', 'wexmoor'], /There are house wexmoor/],
  [
    ['--add-officeholder', 'zhilan-wen', '--name', 'X', '--seat', 'house wexmoor'],
    /has the id zhilan-wen already/,
  ],
])('%j is refused in one sentence, and nothing is stored', async (args, words) => {
  const before = await legislature('edits', 'demo', '--json');
  await expect(edit(...args)).rejects.toThrow(words);
  expect(await legislature('edits', 'demo', '--json')).toBe(before);
});

test('a set that is not there, and a version that is not there, are named', async () => {
  const nobody = ['--officeholder', 'x', '--no-email', ...WHY];
  await expect(legislature('edit', 'nowhere', ...nobody)).rejects.toThrow(
    /No version of a set nowhere is live/,
  );
  const missing = legislature('activate', 'demo', '2026-0', '--reason', 'x');
  await expect(missing).rejects.toThrow(/There is no version 2026-0 of demo\. Its versions are 2026-/);
});

test('another version is shown before it goes live, now or on its day', async () => {
  const smaller = {
    ...demoSet(),
    officeholders: demoSet().officeholders.filter(({ id }) => id !== 'zhilan-wen'),
  };
  const [live] = JSON.parse(await legislature('list', '--json'));
  opened.clock.move(1000);
  const takesEffect = new Date(opened.clock.now().getTime() + DAY_MS);
  const { version } = await importSet(opened.context, {
    set: smaller,
    files: [],
    takesEffect,
    by: 't',
    reason: 't',
  });
  expect(await legislature('list')).toMatch(
    new RegExp(`from 2026-11-24 +demo +${version}.*\nlive +demo +${live.version}`),
  );
  const shown = await legislature('activate', 'demo', version, '--reason', 'x', '--dry-run');
  expect(shown).toContain(`demo: compared with ${live.version}+`);
  expect(shown).toContain('out  Zhilan Wen (zhilan-wen)  house');
  expect(shown).not.toContain('lin-marsh');
  const planned = await legislature('activate', 'demo', live.version, '--reason', 'x', '--on', '2026-12-01');
  expect(planned).toContain(`demo ${live.version} takes effect on 2026-12-01.`);
  await expect(legislature('activate', 'demo', version, '--reason', 'x', '--on', 'soon')).rejects.toThrow(
    /no day/,
  );
  const now = await legislature('activate', 'demo', version, '--reason', 'x');
  expect(now).toContain(`demo ${version} is live now.`);
  expect(await legislature('activate', 'demo', version, '--reason', 'x')).toContain('Nothing changed');
});
