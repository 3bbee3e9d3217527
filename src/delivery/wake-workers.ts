import { type Database, sql } from '../database/index.js';

/** The NOTIFY channel on which workers hear that something is due. */
export const DELIVERY_CHANNEL = 'delivery';

/** Wakes every worker, of any process; inside a transaction, when it commits. */
export async function wakeWorkers(db: Database): Promise<void> {
  await sql`select pg_notify(${DELIVERY_CHANNEL}, '')`.execute(db);
}
