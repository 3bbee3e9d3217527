import { type Logger as GraphileLogger, Logger, type Runner, run } from 'graphile-worker';
import {
  dropOldQuotas,
  expireUnconfirmed,
  forgetSupporters,
  remindOfSteps,
  remindUnconfirmed,
} from '../actions/index.js';
import { closeEndedAlerts } from '../alerts/index.js';
import type { Context } from '../context.js';
import {
  expireHeld,
  expireLettersOfClosedAlerts,
  expireWaiting,
  scrubContents,
  settleAccepted,
  sweepOutbox,
} from '../delivery/index.js';

/** Everything that happens by the clock alone. Each may run twice, or late, without harm. */
const TASKS: Readonly<Record<string, (context: Context) => Promise<unknown>>> = {
  close_ended_alerts: closeEndedAlerts,
  remind_unconfirmed: remindUnconfirmed,
  remind_of_steps: remindOfSteps,
  expire_unconfirmed: expireUnconfirmed,
  expire_held: ({ db, clock }) => expireHeld(db, clock.now()),
  expire_waiting: ({ db, clock }) => expireWaiting(db, clock.now()),
  expire_of_closed_alerts: ({ db, clock }) => expireLettersOfClosedAlerts(db, clock.now()),
  settle_accepted: ({ db, clock }) => settleAccepted(db, clock.now()),
  scrub_contents: ({ db, clock }) => scrubContents(db, clock.now()),
  forget_supporters: forgetSupporters,
  sweep_outbox: sweepOutbox,
  drop_old_quotas: dropOldQuotas,
};

const CRONTAB = Object.keys(TASKS)
  .map((task) => `*/5 * * * * ${task} ?max=3`)
  .join('\n');

/** Runs every task once, in order: what a test does after it moved the clock. */
export async function runUpkeepOnce(context: Context): Promise<void> {
  for (const task of Object.values(TASKS)) await task(context);
}

/** Runs the tasks every five minutes, on one of however many processes there are. */
export async function startUpkeep(context: Context): Promise<Runner> {
  return run({
    pgPool: context.pool,
    crontab: CRONTAB,
    noHandleSignals: true,
    logger: quietLogger(context),
    taskList: Object.fromEntries(
      Object.entries(TASKS).map(([name, task]) => [name, () => task(context).then(() => undefined)]),
    ),
  });
}

function quietLogger({ log }: Context): GraphileLogger {
  return new Logger(() => (level, message) => {
    if (level === 'error') log.error({ task: message }, 'upkeep');
    else if (level === 'warning') log.warn({ task: message }, 'upkeep');
  });
}
