import type { Context } from '../context.js';
import { sql } from '../database/index.js';

const KEPT_MS = 28 * 86_400_000;

/** Forgets who a supporter was once the texts of all their letters are gone and nothing is left to send. */
export async function forgetSupporters(context: Context): Promise<number> {
  const before = new Date(context.clock.now().getTime() - KEPT_MS);
  const { rows } = await sql`
    update action a set supporter = null
    where a.supporter is not null and coalesce(a.ended_at, a.confirmed_at, a.submitted_at) < ${before}
      and not exists (select from letter l where l.organisation_id = a.organisation_id and l.action_id = a.action_id
        and (l.content is not null or l.state in ('queued', 'sending')))
    returning 1`.execute(context.db);
  return rows.length;
}
