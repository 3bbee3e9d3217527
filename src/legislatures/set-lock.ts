import type { Context } from '../context.js';
import { sql } from '../database/index.js';

/** Payload: the id of the set of which another version, or another overlay, answers now or will. */
export const SET_CHANNEL = 'redress_legislature';

/** Two changes of one set at a time would each see the other's version as the older one. Ends with the transaction. */
export async function lockSet(transaction: Context['db'], setId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`legislature ${setId}`}, 0))`.execute(
    transaction,
  );
}
