import { NOTES, TRANSITIONS } from './letter-states.js';
import { FIRST_WAITS_MS, LAST_TRY_MS, LATER_WAIT_MS, LATER_WAIT_SPREAD } from './retry-table.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** The tables of letter states and of retries as Markdown, for `docs/promises.md`. */
export function printTables(): { readonly states: string; readonly retries: string } {
  return { states: printStates(), retries: printRetries() };
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
