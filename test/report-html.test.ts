import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AlertPicture, picturePath, renderReport } from '../src/alerts/index.js';

const SHA256 = 'ab'.repeat(32);
const LAMP: AlertPicture = {
  file: 'lamp.webp',
  sha256: SHA256,
  mediaType: 'image/webp',
  width: 1200,
  height: 675,
  alt: 'A lamp "at" <night>',
  caption: 'The lamp & the sea',
  credit: 'Mira Oss',
};
const FIGURE = `<figure class="picture"><img src="/pictures/${SHA256}" width="1200" height="675" alt="A lamp &#x22;at&#x22; <night>" loading="lazy" decoding="async"><figcaption>The lamp &#x26; the sea <span class="credit">Mira Oss</span></figcaption></figure>`;

function html(body: string, pictures: readonly AlertPicture[] = []): string {
  return renderReport({ body, source: null, pictures }, picturePath);
}

describe('a report as HTML', () => {
  test('has headings from h3, because the page has h1 and h2', () => {
    expect(html('# A\n\n## B\n\n### C\n\n#### D\n\n###### E')).toBe(
      '<h3>A</h3>\n<h3>B</h3>\n<h4>C</h4>\n<h5>D</h5>\n<h5>E</h5>',
    );
  });

  test('has lists, emphasis, tables and links that leave', () => {
    expect(html('- *one*\n- **two**')).toBe(
      '<ul>\n<li><em>one</em></li>\n<li><strong>two</strong></li>\n</ul>',
    );
    expect(html('3. c\n4. d')).toContain('<ol start="3">');
    expect(html('|a|b|\n|-|-:|\n|1|2|')).toContain('<td align="right">2</td>');
    expect(html('[a](https://a.example "t")')).toBe(
      '<p><a href="https://a.example" rel="noopener">a</a></p>',
    );
    expect(html('<https://a.example/?b=1&c=2>')).toContain(
      'href="https://a.example/?b=1&#x26;c=2" rel="noopener"',
    );
    expect(html('[a](mailto:a@b.example)')).toContain('href="mailto:a@b.example"');
    expect(html('[a][1]\n\n[1]: https://a.example')).toBe(
      '<p><a href="https://a.example" rel="noopener">a</a></p>',
    );
  });

  test('says under a quotation who is quoted', () => {
    const quotation = '<blockquote>\n<p>It has never been dark.</p>\n</blockquote>';
    const signed = `<figure class="quotation">\n${quotation}\n<figcaption>Ida <em>Brandt</em>, keeper</figcaption>\n</figure>`;
    expect(html('> It has never been dark.\n>\n> — Ida *Brandt*, keeper')).toBe(signed);
    expect(html('> It has never been dark.\n> — Ida *Brandt*, keeper')).toBe(signed);
    expect(html('> It has never been dark.')).toBe(quotation);
    expect(html('> One — two.')).toBe('<blockquote>\n<p>One — two.</p>\n</blockquote>');
    expect(html('> *One*— two')).not.toContain('figcaption');
  });

  test('has its pictures where the text places them, the others at its head, each once', () => {
    expect(html('One\n\n![ignored](lamp.webp)\n\nTwo', [LAMP])).toBe(`<p>One</p>\n${FIGURE}\n<p>Two</p>`);
    expect(html('One', [LAMP])).toBe(`${FIGURE}\n<p>One</p>`);
    expect(html('![](lamp.webp)\n\n![](lamp.webp)', [LAMP]).match(/<img/g)).toHaveLength(1);
  });

  test('has no other picture', () => {
    for (const body of [
      '![a](https://a.example/b.png)',
      '![a](data:image/png;base64,AAAA)',
      'One ![a](lamp.webp) two',
      '![a][1]\n\n[1]: /x',
    ]) {
      expect(html(body)).not.toMatch(/<img/);
    }
  });

  test('drops what it does not take, and keeps the words', () => {
    expect(html('a <b onclick="x()">b</b> c')).toBe('<p>a b c</p>');
    expect(html('<script>alert(1)</script>')).toBe('');
    expect(html('[a](javascript:alert(1)) [b](/c) [d](//e.example) [f](#g)')).toBe(
      '<p><a rel="noopener">a</a> <a rel="noopener">b</a> <a rel="noopener">d</a> <a rel="noopener">f</a></p>',
    );
    expect(html('- [x] done')).toBe('<ul>\n<li> done</li>\n</ul>');
    expect(html('a[^1]\n\n[^1]: b')).toBe('<p>a</p>');
    expect(html('```js\nx < y\n```')).toBe('<pre><code>x &#x3C; y\n</code></pre>');
  });
});

