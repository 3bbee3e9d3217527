import { sql } from '../../database/index.js';

// The seven days of a letter's tries stand still while it is due and may not go: by pace, hours, pause or maintenance,
// and all the time that its office does not answer. They are kept as the first try's time, which is moved on.

/**
 * The first try of `letter l` that is leased now as `due`, moved on by the time that it was due and waited. What lies
 * before the office's last answer was counted then; what lies after its breaker opened is counted when it closes.
 */
export function daysAfterWaiting(now: Date) {
  const until = sql`coalesce(due.opened_at, ${now}::timestamptz)`;
  const waited = sql`greatest(interval '0', ${until} - greatest(l.due_at, due.answered_at))`;
  return sql`least(${now}::timestamptz, l.first_tried_at + ${waited})`;
}

/** The time from which the days of `letter l` count, by its lane `office_lane o`: none of an open breaker. */
export function daysCountFrom(now: Date) {
  return sql<Date | null>`case when l.first_tried_at is null or o.opened_at is null then l.first_tried_at
    else l.first_tried_at + greatest(interval '0', ${now}::timestamptz - greatest(o.opened_at, l.first_tried_at)) end`;
}

/** As `daysCountFrom`, with the waiting before it opened, to be kept when the breaker of `was` closes. */
export function daysAfterSilence(now: Date) {
  const began = sql`greatest(l.first_tried_at, was.answered_at, least(l.due_at, was.opened_at))`;
  return sql`least(${now}::timestamptz, l.first_tried_at + greatest(interval '0', ${now}::timestamptz - ${began}))`;
}
