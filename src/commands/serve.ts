import type { Command } from 'commander';
import { showsOutbox } from '../delivery/index.js';
import { loadDemo } from '../demo.js';
import { type OpenedContext, openContext } from '../open-context.js';
import { openServer } from '../open-server.js';
import { serveMetrics } from '../serve-metrics.js';
import { stopSignal } from './stop-signal.js';

const STOP_WITHIN_MS = 10_000;

/** `redress serve`: the main job. `npm start` runs it. */
export function serveCommand(program: Command, variables: NodeJS.ProcessEnv): void {
  program
    .command('serve', { isDefault: true })
    .description('serve the pages, and send what is due')
    .action(() => serve(variables));
}

async function serve(variables: NodeJS.ProcessEnv): Promise<void> {
  const stop = stopSignal();
  await using context = await openContext({ variables, role: 'server' });
  if (context.config.demo) await loadDemo(context);
  const server = await openServer(context);
  try {
    const { host, port } = context.config;
    await server.app.listen({ host, port });
    const metrics = await serveMetrics(context);
    process.stdout.write(welcome(context));
    const signal = await stop;
    process.stdout.write(`Stopping (${signal}): what was taken is being finished.\n`);
    // Whatever hangs beyond this is safe in the database; the next start goes on with it.
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    await metrics?.close();
  } finally {
    await server.stop();
  }
}

function welcome({ config, embeddedServer }: OpenedContext): string {
  const elsewhere =
    embeddedServer !== undefined && !embeddedServer.dataDirectory.startsWith(config.dataDirectory);
  return [
    '',
    `  Redress is ready at ${config.url}`,
    '',
    `  1. Open it, read the alert, and write to whoever represents you${config.demo ? ' (try the postcode 1810)' : ''}.`,
    `  2. ${sendingWords(config)}`,
    '  3. Publish your own: npm run redress -- alert import FILE.md --publish (docs/alert-file.md)',
    ...(elsewhere
      ? [
          '',
          `  The database lies in ${embeddedServer.dataDirectory}: its user cannot enter ${config.dataDirectory}.`,
        ]
      : []),
    '',
    '',
  ].join('\n');
}

function sendingWords(config: OpenedContext['config']): string {
  if (config.delivery) return 'Letters are sent to real offices: REDRESS_DELIVERY is on.';
  const kept = `is kept ${showsOutbox(config) ? `at ${config.url}/outbox` : `in ${config.dataDirectory}/outbox`}`;
  return config.mail.smtp
    ? `No letter goes to a real office. Mail to addresses such as office@upper.example goes to SMTP_URL; other mail ${kept}.`
    : `No letter leaves this machine; mail ${kept}.`;
}
