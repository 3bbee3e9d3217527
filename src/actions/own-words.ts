const SHINGLE_WORDS = 4;
const WORDS = /[\p{L}\p{N}]+/gu;

/**
 * The share of a text that is not the organisation's: of its runs of four words, how many the template does not
 * have. 0 for the template as it was, 1 for a text that shares no run with it; an empty text has 0.
 */
export function shareOfOwnWords(text: string, template: string): number {
  const written = shingles(text);
  if (written.length === 0) return 0;
  const given = new Set(shingles(template));
  return written.filter((shingle) => !given.has(shingle)).length / written.length;
}

function shingles(text: string): string[] {
  const words = text.toLowerCase().match(WORDS) ?? [];
  if (words.length === 0) return [];
  const count = Math.max(1, words.length - SHINGLE_WORDS + 1);
  return Array.from({ length: count }, (_, start) => words.slice(start, start + SHINGLE_WORDS).join(' '));
}
