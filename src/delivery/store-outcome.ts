import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Batcher } from '../database/index.js';
import { LEASE_SECONDS } from './lease-letters.js';

const RETRY_MS = 500;

interface Storing<Row> {
  readonly settler: Batcher<Row, boolean>;
  readonly row: Row;
  readonly leasedAtMs: number;
  readonly log: Logger;
  readonly stopping: () => boolean;
}

/**
 * Stores an outcome; tries again while the database is away and the lease lasts. Afterwards the letter is put back
 * by whoever finds its lease ended, under the same id.
 */
export async function storeOutcome<Row>({
  settler,
  row,
  leasedAtMs,
  log,
  stopping,
}: Storing<Row>): Promise<void> {
  for (;;) {
    try {
      const stored = await settler.submit(row);
      if (!stored) log.warn('an outcome came after its lease had passed on');
      return;
    } catch (error) {
      const leaseEnded = performance.now() - leasedAtMs > LEASE_SECONDS * 1000;
      if (leaseEnded || stopping()) {
        log.error(
          { err: error },
          'an outcome could not be stored; its letter will be tried again under the same id',
        );
        return;
      }
      await sleep(RETRY_MS);
    }
  }
}
