import type { Context } from '../../context.js';
import { sql } from '../../database/index.js';
import { SENDING_CHANNELS, type SendingChannel } from '../office.js';
import { queuedLanes } from './take-lanes.js';

const SECOND_MS = 1000;

interface ChannelRow {
  readonly channel: SendingChannel;
  readonly queued: number;
  readonly openBreakers: number;
  readonly paused: number;
}

/**
 * Sets the gauges of the queue: letters queued, how long the oldest of those that are next has waited since it was
 * confirmed, offices that do not answer, and offices that staff paused; by channel. Counting reads one index.
 */
export async function measureQueue(context: Context): Promise<void> {
  const { db, metrics, clock } = context;
  const { rows } = await sql<ChannelRow>`
    with queued as (
      select split_part(lane, ':', 1) as channel, count(*)::int as letters from letter
      where state = 'queued' and lane is not null group by 1
    ), office as (
      select channel, count(*) filter (where opened_at is not null)::int as opened,
        count(*) filter (where paused_at is not null)::int as paused from office_lane group by 1
    )
    select c.channel, coalesce(q.letters, 0) as queued, coalesce(o.opened, 0) as "openBreakers",
      coalesce(o.paused, 0) as paused
    from unnest(${[...SENDING_CHANNELS]}::text[]) as c (channel)
    left join queued q using (channel) left join office o using (channel)`.execute(db);
  for (const { channel, queued, openBreakers, paused } of rows) {
    metrics.lettersQueued.set({ channel }, queued);
    metrics.breakersOpen.set({ channel }, openBreakers);
    metrics.officesPaused.set({ channel }, paused);
    const since = queued === 0 ? undefined : await oldestOf(context, channel);
    const seconds = since === undefined ? 0 : (clock.now().getTime() - since.getTime()) / SECOND_MS;
    metrics.oldestLetterSeconds.set({ channel }, Math.max(0, seconds));
  }
}

/** When the oldest was confirmed of the letters that are each next to their office. */
async function oldestOf({ db }: Context, channel: SendingChannel): Promise<Date | undefined> {
  const { rows } = await sql<{ since: Date | null }>`
    with recursive ${queuedLanes(channel)}
    select min(a.confirmed_at) as since from queued_lane q
    cross join lateral (
      select organisation_id, action_id from letter l where l.state = 'queued' and l.lane = q.lane
      order by l.lane, l.due_at, l.sequence limit 1) next
    join action a on a.organisation_id = next.organisation_id and a.action_id = next.action_id`.execute(db);
  return rows[0]?.since ?? undefined;
}
