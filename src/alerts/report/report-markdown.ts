import type { Nodes, Root } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { whyTooHard } from './report-limits.js';

const LINK_ADDRESS = /^(?:https?:\/\/[^\s/?#]|mailto:[^\s@]+@)/i;

const parser = unified().use(remarkParse).use(remarkGfm);

/** @throws RangeError for Markdown that is longer, denser or more deeply nested than a report is. */
export function parseReport(markdown: string): Root {
  const why = whyTooHard(markdown);
  if (why !== undefined) throw new RangeError(why);
  return parser.parse(markdown);
}

/** Whether a report may link there: http, https or mailto, written out in full. */
function isLinkAddress(address: string): boolean {
  return LINK_ADDRESS.test(address) && URL.canParse(address);
}

/** What is wrong with a report, each with its line in the report, from 1. `pictures` are the files it may place. */
export function problemsInReport(
  markdown: string,
  pictures: ReadonlySet<string>,
): { line: number; message: string }[] {
  let root: Root;
  try {
    root = parseReport(markdown);
  } catch (error) {
    return [
      { line: 1, message: `the report cannot be read: ${error instanceof Error ? error.message : error}` },
    ];
  }
  if (root.children.length === 0)
    return [{ line: 1, message: 'the report is missing: write it below the front matter' }];
  const problems: { line: number; message: string }[] = [];
  for (const { node, parent } of nodesOf(root)) {
    const message = problemOf(node, parent, pictures);
    if (message !== undefined) problems.push({ line: node.position?.start.line ?? 1, message });
  }
  return problems;
}

function problemOf(
  node: Nodes,
  parent: Nodes | undefined,
  pictures: ReadonlySet<string>,
): string | undefined {
  switch (node.type) {
    case 'html':
      return 'HTML is not taken here: write it as Markdown, or put a backslash before the <';
    case 'link':
    case 'definition':
      if (isLinkAddress(node.url)) return undefined;
      return `a link to "${node.url}" is not taken: it must begin with https://, http:// or mailto:`;
    case 'image':
      return problemOfPicture(node.url, parent, pictures);
    case 'imageReference':
      return 'a picture is placed by its name: ![](name.webp)';
    case 'footnoteReference':
    case 'footnoteDefinition':
      return 'footnotes are not taken here: put the note into the text';
    default:
      return undefined;
  }
}

function problemOfPicture(
  file: string,
  parent: Nodes | undefined,
  pictures: ReadonlySet<string>,
): string | undefined {
  if (!pictures.has(file))
    return `the picture "${file}" is not listed under pictures: list it with alt, caption and credit`;
  const alone = parent?.type === 'paragraph' && parent.children.length === 1;
  return alone
    ? undefined
    : `the picture "${file}" must stand alone, with an empty line before and behind it`;
}

/** Every node with its parent, in no promised order; without recursion, so that no depth is too deep. */
export function nodesOf(root: Root): { node: Nodes; parent: Nodes | undefined }[] {
  const found: { node: Nodes; parent: Nodes | undefined }[] = [{ node: root, parent: undefined }];
  for (let index = 0; index < found.length; index += 1) {
    const node = found[index]?.node;
    if (node === undefined || !('children' in node)) continue;
    for (const child of node.children) found.push({ node: child, parent: node });
  }
  return found;
}
