import { availableParallelism } from 'node:os';
import { checkServer } from '../src/database/index.js';
import { measureAcceptedActions } from './accepted-actions.js';
import { measureAlertPage } from './alert-page.js';
import { measureCwcBuild } from './cwc-build.js';
import { type Ground, openGround } from './ground.js';
import { measureImports } from './imports.js';
import { measureLetterQueue } from './letter-queue.js';
import { measureLettersByTwo } from './letters-by-two.js';
import { measureLettersSent } from './letters-sent.js';
import { type Loader, startLoader } from './loader.js';
import { printFigure } from './report.js';
import { measureRepresentHttp } from './represent-http.js';
import { measureRepresentPoint } from './represent-point.js';
import { measureSetMemory } from './set-memory.js';
import { measureSwaps } from './swaps.js';

/** By the name that its line begins with; `npm run bench -- NAME` runs one alone. */
const MEASURES: Readonly<Record<string, (ground: Ground, loader: Loader) => Promise<void>>> = {
  'represent-by-point': () => measureRepresentPoint(),
  'represent-over-http': measureRepresentHttp,
  import: measureImports,
  memory: measureSetMemory,
  'swap-under-load': measureSwaps,
  'alert-page': measureAlertPage,
  'accepted-actions': measureAcceptedActions,
  'letters-sent': measureLettersSent,
  'letters-by-two': measureLettersByTwo,
  'letter-queue': measureLetterQueue,
  'cwc-build': () => measureCwcBuild(),
};

async function printMachine({ context }: Ground): Promise<void> {
  const postgres = Math.floor((await checkServer(context.pool)) / 10_000);
  printFigure(`Node ${process.versions.node}, PostgreSQL ${postgres}, ${availableParallelism()} cores`);
}

/** Rejects when somebody ends the bench, so that what it started is ended too. */
function endOfPatience(): Promise<never> {
  return new Promise((_, reject) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => reject(new Error(`The bench was ended (${signal}).`)));
    }
  });
}

async function run(names: readonly string[]): Promise<void> {
  const begin = performance.now();
  await using stack = new AsyncDisposableStack();
  const ground = await openGround(stack);
  const loader = stack.use(startLoader());
  await printMachine(ground);
  const measureAll = async (): Promise<void> => {
    for (const name of names) await MEASURES[name]?.(ground, loader);
  };
  await Promise.race([measureAll(), endOfPatience()]);
  printFigure(`measured in ${((performance.now() - begin) / 1000).toFixed(0)} s`);
}

function fail(words: string): void {
  process.stderr.write(`${words}\n`);
  process.exitCode = 1;
}

const known = Object.keys(MEASURES);
const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !known.includes(name));
if (unknown !== undefined) fail(`There is no "${unknown}". Name one or more of ${known.join(', ')}.`);
else await run(wanted.length === 0 ? known : wanted).catch((error: unknown) => fail(String(error)));
