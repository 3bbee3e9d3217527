import {
  type Document,
  isScalar,
  LineCounter,
  type ParsedNode,
  parseDocument,
  visit,
  YAMLMap,
  YAMLSeq,
} from 'yaml';
import { AppError } from '../../errors.js';
import { linesOf, refuseFile, type SourceFile } from './source-file.js';

/** The parser needs about 500 bytes of memory for each entry of a list or a map. */
const MOST_ENTRIES = 250_000;
const ENTRY = /[,[{]|:(?=\s)|(?:^|\s)-(?=\s)/gm;
/** Keys within keys take the parser minutes; no file has reason to. */
const KEY_IN_KEY = /(?:^|\s)\?\s+\?\s/m;

/** YAML as plain values, with the line of each entry of the outermost list or map. */
export interface YamlRead {
  readonly value: unknown;
  lineOf(key: string | number): number;
}

/**
 * Parses YAML without aliases: a few lines of them can stand for gigabytes.
 * @throws AppError `invalid_file` with the line.
 */
export function readYaml(file: SourceFile): YamlRead {
  const text = linesOf(file);
  checkSize(file, text);
  try {
    return parse(file, text);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    if (cause instanceof ReferenceError)
      return refuseFile(file.name, 'YAML aliases are not taken', { cause });
    if (cause instanceof RangeError) return refuseFile(file.name, 'it is nested too deep', { cause });
    throw cause;
  }
}

function checkSize(file: SourceFile, text: string): void {
  if (KEY_IN_KEY.test(text)) refuseFile(file.name, 'keys within keys are not taken');
  ENTRY.lastIndex = 0;
  for (let entries = 0; ENTRY.test(text); entries += 1)
    if (entries > MOST_ENTRIES)
      refuseFile(file.name, `it has more than the ${MOST_ENTRIES} entries that such a file may have`);
}

function parse(file: SourceFile, text: string): YamlRead {
  const lines = new LineCounter();
  // The parser's own search for keys given twice compares each key with each other.
  const parsed = parseDocument(text, { lineCounter: lines, uniqueKeys: false, logLevel: 'error' });
  const [error] = parsed.errors;
  if (error)
    refuseFile(file.name, error.message.split('\n', 1)[0] ?? 'no YAML', {
      line: error.linePos?.[0].line ?? 1,
      cause: error,
    });
  refuseKeysGivenTwice(file, parsed, lines);
  const starts = startsOf(parsed.contents);
  return {
    value: parsed.toJS({ maxAliasCount: 0 }),
    lineOf: (key) => lines.linePos(starts.get(String(key)) ?? 0).line || 1,
  };
}

function refuseKeysGivenTwice(file: SourceFile, parsed: Document.Parsed, lines: LineCounter): void {
  visit(parsed, {
    Map(_, map) {
      const keys = new Set<unknown>();
      for (const { key } of map.items) {
        if (!isScalar(key)) refuseFile(file.name, 'a key is no word');
        if (keys.has(key.value))
          refuseFile(file.name, `"${key.value}" is given twice`, {
            line: lines.linePos(key.range?.[0] ?? 0).line,
          });
        keys.add(key.value);
      }
    },
  });
}

function startsOf(contents: ParsedNode | null): Map<string, number> {
  if (contents instanceof YAMLSeq)
    return new Map(contents.items.map((item, index) => [String(index), item.range[0]]));
  if (contents instanceof YAMLMap)
    return new Map(contents.items.map(({ key }) => [String(key), key.range[0]]));
  return new Map();
}
