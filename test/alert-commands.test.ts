import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { setOrganisation } from '../src/accounts/index.js';
import { alertCommands } from '../src/alerts/index.js';
import { alertText } from './support/alert-text.js';
import { keepOpen, runCommands } from './support/run-commands.js';
import { openTestContext, type TestContext } from './support/test-context.js';

let opened: TestContext;
let folder: string;

beforeAll(async () => {
  opened = await openTestContext();
  folder = await mkdtemp(join(tmpdir(), 'redress-alert-'));
});
afterAll(async () => {
  await opened?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

/** Runs `redress …` and answers what it printed. */
function redress(...args: string[]): Promise<string> {
  const services = {
    open: async () => keepOpen(opened.context),
    goesByCongressMail: async () => false,
    warningOf: async () => undefined,
  };
  return runCommands((program) => alertCommands(program, services), args);
}

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

test('an alert is imported, listed and closed from the terminal', async () => {
  const path = await file(
    'lamp.md',
    alertText({ slug: undefined, ask: 'ask: { request: a, legislature: demo, people: [p] }' }),
  );
  await expect(redress('alert', 'import', path)).rejects.toThrow(/There is no organisation yet/);
  await setOrganisation(opened.context, {
    slug: 'lamps',
    name: 'Lamps',
    language: 'en',
    contactEmail: 'post@lamps.example',
    postalAddress: 'Quay 1',
  });
  expect(await redress('alert', 'list')).toBe('There are no alerts yet.\n');
  expect(await redress('alert', 'import', path)).toBe(
    'Imported "lamp" (version 1). It is a draft that nobody sees: import it again with --publish.\n',
  );
  expect(await redress('alert', 'import', path, '--publish')).toMatch(
    /^Nothing to change in "lamp" \(version 1\)\. Read it at http:\/\/[^ ]+\/alerts\/lamp\n$/,
  );
  expect(await redress('alert', 'list')).toMatch(/^2026-05-04 {2}published +lamp +Keep the lamp lit\n$/);
  expect(JSON.parse(await redress('alert', 'list', '--json'))).toMatchObject([
    { slug: 'lamp', state: 'published', version: 1 },
  ]);
  expect(await redress('alert', 'close', 'lamp', '--reason', 'achieved')).toBe('Closed "lamp" (achieved).\n');
  expect(await redress('alert', 'list')).toContain('closed');
});

test('a wrong file is refused with every line that is wrong, and a wrong word with the right ones', async () => {
  const path = await file(
    'wrong.md',
    alertText({ rights: undefined, letter: 'letter: { subject: a, message: "{{name}}" }' }),
  );
  await expect(redress('alert', 'import', path)).rejects.toThrow(
    /^wrong\.md:\d+: rights is missing.*\nwrong\.md:\d+: unknown placeholder \{\{name\}\}/,
  );
  await expect(redress('alert', 'import', join(folder, 'nowhere.md'))).rejects.toThrow(
    /nowhere\.md cannot be read/,
  );
  await expect(redress('alert', 'close', 'lamp', '--reason', 'bored')).rejects.toThrow(
    /Allowed choices are ended, achieved, decided, withdrawn/,
  );
  await expect(redress('alert', 'close', 'lamp')).rejects.toThrow(/--reason/);
  await expect(redress('alert', 'close', 'nowhere', '--reason', 'ended')).rejects.toThrow(
    'There is no alert "nowhere".',
  );
});
