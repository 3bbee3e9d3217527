import type { Context } from '../../context.js';
import { sql } from '../../database/index.js';
import { expireLetters } from '../../delivery/index.js';
import { moveActions } from '../action-states.js';
import { scrubSupporters } from './confirm.js';

const DAY_MS = 86_400_000;
const REMIND_AFTER_MS = DAY_MS;
const EXPIRE_AFTER_MS = 7 * DAY_MS;
const MOST_PER_RUN = 1000;
const QUOTA_KEPT_MS = 2 * DAY_MS;

/** How long a confirmation link works. */
export const CONFIRM_WITHIN_MS = EXPIRE_AFTER_MS;

/**
 * Sends one reminder to those who have not confirmed after a day: the newest action of each person of which a mail
 * told them, unless they confirmed another. One beyond the day's mails to an address is not made up for by this.
 */
export async function remindUnconfirmed(context: Context): Promise<number> {
  const now = context.clock.now();
  const oldest = new Date(now.getTime() - EXPIRE_AFTER_MS);
  const { rows } = await sql`
    with reminded as (
      update action a set reminded_at = ${now}
      where a.reminded_at is null and (a.organisation_id, a.action_id) in (
        select distinct on (s.organisation_id, s.alert_id, s.person_tag) s.organisation_id, s.action_id
        from action s join alert using (organisation_id, alert_id)
        where s.state = 'submitted' and s.kind = 'by_mail' and alert.state = 'published'
          and s.submitted_at between ${oldest} and ${new Date(now.getTime() - REMIND_AFTER_MS)}
          and exists (select from mail m where m.organisation_id = s.organisation_id and m.action_id = s.action_id
            and m.kind = 'confirmation' and m.state in ('accepted', 'rehearsed'))
          and not exists (select from action o where o.organisation_id = s.organisation_id and o.alert_id = s.alert_id
            and o.person_tag = s.person_tag and (o.reminded_at is not null or o.state = 'confirmed'))
        order by s.organisation_id, s.alert_id, s.person_tag, s.submitted_at desc limit ${MOST_PER_RUN})
      returning a.organisation_id, a.action_id
    )
    insert into mail (organisation_id, mail_id, action_id, kind, state, due_at, changed_at)
    select organisation_id, gen_random_uuid(), action_id, 'reminder', 'queued', ${now}, ${now} from reminded
    returning 1`.execute(context.db);
  return rows.length;
}

type EndReason = 'alert_closed' | 'step_not_taken' | 'not_confirmed_in_time';

/** Ends the actions that nobody confirmed in seven days, or whose alert closed; their content is forgotten. */
export async function expireUnconfirmed(context: Context): Promise<number> {
  const at = context.clock.now();
  const { rows } = await sql<{ organisationId: number; actionId: string; reason: EndReason }>`
    select a.organisation_id as "organisationId", a.action_id as "actionId",
      case when alert.state = 'closed' then 'alert_closed' when a.kind = 'by_hand' then 'step_not_taken'
        else 'not_confirmed_in_time' end as reason
    from action a join alert using (organisation_id, alert_id)
    where a.state = 'submitted'
      and (a.submitted_at < ${new Date(at.getTime() - EXPIRE_AFTER_MS)} or alert.state = 'closed')
    order by a.submitted_at limit ${MOST_PER_RUN}`.execute(context.db);
  for (const [organisationId, ended] of Map.groupBy(rows, (row) => row.organisationId)) {
    for (const [reason, group] of Map.groupBy(ended, (row) => row.reason)) {
      const actionIds = group.map((row) => row.actionId);
      await context.db.transaction().execute(async (db) => {
        const moved = await moveActions(db, {
          organisationId,
          actionIds,
          to: 'expired',
          reason,
          by: 'upkeep',
          at,
        });
        await expireLetters(db, { organisationId, actionIds: moved, reason, by: 'upkeep', at });
        await scrubSupporters(db, organisationId, moved);
      });
    }
  }
  return rows.length;
}

/** Drops the quotas of past days and hours; their tags cannot be compared with today's anyway. */
export async function dropOldQuotas(context: Context): Promise<void> {
  const before = new Date(context.clock.now().getTime() - QUOTA_KEPT_MS);
  await sql`delete from address_quota where day < ${before}::timestamptz::date`.execute(context.db);
  await sql`delete from network_quota where hour < ${before}`.execute(context.db);
  await sql`delete from mail_budget where hour < ${before}`.execute(context.db);
}
