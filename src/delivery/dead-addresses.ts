import type { Context } from '../context.js';
import { listDeadAddresses } from './inbound/office-address.js';
import type { DeadAddresses } from './office-routes.js';

const READ_EVERY_MS = 60_000;

/**
 * Reads which addresses of offices failed for good, and again every minute. While the database does not answer, what
 * was read last holds.
 */
export async function openDeadAddresses({
  db,
  log,
}: Pick<Context, 'db' | 'log'>): Promise<DeadAddresses & Disposable> {
  const read = async (): Promise<ReadonlySet<string>> =>
    new Set((await listDeadAddresses(db)).map(({ address }) => address));
  let dead = await read();
  const timer = setInterval(() => {
    read().then(
      (now) => {
        dead = now;
      },
      (error: unknown) => log.error({ err: error }, 'the dead addresses of offices could not be read'),
    );
  }, READ_EVERY_MS).unref();
  return {
    isDead: (address) => dead.has(address.toLowerCase()),
    [Symbol.dispose]: () => clearInterval(timer),
  };
}
