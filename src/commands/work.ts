import type { Command } from 'commander';
import { findOrganisation } from '../accounts/index.js';
import { mailRenderer } from '../actions/index.js';
import { openCwcDirectory } from '../delivery/index.js';
import { openLegislatures } from '../legislatures/index.js';
import { openContext } from '../open-context.js';
import { startWork } from '../open-server.js';
import { stopSignal } from './stop-signal.js';

/** `redress work`: sends letters and mails, and does what is due, in a process of its own. */
export function workCommand(program: Command, variables: NodeJS.ProcessEnv): void {
  program
    .command('work')
    .description('send what is due, in a process of its own; start as many as needed')
    .action(async () => {
      const stop = stopSignal();
      await using context = await openContext({ variables, role: 'command' });
      const organisation = await findOrganisation(context);
      await using legislatures = await openLegislatures(context);
      await using cwc = await openCwcDirectory(context);
      const renderMail = mailRenderer({ context, organisation });
      const stopWork = await startWork(context, { legislatures, renderMail, cwc });
      process.stdout.write('Working. Stop with Ctrl-C.\n');
      await stop;
      await stopWork();
    });
}
