const REPEATED_WITHIN_MS = 1000;
const EXIT_BY_SIGINT = 130;

/**
 * Resolves at the first SIGTERM, SIGINT or SIGHUP. One stop may bring the same signal several times: to the whole
 * process group, and passed on by npm and the start script. A Ctrl-C after that ends the process at once.
 */
export function stopSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let first: number | undefined;
    const stop = (signal: NodeJS.Signals): void => {
      first ??= performance.now();
      if (signal === 'SIGINT' && performance.now() - first > REPEATED_WITHIN_MS) process.exit(EXIT_BY_SIGINT);
      resolve(signal);
    };
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, stop);
  });
}
