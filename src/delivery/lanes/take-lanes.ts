import { type Database, sql } from '../../database/index.js';
import type { SendingChannel } from '../office.js';
import { BREAKER, BURST, GAP_SPREAD } from './pace.js';

/** The lanes of one channel, at a time of the business clock. */
export interface LaneQuery {
  readonly channel: SendingChannel;
  readonly now: Date;
  /** Where staff set no other pace. */
  readonly lettersPerHour: number;
}

/** A lane that may send now, and how many letters. */
export interface OpenLane {
  readonly lane: string;
  readonly room: number;
}

/**
 * Locks the lanes of a channel that have a letter due and may send, for the rest of the transaction: not paused, in
 * their hours, by their pace, with one letter where the breaker is open. Other workers pass over locked lanes. The cost
 * is that of the lanes that have letters queued, whatever their number of letters.
 */
export async function takeOpenLanes(db: Database, query: LaneQuery): Promise<readonly OpenLane[]> {
  const { channel, now, lettersPerHour } = query;
  await sql`
    with recursive ${queuedLanes(channel)}
    insert into office_lane (lane, channel) select q.lane, ${channel} from queued_lane q
    where not exists (select from office_lane o where o.lane = q.lane)
    on conflict do nothing`.execute(db);
  const { rows } = await sql<OpenLane>`
    with recursive ${queuedLanes(channel)}
    select o.lane, case when o.opened_at is null
        then ${roomByPace(now, lettersPerHour)}
        when o.probe_at <= ${now} or o.probe_at > ${after(now, BREAKER.probeEveryMs)} then 1 else 0 end as room
    from queued_lane q join office_lane o on o.lane = q.lane
    where q.due_at <= ${now} and o.paused_at is null and ${inHours(now)}
    order by o.lane for update of o skip locked`.execute(db);
  return rows.filter(({ room }) => room > 0);
}

/** Counts letters that were leased against the pace of their lanes, and sets the next probe of an open breaker. */
export async function spendPace(
  db: Database,
  taken: ReadonlyMap<string, number>,
  { now, lettersPerHour }: LaneQuery,
): Promise<void> {
  if (taken.size === 0) return;
  const lanes = [...taken.keys()];
  const spreads = lanes.map(() => 1 + GAP_SPREAD * (2 * Math.random() - 1));
  await sql`
    update office_lane o set next_at = ${paceFrom(now, lettersPerHour)} + s.letters * s.spread * ${gap(lettersPerHour)},
      probe_at = case when o.opened_at is null then null else ${after(now, BREAKER.probeEveryMs)}::timestamptz end
    from unnest(${lanes}::text[], ${[...taken.values()]}::int[], ${spreads}::float8[]) as s (lane, letters, spread)
    where o.lane = s.lane`.execute(db);
}

// A loose scan of the index of due letters: its first entry of each lane, one probe for each.
function queuedLanes(channel: SendingChannel) {
  const first = (after: ReturnType<typeof sql>) => sql`
    (select l.lane, l.due_at from letter l where l.state = 'queued' and l.lane > ${after} and l.lane < ${`${channel};`}
     order by l.lane, l.due_at, l.sequence limit 1)`;
  return sql`queued_lane (lane, due_at) as (
    ${first(sql`${`${channel}:`}`)}
    union all
    select next.lane, next.due_at from queued_lane q cross join lateral ${first(sql`q.lane`)} next
  )`;
}

function gap(lettersPerHour: number) {
  return sql`(interval '1 hour' / coalesce(o.letters_per_hour, ${lettersPerHour}::int))`;
}

/** The time that an idle lane saves up. */
function saved(lettersPerHour: number) {
  return sql`greatest(${BURST.letters - 1} * ${gap(lettersPerHour)}, ${BURST.seconds} * interval '1 second')`;
}

// A time that lies far ahead comes from a clock that was set back: the lane counts as idle.
function paceFrom(now: Date, lettersPerHour: number) {
  const idle = sql`${now}::timestamptz - ${saved(lettersPerHour)}`;
  return sql`case when o.next_at > ${now}::timestamptz + 2 * (${saved(lettersPerHour)} + ${gap(lettersPerHour)})
    then ${idle} else greatest(o.next_at, ${idle}) end`;
}

function roomByPace(now: Date, lettersPerHour: number) {
  return sql`greatest(0, 1 + floor(extract(epoch from ${now}::timestamptz - (${paceFrom(now, lettersPerHour)}))
    / extract(epoch from ${gap(lettersPerHour)})))::int`;
}

function inHours(now: Date) {
  const local = sql`(${now}::timestamptz at time zone o.time_zone)`;
  return sql`(o.opens_at is null or (
    case when o.opens_at <= o.closes_at then ${local}::time >= o.opens_at and ${local}::time < o.closes_at
      else ${local}::time >= o.opens_at or ${local}::time < o.closes_at end
    and (not o.weekdays_only or extract(isodow from ${local}) <= 5)))`;
}

function after(now: Date, milliseconds: number): Date {
  return new Date(now.getTime() + milliseconds);
}
