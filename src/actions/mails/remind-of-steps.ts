import type { Context } from '../../context.js';
import { sql } from '../../database/index.js';

const REMIND_AFTER_MS = 3 * 86_400_000;
const MOST_PER_RUN = 1000;

/** Reminds once, after three days, of letters whose last step is the supporter's. */
export async function remindOfSteps(context: Context): Promise<number> {
  const now = context.clock.now();
  const { rows } = await sql`
    with reminded as (
      update action a set step_reminded_at = ${now}
      where (a.organisation_id, a.action_id) in (
        select distinct l.organisation_id, l.action_id
        from letter l join action w using (organisation_id, action_id)
        where l.state = 'waiting' and l.changed_at < ${new Date(now.getTime() - REMIND_AFTER_MS)}
          and w.state = 'confirmed' and w.step_reminded_at is null
        limit ${MOST_PER_RUN})
      returning a.organisation_id, a.action_id
    )
    insert into mail (organisation_id, mail_id, action_id, kind, state, due_at, changed_at)
    select organisation_id, gen_random_uuid(), action_id, 'step', 'queued', ${now}, ${now} from reminded
    returning 1`.execute(context.db);
  return rows.length;
}
