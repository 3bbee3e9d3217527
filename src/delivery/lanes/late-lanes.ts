import type { Context } from '../../context.js';
import { type ChannelName, isSending, type OfficeSnapshot } from '../office.js';
import { type LaneView, viewLanes } from './lane-views.js';

/** The lane of a letter by this channel, as the database makes it; `undefined` where the supporter takes it. */
export function laneOf(
  channel: ChannelName,
  { email = '', code = '' }: Pick<OfficeSnapshot, 'email' | 'code'>,
): string | undefined {
  if (!isSending(channel)) return undefined;
  return channel === 'smtp' ? `smtp:${email.toLowerCase()}` : `${channel}:${code}`;
}

/** Of these lanes those whose letters of today are still under way at a time, as far as can be told: the latest first. */
export async function findLateLanes(
  context: Context,
  lanes: ReadonlySet<string>,
  until: Date,
): Promise<readonly LaneView[]> {
  const views = await viewLanes(context);
  return views
    .filter(({ lane, queued }) => lanes.has(lane) && queued > 0)
    .filter(({ expectedFinish }) => expectedFinish === null || expectedFinish.at > until)
    .toSorted((a, b) => finishOf(b) - finishOf(a));
}

function finishOf({ expectedFinish }: LaneView): number {
  return expectedFinish?.at.getTime() ?? Number.MAX_SAFE_INTEGER;
}
