import type { IsoDate, PartialDate } from './model.js';

const SHAPE = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/;
const MONTHS = 12;

/** Reads a day, a month or a year that there is (`2016-02-30` is none); undefined for anything else. */
export function readPartialDate(value: unknown): PartialDate | undefined {
  if (typeof value !== 'string') return undefined;
  const [, year, month = '01', day = '01'] = SHAPE.exec(value) ?? [];
  if (year === undefined || Number(month) > MONTHS) return undefined;
  const time = new Date(`${year}-${month}-${day}T00:00:00Z`);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(`${year}-${month}-${day}`)
    ? value
    : undefined;
}

/** The first day that a date may mean. */
export function firstDayOf(date: PartialDate): IsoDate {
  return date + '0000-01-01'.slice(date.length);
}

/** The last day that a date may mean. */
export function lastDayOf(date: PartialDate): IsoDate {
  const [, year = date, month = String(MONTHS), day] = SHAPE.exec(date) ?? [];
  if (day !== undefined) return date;
  return new Date(Date.UTC(Number(year), Number(month), 0)).toISOString().slice(0, '0000-00-00'.length);
}

/** Whether a span may hold a day; a bound that is absent is open. */
export function mayHold(
  { start, ends }: { readonly start?: PartialDate | undefined; readonly ends?: PartialDate | undefined },
  day: IsoDate,
): boolean {
  return (start === undefined || firstDayOf(start) <= day) && (ends === undefined || lastDayOf(ends) >= day);
}
