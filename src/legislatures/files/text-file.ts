import { isUtf8 } from 'node:buffer';
import { refuseFile, type SourceFile } from './source-file.js';

const LINE_FEED = 0x0a;
/** What neither a letter nor the database can hold: control characters, halves of characters, and what is no character. */
const UNFIT = /[^\P{Cc}\t\n\r\x7f-\x9f]|\p{Cs}|[\ufffe\uffff]/u;

/** The text of a UTF-8 file, without a byte order mark. */
export function textOf({ name, bytes }: SourceFile): string {
  if (!isUtf8(bytes)) refuseFile(name, 'this is no UTF-8 text', { line: firstLineThat(bytes, notUtf8) });
  const text = new TextDecoder('utf-8').decode(bytes);
  const at = text.search(UNFIT);
  if (at >= 0)
    refuseFile(name, `there is a control character (${codeAt(text, at)})`, { line: lineAt(text, at) });
  return text;
}

/**
 * The text of a file of lines. One that was cut, or is still being written, mostly ends within a line, and what is
 * left of it may be sound.
 */
export function linesOf(file: SourceFile): string {
  const text = textOf(file);
  if (text.endsWith('\n')) return text;
  return refuseFile(file.name, 'the last line has no end; the file seems to be cut short', {
    line: lineAt(text, text.length),
  });
}

/** Whether a text is one that `textOf` takes. */
export function isFitText(text: string): boolean {
  return !UNFIT.test(text);
}

/** Where a value holds text that `textOf` would refuse, written there with an escape: `/persons/3/name`. */
export function findUnfitText(value: unknown): string | undefined {
  if (typeof value === 'string') return isFitText(value) ? undefined : '';
  if (typeof value !== 'object' || value === null) return undefined;
  // Not `Object.entries`, whose pairs would be another hundred megabytes for a hostile file.
  for (const key of Object.keys(value)) {
    if (!isFitText(key)) return '';
    const found = findUnfitText((value as Readonly<Record<string, unknown>>)[key]);
    if (found !== undefined) return `/${key}${found}`;
  }
  return undefined;
}

/** The number of the line that holds a character, counted from 1. */
export function lineAt(text: string, at: number): number {
  let line = 1;
  for (let end = text.indexOf('\n'); end >= 0 && end < at; end = text.indexOf('\n', end + 1)) line += 1;
  return line;
}

function firstLineThat(bytes: Buffer, holds: (line: Buffer) => boolean): number {
  let line = 1;
  for (let start = 0; start < bytes.length; line += 1) {
    const found = bytes.indexOf(LINE_FEED, start);
    const end = found < 0 ? bytes.length : found + 1;
    if (holds(bytes.subarray(start, end))) return line;
    start = end;
  }
  return line;
}

function notUtf8(line: Buffer): boolean {
  return !isUtf8(line);
}

function codeAt(text: string, at: number): string {
  return `U+${(text.charCodeAt(at) || 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
