import { sql } from '../../database/index.js';
import type { Lane } from './lane.js';

/** A row of `office_lane o`, as `LANE_COLUMNS` selects it; all `null` where there is none yet. */
export interface LaneRow {
  readonly lane: string;
  readonly perHour: number | null;
  readonly nextAtMs: number | null;
  readonly opens: number | null;
  readonly closes: number | null;
  readonly timeZone: string | null;
  readonly weekdaysOnly: boolean | null;
  readonly openedAt: Date | null;
  readonly probeAt: Date | null;
  readonly answeredAt: Date | null;
}

/** Of `office_lane o`. Times of day are minutes since midnight. */
export const LANE_COLUMNS = sql`o.lane, o.letters_per_hour as "perHour",
  extract(epoch from o.next_at)::float8 * 1000 as "nextAtMs",
  (extract(epoch from o.opens_at) / 60)::int as opens, (extract(epoch from o.closes_at) / 60)::int as closes,
  o.time_zone as "timeZone", o.weekdays_only as "weekdaysOnly", o.opened_at as "openedAt", o.probe_at as "probeAt",
  o.answered_at as "answeredAt"`;

/** Why staff paused `office_lane o`, or `whole`, its channel. */
export const PAUSE_REASON = sql`(
  select reason from office_lane_event e
  where e.lane = case when o.paused_at is not null then o.lane else whole.lane end and e.what = 'paused'
  order by e.event_id desc limit 1)`;

/** The lane of a row, with the channel's pace where staff set no other. */
export function readLane(row: LaneRow, lettersPerHour: number): Lane {
  const { lane, perHour, nextAtMs, opens, closes, timeZone, weekdaysOnly, openedAt, probeAt, answeredAt } =
    row;
  const hasHours = opens !== null && closes !== null && timeZone !== null;
  return {
    lane,
    lettersPerHour: perHour ?? lettersPerHour,
    nextAtMs: nextAtMs ?? Number.NEGATIVE_INFINITY,
    hours: hasHours ? { opens, closes, timeZone, weekdaysOnly: weekdaysOnly === true } : undefined,
    breaker: openedAt !== null && probeAt !== null ? { openedAt, probeAt } : undefined,
    answeredAt: answeredAt ?? undefined,
  };
}
