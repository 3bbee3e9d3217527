import type { Context } from '../../context.js';
import { sql } from '../../database/index.js';

const LOOK_AGAIN_MS = 1000;
const HOUR_MS = 3_600_000;
const LOW_SHARE = 0.3;

/** Whether confirmation mail can go now, under the installation's hourly budget. */
export interface MailWeather {
  /** The budget runs low: a submit must bring a proof of work. */
  readonly proofNeeded: boolean;
  /** When the next mail can go, if not at once. */
  readonly laterAt: Date | undefined;
}

interface Forecast {
  now(): Promise<MailWeather>;
  /** Counts a submit from here until the database is seen to have it; call what comes back when it is stored. */
  begin(): () => void;
}

/**
 * Looks at the budget and the mails that wait for it at most once a second, and counts what this process takes in
 * between: a flood is over the budget in less time than that.
 */
export function openMailWeather(context: Context): Forecast {
  const { mailsPerHour } = context.config;
  let known: Promise<number> | undefined;
  let lookedAt = 0;
  let begun = 0;
  let ended = 0;
  let seen = 0;
  const look = (before: Promise<number> | undefined): Promise<number> => {
    const endedBefore = ended;
    const looking = lookAtUsed(context).then((used) => {
      seen = endedBefore;
      return used;
    });
    return before === undefined ? looking : looking.catch(() => before);
  };
  return {
    async now() {
      if (known === undefined || Date.now() - lookedAt > LOOK_AGAIN_MS) {
        lookedAt = Date.now();
        known = look(known);
      }
      const used = await known;
      const hour = startOfHour(context.clock.now());
      // Not all that is taken needs a mail: what is told of its time comes from the mails alone.
      const { laterAt } = weatherOf(used, mailsPerHour, hour);
      return { ...weatherOf(used + begun - seen, mailsPerHour, hour), laterAt };
    },
    begin() {
      begun += 1;
      return () => {
        ended += 1;
      };
    },
  };
}

async function lookAtUsed(context: Context): Promise<number> {
  const hour = startOfHour(context.clock.now());
  const { rows } = await sql<{ used: number }>`
    select coalesce((select spent from mail_budget where hour = ${hour}), 0)
      + (select count(*)::int from mail where state = 'queued' and kind in ('confirmation', 'reminder')) as used
  `.execute(context.db);
  return rows[0]?.used ?? 0;
}

/** The weather when `used` mails of this hour's budget are spent or waiting. */
export function weatherOf(used: number, mailsPerHour: number, hour: Date): MailWeather {
  const hoursAhead = mailsPerHour === 0 ? 1 : Math.floor(used / mailsPerHour);
  return {
    proofNeeded: used >= mailsPerHour * (1 - LOW_SHARE),
    laterAt: hoursAhead === 0 ? undefined : new Date(hour.getTime() + hoursAhead * HOUR_MS),
  };
}

function startOfHour(moment: Date): Date {
  return new Date(Math.floor(moment.getTime() / HOUR_MS) * HOUR_MS);
}
