import { isUtf8 } from 'node:buffer';

/** What the body of an answer says. `errors`: it lists some, whatever its status. */
export interface AnswerBody {
  readonly kind: 'words' | 'errors' | 'unreadable';
  readonly words: string;
}

const LONGEST_WORDS = 1000;
const ERRORS = '//*[local-name()="Error"]';
const ERROR_LIST = '//*[local-name()="Errors"]';
const SOUNDS_LIKE_AN_ERROR =
  /(?<!\b(?:no|0|without) )\b(?:errors?|fail(?:ed|ure)?|invalid|rejected|denied|exception)\b/i;

const NOTHING: ReadonlySet<string> = new Set(['null', 'false', '0', '""', '[]', '{}']);

/** Reads an answer's body, whatever its type says. A page of HTML is no answer of a chamber's system. */
export async function readAnswerBody(body: Buffer): Promise<AnswerBody> {
  if (!isUtf8(body)) return { kind: 'unreadable', words: 'it is no UTF-8' };
  const text = body
    .toString()
    .replace(/^\ufeff/, '')
    .trim();
  if (text.startsWith('<')) return readXml(text);
  if (/^[{[]/.test(text)) return readJson(text);
  return { kind: SOUNDS_LIKE_AN_ERROR.test(text) ? 'errors' : 'words', words: cut(text) };
}

async function readXml(text: string): Promise<AnswerBody> {
  const { ParseOption, XmlDocument, XmlLibError } = await import('libxml2-wasm');
  const option = ParseOption.XML_PARSE_NO_XXE | ParseOption.XML_PARSE_NONET;
  try {
    using document = XmlDocument.fromString(text, { option });
    const errors = document.find(ERRORS).map(({ content }) => content.trim());
    if (errors.length > 0) return { kind: 'errors', words: cut(errors.join('; ')) };
    if (document.get(ERROR_LIST) !== null) return { kind: 'errors', words: '' };
    const isPage = document.root.name.toLowerCase() === 'html';
    return { kind: isPage ? 'unreadable' : 'words', words: cut(document.root.content) };
  } catch (error) {
    if (error instanceof XmlLibError) return { kind: 'unreadable', words: withoutTags(text) };
    throw error;
  }
}

function readJson(text: string): AnswerBody {
  try {
    const value: unknown = JSON.parse(text);
    return { kind: listsErrors(value) ? 'errors' : 'words', words: cut(text) };
  } catch {
    return { kind: 'unreadable', words: cut(text) };
  }
}

function listsErrors(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(
    ([name, said]) => /^errors?$/i.test(name) && !NOTHING.has(JSON.stringify(said)),
  );
}

function withoutTags(text: string): string {
  return cut(text.slice(0, 4 * LONGEST_WORDS).replace(/<[^<>]*>/g, ' '));
}

function cut(text: string): string {
  return text.replace(/\s+/g, ' ').trim().slice(0, LONGEST_WORDS);
}
