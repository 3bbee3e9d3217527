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
import { refuseFile, type SourceFile } from './source-file.js';
import { findUnfitText, linesOf } from './text-file.js';

/** The parser needs up to 2 kB of memory and 10 microseconds for each entry of a list or a map. */
const MOST_ENTRIES = 100_000;
/** Those of all members of all legislatures of the states have some 500,000. */
const MOST_ENTRIES_TOGETHER = 600_000;
const ENTRY = /[,[{]|:(?=\s)|(?:^|\s)[-?](?=\s)/gm;
/** Keys within keys take the parser minutes; no file has reason to. */
const KEY_IN_KEY = /(?:^|\s)\?\s+\?\s/m;

/** YAML as plain values, with the line of each entry of the outermost list or map. */
export interface YamlRead {
  readonly value: unknown;
  lineOf(key: string | number): number;
}

/** How many entries the files of one folder or archive may have together. */
export class YamlBudget {
  #left = MOST_ENTRIES_TOGETHER;

  get isSpent(): boolean {
    return this.#left < 0;
  }

  /** @throws AppError `invalid_file` when the file has too many entries, or all have had. */
  spend(file: SourceFile, text: string): void {
    ENTRY.lastIndex = 0;
    for (let entries = 0; ENTRY.test(text); entries += 1) {
      this.#left -= 1;
      if (this.isSpent)
        refuseFile(file.name, `with this file it is more than ${MOST_ENTRIES_TOGETHER} entries together`);
      if (entries > MOST_ENTRIES)
        refuseFile(file.name, `it has more than the ${MOST_ENTRIES} entries that such a file may have`);
    }
  }
}

/**
 * Parses YAML without aliases: a few lines of them can stand for gigabytes.
 * @throws AppError `invalid_file` with the line.
 */
export function readYaml(file: SourceFile, budget = new YamlBudget()): YamlRead {
  const text = linesOf(file);
  if (KEY_IN_KEY.test(text)) refuseFile(file.name, 'keys within keys are not taken');
  budget.spend(file, text);
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

function parse(file: SourceFile, text: string): YamlRead {
  const lines = new LineCounter();
  // The parser's own search for keys given twice compares each key with each other.
  // Pretty errors are made for every warning too, and each looks at the whole file.
  const options = { uniqueKeys: false, prettyErrors: false, logLevel: 'error' } as const;
  const parsed = parseDocument(text, { ...options, lineCounter: lines });
  const [error] = parsed.errors;
  if (error)
    refuseFile(file.name, error.message, { line: lines.linePos(error.pos[0]).line || 1, cause: error });
  // A file can say that it is of YAML 1.1, which has merges, sets and bytes; no source has.
  if (parsed.directives.yaml.version !== '1.2') refuseFile(file.name, 'only YAML 1.2 is taken', { line: 1 });
  refuseKeysGivenTwice(file, parsed, lines);
  const starts = startsOf(parsed.contents);
  const lineOf = (key: string | number): number => lines.linePos(starts.get(String(key)) ?? 0).line || 1;
  const value: unknown = parsed.toJS({ maxAliasCount: 0 });
  const unfit = findUnfitText(value);
  if (unfit !== undefined)
    refuseFile(file.name, `there is a control character, or half a character (${unfit || '/'})`, {
      line: lineOf(unfit.split('/')[1] ?? ''),
    });
  return { value, lineOf };
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
