import { availableParallelism } from 'node:os';
import { checkServer } from '../src/database/index.js';
import { measureAcceptedActions } from './accepted-actions.js';
import { measureAlertPage } from './alert-page.js';
import { type Ground, openGround } from './ground.js';
import { measureLettersSent } from './letters-sent.js';
import { type Loader, startLoader } from './loader.js';
import { printFigure } from './report.js';
import { measureRepresentPoint } from './represent-point.js';

/** By the name that its line begins with; `npm run bench -- NAME` runs one alone. */
const MEASURES: Readonly<Record<string, (ground: Ground, loader: Loader) => Promise<void>>> = {
  'represent-by-point': () => measureRepresentPoint(),
  'alert-page': measureAlertPage,
  'accepted-actions': measureAcceptedActions,
  'letters-sent': measureLettersSent,
};

async function printMachine({ context }: Ground): Promise<void> {
  const postgres = Math.floor((await checkServer(context.pool)) / 10_000);
  printFigure(`Node ${process.versions.node}, PostgreSQL ${postgres}, ${availableParallelism()} cores`);
}

const begin = performance.now();
const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !Object.hasOwn(MEASURES, name));
if (unknown !== undefined) throw new Error(`There is no "${unknown}": ${Object.keys(MEASURES).join(', ')}.`);
await using stack = new AsyncDisposableStack();
const ground = await openGround(stack);
const loader = stack.use(startLoader());
await printMachine(ground);
for (const [name, measure] of Object.entries(MEASURES)) {
  if (wanted.length === 0 || wanted.includes(name)) await measure(ground, loader);
}
printFigure(`measured in ${((performance.now() - begin) / 1000).toFixed(0)} s`);
