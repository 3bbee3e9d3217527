import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isDay, shownEnd } from '../src/alerts/closing-time.js';
import { closingTime } from '../src/alerts/index.js';

const days = fc
  .date({ min: new Date('0100-01-01'), max: new Date('9998-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const FARTHEST_WEST_HOURS = -12;
const FARTHEST_EAST_HOURS = 14;
const HOUR_MS = 3_600_000;

/** What a clock on the wall shows that many hours east of Greenwich. */
function wallClock(moment: Date, hoursEast: number): string {
  return new Date(moment.getTime() + hoursEast * HOUR_MS).toISOString();
}

test('an ask with a last day ends when that day is over everywhere, and not before', () => {
  fc.assert(
    fc.property(days, (day) => {
      const end = closingTime(day) ?? new Date(0);
      const before = new Date(end.getTime() - 1);
      expect(wallClock(before, FARTHEST_WEST_HOURS).slice(0, 10)).toBe(day);
      for (const hours of [FARTHEST_WEST_HOURS, 0, FARTHEST_EAST_HOURS]) {
        expect(wallClock(end, hours) > `${day}T23:59:59.999Z`).toBe(true);
      }
    }),
  );
});

test('an ask with a last instant ends then', () => {
  expect(closingTime('2026-06-30T18:00+02:00')).toEqual(new Date('2026-06-30T16:00:00Z'));
  expect(closingTime('2026-06-30T18:00:30Z')).toEqual(new Date('2026-06-30T18:00:30Z'));
});

test('the page shows the day as it was written', () => {
  fc.assert(fc.property(days, (day) => shownEnd(day)?.toISOString() === `${day}T00:00:00.000Z`));
  expect(shownEnd('2026-06-30T18:00+02:00')).toEqual(new Date('2026-06-30T16:00:00Z'));
  expect(shownEnd(null)).toBeUndefined();
});

test('what is not in the calendar is no end', () => {
  for (const text of [
    '2026-02-30',
    '2026-13-01',
    '2026-06-31T10:00Z',
    '2026-06-30T25:00Z',
    '',
    'soon',
    '2026-06-30T10:00+99:00',
  ]) {
    expect(closingTime(text)).toBeUndefined();
  }
  expect([isDay('2024-02-29'), isDay('2026-02-29'), isDay('2026-2-1'), isDay('')]).toEqual([
    true,
    false,
    false,
    false,
  ]);
});
