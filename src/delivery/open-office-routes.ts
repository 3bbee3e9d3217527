import type { Context } from '../context.js';
import { type CwcDirectory, openCwcDirectory } from './channels/cwc/index.js';
import { openDeadAddresses } from './dead-addresses.js';
import { OfficeRoutes } from './office-routes.js';

/** The ways to offices as they are known now, and the end of keeping them known. */
export interface OpenedRoutes extends AsyncDisposable {
  readonly officeRoutes: OfficeRoutes;
  /** For the worker beside them in this process. */
  readonly cwc: CwcDirectory;
}

/** Loads what decides which ways an office has, and keeps it current. */
export async function openOfficeRoutes(context: Context): Promise<OpenedRoutes> {
  await using stack = new AsyncDisposableStack();
  const cwc = stack.use(await openCwcDirectory(context));
  const deadAddresses = stack.use(await openDeadAddresses(context));
  const opened = stack.move();
  return {
    officeRoutes: new OfficeRoutes({ legislatureMail: cwc, deadAddresses }),
    cwc,
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}
