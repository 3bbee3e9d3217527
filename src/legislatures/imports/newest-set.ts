import type { Context } from '../../context.js';
import { sql } from '../../database/index.js';
import type { LegislatureSet } from '../model.js';
import { readStoredSet } from '../set-store.js';

/** The version of a set that was made live last, or is planned last, as it was imported; undefined for none. */
export async function readNewestSet(
  context: Pick<Context, 'db'>,
  id: string,
): Promise<LegislatureSet | undefined> {
  const { rows } = await sql<{ version: string }>`
    select version from legislature_activation where set_id = ${id} order by activation_id desc limit 1`.execute(
    context.db,
  );
  const [row] = rows;
  return row === undefined ? undefined : (await readStoredSet(context, id, row.version)).set;
}
