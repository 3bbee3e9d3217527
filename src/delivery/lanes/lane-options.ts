import { InvalidArgumentError } from 'commander';
import { AppError } from '../../errors.js';
import { END_OF_DAY, isTimeZone, type OfficeHours } from './office-hours.js';

const MOST_PER_HOUR = 1_000_000;
const MINUTES_PER_HOUR = 60;

/** What the options of `redress queue hours` give. */
export interface HoursGiven {
  /** Minutes since midnight. */
  readonly from?: number;
  readonly to?: number;
  readonly timeZone?: string;
  readonly weekdays: boolean;
  readonly always: boolean;
}

/** @throws InvalidArgumentError that says what to give. */
export function readPerHour(text: string): number | 'default' {
  if (text === 'default') return text;
  if (/^[1-9]\d{0,6}$/.test(text) && Number(text) <= MOST_PER_HOUR) return Number(text);
  throw new InvalidArgumentError(`Give a whole number from 1 to ${MOST_PER_HOUR}, or default.`);
}

/**
 * Minutes since midnight.
 * @throws InvalidArgumentError that says what to give.
 */
export function readTime(text: string): number {
  const [, hour, minute] = /^(\d{1,2}):(\d{2})$/.exec(text) ?? [];
  const minutes = Number(hour) * MINUTES_PER_HOUR + Number(minute);
  if (minutes <= END_OF_DAY && Number(minute) < MINUTES_PER_HOUR) return minutes;
  throw new InvalidArgumentError('Give a time of the day like 09:00; 24:00 is its end.');
}

/**
 * The hours that are wanted; `undefined`: all.
 * @throws AppError `invalid_input`
 */
export function readHours({ from, to, timeZone, weekdays, always }: HoursGiven): OfficeHours | undefined {
  if (always && from === undefined && to === undefined) return undefined;
  if (always || from === undefined || to === undefined || timeZone === undefined)
    throw new AppError('invalid_input', {
      detail:
        'Give --from 09:00 --to 17:00 --time-zone America/New_York, and --weekdays if you like; or --always.',
    });
  if (from === to || from === END_OF_DAY)
    throw new AppError('invalid_input', {
      detail: '--from must be another time than --to. All of a day is --from 00:00 --to 24:00.',
    });
  if (!isTimeZone(timeZone))
    throw new AppError('invalid_input', {
      detail: `There is no time zone "${timeZone}". Name one like Europe/Berlin.`,
    });
  return { opens: from, closes: to, timeZone, weekdaysOnly: weekdays };
}
