const RUN_WORDS = 4;
const WORDS = /[\p{L}\p{N}]+/gu;
const UNKNOWN = -1;

/**
 * The share of a text that is not the organisation's: of its runs of four words, how many the template does not
 * have. 0 for the template as it was, 1 for a text that shares no run with it; an empty text has 0.
 */
export function shareOfOwnWords(text: string, template: string): number {
  const written = wordsOf(text);
  if (written.length === 0) return 0;
  const given = wordsOf(template);
  const digits = new Map<string, number>();
  for (const word of given) if (!digits.has(word)) digits.set(word, digits.size + 1);
  const givenRuns = new Set(runsOf(given, digits));
  const runs = runsOf(written, digits);
  return runs.filter((run) => run === UNKNOWN || !givenRuns.has(run)).length / runs.length;
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(WORDS) ?? [];
}

/** Each run as one number, with a digit for each word: compared faster than texts, and this is done for each letter. */
function runsOf(words: readonly string[], digits: ReadonlyMap<string, number>): number[] {
  const runs: number[] = [];
  for (let start = 0; start <= Math.max(0, words.length - RUN_WORDS); start += 1) {
    runs.push(runAt(words, start, digits));
  }
  return runs;
}

/** `UNKNOWN` where it has a word that the template does not have. */
function runAt(words: readonly string[], start: number, digits: ReadonlyMap<string, number>): number {
  const end = Math.min(start + RUN_WORDS, words.length);
  let run = 0;
  for (let at = start; at < end; at += 1) {
    const digit = digits.get(words[at] ?? '');
    if (digit === undefined) return UNKNOWN;
    run = run * (digits.size + 1) + digit;
  }
  return run;
}
