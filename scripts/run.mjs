import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepare, ROOT, runPinned, runScript } from './prepare.mjs';

const MS_PER_SECOND = 1000;

const CHECKS = [
  { name: 'format and lint', args: ['@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.'] },
  { name: 'nothing unused', args: ['knip/bin/knip.js', '--no-progress'] },
  { name: 'types', args: ['typescript/bin/tsc', '--noEmit', '-p', '.'] },
  {
    name: 'arrows between rooms',
    args: [
      'dependency-cruiser/bin/dependency-cruise.mjs',
      '--config',
      '.dependency-cruiser.cjs',
      'src',
      'bench',
    ],
  },
];

const TASKS = { build, check, test, trial, bench };

/** `prepare` has built everything; nothing is left to do. */
async function build() {
  return 0;
}

/** All checks and tests, in the size that fits into minutes. */
async function test(filters) {
  return testWith({}, filters);
}

/** All checks and tests with the full figures of the risk tests. */
async function trial(filters) {
  return testWith({ REDRESS_TRIAL: '1' }, filters);
}

async function check() {
  const { passed, failed } = await runChecks();
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

async function bench(args) {
  const { buildBench } = await import('./build.mjs');
  await buildBench();
  return runPinned([join(ROOT, 'build', 'bench', 'main.js'), ...args]);
}

async function testWith(env, filters) {
  const checks = await runChecks();
  const tests = await runTests(env, filters);
  const failed = checks.failed + tests.failed;
  if (tests.skipped > 0) console.log(`${tests.skipped} skipped`);
  console.log(`${checks.passed + tests.passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

async function runChecks() {
  let failed = 0;
  for (const { name, args } of CHECKS) {
    const begin = Date.now();
    const { code, output } = await runQuietly(args);
    console.log(
      `${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${((Date.now() - begin) / MS_PER_SECOND).toFixed(1)} s)`,
    );
    if (code === 0) continue;
    failed += 1;
    console.log(output);
  }
  return { passed: CHECKS.length - failed, failed };
}

function runQuietly([program, ...args]) {
  return new Promise((resolve, reject) => {
    const path = join(ROOT, 'node_modules', program);
    const node = join(ROOT, 'node_modules', '.bin', 'node');
    const child = spawn(node, [path, ...args], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
    const output = [];
    child.stdout.on('data', (chunk) => output.push(chunk));
    child.stderr.on('data', (chunk) => output.push(chunk));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output: Buffer.concat(output).toString() }));
  });
}

async function runTests(env, filters) {
  const folder = mkdtempSync(join(tmpdir(), 'redress-report-'));
  const report = join(folder, 'report.json');
  const vitest = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const code = await runPinned([vitest, 'run', '--root', ROOT, ...reporters, ...filters], { env });
    return countTests(report, code);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A file that could not be loaded, or an error outside of any test, is one failure. */
function countTests(report, code) {
  const { numPassedTests, numFailedTests, numPendingTests, testResults } = readReport(report);
  const unloaded = testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  );
  const failed = numFailedTests + unloaded.length;
  return {
    passed: numPassedTests,
    failed: failed === 0 && code !== 0 ? 1 : failed,
    skipped: numPendingTests,
  };
}

function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, testResults: [] };
  }
}

await runScript(async () => {
  const [name, ...args] = process.argv.slice(2);
  const task = Object.hasOwn(TASKS, name ?? '') ? TASKS[name] : undefined;
  if (task === undefined) throw new Error(`Usage: node scripts/run.mjs ${Object.keys(TASKS).join('|')}`);
  await prepare();
  return task(args);
});
