import { measureAcceptedActions, measureSubmitTime } from './accepted-actions.js';
import { measureAlertPage } from './alert-page.js';
import { openGround } from './ground.js';
import { measureLettersSent } from './letters-sent.js';
import { startLoader } from './loader.js';
import { measurePageSize } from './page-size.js';
import { printFigure } from './report.js';
import { measureRepresentPoint } from './represent-point.js';
import { ServerProcess } from './server-process.js';

const only = process.argv.slice(2);
const wants = (name: string): boolean => only.length === 0 || only.includes(name);
if (wants('represent-by-point')) await measureRepresentPoint();
await using stack = new AsyncDisposableStack();
const ground = await openGround(stack);
const loader = stack.use(startLoader());
const server = stack.use(await ServerProcess.start(ground.variables));
if (wants('alert-page')) {
  await measureAlertPage(ground, server, loader);
  await measurePageSize(ground, server);
}
if (wants('accepted-actions')) await measureAcceptedActions(ground, server, loader);
if (wants('accepted-actions')) await measureSubmitTime(ground, server, loader);
if (wants('letters-sent')) await measureLettersSent(ground);
const memory = await server.peakMemory();
printFigure(
  `peak memory of the server: ${memory === undefined ? 'not known here' : `${memory.toFixed(0)} MB`}`,
);
