import { isPlaceholder, type Placeholder, type TemplateValues } from './placeholders.js';

const MARK = /\{\{([^{}\n]*)\}\}|\{\{|\}\}/g;

/** Something between braces that no letter could be made of. */
export interface TemplateProblem {
  /** The text as it stands in the template, braces included. */
  readonly text: string;
  /** The name between the braces; undefined for a pair of braces without its counterpart. */
  readonly name: string | undefined;
  /** How many times the same text stands before it. */
  readonly occurrence: number;
}

type Part = string | { readonly name: Placeholder };

/** The placeholders that a template names, each once. */
export function placeholdersIn(template: string): ReadonlySet<Placeholder> {
  const parts = template.split('\n').flatMap(parseLine);
  return new Set(parts.flatMap((part) => (typeof part === 'string' ? [] : [part.name])));
}

/** Every unknown placeholder and every `{{` or `}}` that stands alone, in order. */
export function problemsInTemplate(template: string): TemplateProblem[] {
  return [...template.matchAll(MARK)].flatMap(({ 0: text, 1: inner, index }) => {
    const name = inner?.trim();
    if (name !== undefined && isPlaceholder(name)) return [];
    return [{ text, name, occurrence: template.slice(0, index).split(text).length - 1 }];
  });
}

/**
 * Fills in a template: `{{name}}` becomes its value, as it is. Values are never read as templates, and there
 * is no logic and no escaping. A line that names a missing value is left out whole; an empty value takes the
 * space behind it along. What is no placeholder stays as it stands.
 */
export function renderTemplate(template: string, values: TemplateValues): string {
  const lines: string[] = [];
  let omitted = false;
  for (const source of template.split('\n')) {
    const line = renderLine(parseLine(source), values);
    if (line === undefined) {
      omitted = true;
      continue;
    }
    // The empty line behind an omitted one goes too, where another empty line (or nothing) stands before it.
    const superfluous: boolean = omitted && line === '' && (lines.at(-1) ?? '') === '';
    if (!superfluous) lines.push(line);
    omitted = superfluous;
  }
  return lines.join('\n');
}

function renderLine(parts: readonly Part[], values: TemplateValues): string | undefined {
  let line = '';
  let afterEmpty = false;
  for (const part of parts) {
    const text = typeof part === 'string' ? part : values[part.name];
    if (text === undefined) return undefined;
    line += afterEmpty && text.startsWith(' ') ? text.slice(1) : text;
    afterEmpty = typeof part !== 'string' && text === '';
  }
  return line;
}

function parseLine(line: string): Part[] {
  const parts: Part[] = [];
  let end = 0;
  for (const match of line.matchAll(MARK)) {
    const name = match[1]?.trim();
    if (name === undefined || !isPlaceholder(name)) continue;
    if (match.index > end) parts.push(line.slice(end, match.index));
    parts.push({ name });
    end = match.index + match[0].length;
  }
  if (end < line.length) parts.push(line.slice(end));
  return parts;
}
