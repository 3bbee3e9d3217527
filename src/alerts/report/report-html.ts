import type { ElementContent } from 'hast';
import type { Blockquote, Nodes, Paragraph, Root } from 'mdast';
import rehypeSanitize from 'rehype-sanitize';
import rehypeStringify from 'rehype-stringify';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import type { AlertPicture, Report } from '../alert-content.js';
import { nodesOf, parseReport } from './report-markdown.js';
import { REPORT_SCHEMA } from './report-schema.js';

// The page's own headings are h1 and h2.
const HIGHEST_HEADING = 3;
const LOWEST_HEADING = 5;
const SIGNED = /(?:^|\n)[—–][ \u00a0]*(?=\S)/;

const compiler = unified().use(remarkRehype).use(rehypeSanitize, REPORT_SCHEMA).use(rehypeStringify);

/** Where the page serves a picture: a path that ends with its SHA-256. */
export type PictureAddress = (picture: AlertPicture) => string;

/**
 * Turns a report into safe HTML: headings from h3, quotations with who said it, pictures with caption and
 * credit. Pictures that the text does not place stand at its head.
 * @throws RangeError for a body that `problemsInReport` refuses as too long or too deep.
 */
export function renderReport(report: Report, pictureAddress: PictureAddress): string {
  const root = parseReport(report.body);
  for (const { node } of nodesOf(root)) shape(node);
  placePictures(root, report.pictures, pictureAddress);
  return compiler.stringify(compiler.runSync(root));
}

function shape(node: Nodes): void {
  if ('children' in node) dropFootnotes(node);
  if (node.type === 'heading') {
    const depth = Math.min(Math.max(node.depth + 1, HIGHEST_HEADING), LOWEST_HEADING);
    node.data = { hName: `h${depth}` };
  }
  if (node.type === 'link' || node.type === 'linkReference')
    node.data = { hProperties: { rel: ['noopener'] } };
  if (node.type === 'blockquote') shapeQuotation(node);
}

function dropFootnotes(parent: { children: Nodes[] }): void {
  parent.children = parent.children.filter(
    ({ type }) => type !== 'footnoteReference' && type !== 'footnoteDefinition',
  );
}

/** A last line "— Ida Brandt, keeper" says who is quoted: it becomes the caption. */
function shapeQuotation(quotation: Blockquote): void {
  const last = quotation.children.at(-1);
  if (last?.type !== 'paragraph' || quotation.data?.hName !== undefined) return;
  const signature = takeSignature(last);
  if (signature === undefined) return;
  const said = last.children.length > 0 ? quotation.children : quotation.children.slice(0, -1);
  quotation.data = { hName: 'figure', hProperties: { className: ['quotation'] } };
  quotation.children = [{ type: 'blockquote', children: said }, signature];
}

function takeSignature(paragraph: Paragraph): Paragraph | undefined {
  for (const [index, child] of paragraph.children.entries()) {
    if (child.type !== 'text') continue;
    const match = SIGNED.exec(child.value);
    if (match === null || (match.index === 0 && index > 0 && !child.value.startsWith('\n'))) continue;
    const name = { ...child, value: child.value.slice(match.index + match[0].length) };
    const rest = paragraph.children.slice(index + 1);
    child.value = child.value.slice(0, match.index);
    paragraph.children = paragraph.children.slice(0, child.value === '' ? index : index + 1);
    return { type: 'paragraph', data: { hName: 'figcaption' }, children: [name, ...rest] };
  }
  return undefined;
}

function placePictures(root: Root, pictures: readonly AlertPicture[], address: PictureAddress): void {
  const unplaced = new Map(pictures.map((picture) => [picture.file, picture]));
  for (const { node } of nodesOf(root)) {
    const image = node.type === 'paragraph' && node.children.length === 1 ? node.children[0] : undefined;
    const picture = image?.type === 'image' ? unplaced.get(image.url) : undefined;
    if (node.type !== 'paragraph' || picture === undefined) continue;
    node.data = figureOf(picture, address);
    unplaced.delete(picture.file);
  }
  const atHead = [...unplaced.values()].map(
    (picture): Paragraph => ({ type: 'paragraph', children: [], data: figureOf(picture, address) }),
  );
  root.children.unshift(...atHead);
}

function figureOf(picture: AlertPicture, address: PictureAddress): NonNullable<Paragraph['data']> {
  const image: ElementContent = {
    type: 'element',
    tagName: 'img',
    properties: {
      src: address(picture),
      width: picture.width,
      height: picture.height,
      alt: picture.alt,
      loading: 'lazy',
      decoding: 'async',
    },
    children: [],
  };
  const credit: ElementContent = {
    type: 'element',
    tagName: 'span',
    properties: { className: ['credit'] },
    children: [{ type: 'text', value: picture.credit }],
  };
  const caption: ElementContent = {
    type: 'element',
    tagName: 'figcaption',
    properties: {},
    children: [{ type: 'text', value: `${picture.caption} ` }, credit],
  };
  return { hName: 'figure', hProperties: { className: ['picture'] }, hChildren: [image, caption] };
}
