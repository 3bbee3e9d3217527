const WORD = /[\p{L}\p{M}\p{N}]+/gu;
/** So many words of a letter in a row are no chance. */
const RUN = 4;
const MASK = '[…]';

/** An answer without what it repeats of these texts: four words in a row or more, whatever stands between them. */
export function maskText(answer: string, texts: readonly string[]): string {
  const runs = new Set(texts.flatMap((text) => runsOf(wordsIn(text).map(([word]) => word))));
  const words = wordsIn(answer);
  const repeated = new Set<number>();
  for (const [start, run] of runsOf(words.map(([word]) => word)).entries())
    if (runs.has(run)) for (let word = start; word < start + RUN; word += 1) repeated.add(word);
  let [masked, from] = ['', 0];
  for (const [number, { 0: word, index }] of words.entries()) {
    if (!repeated.has(number)) continue;
    if (!repeated.has(number - 1)) masked += answer.slice(from, index) + MASK;
    from = index + word.length;
  }
  return masked + answer.slice(from);
}

function wordsIn(text: string): RegExpExecArray[] {
  return [...text.matchAll(WORD)];
}

function runsOf(words: readonly string[]): string[] {
  return words.slice(0, Math.max(0, words.length - RUN + 1)).map((_, start) =>
    words
      .slice(start, start + RUN)
      .join(' ')
      .toLowerCase(),
  );
}
