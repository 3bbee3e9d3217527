// Runs on any Node from 20.19 on, before anything is installed: Node's own modules only.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));

const OLDEST_NODE = [20, 19];
const LOCK_POLL_MS = 200;
const SIGNAL_EXIT_BASE = 128;
const LOCK = join(ROOT, '.preparing');
const STAMP = join(ROOT, 'build', 'stamp');
const MODULES = join(ROOT, 'node_modules');
const PINNED_NODE = join(MODULES, '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');

/** Installs and builds what is missing or older than its sources. Everything it says goes to stderr. */
export async function prepare() {
  requireNode();
  if (isInstalled() && isBuilt()) return;
  await withLock(async () => {
    if (!isInstalled()) await install();
    if (!isBuilt()) await build();
  });
}

/**
 * Runs a program under the pinned Node, with this process's terminal, and passes signals on.
 * @returns {Promise<number>} its exit code
 */
export async function runPinned(args, { env = {} } = {}) {
  const child = spawn(PINNED_NODE, args, { stdio: 'inherit', env: { ...process.env, ...env } });
  // Ctrl-C and a closed terminal reach the whole group; passed on as well they would count twice.
  const fromTerminal = process.stdin.isTTY ? () => undefined : (signal) => child.kill(signal);
  process.on('SIGINT', fromTerminal).on('SIGHUP', fromTerminal);
  process.on('SIGTERM', (signal) => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) =>
      resolve(code ?? SIGNAL_EXIT_BASE + (constants.signals[signal] ?? 0)),
    );
  });
}

/** Ends the process after a script, with one sentence for an error and no trace of the stack. */
export async function runScript(script) {
  try {
    process.exitCode = await script();
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  throw new Error(
    `Redress starts with Node ${OLDEST_NODE.join('.')} or newer; this is ${process.versions.node}.`,
  );
}

/** Whether node_modules holds what package-lock.json names; packages for other platforms may be absent. */
function isInstalled() {
  const wanted = readPackages(join(ROOT, 'package-lock.json'));
  const present = readPackages(join(MODULES, '.package-lock.json'));
  if (!existsSync(PINNED_NODE)) return false;
  return Object.entries(wanted).every(([path, { version, optional, devOptional }]) => {
    if (path === '') return true;
    return present[path] === undefined ? Boolean(optional || devOptional) : present[path].version === version;
  });
}

function readPackages(lockFile) {
  return existsSync(lockFile) ? JSON.parse(readFileSync(lockFile, 'utf8')).packages : {};
}

async function install() {
  // npm empties the folder first, and through a link that is somebody else's.
  if (lstatSync(MODULES, { throwIfNoEntry: false })?.isSymbolicLink()) {
    throw new Error(
      `${MODULES} is a link and does not hold what Redress needs; installing through it would empty the folder that it leads to, so remove the link and start again.`,
    );
  }
  console.error('Installing what Redress needs. This happens once and takes up to a minute.');
  const npm = process.env.npm_execpath;
  const options = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const [program, args] = npm?.endsWith('.js') ? [process.execPath, [npm, ...options]] : ['npm', options];
  const code = await new Promise((resolve, reject) => {
    const shell = program === 'npm' && process.platform === 'win32';
    const child = spawn(program, args, { cwd: ROOT, shell, stdio: ['ignore', 'ignore', 'inherit'] });
    child.once('error', (cause) => reject(new Error(`npm could not be run: ${cause.message}`, { cause })));
    child.once('exit', resolve);
  });
  if (code !== 0) throw new Error('npm could not install what Redress needs; its own words stand above.');
  if (existsSync(PINNED_NODE)) return;
  throw new Error(
    'npm is set to run no install scripts here, and two packages need theirs. Run: npm rebuild --ignore-scripts=false',
  );
}

function isBuilt() {
  return existsSync(STAMP) && readFileSync(STAMP, 'utf8') === sourceHash();
}

async function build() {
  console.error('Building.');
  const { buildProgram } = await import('./build.mjs');
  const hash = sourceHash();
  await buildProgram();
  writeFileSync(STAMP, hash);
}

// The content, not the time: a checkout of another commit may bring older files.
function sourceHash() {
  const hash = createHash('sha256');
  const sources = readdirSync(join(ROOT, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const others = ['package-lock.json', 'scripts/build.mjs'].map((name) => join(ROOT, name));
  for (const path of [...sources, ...others].sort()) {
    hash.update(relative(ROOT, path)).update('\0').update(readFileSync(path)).update('\0');
  }
  return hash.digest('hex');
}

async function withLock(work) {
  while (!takeLock()) await sleep(LOCK_POLL_MS);
  try {
    await work();
  } finally {
    rmSync(LOCK, { force: true });
  }
}

function takeLock() {
  try {
    writeFileSync(LOCK, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw new Error(`Redress cannot be built in ${ROOT}: ${error.message}`);
    if (!lockOwnerLives()) rmSync(LOCK, { force: true });
    return false;
  }
}

function lockOwnerLives() {
  try {
    process.kill(Number(readFileSync(LOCK, 'utf8')) || 0, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
