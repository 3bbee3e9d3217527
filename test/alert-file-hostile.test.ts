import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openAlertFile, readAlertFile } from '../src/alerts/index.js';
import { alertText, lineOf, problemsOf } from './support/alert-text.js';
import { TINY } from './support/picture-bytes.js';
import { temporaryFile } from './support/temporary-file.js';

const PICTURES = `pictures:
  - file: lamp.png
    alt: A lamp
    caption: The lamp in May
    credit: Mira Oss`;

describe('a file that is wrong in many ways', () => {
  test('is told all of them at once, by line', async () => {
    const text = alertText(
      {
        date: 'date: yesterday',
        letter: 'letter:\n  subject: 1\n  message: "{{who}}"',
        pictures: PICTURES,
        rights: 'rights: { basis: nothing }',
        extra: 'colour: red',
      },
      'One <b>bold</b> word.\n\n[link](ftp://files.example)\n\n![](other.png)',
    );
    const problems = await problemsOf(text, {});
    expect(problems).toHaveLength(8);
    const lines = problems.map((problem) => Number(problem.split(':')[1]));
    expect(lines).toEqual(lines.toSorted((a, b) => a - b));
    expect(lines).toEqual(
      ['date:', '{{who}}', 'basis: nothing', 'lamp.png', 'colour:', '<b>', 'ftp:', '![](']
        .map((piece) => lineOf(text, piece))
        .toSorted((a, b) => a - b),
    );
  });

  test.each([
    ['no front matter', '# Hello', 'alert.md:1: the file must begin with front matter'],
    ['an empty file', '', 'alert.md:1: the file must begin with front matter'],
    [
      'front matter without an end',
      '---\nheadline: a\n',
      'alert.md:1: the file must begin with front matter',
    ],
    ['empty front matter', '---\n---\nText', 'alert.md:2: the front matter must be a group of fields'],
    [
      'a list as front matter',
      '---\n- a\n---\nText',
      'alert.md:2: the front matter must be a group of fields',
    ],
    ['no report', alertText({}, ''), 'the report is missing: write it below the front matter'],
    ['YAML that is none', '---\na: b: c\n---\nText', 'alert.md:2: YAML: '],
    ['a tab in YAML', '---\na:\n\t- b\n---\nText', 'alert.md:3: YAML: '],
    ['an anchor', alertText({ headline: 'headline: &a Lamp' }), 'anchors (&) are not taken here: remove it'],
    [
      'an alias',
      alertText({ headline: 'headline: &a Lamp', byline: 'byline: *a' }),
      'aliases (*) are not taken here: write the value out',
    ],
    ['a tag', alertText({ headline: 'headline: !!js/function "a"' }), 'are not taken here: remove it'],
    ['a merge key', alertText({ extra: '<<: { slug: other }' }), 'unknown field <<'],
  ])('%s is told', async (_, text, message) => {
    expect((await problemsOf(text)).join('\n')).toContain(message);
  });

  test('with bytes that are no UTF-8 is told', async () => {
    expect(await problemsOf(Buffer.from([0x2d, 0xff, 0xfe]))).toEqual([
      'alert.md:1: the file is not UTF-8 text: save it as UTF-8',
    ]);
  });

  test.each([
    [
      'a bomb of aliases',
      `---\na: &a [x, x]\n${Array.from({ length: 30 }, (_, index) => `b${index}: &b${index} [*a, *a]`).join('\n')}\n---\nText`,
    ],
    ['deep lists', `---\na: ${'['.repeat(100_000)}\n---\nText`],
    [
      'deep groups',
      `---\n${Array.from({ length: 500 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')}\n---\nText`,
    ],
    ['long front matter', `---\na: ${'x'.repeat(400_000)}\n---\nText`],
    ['deep quotations', alertText({}, `${'>'.repeat(20_000)} a`)],
    ['deep lists in the report', alertText({}, `${'- '.repeat(10_000)}a`)],
    ['a long report', alertText({}, 'word '.repeat(30_000))],
    ['many brackets', alertText({}, `${'['.repeat(20_000)}a${']'.repeat(20_000)} <b>`)],
    ['many underlined headings', alertText({}, 'a\n=\n'.repeat(15_000))],
    ['many stars', alertText({}, `${'**a_'.repeat(10_000)} <b>`)],
  ])('by %s is refused in good time', async (_, text) => {
    const begin = performance.now();
    expect(await problemsOf(text)).not.toEqual([]);
    expect(performance.now() - begin).toBeLessThan(2500);
  });

  test('never ends in another error, whatever stands in it', async () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom(
        '---\n',
        'headline: ',
        '\n',
        '  ',
        '- ',
        '{',
        '[',
        '&a ',
        '*a',
        '{{',
        '}}',
        '!!',
        '|',
        '>',
        '<',
        '![](',
        '`',
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece), fc.nat(), async (pieces, place) => {
        const whole = alertText();
        const at = place % whole.length;
        await problemsOf(whole.slice(0, at) + pieces.join('') + whole.slice(at));
        await problemsOf(`---\n${pieces.join('')}\n---\n${pieces.join('')}`);
      }),
      { numRuns: 150 },
    );
  });
});

describe('a file on the disk', () => {
  test('may have pictures below its folder, and none from elsewhere', async () => {
    const root = await mkdtemp(join(tmpdir(), 'redress-alert-'));
    try {
      const folder = join(root, 'alerts');
      await mkdir(join(folder, 'pictures'), { recursive: true });
      await writeFile(join(root, 'secret.png'), TINY.png);
      await writeFile(join(folder, 'pictures', 'lamp.png'), TINY.png);
      await symlink(join(root, 'secret.png'), join(folder, 'link.png'));
      const path = join(folder, 'keep-the-lamp.md');
      const read = async (file: string) => {
        await writeFile(path, alertText({ slug: undefined, pictures: PICTURES.replace('lamp.png', file) }));
        return readAlertFile(await openAlertFile(path));
      };
      expect((await read('pictures/lamp.png')).slug).toBe('keep-the-lamp');
      for (const file of [
        '../secret.png',
        '/etc/passwd',
        'pictures/../../secret.png',
        '.hidden',
        'a\\b',
        'C:\\x',
      ]) {
        await expect(read(`'${file}'`)).rejects.toThrow(/must be the name of a file beside this one/);
      }
      await expect(read('link.png')).rejects.toThrow('link.png is not there: put it beside the alert file');
      await expect(read('pictures')).rejects.toThrow('pictures is not there: put it beside the alert file');
    } finally {
      await rm(root, { recursive: true });
    }
  });

  test('is told when it is not there, or larger than 1 MB', async () => {
    await expect(openAlertFile('/nowhere/alert.md')).rejects.toMatchObject({
      code: 'invalid_file',
      message: expect.stringContaining('/nowhere/alert.md cannot be read'),
    });
    await expect(openAlertFile(tmpdir())).rejects.toMatchObject({ code: 'invalid_file' });
    const path = temporaryFile('alert.md', Buffer.alloc(1_000_001));
    await expect(openAlertFile(path)).rejects.toMatchObject({
      code: 'too_large',
      message: expect.stringContaining('1000001 bytes'),
    });
  });
});
