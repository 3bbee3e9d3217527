import { lineAt } from './text-file.js';

/** How V8 tells where, for some of the mistakes; for others it quotes ten characters on each side. */
const PLACE = /(?: in JSON)? at position \d+ \(line (\d+) column \d+\)$/;
const QUOTED = /^Unexpected token '(.+?)', (\.\.\.)?"(.*)"(?:\.\.\.)? is not valid JSON$/s;
const CHARACTERS_BEFORE = 10;
const ENDED = 'Unexpected end of JSON input';

/** What is wrong with a JSON text, in the parser's words, and in which line of the text where that shows. */
export function findJsonProblem(
  text: string,
  { message }: SyntaxError,
): { readonly words: string; readonly line?: number } {
  const [, place] = PLACE.exec(message) ?? [];
  const line = message === ENDED ? lineAt(text, text.length) : Number(place ?? findQuoted(text, message));
  const words = message.replace(PLACE, '');
  return Number.isNaN(line) ? { words } : { words, line };
}

function findQuoted(text: string, message: string): number | undefined {
  const [, token = '', dots, quoted] = QUOTED.exec(message) ?? [];
  if (quoted === undefined) return undefined;
  const start = text.indexOf(quoted);
  const unique = start >= 0 && text.indexOf(quoted, start + 1) < 0;
  const within = dots === undefined ? quoted.indexOf(token) : CHARACTERS_BEFORE;
  return unique ? lineAt(text, start + within) : undefined;
}