const TAG = /<(\/?)([a-z0-9]+)((?: [a-z]+(?:="[^"]*")?)*)>/g;
const TAGS = new Set(
  'h3 h4 h5 p br hr ul ol li blockquote pre code strong em del a figure figcaption img span table thead tbody tr th td'.split(
    ' ',
  ),
);
const ATTRIBUTES = new Set([
  'href',
  'rel',
  'class',
  'src',
  'width',
  'height',
  'alt',
  'loading',
  'decoding',
  'start',
  'align',
]);

/** Everything in the HTML that a report may not hold. */
function intruders(text: string): string[] {
  const found: string[] = [];
  for (const [tag, , name = '', attributes = ''] of text.matchAll(TAG)) {
    if (!TAGS.has(name)) found.push(tag);
    for (const [, attribute = '', value = ''] of attributes.matchAll(/ ([a-z]+)(?:="([^"]*)")?/g)) {
      if (!ATTRIBUTES.has(attribute)) found.push(tag);
      if (attribute === 'href' && !/^(?:https?:\/\/|mailto:)/i.test(value)) found.push(tag);
      if (attribute === 'src' && value !== `/pictures/${SHA256}`) found.push(tag);
    }
  }
  const rest = text.replaceAll(TAG, '');
  return rest.includes('<') ? [...found, rest] : found;
}

const HOSTILE = [
  '<img src=x onerror=alert(1)>',
  '<svg/onload=alert(1)>',
  '<iframe srcdoc="<script>alert(1)</script>">',
  '<a href="javascript:alert(1)">x</a>',
  '[x](javascript:alert(1))',
  '[x](JaVaScRiPt:alert(1))',
  '[x](java\tscript:alert(1))',
  '[x](&#106;avascript:alert(1))',
  '[x](vbscript:x)',
  '[x](data:text/html,<script>alert(1)</script>)',
  '[x](https://a.example/"onmouseover="alert(1))',
  "[x](<https://a.example/'><script>alert(1)</script>>)",
  '![x](lamp.webp"onerror="alert(1))',
  '![x](javascript:alert(1))',
  '<javascript:alert(1)>',
  '[x]: javascript:alert(1)\n\n[x]',
  '<!-- --><script>alert(1)</script>',
  '<![CDATA[<script>alert(1)</script>]]>',
  '<?php echo 1 ?>',
  '<style>*{display:none}</style>',
  '<form action=https://a.example><input name=email></form>',
  '<base href=https://a.example>',
  '<meta http-equiv=refresh content=0>',
  '[^1]\n\n[^1]: <script>',
  '`<script>`',
  '```\n</code><script>\n```',
  '| <script> |\n|-|\n| <b onclick=x> |',
  '<math><mtext></table><mglyph><style><img src=x onerror=alert(1)>',
  'www.a.example/<script>',
  'a@b.example"onclick=alert(1)',
];

describe('hostile Markdown', () => {
  test.each(HOSTILE)('%s leaves nothing that a report may not hold', (body) => {
    expect(intruders(html(body, [LAMP]))).toEqual([]);
    expect(intruders(html(`> ${body}\n> — ${body}\n\n- ${body}\n\n## ${body}`, [LAMP]))).toEqual([]);
  });

  test('leaves nothing in any mixture', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        ...HOSTILE,
        '\n',
        '\n\n',
        '> ',
        '- ',
        '# ',
        '`',
        '*',
        '[',
        '](',
        ')',
        '<',
        '>',
        '"',
        '&',
        '\\',
        '|',
        '— ',
      ),
      fc.string({ unit: 'binary', maxLength: 8 }),
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 12 }),
        (pieces) => intruders(html(pieces.join(''), [LAMP])).length === 0,
      ),
      { numRuns: 500 },
    );
  });

  test('is found by this test when it is let through', () => {
    for (const bad of [
      '<script>',
      '<p onclick="x">',
      '<a href="javascript:x">',
      '<img src="/x">',
      '<p',
      '<a href="//x">',
    ]) {
      expect(intruders(`<p>a</p>${bad}`)).not.toEqual([]);
    }
  });
});
