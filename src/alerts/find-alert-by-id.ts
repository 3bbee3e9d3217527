import type { Context } from '../context.js';
import { sql } from '../database/index.js';
import type { Alert } from './alert-shelf.js';
import { findAlert } from './find-alerts.js';

/** The alert that an action names, closed ones included; undefined for none, and for a draft. */
export async function findAlertById(
  context: Context,
  { organisationId, alertId }: { organisationId: number; alertId: string },
): Promise<Alert | undefined> {
  const { rows } = await sql<{ slug: string }>`
    select slug from alert where organisation_id = ${organisationId} and alert_id = ${alertId}`.execute(
    context.db,
  );
  const [row] = rows;
  return row && findAlert(context, { organisationId, slug: row.slug });
}
