import type { Command } from 'commander';
import { securityHeaders, serveAssets, setSecurityHeaders } from '../http/index.js';
import { registerSimulate } from '../simulator/index.js';
import { stopSignal } from './stop-signal.js';

const LOOPBACK = 'http://127.0.0.1';

/** `redress simulate`: the offices' side, for a dry run. */
export function simulateCommand(program: Command): void {
  registerSimulate(program, {
    dress(app) {
      setSecurityHeaders(app, securityHeaders(LOOPBACK));
      serveAssets(app);
    },
    stopped: stopSignal,
  });
}
