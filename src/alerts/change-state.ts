import type { Context } from '../context.js';
import { type Database, sql } from '../database/index.js';
import { AppError } from '../errors.js';
import { announceChange, shelfOf } from './alert-shelf.js';
import { ALERT_TRANSITIONS, type AlertState, type CloseReason } from './alert-states.js';
import { type AlertName, lockAlert, type StoredAlert } from './stored-alert.js';

interface Move extends AlertName {
  readonly to: AlertState;
  readonly reason: string;
  readonly by: string;
}

/** Puts a draft before the public. @throws AppError `not_found`, or `conflict` when it cannot be published. */
export async function publishAlert(context: Context, request: AlertName & { by: string }): Promise<void> {
  await moveAndForget(context, { ...request, to: 'published', reason: 'published' });
}

/** Ends an alert; its page stays in the archive. @throws AppError `not_found`, or `conflict` when it is not open. */
export async function closeAlert(
  context: Context,
  request: AlertName & { by: string; reason: CloseReason },
): Promise<void> {
  await moveAndForget(context, { ...request, to: 'closed' });
}

/** Closes every alert whose ask has ended, in all organisations. Returns how many; run it on a schedule. */
export async function closeEndedAlerts(context: Context): Promise<number> {
  const now = context.clock.now();
  const { rows } = await sql<AlertName>`
    with ended as (
      update alert set state = 'closed', closed_at = closes_at, updated_at = ${now}
      where state = 'published' and closes_at <= ${now}
      returning organisation_id, alert_id, slug
    ), event as (
      insert into alert_event (organisation_id, alert_id, at, from_state, to_state, reason, by_whom)
      select organisation_id, alert_id, ${now}::timestamptz, 'published', 'closed', 'ended', 'clock' from ended
    )
    select organisation_id as "organisationId", slug from ended`.execute(context.db);
  for (const name of rows) {
    await announceChange(context.db, name);
    shelfOf(context).forget(name);
  }
  return rows.length;
}

async function moveAndForget(context: Context, move: Move): Promise<void> {
  await context.db.transaction().execute(async (db) => {
    await moveAlert({ context, db }, move);
    await announceChange(db, move);
  });
  shelfOf(context).forget(move);
}

/** Moves an alert within a transaction, by the table of transitions, and records who did it and why. */
export async function moveAlert(
  { context, db }: { context: Context; db: Database },
  move: Move,
): Promise<void> {
  const { organisationId, slug, to, reason, by } = move;
  const alert = await lockAlert(db, move);
  if (alert === undefined) throw new AppError('not_found', { detail: `There is no alert "${slug}".` });
  const now = context.clock.now();
  checkMove(alert, move, now);
  await sql`
    update alert set state = ${to}, updated_at = ${now},
      published_at = case when ${to} = 'published' then ${now} else published_at end,
      closed_at = case when ${to} = 'closed' then ${now}::timestamptz end
    where organisation_id = ${organisationId} and alert_id = ${alert.alertId}`.execute(db);
  await sql`
    insert into alert_event (organisation_id, alert_id, at, from_state, to_state, reason, by_whom)
    values (${organisationId}, ${alert.alertId}, ${now}, ${alert.state}, ${to}, ${reason}, ${by})`.execute(
    db,
  );
}

function checkMove({ slug, state, closesAt }: StoredAlert, { to, reason }: Move, now: Date): void {
  const known = ALERT_TRANSITIONS.some(
    (transition) => transition.from === state && transition.to === to && transition.reasons.includes(reason),
  );
  if (!known) {
    const detail = `The alert "${slug}" is ${state}, so it cannot become ${to} (${reason}).`;
    throw new AppError('conflict', { detail });
  }
  if (to === 'published' && closesAt !== null && closesAt <= now) {
    const detail = `The ask of "${slug}" ended at ${closesAt.toISOString()}: move ask.until, or leave it out.`;
    throw new AppError('conflict', { detail });
  }
}
