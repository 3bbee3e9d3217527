import { expect, test } from 'vitest';
import type { LetterStanding } from '../src/actions/receipt/letter-words.js';
import { standingWords } from '../src/actions/receipt/standing-words.js';
import { isRehearsal } from '../src/actions/receipt/view-letters.js';
import { LETTER_STATES, type LetterReason, type LetterState } from '../src/delivery/index.js';
import { language } from '../src/language/index.js';
import { byMail } from './support/gallery-fixtures.js';

const at = new Date('2026-11-23T09:00:00Z');
const english = language('en');

function change(from: LetterState, to: LetterState, reason: LetterReason) {
  return { at, from, to, reason, callOutcome: null, note: null };
}

function standing(state: LetterState, more: Partial<LetterStanding> = {}): LetterStanding {
  return { state, changedAt: at, events: [], watchesBounces: true, ...more };
}

const words = (state: LetterState, more: Partial<LetterStanding> = {}): string =>
  standingWords(english, standing(state, more));

test('after a try without an answer no state says that the letter did not go or arrive', () => {
  for (const state of LETTER_STATES.filter((one) => one !== 'held' && one !== 'rehearsed')) {
    const said = words(state, {
      delivery: byMail,
      possibleCopies: 1,
      leftOffice: state === 'stopped',
      events: [change('refused', state, 'next_channel')],
    });
    expect(said, state).not.toMatch(/not reach|not sent it|before it went|to nobody\./);
    if (state !== 'unclear') expect(said, state).toMatch(/may (have|get) it|may get it twice/);
  }
});

test.each(['withdrawn', 'stopped', 'expired', 'bounced'] as const)(
  'a letter that is %s says what we did with it, and no more',
  (state) => {
    if (state !== 'bounced') expect(words(state)).toContain('We have not sent it.');
    expect(words(state, { delivery: byMail })).toContain('By us it did not reach the office.');
    const unclear = [
      change('sending', 'unclear', 'unreadable_answer'),
      change('unclear', state, 'withdrawn'),
    ];
    expect(words(state, { delivery: byMail, events: unclear })).toContain('may have it all the same');
  },
);

test('what staff said stands beside the change that they said it of', () => {
  const retried = { ...change('refused', 'queued', 'staff_decision'), note: 'The office asked.' };
  const refused = change('sending', 'refused', 'permanent_refusal');
  expect(words('refused', { events: [retried, refused] })).not.toContain('The office asked');
  const stopped = { ...change('queued', 'stopped', 'staff_paused'), note: 'The vote is over.' };
  expect(words('stopped', { events: [stopped] })).toContain('The vote is over.');
});

test('a letter found to have been taken keeps the day on which that was found', () => {
  const found = { ...change('unclear', 'accepted', 'staff_evidence'), note: 'They rang.' };
  const settled = change('accepted', 'settled', 'window_passed');
  const changedAt = new Date('2026-11-28T09:00:00Z');
  const said = words('settled', { changedAt, events: [found, settled] });
  expect(said).toContain('23 November 2026');
  expect(said).toContain('They rang.');
});

test('it is a rehearsal only where the site kept letters and nothing else went or goes', () => {
  const kept = { state: 'rehearsed', events: [change('held', 'rehearsed', 'sending_off')] } as const;
  const tested = { state: 'rehearsed', events: [change('sending', 'rehearsed', 'test_system')] } as const;
  expect(isRehearsal([kept, standing('waiting')])).toBe(true);
  expect(isRehearsal([kept, standing('accepted')])).toBe(false);
  expect(isRehearsal([kept, standing('queued')])).toBe(false);
  expect(isRehearsal([tested])).toBe(false);
});
