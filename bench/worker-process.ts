// A process of its own, as `redress work` is: a worker on the bench's database, until it is told to stop.
import { startWorker } from '../src/delivery/index.js';
import { openContext } from '../src/open-context.js';

const CONNECTIONS = 5;
await using context = await openContext({ variables: process.env, role: 'command' });
const worker = startWorker(context, { renderMail: async () => undefined, concurrency: CONNECTIONS });
process.send?.('ready');
await new Promise((resolve) => process.once('message', resolve));
await worker.stop();
process.disconnect();
