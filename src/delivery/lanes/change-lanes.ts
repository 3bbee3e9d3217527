import { type Database, sql } from '../../database/index.js';
import { AppError } from '../../errors.js';
import { SENDING_CHANNELS, type SendingChannel } from '../office.js';
import type { Decision } from '../staff/decision.js';
import { wakeWorkers } from '../wake-workers.js';
import { hoursWords, type OfficeHours } from './office-hours.js';

/** What is changed: an office's lane, or by its name a whole channel. */
export interface LaneChange extends Decision {
  readonly lane: string;
  readonly at: Date;
}

/**
 * The lane that staff mean: as `redress queue` prints it, or an office's address alone.
 * @throws AppError `not_found` when no letter ever went there or waits to.
 */
export async function findLane(db: Database, named: string): Promise<string> {
  const lane = named.includes(':') ? named : `smtp:${named.toLowerCase()}`;
  const { rows } = await sql`
    select from office_lane where lane = ${lane}
    union all select from letter where lane = ${lane} and state = 'queued' limit 1`.execute(db);
  if (rows.length > 0) return lane;
  throw new AppError('not_found', {
    detail: `There is no lane "${named}". Those that there are: redress queue --all`,
  });
}

/** @throws AppError `invalid_input` for a channel by which nothing is sent. */
export function laneOfChannel(name: string): SendingChannel {
  const channel = SENDING_CHANNELS.find((known) => known === name);
  if (channel !== undefined) return channel;
  throw new AppError('invalid_input', {
    detail: `We send nothing by "${name}". Name one of ${SENDING_CHANNELS.join(', ')}.`,
  });
}

/** Pauses a lane: its letters wait, and their seven days stand still. False where it was paused before. */
export async function pauseLane(db: Database, change: LaneChange): Promise<boolean> {
  return changeLane(db, change, {
    what: 'paused',
    set: sql`paused_at = ${change.at}`,
    where: sql`paused_at is null`,
  });
}

/** Lets a lane go on. False where it was not paused. */
export async function resumeLane(db: Database, change: LaneChange): Promise<boolean> {
  const resumed = await changeLane(db, change, {
    what: 'resumed',
    set: sql`paused_at = null`,
    where: sql`paused_at is not null`,
  });
  if (resumed) await wakeWorkers(db);
  return resumed;
}

/** Sets how many letters an hour an office gets; `undefined`: as its channel has it. */
export async function setPace(
  db: Database,
  change: LaneChange & { readonly lettersPerHour: number | undefined },
): Promise<void> {
  const perHour = change.lettersPerHour ?? null;
  await changeLane(db, change, {
    what: 'pace_set',
    set: sql`letters_per_hour = ${perHour}`,
    note: perHour === null ? 'as the channel has it' : `${perHour} an hour`,
  });
  await wakeWorkers(db);
}

/** Sets when an office gets letters; `undefined`: at all hours. */
export async function setHours(
  db: Database,
  change: LaneChange & { readonly hours: OfficeHours | undefined },
): Promise<void> {
  const { opens, closes, timeZone, weekdaysOnly } = change.hours ?? {};
  await changeLane(db, change, {
    what: 'hours_set',
    set: sql`opens_at = make_interval(mins => ${opens ?? null}::int)::time,
      closes_at = case when ${closes ?? null}::int = 1440 then time '24:00'
        else make_interval(mins => ${closes ?? null}::int)::time end,
      time_zone = ${timeZone ?? null}, weekdays_only = ${weekdaysOnly ?? false}`,
    note: change.hours === undefined ? 'at all hours' : hoursWords(change.hours),
  });
  await wakeWorkers(db);
}

interface ChangeStatement {
  readonly what: 'paused' | 'resumed' | 'pace_set' | 'hours_set';
  readonly set: ReturnType<typeof sql>;
  readonly where?: ReturnType<typeof sql<boolean>>;
  /** What was set, before the reason. */
  readonly note?: string;
}

async function changeLane(
  db: Database,
  { lane, at, by, reason }: LaneChange,
  { what, set, where = sql<boolean>`true`, note }: ChangeStatement,
): Promise<boolean> {
  const words = note === undefined ? reason : `${note}: ${reason}`;
  return db.transaction().execute(async (transaction) => {
    await sql`insert into office_lane (lane, channel) values (${lane}, split_part(${lane}, ':', 1))
      on conflict do nothing`.execute(transaction);
    const { rows } = await sql`
      with changed as (update office_lane set ${set} where lane = ${lane} and ${where} returning lane)
      insert into office_lane_event (lane, at, what, by_whom, reason)
      select lane, ${at}, ${what}, ${by}, ${words} from changed returning 1`.execute(transaction);
    return rows.length > 0;
  });
}
