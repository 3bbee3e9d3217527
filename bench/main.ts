import { availableParallelism } from 'node:os';
import { checkServer } from '../src/database/index.js';
import { measureAcceptedActions, measureSubmitTime } from './accepted-actions.js';
import { measureAlertPage } from './alert-page.js';
import { type Ground, openGround } from './ground.js';
import { measureLettersSent } from './letters-sent.js';
import { type Loader, startLoader } from './loader.js';
import { measurePageSize } from './page-size.js';
import { printFigure } from './report.js';
import { measureRepresentPoint } from './represent-point.js';
import { ServerProcess } from './server-process.js';

interface Bench {
  readonly ground: Ground;
  readonly server: ServerProcess;
  readonly loader: Loader;
}

/** By the name that its line begins with; `npm run bench -- NAME` runs one alone. */
const MEASURES: Readonly<Record<string, (bench: Bench) => Promise<void>>> = {
  'represent-by-point': () => measureRepresentPoint(),
  'alert-page': async ({ ground, server, loader }) => {
    await measureAlertPage(ground, server, loader);
    await measurePageSize(ground, server);
  },
  'accepted-actions': async ({ ground, server, loader }) => {
    await measureAcceptedActions(ground, server, loader);
    await measureSubmitTime(ground, server, loader);
    await printPeakMemory(server);
  },
  'letters-sent': ({ ground }) => measureLettersSent(ground),
};

async function printPeakMemory(server: ServerProcess): Promise<void> {
  const megabytes = await server.peakMemory();
  printFigure(`most memory of the server: ${megabytes === undefined ? 'unknown' : megabytes.toFixed(0)} MB`);
}

async function printMachine({ context }: Ground): Promise<void> {
  const postgres = Math.floor((await checkServer(context.pool)) / 10_000);
  printFigure(`Node ${process.versions.node}, PostgreSQL ${postgres}, ${availableParallelism()} cores`);
}

const begin = performance.now();
await using stack = new AsyncDisposableStack();
const ground = await openGround(stack);
const loader = stack.use(startLoader());
const server = stack.use(await ServerProcess.start(ground.variables));
await printMachine(ground);
const wanted = process.argv.slice(2);
for (const [name, measure] of Object.entries(MEASURES)) {
  if (wanted.length === 0 || wanted.includes(name)) await measure({ ground, server, loader });
}
printFigure(`measured in ${((performance.now() - begin) / 1000).toFixed(0)} s`);
