import type { Context } from '../../context.js';
import { sql } from '../../database/index.js';
import type { SendingChannel } from '../office.js';
import { channelOpensAt } from './expect-letters.js';
import { type ExpectedTime, expectedTime } from './expected-time.js';
import type { OfficeHours } from './office-hours.js';
import { lettersPerHour } from './pace.js';
import { LANE_COLUMNS, type LaneRow, PAUSE_REASON, readLane } from './read-lane.js';

/** The queue to one office, as staff see it. Times are by the business clock. */
export interface LaneView {
  readonly lane: string;
  readonly channel: SendingChannel;
  /** Whom letters there name; `null` where none is under way, or the lane is a whole channel. */
  readonly office: string | null;
  readonly queued: number;
  readonly sending: number;
  /** When the letter that waits longest was confirmed. */
  readonly oldestConfirmedAt: Date | null;
  readonly lettersPerHour: number;
  readonly hours: OfficeHours | undefined;
  /** When the last queued letter goes, about; `null` where none is queued, or staff pause it. */
  readonly expectedFinish: ExpectedTime | null;
  /** Since when the office does not answer, and when it is tried again. */
  readonly breaker: { readonly openedAt: Date; readonly probeAt: Date } | undefined;
  /** In the window that counts. */
  readonly failures: number;
  readonly lastFailure: string | null;
  readonly pausedAt: Date | null;
  readonly pauseReason: string | null;
}

interface QueueRow extends LaneRow {
  readonly channel: SendingChannel;
  readonly office: string | null;
  readonly queued: number;
  readonly sending: number;
  readonly oldestConfirmedAt: Date | null;
  readonly failures: number;
  readonly lastFailure: string | null;
  readonly pausedAt: Date | null;
  readonly pauseReason: string | null;
}

/**
 * The queues to offices, the longest first: those with letters under way, and those that are paused or do not answer;
 * with `all` every one that there ever was.
 */
export async function viewLanes(context: Context, { all = false } = {}): Promise<readonly LaneView[]> {
  const { rows } = await sql<QueueRow>`
    with under_way as (
      select lane, state, organisation_id, action_id, office from letter where state = 'queued' and lane is not null
      union all
      select lane, state, organisation_id, action_id, office from letter where state = 'sending' and lane is not null
    ), backlog as (
      select u.lane, max(u.office ->> 'name') as office, count(*) filter (where u.state = 'queued')::int as queued,
        count(*) filter (where u.state = 'sending')::int as sending, min(a.confirmed_at) as oldest
      from under_way u join action a using (organisation_id, action_id) group by u.lane
    )
    select ${LANE_COLUMNS}, coalesce(b.lane, o.lane) as lane,
      split_part(coalesce(b.lane, o.lane), ':', 1) as channel, b.office, coalesce(b.queued, 0) as queued,
      coalesce(b.sending, 0) as sending, b.oldest as "oldestConfirmedAt", coalesce(o.failures, 0) as failures,
      o.last_failure as "lastFailure", coalesce(o.paused_at, whole.paused_at) as "pausedAt",
      ${PAUSE_REASON} as "pauseReason"
    from office_lane o full join backlog b on b.lane = o.lane
    left join office_lane whole on whole.lane = split_part(coalesce(b.lane, o.lane), ':', 1) collate "C"
    where ${all} or b.lane is not null or o.paused_at is not null or o.opened_at is not null
    order by coalesce(b.queued, 0) desc, coalesce(b.lane, o.lane)`.execute(context.db);
  return rows.map((row) => viewOf(context, row));
}

function viewOf({ config, clock }: Context, row: QueueRow): LaneView {
  const { channel, office, queued, sending, oldestConfirmedAt } = row;
  const { failures, lastFailure, pausedAt, pauseReason } = row;
  const lane = readLane(row, lettersPerHour(config, channel));
  const now = clock.now();
  const from = channelOpensAt(config, channel, now) ?? now;
  const isMoving = queued > 0 && pausedAt === null;
  return {
    lane: lane.lane,
    channel,
    office,
    queued,
    sending,
    oldestConfirmedAt,
    lettersPerHour: lane.lettersPerHour,
    hours: lane.hours,
    expectedFinish: isMoving ? finishOf(lane, queued, from) : null,
    breaker: lane.breaker,
    failures,
    lastFailure,
    pausedAt,
    pauseReason,
  };
}

/** When the last of so many letters goes: of an office that does not answer, no earlier than its next try. */
function finishOf(lane: Parameters<typeof expectedTime>[0], queued: number, now: Date): ExpectedTime {
  if (lane.breaker === undefined) return expectedTime(lane, { before: queued - 1, dueAt: now, now });
  const probe = expectedTime(lane, { before: 0, dueAt: now, now });
  const answering = { ...lane, breaker: undefined };
  const { at } = expectedTime(answering, { before: queued - 1, dueAt: probe.at, now: probe.at });
  return { at, orLater: true };
}
