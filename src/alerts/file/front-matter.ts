import {
  isAlias,
  isCollection,
  isMap,
  isScalar,
  LineCounter,
  type Node,
  parseDocument,
  type YAMLError,
} from 'yaml';
import type { FileProblems } from './file-problems.js';

const FENCE = '---';
const LARGEST_FRONT_MATTER = 300_000;
const DEEPEST = 8;
const LONGEST_NAME = 200;
const YAML_ADVICE = 'Indent by spaces, and put text that holds ": " or " #" into quotes';
const FORBIDDEN_NAMES: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** The two halves of an alert file, and where in the file each field stands. */
export interface FrontMatter {
  /** Plain objects and lists of texts; undefined where something is wrong with the YAML itself. */
  readonly fields: unknown;
  /** Markdown, LF only. */
  readonly body: string;
  /** The line of the file on which the body begins. */
  readonly bodyLine: number;
  /** The line of the field at a JSON pointer, or of what it is missing from. */
  lineOf(pointer: string): number;
  /** The line within a field's text on which a piece of it stands for the nth time, from 0. */
  lineWithin(pointer: string, piece: string, occurrence: number): number;
}

/**
 * Splits a file into YAML front matter and Markdown. The YAML is read by the failsafe schema, so every scalar
 * is the text that was written (`no` is "no"); anchors, aliases and tags are refused.
 */
export function readFrontMatter(text: string, problems: FileProblems): FrontMatter | undefined {
  const lines = text.split('\n');
  const end = lines.indexOf(FENCE, 1);
  if (lines[0] !== FENCE || end === -1) {
    problems.add(
      1,
      `the file must begin with front matter: a line "${FENCE}", the fields, and a second line "${FENCE}"`,
    );
    return undefined;
  }
  const yaml = lines.slice(1, end).join('\n');
  if (yaml.length > LARGEST_FRONT_MATTER) {
    problems.add(1, `the front matter is longer than ${LARGEST_FRONT_MATTER} characters: shorten it`);
    return undefined;
  }
  const fields = new FieldReader(yaml, problems);
  return {
    fields: fields.read(),
    body: lines.slice(end + 1).join('\n'),
    bodyLine: end + 2,
    lineOf: (pointer) => fields.lineOf(pointer),
    lineWithin: (pointer, piece, occurrence) => fields.lineWithin(pointer, piece, occurrence),
  };
}

/** One name of a JSON pointer (RFC 6901). */
export function pointerTo(parent: string, name: string | number): string {
  return `${parent}/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

class FieldReader {
  readonly #yaml: string;
  readonly #problems: FileProblems;
  readonly #lines = new LineCounter();
  readonly #ranges = new Map<string, readonly [start: number, end: number]>();

  constructor(yaml: string, problems: FileProblems) {
    this.#yaml = yaml;
    this.#problems = problems;
  }

  read(): unknown {
    const document = parseDocument(this.#yaml, {
      schema: 'failsafe',
      version: '1.2',
      lineCounter: this.#lines,
      prettyErrors: false,
      logLevel: 'silent',
    });
    this.#tellErrors(document.errors);
    if (document.errors.some(isBroken)) return undefined;
    const value = this.#valueOf(document.contents, '', 0);
    return this.#problems.any ? undefined : value;
  }

  /** One broken line makes errors of all behind it, so only the first is told; fields that stand twice, each. */
  #tellErrors(errors: readonly YAMLError[]): void {
    for (const error of errors) {
      if (!isBroken(error)) this.#refuse(error.pos[0], 'this field stands here twice: remove one');
    }
    const broken = errors.find(isBroken);
    if (broken === undefined) return;
    this.#refuse(broken.pos[0], `YAML: ${broken.message}. ${YAML_ADVICE}`);
  }

  lineOf(pointer: string): number {
    let known = pointer;
    while (known !== '' && !this.#ranges.has(known)) known = known.slice(0, known.lastIndexOf('/'));
    return this.#lineAt(this.#ranges.get(known)?.[0] ?? 0);
  }

  lineWithin(pointer: string, piece: string, occurrence: number): number {
    const [start, end] = this.#ranges.get(pointer) ?? [0, 0];
    let at = start - 1;
    for (let count = 0; count <= occurrence; count += 1) {
      at = this.#yaml.indexOf(piece, at + 1);
      if (at === -1 || at >= end) return this.lineOf(pointer);
    }
    return this.#lineAt(at);
  }

  /** The fence before the YAML is the file's first line. */
  #lineAt(offset: number): number {
    return this.#lines.linePos(offset).line + 1;
  }

  #valueOf(node: Node | null, pointer: string, depth: number): unknown {
    const at = node?.range?.[0] ?? 0;
    if (node === null) return '';
    if (isAlias(node)) return this.#refuse(at, 'aliases (*) are not taken here: write the value out');
    if (depth > DEEPEST) return this.#refuse(at, 'the fields are nested too deeply');
    if (node.tag !== undefined && node.tag !== null)
      this.#refuse(at, `tags (${node.tag}) are not taken here: remove it`);
    if ((isScalar(node) || isCollection(node)) && node.anchor !== undefined) {
      this.#refuse(at, 'anchors (&) are not taken here: remove it');
    }
    if (isScalar(node)) return typeof node.value === 'string' ? node.value : String(node.value ?? '');
    if (isMap(node)) return this.#mapOf(node.items, pointer, depth);
    if (!isCollection(node)) return undefined;
    return node.items.map((item, index) => {
      const place = pointerTo(pointer, index);
      this.#note(place, item, item);
      return this.#valueOf(asNode(item), place, depth + 1);
    });
  }

  #mapOf(items: readonly { key: unknown; value: unknown }[], pointer: string, depth: number): unknown {
    const map: Record<string, unknown> = {};
    for (const { key, value } of items) {
      const name = isScalar(key) && typeof key.value === 'string' ? key.value : '';
      const at = rangeOf(key)?.[0] ?? 0;
      if (name === '' || name.length > LONGEST_NAME || FORBIDDEN_NAMES.has(name)) {
        this.#refuse(at, 'this is no name of a field');
        continue;
      }
      const place = pointerTo(pointer, name);
      this.#note(place, key, value);
      map[name] = this.#valueOf(asNode(value), place, depth + 1);
    }
    return map;
  }

  #note(pointer: string, first: unknown, last: unknown): void {
    const start = rangeOf(first)?.[0];
    const end = rangeOf(last)?.[1];
    if (start !== undefined) this.#ranges.set(pointer, [start, end ?? start]);
  }

  #refuse(offset: number, message: string): undefined {
    this.#problems.add(this.#lineAt(offset), message);
  }
}

function isBroken({ code }: YAMLError): boolean {
  return code !== 'DUPLICATE_KEY';
}

function asNode(value: unknown): Node | null {
  return isScalar(value) || isCollection(value) || isAlias(value) ? value : null;
}

function rangeOf(value: unknown): readonly [number, number, number] | undefined {
  return asNode(value)?.range ?? undefined;
}
