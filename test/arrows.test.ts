import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const CRUISER = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');

const ALLOWED = {
  'src/errors.ts': 'export const error = 1;',
  'src/database/index.ts': `export * from './connect.js';`,
  'src/database/connect.ts': `export { error } from '../errors.js';`,
  'src/alerts/index.ts': `export * from './inner.js';`,
  'src/alerts/inner.ts': `export { error as inner } from '../database/index.js';`,
  'src/actions/index.ts': `export { inner as act } from '../alerts/index.js';`,
  'src/http/index.ts': `export * from '../actions/index.js';`,
  'src/design/islands/act.ts': 'export const island = 1;',
  'src/main.ts': `import './http/index.js';`,
};

const FORBIDDEN = {
  'front-door-only': ['src/actions/a.ts', `import '../alerts/inner.js';`],
  'front-door-only-from-the-root': ['src/b.ts', `import './alerts/inner.js';`],
  'rooms-know-no-http': ['src/actions/c.ts', `import type {} from '../http/index.js';`],
  'foundations-know-no-room': ['src/database/d.ts', `import '../alerts/index.js';`],
  'no-cycles': ['src/actions/e.ts', `import './e2.js'; export const e = 1;`],
  'islands-stay-in-the-browser': ['src/design/islands/f.ts', `import '../../errors.js';`],
  'no-import-that-leads-nowhere': ['src/actions/g.ts', `import './missing.js';`],
  'src-knows-no-test': ['src/actions/h.ts', `import '../../test/h.js';`],
} as const;

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'redress-arrows-'));
  await write('tsconfig.json', '{ "compilerOptions": { "module": "nodenext", "jsx": "react-jsx" } }');
  await write('package.json', '{ "type": "module" }');
  await write('test/h.ts', 'export {};');
  for (const [path, text] of Object.entries(ALLOWED)) await write(path, text);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test('the arrows of the design are allowed', () => {
  expect(brokenRules()).toEqual([]);
});

test('each forbidden arrow, planted, is found', async () => {
  for (const [path, text] of Object.values(FORBIDDEN)) await write(path, text);
  await write('src/actions/e2.ts', `import { e } from './e.js'; export const e2 = e;`);
  expect(brokenRules()).toEqual(Object.keys(FORBIDDEN).sort());
});

function brokenRules(): string[] {
  const config = join(ROOT, '.dependency-cruiser.cjs');
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [CRUISER, '--config', config, '--output-type', 'json', 'src'],
    { cwd: folder, encoding: 'utf8' },
  );
  expect(stderr).toBe('');
  const { summary }: { summary: { violations: { rule: { name: string } }[] } } = JSON.parse(stdout);
  return [...new Set(summary.violations.map(({ rule }) => rule.name))].sort();
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), `${text}\n`);
}
