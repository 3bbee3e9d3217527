import type { Config } from '../../config/index.js';
import type { Context } from '../../context.js';
import { sql } from '../../database/index.js';
import { CWC_CHAMBERS } from '../channels/cwc/index.js';
import { closedUntil } from '../channels/cwc/washington-time.js';
import { maySend } from '../may-send.js';
import type { SendingChannel } from '../office.js';
import { type ExpectedTime, expectedTime } from './expected-time.js';
import type { Lane } from './lane.js';
import { isOpenAt, nextClosing, type OfficeHours } from './office-hours.js';
import { lettersPerHour } from './pace.js';
import { LANE_COLUMNS, type LaneRow, PAUSE_REASON, readLane } from './read-lane.js';

/** As far as letters before one are counted: a longer queue is said to be longer. */
const MOST_COUNTED = 10_000;
const SOON_MS = 120_000;

/**
 * What a queued letter waits for. `soon`: nothing much. `pace`, `hours`: its turn, by what the office gets in an hour
 * or in which hours. `retry`: its own next try. `silent`: its office's system to answer. `closed`: the legislature's
 * system to open again. `paused`: staff. `off`: the configuration, which sends nothing that way now.
 */
export type WaitsFor = 'soon' | 'pace' | 'hours' | 'retry' | 'silent' | 'closed' | 'paused' | 'off';

/** When a queued letter is expected to go, or to be tried again, and why not now. */
export interface Expectation {
  readonly waitsFor: WaitsFor;
  /** About; `null` while staff pause it, or the configuration does. */
  readonly at: Date | null;
  /** Then or later: further on was not looked. */
  readonly orLater: boolean;
  /** How many letters to this office are before it; so many or more where it is `MOST_COUNTED`. */
  readonly before: number;
  readonly lettersPerHour: number;
  readonly hours: OfficeHours | undefined;
  /** Why staff paused it, in their words. */
  readonly reason: string | null;
}

/** Whether more letters are before one than were counted. */
export function isCountCapped({ before }: Pick<Expectation, 'before'>): boolean {
  return before >= MOST_COUNTED;
}

interface QueuedRow extends LaneRow {
  readonly letterId: string;
  readonly channel: SendingChannel;
  readonly email: string | null;
  readonly attempts: number;
  readonly dueAt: Date;
  readonly before: number;
  readonly pausedAt: Date | null;
  readonly pauseReason: string | null;
}

interface LettersQuery {
  readonly organisationId: number;
  readonly letterIds: readonly string[];
}

/** What those of the letters that are queued wait for, by their ids. */
export async function expectLetters(
  { db, config, clock }: Context,
  { organisationId, letterIds }: LettersQuery,
): Promise<ReadonlyMap<string, Expectation>> {
  if (letterIds.length === 0) return new Map();
  const { rows } = await sql<QueuedRow>`
    select l.letter_id as "letterId", l.channel, l.office ->> 'email' as email, l.attempts, l.due_at as "dueAt", ${LANE_COLUMNS},
      l.lane, coalesce(o.paused_at, whole.paused_at) as "pausedAt", ${PAUSE_REASON} as "pauseReason",
      (select count(*)::int from (
        select from letter q where q.state = 'queued' and q.lane = l.lane
          and (q.due_at, q.sequence) < (l.due_at, l.sequence) limit ${MOST_COUNTED}) before) as before
    from letter l
    left join office_lane o on o.lane = l.lane
    left join office_lane whole on whole.lane = l.channel collate "C"
    where l.organisation_id = ${organisationId} and l.letter_id = any(${letterIds}::uuid[]) and l.state = 'queued'
      and l.lane is not null`.execute(db);
  return new Map(rows.map((row) => [row.letterId, expectationOf(config, row, clock.now())]));
}

function expectationOf(config: Config, row: QueuedRow, now: Date): Expectation {
  const lane = readLane(row, lettersPerHour(config, row.channel));
  const { before, pauseReason: reason } = row;
  const common = { before, lettersPerHour: lane.lettersPerHour, hours: lane.hours, reason };
  if (row.pausedAt !== null) return { ...common, waitsFor: 'paused', at: null, orLater: false };
  if (!maySend(config, row.channel, row.email ?? ''))
    return { ...common, waitsFor: 'off', at: null, orLater: false };
  const opensAt = channelOpensAt(config, row.channel, now);
  const expected = expectedTime(lane, { before, dueAt: row.dueAt, now: opensAt ?? now });
  return { ...common, ...expected, waitsFor: waitsFor({ lane, row, now, opensAt, expected }) };
}

/** When a legislature's own mail system opens again; `undefined` where it is open. */
export function channelOpensAt(config: Config, channel: SendingChannel, now: Date): Date | undefined {
  if (channel === 'smtp') return undefined;
  return closedUntil(config.cwc[CWC_CHAMBERS[channel].setting]?.closed ?? [], now);
}

interface Waiting {
  readonly lane: Lane;
  readonly row: QueuedRow;
  readonly now: Date;
  readonly opensAt: Date | undefined;
  readonly expected: ExpectedTime;
}

function waitsFor({ lane, row, now, opensAt, expected: { at } }: Waiting): WaitsFor {
  if (lane.breaker !== undefined) return 'silent';
  // Put back before a try began, it is due later and has no attempt.
  const wasTried = row.attempts > 0 || row.dueAt > now;
  if (wasTried && at.getTime() - row.dueAt.getTime() <= SOON_MS) return 'retry';
  if (opensAt !== undefined && at.getTime() - opensAt.getTime() <= SOON_MS) return 'closed';
  if (at.getTime() - now.getTime() <= SOON_MS) return 'soon';
  const { hours } = lane;
  const inTheseHours = hours === undefined || (isOpenAt(hours, now) && at < nextClosing(hours, now));
  return inTheseHours ? 'pace' : 'hours';
}
