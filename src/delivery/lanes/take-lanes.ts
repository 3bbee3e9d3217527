import { type Database, sql } from '../../database/index.js';
import type { SendingChannel } from '../office.js';
import { type Lane, nextAfter, roomOf } from './lane.js';
import { BREAKER } from './pace.js';
import { LANE_COLUMNS, type LaneRow, readLane } from './read-lane.js';

/** The lanes of one channel, at a time of the business clock. */
export interface LaneQuery {
  readonly channel: SendingChannel;
  readonly now: Date;
  /** Where staff set no other pace. */
  readonly lettersPerHour: number;
}

/** A lane that may send now, and how many letters. */
export interface OpenLane extends Lane {
  readonly room: number;
}

/**
 * Locks the lanes of a channel that have a letter due and may send, for the rest of the transaction: not paused, in
 * their hours, by their pace, with one letter where the breaker is open; those first whose turn was the longest ago.
 * Other workers pass over locked lanes. The cost is that of the lanes that have letters queued, whatever their number
 * of letters.
 */
export async function takeOpenLanes(db: Database, query: LaneQuery): Promise<readonly OpenLane[]> {
  const { channel, now, lettersPerHour } = query;
  await sql`
    with recursive ${queuedLanes(channel)}
    insert into office_lane (lane, channel) select q.lane, ${channel} from queued_lane q
    where not exists (select from office_lane o where o.lane = q.lane)
    on conflict do nothing`.execute(db);
  const { rows } = await sql<LaneRow>`
    with recursive ${queuedLanes(channel)}
    select ${LANE_COLUMNS} from queued_lane q join office_lane o on o.lane = q.lane
    where q.due_at <= ${now} and o.paused_at is null
      and not exists (select from office_lane whole where whole.lane = ${channel} and whole.paused_at is not null)
    order by o.lane for update of o skip locked`.execute(db);
  return rows
    .map((row) => readLane(row, lettersPerHour))
    .map((lane) => ({ ...lane, room: roomOf(lane, now) }))
    .filter(({ room }) => room > 0)
    .toSorted((a, b) => (a.nextAtMs === b.nextAtMs ? 0 : a.nextAtMs - b.nextAtMs));
}

/** Counts letters that were leased against the pace of their lanes, and sets the next probe of an open breaker. */
export async function spendPace(
  db: Database,
  taken: readonly { readonly lane: OpenLane; readonly letters: number }[],
  now: Date,
): Promise<void> {
  if (taken.length === 0) return;
  const lanes = taken.map(({ lane }) => lane.lane);
  const nextAt = taken.map(({ lane, letters }) => nextAfter(lane, letters, now) / 1000);
  const probeAt = new Date(now.getTime() + BREAKER.probeEveryMs);
  await sql`
    update office_lane o set next_at = to_timestamp(s.next_at),
      probe_at = case when o.opened_at is not null then ${probeAt}::timestamptz end
    from unnest(${lanes}::text[], ${nextAt}::float8[]) as s (lane, next_at)
    where o.lane = s.lane`.execute(db);
}

/** `queued_lane (lane, due_at)`: a loose scan of the index of due letters, its first entry of each lane, one probe for each. */
export function queuedLanes(channel: SendingChannel) {
  const first = (from: ReturnType<typeof sql>) => sql`
    (select l.lane, l.due_at from letter l where l.state = 'queued' and l.lane ${from} and l.lane < ${`${channel};`}
     order by l.lane, l.due_at, l.sequence limit 1)`;
  // Also the lane of those whose office has no address or code any more: they must come to their end too.
  return sql`queued_lane (lane, due_at) as (
    ${first(sql`>= ${`${channel}:`}`)}
    union all
    select next.lane, next.due_at from queued_lane q cross join lateral ${first(sql`> q.lane`)} next
  )`;
}
