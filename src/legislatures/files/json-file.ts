import { findJsonProblem } from './json-problem.js';
import { refuseFile, type SourceFile } from './source-file.js';
import { textOf } from './text-file.js';

const DEEPEST = 64;
/** JSON takes some 60 bytes of memory for each value: these are 120 MB. */
const MOST_VALUES = 2_000_000;
/** An object whose keys no other has takes 400 bytes. */
const MOST_OBJECTS = 500_000;

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPENING_OBJECT = 0x7b;
const OPENING = new Set([0x5b, OPENING_OBJECT]);
const CLOSING = new Set([0x5d, 0x7d]);

/**
 * Parses JSON whose size in memory is known before.
 * @throws AppError `invalid_file` for what is no JSON, nested too deep, or of too many values.
 */
export function readJson(file: SourceFile, mostValues = MOST_VALUES): unknown {
  checkSize(file, mostValues);
  const text = textOf(file);
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    const { words, line } = findJsonProblem(text, cause);
    const problem = `this is no JSON, or it is cut short (${words})`;
    return refuseFile(file.name, problem, { ...(line !== undefined && { line }), cause });
  }
}

/** Counts in the bytes: none of the bytes looked for is a part of another character in UTF-8. */
function checkSize({ name, bytes }: SourceFile, mostValues: number): void {
  let depth = 0;
  let values = 0;
  let objects = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === QUOTE) at = endOfString(bytes, at);
    else if (byte === COMMA) values += 1;
    else if (CLOSING.has(byte)) depth -= 1;
    else if (OPENING.has(byte)) {
      values += 1;
      depth += 1;
      if (byte === OPENING_OBJECT) objects += 1;
      if (depth > DEEPEST) refuseFile(name, `it is nested more than ${DEEPEST} deep`);
    }
    if (values > mostValues)
      refuseFile(name, `it has more than the ${mostValues} values that such a file may have`);
    if (objects > MOST_OBJECTS)
      refuseFile(name, `it has more than the ${MOST_OBJECTS} objects that such a file may have`);
  }
}

function endOfString(bytes: Buffer, start: number): number {
  let at = start + 1;
  while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
  return at;
}
