import type { Context } from '../context.js';
import { sql } from '../database/index.js';

/** How many people acted on an alert, by what is known of them. Never one number. */
export interface ActionCounts {
  /** Confirmed by mail and not taken back. */
  readonly confirmed: number;
  /** People who say that they sent a letter by themselves; nobody checked. */
  readonly selfReported: number;
}

export async function countActions(
  context: Context,
  alert: { organisationId: number; alertId: string },
): Promise<ActionCounts> {
  const { rows } = await sql<ActionCounts>`
    select count(*) filter (where state = 'confirmed')::int as confirmed,
      count(*) filter (where state = 'self_reported')::int as "selfReported"
    from action
    where organisation_id = ${alert.organisationId} and alert_id = ${alert.alertId}
      and state in ('confirmed', 'self_reported')`.execute(context.db);
  return rows[0] ?? { confirmed: 0, selfReported: 0 };
}
