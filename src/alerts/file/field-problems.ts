import { type Static, Type } from 'typebox';
import type { TLocalizedValidationError } from 'typebox/error';
import { Value } from 'typebox/value';
import { FileFields, PATTERNS } from './file-fields.js';
import type { FileProblems } from './file-problems.js';
import { type FrontMatter, pointerTo } from './front-matter.js';
import { nearestName } from './nearest-name.js';
import { propertyOf } from './property-of.js';
import { topicAdvice } from './topic-advice.js';

const EXPECTED: Readonly<Record<keyof typeof PATTERNS, string>> = {
  something: 'is empty: write it, or remove the line',
  language: 'must be a language tag, such as en or pt-BR',
  slug: 'must be made of lower-case letters, digits and hyphens, such as keep-the-lamp',
  date: 'must be a date written YYYY-MM-DD',
  until: 'must be a date written YYYY-MM-DD, or a time with its offset: 2026-06-30T18:00+02:00',
  address: 'must be a whole address that begins with https:// or http://',
  id: 'must be one id without spaces',
  count: 'must be a whole number from 1 to 9999',
  congress: 'must be the number of a Congress, such as 119',
  licence: 'must be the SPDX name of a Creative Commons licence, such as CC-BY-4.0',
  file: 'must be the name of a file beside this one, without .. and not beginning with a dot or a slash',
};

const IS_TOPIC = /^\/topics\/\d+$/;

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: 'text',
  object: 'a group of fields: put each on a line of its own, indented',
  array: 'a list: write [one, another], or one per line behind "- "',
};

const SomeFields = Type.Partial(FileFields);

/** Front matter after the schema: what is right of it can be checked further even where something is wrong. */
export interface CheckedFields {
  readonly raw: unknown;
  /** The top fields that the schema takes. */
  readonly valid: Static<typeof SomeFields>;
  /** Everything, where nothing is wrong. */
  readonly whole: FileFields | undefined;
}

/** Checks the front matter against the schema, and tells what is wrong. */
export function checkFields(matter: FrontMatter, problems: FileProblems): CheckedFields {
  const raw = matter.fields;
  if (Value.Check(FileFields, raw)) return { raw, valid: raw, whole: raw };
  for (const error of Value.Errors(FileFields, raw)) addProblem(error, matter, problems);
  const kept: unknown = Object.fromEntries(
    Object.entries(FileFields.properties).flatMap(([name, schema]) => {
      const value = propertyOf(raw, name);
      return Value.Check(schema, value) ? [[name, value]] : [];
    }),
  );
  return { raw, valid: Value.Check(SomeFields, kept) ? kept : {}, whole: undefined };
}

/** Whether a top field is not there at all; a wrong one is there. */
export function isAbsent({ raw }: CheckedFields, name: keyof FileFields): boolean {
  return propertyOf(raw, name) === undefined;
}

function addProblem(error: TLocalizedValidationError, matter: FrontMatter, problems: FileProblems): void {
  const { instancePath: pointer, keyword, params } = error;
  const raw = matter.fields;
  if (keyword === 'required') {
    for (const missing of params.requiredProperties) {
      problems.add(matter.lineOf(pointer), `${nameOf(pointerTo(pointer, missing))} is missing: add it`);
    }
  } else if (keyword === 'additionalProperties') {
    for (const extra of params.additionalProperties) addUnknown(pointerTo(pointer, extra), matter, problems);
    // The keyword `boolean` comes with every `additionalProperties`, and says nothing more.
  } else if (keyword !== 'boolean') {
    problems.add(matter.lineOf(pointer), `${nameOf(pointer)} ${sentenceFor(error, raw)}`);
  }
}

function sentenceFor(error: TLocalizedValidationError, raw: unknown): string {
  switch (error.keyword) {
    case 'type':
      return `must be ${wordForType(error.params.type)}`;
    case 'pattern':
      return expected(error.params.pattern);
    case 'enum':
      if (IS_TOPIC.test(error.instancePath)) return topicAdvice(String(valueAt(raw, error.instancePath)));
      return `must be one of: ${error.params.allowedValues.join(', ')}`;
    case 'maxLength':
      return `is too long: shorten it to ${error.params.limit} characters`;
    case 'minItems':
    case 'minProperties':
      return 'is empty: list something, or remove it';
    case 'maxItems':
    case 'maxProperties':
      return `is too long: list at most ${error.params.limit}`;
    case 'uniqueItems':
      return 'lists something twice: remove one';
    default:
      return error.message;
  }
}

function addUnknown(pointer: string, matter: FrontMatter, problems: FileProblems): void {
  const parts = pointer.split('/');
  const name = parts.at(-1) ?? '';
  const known = knownFields(parts.slice(1, -1));
  const nearest = nearestName(name, known);
  const advice =
    nearest === undefined ? `the fields here are ${known.join(', ')}` : `did you mean ${nearest}?`;
  problems.add(matter.lineOf(pointer), `unknown field ${nameOf(pointer)}: ${advice}`);
}

/** The names that the schema has at a path; list positions lead to what is listed. */
function knownFields(path: readonly string[]): string[] {
  let schema: unknown = FileFields;
  for (const name of path)
    schema = propertyOf(propertyOf(schema, 'properties'), name) ?? propertyOf(schema, 'items');
  const properties = propertyOf(schema, 'properties');
  return typeof properties === 'object' && properties !== null ? Object.keys(properties) : [];
}

function expected(pattern: string | RegExp): string {
  const source = typeof pattern === 'string' ? pattern : pattern.source;
  for (const [name, known] of Object.entries(PATTERNS)) {
    if (known.source === source) return EXPECTED[name as keyof typeof PATTERNS];
  }
  return 'is not written as it must be';
}

function wordForType(type: string | readonly string[]): string {
  return [type]
    .flat()
    .map((name) => TYPE_WORDS[name] ?? name)
    .join(' or ');
}

function valueAt(raw: unknown, pointer: string): unknown {
  return pointer.split('/').slice(1).reduce(propertyOf, raw);
}

/** `/pictures/0/alt` is what people call "pictures[1].alt". */
function nameOf(pointer: string): string {
  const parts = pointer.split('/').slice(1);
  const named = parts.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  const name = named.map((part) => (/^\d+$/.test(part) ? `[${Number(part) + 1}]` : `.${part}`)).join('');
  return name === '' ? 'the front matter' : name.replace(/^\./, '');
}
