// Cc is C0, DEL and C1. Under the u flag only lone halves of a pair are surrogates.
const FORBIDDEN = /(?![\t\n\u007f-\u009f])[\p{Cc}\p{Surrogate}\ufffe\uffff]/gu;
const LINE_ENDS = /\r\n?/g;

/**
 * Takes in a text of a letter: LF only, exactly one final LF, no leading byte order mark, no C0 control but
 * TAB and LF, no lone surrogate, no U+FFFE or U+FFFF. Nothing else is changed: no trimming, no normal form.
 * What comes out is what is confirmed, hashed and sent. Taking a taken text changes nothing.
 */
export function takeText(raw: string): string {
  const kept = raw.replace(LINE_ENDS, '\n').replace(FORBIDDEN, '');
  return `${withoutFinalLineFeeds(kept.replace(/^\ufeff+/, ''))}\n`;
}

/** Text of one line: no controls, no lone surrogate, one space between words. */
export function oneLine(text: string): string {
  return takeText(text).replace(/\s+/g, ' ').trim();
}

// A loop, since /\n+$/ takes quadratic time on a text of many line feeds that ends in something else.
function withoutFinalLineFeeds(text: string): string {
  let end = text.length;
  while (text[end - 1] === '\n') end -= 1;
  return text.slice(0, end);
}
