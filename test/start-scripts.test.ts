import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const DEAD_PID = '4194304';

let clone: string;

/** A small program in a clone of its own; only what is installed is shared. */
beforeEach(async () => {
  clone = await mkdtemp(join(tmpdir(), 'redress-clone-'));
  for (const name of ['scripts', 'package.json', 'package-lock.json', '.npmrc']) {
    await cp(join(ROOT, name), join(clone, name), { recursive: true });
  }
  await symlink(join(ROOT, 'node_modules'), join(clone, 'node_modules'));
  await mkdir(join(clone, 'src/design/css'), { recursive: true });
  await writeFile(join(clone, 'src/design/css/site.css'), 'p { color: red; }');
});

afterEach(() => rm(clone, { recursive: true, force: true }));

test('the first start builds, the next does not, and one after a change does', async () => {
  await main(`console.log(process.version.split('.')[0], process.argv.slice(2).join())`);
  expect(await outcome(start('a', 'b'))).toEqual({ code: 0, out: 'v24 serve,a,b\n', error: 'Building.\n' });
  expect((await outcome(start())).error).toBe('');
  await main(`console.log('changed')`);
  expect(await outcome(start())).toEqual({ code: 0, out: 'changed\n', error: 'Building.\n' });
});

test('the exit code of the program is that of the script', async () => {
  await main('process.exitCode = 7');
  expect((await outcome(start())).code).toBe(7);
});

test('an error in a source is said, and leaves the last build as it was', async () => {
  await main(`console.log('works')`);
  await outcome(start());
  await main('const = ;');
  const failed = await outcome(start());
  expect(failed.code).toBe(1);
  expect(failed.error).toMatch(/src\/main\.ts:1:6/);
  expect(await readFile(join(clone, 'build/main.js'), 'utf8')).toContain('works');
});

test('a lock that a killed start left behind holds nobody up', async () => {
  await main(`console.log('works')`);
  await writeFile(join(clone, '.preparing'), DEAD_PID);
  expect((await outcome(start())).out).toBe('works\n');
  expect(existsSync(join(clone, '.preparing'))).toBe(false);
});

test('nothing is installed through a link, which would empty the folder that it leads to', async () => {
  const shared = join(clone, 'shared');
  await mkdir(shared);
  await writeFile(join(shared, 'kept.txt'), 'kept');
  const link = join(clone, 'node_modules');
  await rm(link);
  await symlink(shared, link);
  await main('');
  const { code, error } = await outcome(start());
  expect(code).toBe(1);
  expect(error).toMatch(/^\S+node_modules is a link and .*, so remove the link and start again\.\n$/);
  expect(await readFile(join(shared, 'kept.txt'), 'utf8')).toBe('kept');
});

test('two first starts at once build one after the other', async () => {
  await main(`console.log('works')`);
  const both = await Promise.all([outcome(start()), outcome(start())]);
  expect(both.map(({ out }) => out)).toEqual(['works\n', 'works\n']);
  expect(both.map(({ error }) => error).sort()).toEqual(['', 'Building.\n']);
});

test('SIGTERM to npm reaches the program, and npm waits until it has drained', async () => {
  await main(`
    setInterval(() => undefined, 1000);
    process.on('SIGTERM', () => setTimeout(() => { console.log('drained'); process.exit(0); }, 300));
    console.log('ready');`);
  const npm = spawn('npm', ['start', '--silent'], { cwd: clone, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = outcome(npm);
  await once(npm.stdout, 'data');
  npm.kill('SIGTERM');
  expect(await ended).toEqual({ code: 0, out: 'ready\ndrained\n', error: 'Building.\n' });
});

test('what browsers get has hashed names, and the manifest says which', async () => {
  await main('');
  await mkdir(join(clone, 'src/design/islands'));
  await writeFile(
    join(clone, 'src/design/islands/act.ts'),
    'const word: string = document.title; alert(word);',
  );
  await outcome(start());
  const assets = join(clone, 'build/design/assets');
  const manifest: Record<string, string> = JSON.parse(await readFile(join(assets, 'manifest.json'), 'utf8'));
  expect(Object.keys(manifest)).toEqual(['act.js', 'site.css']);
  expect(manifest['act.js']).toMatch(/^act-[A-Z0-9]{8}\.js$/);
  expect(await readFile(join(assets, manifest['act.js'] ?? ''), 'utf8')).not.toContain('string');
  expect((await stat(join(assets, manifest['site.css'] ?? ''))).size).toBeGreaterThan(0);
});

async function main(text: string): Promise<void> {
  await writeFile(join(clone, 'src/main.ts'), text);
}

function start(...args: string[]): ChildProcess {
  return spawn(process.execPath, [join(clone, 'scripts/start.mjs'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function outcome(child: ChildProcess): Promise<{ code: number | null; out: string; error: string }> {
  let out = '';
  let error = '';
  child.stdout?.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    error += chunk;
  });
  await once(child, 'close');
  return { code: child.exitCode, out, error };
}
