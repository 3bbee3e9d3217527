import type { LateOffices } from '../actions/index.js';

const MOST_NAMED = 5;

/** Says which offices are late, for whoever publishes; nothing where none is. */
export function lateWords(found: LateOffices | undefined): string | undefined {
  if (found === undefined || found.late.length === 0) return undefined;
  const { late, offices, until } = found;
  const lines = late.slice(0, MOST_NAMED).map(({ lane, queued, expectedFinish, pausedAt }) => {
    const end =
      pausedAt === null
        ? `done ${expectedFinish?.orLater ? 'not before' : 'about'} ${day(expectedFinish?.at)}`
        : 'paused by staff';
    return `  ${lane}: ${queued} ${queued === 1 ? 'letter' : 'letters'} before, ${end}`;
  });
  const more = late.length - lines.length;
  return [
    `Warning: offices whose queues are expected to last longer than the alert, which ends ${day(until)}: ${late.length} of the ${offices} that we send to. Letters to them would come late:`,
    ...lines,
    ...(more > 0 ? [`  and ${more} more`] : []),
    '  See redress queue. A faster pace where an office agrees: redress queue pace.',
  ].join('\n');
}

function day(at: Date | undefined): string {
  return at?.toISOString().slice(0, 'YYYY-MM-DDTHH:MM'.length).concat('Z') ?? '';
}
