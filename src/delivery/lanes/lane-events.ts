import { type Database, sql } from '../../database/index.js';

/** What happened to an office's lane, or to a whole channel, and who says why. */
export interface LaneEvent {
  readonly lane: string;
  readonly at: Date;
  readonly what: 'paused' | 'resumed' | 'pace_set' | 'hours_set' | 'breaker_opened' | 'breaker_closed';
  readonly by: string;
  readonly reason: string;
}

/** The latest events, newest first; of one lane where it is named. */
export async function listLaneEvents(
  db: Database,
  { lane, most }: { readonly lane: string | undefined; readonly most: number },
): Promise<readonly LaneEvent[]> {
  const { rows } = await sql<LaneEvent>`
    select lane, at, what, by_whom as by, reason from office_lane_event
    where ${lane ?? null}::text is null or lane = ${lane ?? null} collate "C"
    order by event_id desc limit ${most}`.execute(db);
  return rows;
}
