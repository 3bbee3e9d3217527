import { DEFAULT_MAILS_PER_OFFICE_AND_HOUR } from '../config/index.js';
import { CHASE_AFTER_DAYS } from './chase/ask-again.js';
import { BREAKER, CWC_PER_SECOND, PARALLEL_PER_LANE, paceOf } from './lanes/pace.js';
import { NOTES, TRANSITIONS } from './letter-states.js';
import { FIRST_WAITS_MS, LAST_TRY_MS, LATER_WAIT_MS, LATER_WAIT_SPREAD } from './retry-table.js';

const SECOND_MS = 1000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** The tables of letter states, of retries and of paces as Markdown, for `docs/promises.md`. */
export function printTables(): { readonly states: string; readonly retries: string; readonly paces: string } {
  return { states: printStates(), retries: printRetries(), paces: printPaces() };
}

function printPaces(): string {
  const { burst, gapMs } = paceOf(DEFAULT_MAILS_PER_OFFICE_AND_HOUR);
  const perSecond = CWC_PER_SECOND;
  return [
    '| what | how much |',
    '|---|---|',
    row(['letters by mail to one office', `${DEFAULT_MAILS_PER_OFFICE_AND_HOUR} in any hour`]),
    row([
      'of these at once, to an office that was idle',
      `${burst}; then one each ${(gapMs / SECOND_MS).toFixed(1)} s, a fifth more or less`,
    ]),
    row(['letters to one office by a legislature’s own mail system', `${perSecond} a second`]),
    row(['connections of one worker to one office', `${PARALLEL_PER_LANE}`]),
    row([
      'an office counts as not answering',
      `after ${BREAKER.failures} failures within ${span(BREAKER.windowMs)}`,
    ]),
    row(['then one letter is tried', `each ${span(BREAKER.probeEveryMs)}`]),
    row(['its letters are given up and go on', `after ${span(LAST_TRY_MS)} without any answer`]),
    row(['a writer may ask for an answer', `once, ${CHASE_AFTER_DAYS} days after the letter was taken`]),
  ].join('\n');
}

function printStates(): string {
  return [
    '| from | to | when | reasons |',
    '|---|---|---|---|',
    ...TRANSITIONS.map(({ from, to, when, reasons }) => row([words(from), words([to]), when, code(reasons)])),
    ...NOTES.map(({ states, when, reasons }) =>
      row([words(states), 'the same: a note', when, code(reasons)]),
    ),
  ].join('\n');
}

function printRetries(): string {
  const first = FIRST_WAITS_MS.map((wait, index) => row([`${index + 1}`, span(wait)]));
  const later = row([
    `${FIRST_WAITS_MS.length + 1} and more`,
    `${span(LATER_WAIT_MS)} ± ${LATER_WAIT_SPREAD * 100} %, the last one at most ${span(LAST_TRY_MS)} after the first try`,
  ]);
  return ['| failed tries | next try after |', '|---|---|', ...first, later].join('\n');
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function words(states: readonly string[]): string {
  return states.map((state) => state.replaceAll('_', ' ')).join(', ');
}

function code(reasons: readonly string[]): string {
  return reasons.map((reason) => `\`${reason}\``).join(', ');
}

function span(milliseconds: number): string {
  if (milliseconds % DAY_MS === 0) return `${milliseconds / DAY_MS} days`;
  return milliseconds % HOUR_MS === 0 ? `${milliseconds / HOUR_MS} h` : `${milliseconds / MINUTE_MS} min`;
}
