import type { LaneView } from './lane-views.js';
import { hoursWords } from './office-hours.js';

const MINUTE_MS = 60_000;
const MINUTES_PER_HOUR = 60;
const HOURS_PER_DAY = 24;

/** A lane for a person: one line, and one more for each thing that is off. */
export function laneLines(view: LaneView, now: Date): string {
  const { lane, office, queued, sending, oldestConfirmedAt, expectedFinish, hours, breaker } = view;
  const head = [
    lane,
    ...(office === null ? [] : [office]),
    `queued ${queued}`,
    ...(sending > 0 ? [`sending ${sending}`] : []),
    ...(oldestConfirmedAt === null ? [] : [`oldest ${ageOf(now, oldestConfirmedAt)}`]),
    `${view.lettersPerHour} an hour`,
    ...(hours === undefined ? [] : [hoursWords(hours)]),
    ...(expectedFinish === null
      ? []
      : [`done ${expectedFinish.orLater ? 'not before' : 'about'} ${instant(expectedFinish.at)}`]),
  ].join('  ');
  const last = view.lastFailure === null ? '' : `: ${view.lastFailure}`;
  return [
    head,
    ...(view.pausedAt === null
      ? []
      : [`  paused since ${instant(view.pausedAt)}: ${view.pauseReason ?? ''}`]),
    ...(breaker === undefined
      ? []
      : [`  no answer since ${instant(breaker.openedAt)}, tried again ${instant(breaker.probeAt)}${last}`]),
    ...(breaker === undefined && view.failures > 0 ? [`  failed ${view.failures} times${last}`] : []),
  ].join('\n');
}

function ageOf(now: Date, since: Date): string {
  const minutes = Math.max(0, Math.floor((now.getTime() - since.getTime()) / MINUTE_MS));
  if (minutes < MINUTES_PER_HOUR) return `${minutes} min`;
  const hours = Math.floor(minutes / MINUTES_PER_HOUR);
  return hours < 2 * HOURS_PER_DAY ? `${hours} h` : `${Math.floor(hours / HOURS_PER_DAY)} days`;
}

function instant(at: Date): string {
  return `${at.toISOString().slice(0, 'YYYY-MM-DDTHH:MM'.length)}Z`;
}
