import { refuseFile, type SourceFile } from '../files/source-file.js';
import type { IsoDate } from '../model.js';
import { firstDayOf, lastDayOf, readPartialDate } from '../partial-date.js';
import type { Placed, PopoloDocument, PopoloEvent } from './popolo-document.js';

/** The legislative period that is read, as far as the file knows of one. */
export interface Term {
  /** Undefined: the file has none, or none is meant. */
  readonly event: PopoloEvent | undefined;
  readonly firstDay: IsoDate | undefined;
  readonly lastDay: IsoDate | undefined;
  /** Who sat on this day is read: today, or the nearest day of the term. */
  readonly on: IsoDate;
}

/**
 * Finds a legislative period: the one of that id or name, else the newest that has begun.
 * @throws AppError `invalid_file` with the periods that there are.
 */
export function findTerm(
  file: SourceFile,
  { events }: PopoloDocument,
  { named, today }: { named: string | undefined; today: IsoDate },
): Term {
  const terms = events
    .filter(({ item }) => item.classification === 'legislative period')
    .map((placed) => datesOf(file, placed))
    .sort((a, b) => (a.firstDay ?? '').localeCompare(b.firstDay ?? ''));
  const chosen =
    named === undefined
      ? (terms.findLast(({ firstDay = '' }) => firstDay <= today) ?? terms.at(-1))
      : terms.find(({ event }) => [event.id, event.name, shortId(event.id)].includes(named));
  if (chosen === undefined && named !== undefined) {
    const known = terms.map(({ event }) => `${shortId(event.id)} (${event.name ?? 'no name'})`).join(', ');
    return refuseFile(file.name, `it has no term "${named}"; it has ${known || 'none'}`, { path: '/events' });
  }
  if (chosen === undefined) return { event: undefined, firstDay: undefined, lastDay: undefined, on: today };
  const { firstDay = today, lastDay = today } = chosen;
  return { ...chosen, on: today < firstDay ? firstDay : today > lastDay ? lastDay : today };
}

/** `31` of `term/31` */
export function shortId(id: string): string {
  return id.replace(/^.*\//, '');
}

function datesOf(file: SourceFile, { item: event, path }: Placed<PopoloEvent>) {
  const read = (field: 'start_date' | 'end_date') => readDate(file, event[field], `${path}/${field}`);
  const start = read('start_date');
  const end = read('end_date');
  return {
    event,
    firstDay: start === undefined ? undefined : firstDayOf(start),
    lastDay: end === undefined ? undefined : lastDayOf(end),
  };
}

/** @throws AppError `invalid_file` for what is no day, month or year. */
export function readDate(
  file: SourceFile,
  value: string | null | undefined,
  path: string,
): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  return readPartialDate(value) ?? refuseFile(file.name, `"${value}" is no day, month or year`, { path });
}
