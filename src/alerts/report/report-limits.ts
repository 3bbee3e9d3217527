const LONGEST_REPORT = 60_000;
// The parser takes quadratic time over each of these: 20,000 of one kind hold it up for a minute.
const INLINE_MARK = /[*_~`[\]<]/g;
const MOST_INLINE_MARKS = 1500;
const UNDERLINE = /^ {0,3}(?:=+|-+)[ \t]*$/gm;
const MOST_UNDERLINES = 200;
const DEEPLY_NESTED = /^[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+|>[ \t]?){20}/m;

/** Why a report is not even parsed: it is longer, denser or deeper than any that people write. */
export function whyTooHard(markdown: string): string | undefined {
  if (markdown.length > LONGEST_REPORT) return `it is longer than ${LONGEST_REPORT} characters: shorten it`;
  if (DEEPLY_NESTED.test(markdown)) return 'a line opens more than 19 lists or quotations: nest less';
  if (count(markdown, UNDERLINE) > MOST_UNDERLINES) {
    return `it has more than ${MOST_UNDERLINES} lines of only = or -: write headings with #`;
  }
  const dense = markdown
    .split(/\n[ \t]*\n/)
    .some((paragraph) => count(paragraph, INLINE_MARK) > MOST_INLINE_MARKS);
  return dense
    ? `a paragraph has more than ${MOST_INLINE_MARKS} of the marks * _ ~ \` [ ] <: divide it`
    : undefined;
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
