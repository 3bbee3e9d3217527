import type { Options } from 'rehype-sanitize';

const LINK = /^(?:https?:\/\/|mailto:)/i;
const OWN_PICTURE = /^[\w./-]*\/[0-9a-f]{64}$/;
const NUMBER = /^\d{1,4}$/;

/**
 * All that a report's HTML may hold: what a newspaper needs. No raw HTML, no id, no style, no script; links
 * leave by http, https or mailto; pictures are our own, named by their content.
 */
export const REPORT_SCHEMA: Options = {
  strip: ['script', 'style'],
  clobber: [],
  tagNames: [
    ...['h3', 'h4', 'h5', 'p', 'br', 'hr', 'ul', 'ol', 'li', 'blockquote', 'pre', 'code'],
    ...['strong', 'em', 'del', 'a', 'figure', 'figcaption', 'img', 'span'],
    ...['table', 'thead', 'tbody', 'tr', 'th', 'td'],
  ],
  ancestors: {
    li: ['ul', 'ol'],
    thead: ['table'],
    tbody: ['table'],
    tr: ['table'],
    th: ['table'],
    td: ['table'],
    figcaption: ['figure'],
    img: ['figure'],
  },
  attributes: {
    a: [
      ['href', LINK],
      ['rel', 'noopener'],
    ],
    figure: [['className', 'picture', 'quotation']],
    img: [
      ['src', OWN_PICTURE],
      ['width', NUMBER],
      ['height', NUMBER],
      'alt',
      ['loading', 'lazy'],
      ['decoding', 'async'],
    ],
    ol: ['start'],
    span: [['className', 'credit']],
    th: [['align', 'left', 'center', 'right']],
    td: [['align', 'left', 'center', 'right']],
  },
  protocols: { href: ['http', 'https', 'mailto'] },
};
