import { type Logger as GraphileLogger, Logger, type Runner, run } from 'graphile-worker';
import {
  dropOldQuotas,
  expireUnconfirmed,
  forgetSupporters,
  remindOfSteps,
  remindUnconfirmed,
  stopLettersOfLeavers,
} from '../actions/index.js';
import { closeEndedAlerts } from '../alerts/index.js';
import type { Context } from '../context.js';
import {
  applyBounces,
  expireHeld,
  expireLettersOfClosedAlerts,
  expireWaiting,
  forgetInboundMails,
  giveUpOnSilentOffices,
  mendDueTimes,
  refreshActiveOffices,
  remindOfSilence,
  scrubContents,
  settleAccepted,
  sweepOutbox,
} from '../delivery/index.js';
import { type Legislatures, warnOfEndings } from '../legislatures/index.js';

type Task = (context: Context, legislatures: Legislatures) => unknown;

/** Everything that happens by the clock alone. Each may run twice, or late, without harm. */
const TASKS: Readonly<Record<string, Task>> = {
  stop_letters_of_leavers: stopLettersOfLeavers,
  close_ended_alerts: closeEndedAlerts,
  remind_unconfirmed: remindUnconfirmed,
  remind_of_steps: remindOfSteps,
  expire_unconfirmed: expireUnconfirmed,
  expire_held: ({ db, clock }) => expireHeld(db, clock.now()),
  expire_waiting: ({ db, clock }) => expireWaiting(db, clock.now()),
  expire_of_closed_alerts: ({ db, clock }) => expireLettersOfClosedAlerts(db, clock.now()),
  settle_accepted: ({ db, clock }) => settleAccepted(db, clock.now()),
  remind_of_silence: ({ db, clock }) => remindOfSilence(db, clock.now()),
  mend_due_times: ({ db, clock }) => mendDueTimes(db, clock.now()),
  give_up_on_silent_offices: ({ db, clock }) => giveUpOnSilentOffices(db, clock.now()),
  apply_bounces: ({ db, clock }) => applyBounces(db, clock.now()),
  forget_inbound_mails: ({ db, clock }) => forgetInboundMails(db, clock.now()),
  scrub_contents: ({ db, clock }) => scrubContents(db, clock.now()),
  forget_supporters: forgetSupporters,
  sweep_outbox: sweepOutbox,
  refresh_active_offices: (context) => refreshActiveOffices(context),
  drop_old_quotas: dropOldQuotas,
};

/** Once a day is enough; a day on which nothing ran at that hour is made up for. */
const DAILY_TASKS: Readonly<Record<string, Task>> = {
  warn_of_ending_sets: warnOfEndings,
};

const CRONTAB = [
  ...Object.keys(TASKS).map((task) => `*/5 * * * * ${task} ?max=3`),
  ...Object.keys(DAILY_TASKS).map((task) => `0 6 * * * ${task} ?max=3&fill=1d`),
].join('\n');

/** Runs every task once, in order: what a test does after it moved the clock. */
export async function runUpkeepOnce(context: Context, legislatures: Legislatures): Promise<void> {
  for (const task of Object.values({ ...TASKS, ...DAILY_TASKS })) await task(context, legislatures);
}

/** Runs the tasks every five minutes, on one of however many processes there are. */
export async function startUpkeep(context: Context, legislatures: Legislatures): Promise<Runner> {
  const runner = await run({
    pgPool: context.pool,
    crontab: CRONTAB,
    noHandleSignals: true,
    logger: quietLogger(context),
    taskList: Object.fromEntries(
      Object.entries({ ...TASKS, ...DAILY_TASKS }).map(([name, task]) => [
        name,
        async () => {
          await task(context, legislatures);
        },
      ]),
    ),
  });
  // A chamber that was just switched on has no list yet; letters to it wait for it.
  if (context.config.cwc.house ?? context.config.cwc.senate)
    await runner.addJob('refresh_active_offices', {}, { jobKey: 'refresh_active_offices' });
  return runner;
}

function quietLogger({ log }: Context): GraphileLogger {
  return new Logger(() => (level, message) => {
    if (level === 'error') log.error({ task: message }, 'upkeep');
    else if (level === 'warning') log.warn({ task: message }, 'upkeep');
  });
}
