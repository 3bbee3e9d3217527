import { sql } from '../../database/index.js';
import type { Lane } from './lane.js';

/** A row of `office_lane o`, as `LANE_COLUMNS` selects it. */
export interface LaneRow {
  readonly lane: string;
  readonly perHour: number | null;
  readonly nextAtMs: string | number;
  readonly opens: number | null;
  readonly closes: number | null;
  readonly timeZone: string | null;
  readonly weekdaysOnly: boolean;
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

/** The lane of a row, with the channel's pace where staff set no other. */
export function readLane(row: LaneRow, lettersPerHour: number): Lane {
  const { lane, perHour, nextAtMs, opens, closes, timeZone, weekdaysOnly, openedAt, probeAt, answeredAt } =
    row;
  const hasHours = opens !== null && closes !== null && timeZone !== null;
  return {
    lane,
    lettersPerHour: perHour ?? lettersPerHour,
    nextAtMs: Number(nextAtMs),
    hours: hasHours ? { opens, closes, timeZone, weekdaysOnly } : undefined,
    breaker: openedAt !== null && probeAt !== null ? { openedAt, probeAt } : undefined,
    answeredAt: answeredAt ?? undefined,
  };
}
