import { type Database, sql } from '../../../database/index.js';

/** NOTIFY's channel: keys or lists of active offices changed. */
export const CWC_CHANNEL = 'redress_cwc';

/** Tells every process that keys or lists of active offices changed, when the transaction commits. */
export async function announceCwcChange(db: Database): Promise<void> {
  await sql`select pg_notify(${CWC_CHANNEL}, '')`.execute(db);
}
