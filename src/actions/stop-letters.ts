import type { Context } from '../context.js';
import { type Database, newId, sql } from '../database/index.js';
import {
  type Addressee,
  actionsWaitingFor,
  findAddressees,
  type StoppedAction,
  stopLetters,
  wakeWorkers,
} from '../delivery/index.js';
import { hasLeft, type Legislatures } from '../legislatures/index.js';
import type { LinkTarget } from './confirm/link-token.js';

const MOST_ACTIONS = 1000;
/** What stops within this time is told in one mail. */
const TELL_AFTER_MS = 60_000;

/**
 * Stops the letters that are under way to somebody who no longer holds the seat, and has their writers told by mail,
 * or where they send by hand and gave no address by the receipt alone; answers how many. Nobody else gets them. Safe to run at any time, in any number of processes.
 */
export async function stopLettersOfLeavers(context: Context, legislatures: Legislatures): Promise<number> {
  let total = 0;
  for (const addressee of leavers(legislatures, await findAddressees(context.db)))
    total += await stopAll(context, addressee);
  if (total > 0) context.log.info({ letters: total }, 'letters to people who left office were stopped');
  return total;
}

async function stopAll(context: Context, addressee: Addressee): Promise<number> {
  let total = 0;
  for (;;) {
    const actionIds = await actionsWaitingFor(context.db, addressee, MOST_ACTIONS);
    const stop = { addressee, actionIds, by: 'upkeep', at: context.clock.now() } as const;
    const stopped = await context.db.transaction().execute((db) => stopAndTell(db, stop));
    total += stopped;
    if (stopped === 0 || actionIds.length < MOST_ACTIONS) return total;
  }
}

/** As `stopLettersOfLeavers`, for the letters of one action, inside the transaction that confirms it. */
export async function stopConfirmedToLeavers(
  { context, legislatures }: { readonly context: Context; readonly legislatures: Legislatures },
  db: Database,
  target: LinkTarget,
): Promise<void> {
  const { organisationId, actionId } = target;
  const addressees = await findAddressees(db, { organisationId, actionId });
  const at = context.clock.now();
  for (const addressee of leavers(legislatures, addressees))
    await stopAndTell(db, { addressee, actionIds: [actionId], by: 'system', at });
}

function leavers(legislatures: Legislatures, addressees: readonly Addressee[]): Addressee[] {
  const snapshots = legislatures.list();
  return addressees.filter((addressee) => hasLeft(snapshots, addressee));
}

async function stopAndTell(db: Database, stop: Parameters<typeof stopLetters>[1]): Promise<number> {
  const { addressee, actionIds, at } = stop;
  if (actionIds.length === 0) return 0;
  // The action before its letters, as whoever withdraws locks them; and one process at a time tells its writer.
  await sql`select from action
    where organisation_id = ${addressee.organisationId} and action_id = any(${actionIds}::uuid[])
    order by action_id for update`.execute(db);
  const actions = await stopLetters(db, stop);
  await tellWriters(db, actions, at);
  return actions.reduce((sum, { letters }) => sum + letters, 0);
}

/** One mail for each action, however many of its letters stop: none where one is still to go. */
async function tellWriters(db: Database, actions: readonly StoppedAction[], at: Date): Promise<void> {
  if (actions.length === 0) return;
  const due = new Date(at.getTime() + TELL_AFTER_MS);
  await sql`
    insert into mail (organisation_id, mail_id, action_id, kind, state, due_at, changed_at)
    select s.organisation_id, s.mail_id, s.action_id, 'stopped', 'queued', ${due}, ${at}
    from unnest(${actions.map(({ organisationId }) => organisationId)}::int[],
      ${actions.map(({ actionId }) => actionId)}::uuid[], ${actions.map(newId)}::uuid[])
      as s (organisation_id, action_id, mail_id)
    where exists (select from action a where a.organisation_id = s.organisation_id and a.action_id = s.action_id
      and a.kind = 'by_mail')
      and not exists (select from mail m where m.organisation_id = s.organisation_id and m.action_id = s.action_id
      and m.kind = 'stopped' and m.state = 'queued')`.execute(db);
  await wakeWorkers(db);
}
