const MINUTE_MS = 60_000;
const MINUTES_PER_HOUR = 60;
/** The end of a day, in minutes since its midnight. */
export const END_OF_DAY = 24 * MINUTES_PER_HOUR;
/** Enough for a weekend between two changes of the clock. */
const MOST_MINUTES_AHEAD = 4 * END_OF_DAY;
/** Zones lie whole quarters of an hour apart, and change their clocks on a quarter. */
const QUARTER_MINUTES = 15;
const WEEKEND: ReadonlySet<string> = new Set(['Sat', 'Sun']);

/** When an office takes letters: each day from `opens` until before `closes`, by its own clock, also over midnight. */
export interface OfficeHours {
  /** Minutes since midnight. */
  readonly opens: number;
  /** Minutes since midnight; another time than `opens`. */
  readonly closes: number;
  /** As the IANA names it: Europe/Berlin. */
  readonly timeZone: string;
  /** Nothing goes while it is Saturday or Sunday there. */
  readonly weekdaysOnly: boolean;
}

/** Whether letters may go at this moment. */
export function isOpenAt(hours: OfficeHours, at: Date): boolean {
  return isOpen(hours, localTime(hours.timeZone, at));
}

function isOpen({ opens, closes, weekdaysOnly }: OfficeHours, { minute, weekday }: LocalTime): boolean {
  if (weekdaysOnly && WEEKEND.has(weekday)) return false;
  return opens < closes ? minute >= opens && minute < closes : minute >= opens || minute < closes;
}

/** The first moment, from this one on, at which letters may go, to the minute. */
export function nextOpening(hours: OfficeHours, at: Date): Date {
  return nextMoment(hours, at, true);
}

/** The first moment, from this one on, at which letters may go no more, to the minute. */
export function nextClosing(hours: OfficeHours, at: Date): Date {
  return nextMoment(hours, at, false);
}

/** Whether there is a time zone of this name. */
export function isTimeZone(name: string): boolean {
  try {
    formatOf(name);
    return true;
  } catch {
    return false;
  }
}

function nextMoment(hours: OfficeHours, at: Date, open: boolean): Date {
  let local = localTime(hours.timeZone, at);
  if (isOpen(hours, local) === open) return at;
  const begin = Math.floor(at.getTime() / MINUTE_MS);
  for (let minute = begin + 1; minute <= begin + MOST_MINUTES_AHEAD; minute += 1) {
    const time = new Date(minute * MINUTE_MS);
    // Asking for the local time costs much more than counting on.
    local =
      minute % QUARTER_MINUTES === 0
        ? localTime(hours.timeZone, time)
        : { ...local, minute: local.minute + 1 };
    if (isOpen(hours, local) === open) return time;
  }
  return new Date((begin + MOST_MINUTES_AHEAD) * MINUTE_MS);
}

/** `9:00-17:00 Europe/Berlin, weekdays`. */
export function hoursWords({ opens, closes, timeZone, weekdaysOnly }: OfficeHours): string {
  return `${timeOfDay(opens)}-${timeOfDay(closes)} ${timeZone}${weekdaysOnly ? ', weekdays' : ''}`;
}

/** `9:05`, by a clock of 24 hours. */
export function timeOfDay(minutes: number): string {
  const minute = String(minutes % MINUTES_PER_HOUR).padStart(2, '0');
  return `${Math.floor(minutes / MINUTES_PER_HOUR)}:${minute}`;
}

interface LocalTime {
  /** Since midnight. */
  readonly minute: number;
  readonly weekday: string;
}

function localTime(timeZone: string, at: Date): LocalTime {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const minute = Number(parts.get('hour')) * MINUTES_PER_HOUR + Number(parts.get('minute'));
  return { minute, weekday: parts.get('weekday') ?? '' };
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Made once for each zone, since making one costs more than all that it is used for. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  formats.set(timeZone, format);
  return format;
}
